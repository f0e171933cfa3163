// A small card in place: beside a glossary word its definition, beside a reference number or a
// sentence that rests on references its studies.
// Words: on hover and on keyboard focus; with touch the first tap opens it. References: on a tap, a
// click or Enter. Without the Popover API, or without this script, all are the plain links they are.

const WAIT = 250; // ms of hovering before a card opens, and of leaving before it closes
const EDGE = 16; // px kept free at the sides of the screen

const words = document.getElementById("reading-words")?.dataset ?? {};
const card = document.createElement("span");
let owner = null;
let timer = 0;

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  element.className = className;
  if (text) element.textContent = text;
  return element;
};

const textOf = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

const place = (link) => {
  const rect = link.getBoundingClientRect();
  const start = link.getClientRects()[0].left;
  const box = card.getBoundingClientRect();
  const left = Math.max(Math.min(start, document.documentElement.clientWidth - box.width - EDGE), EDGE);
  const below = rect.bottom + 8;
  const top = below + box.height > innerHeight && rect.top > box.height + 8 ? rect.top - box.height - 8 : below;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
};

const fillWithTerm = (link) => {
  const more = make("a", "word-card-more", words.more);
  more.href = link.href;
  card.setAttribute("aria-label", link.textContent);
  card.replaceChildren(
    make("strong", "word-card-title", link.textContent),
    make("span", "word-card-body", link.dataset.definition),
    more,
  );
};

const studyOf = (link) => {
  const entry = document.getElementById(link.hash.slice(1));
  if (!entry) return null;
  const study = make("span", "word-card-study");
  const lines = [...entry.querySelectorAll(".source-state, .reference-finding, .reference-caveat")].map(textOf);
  const facts = [...entry.querySelectorAll(".reference-facts li")].map(textOf).join(" · ");
  const more = make("a", "word-card-more", `${words.reference} ${link.textContent}`);
  more.href = link.hash;
  more.addEventListener("click", close);
  study.append(
    make("strong", "word-card-title", textOf(entry.querySelector(".reference-title"))),
    make("span", "word-card-line soft", facts),
    ...lines.map((line) => make("span", "word-card-line", line)),
    more,
  );
  return study;
};

// All the studies that a sentence rests on, and how sure a claim is.
const fillWithStudies = (link) => {
  const studies = [...link.closest(".cite").querySelectorAll("a")].map(studyOf).filter(Boolean);
  if (!studies.length) return false;
  const sure = textOf(link.closest(".claim")?.querySelector(".certainty"));
  card.setAttribute("aria-label", link.getAttribute("aria-label"));
  card.replaceChildren(...studies);
  if (sure) card.prepend(make("span", "word-card-line word-card-sure", sure));
  return true;
};

const open = (link) => {
  clearTimeout(timer);
  if (owner === link) return;
  close();
  if (link.matches(".term")) fillWithTerm(link);
  else if (!fillWithStudies(link)) return;
  // Right behind its word, so that the keyboard reaches it next.
  (link.closest(".cite") ?? link).after(card);
  card.showPopover();
  owner = link;
  owner.setAttribute("aria-expanded", "true");
  place(link);
};

const close = () => {
  clearTimeout(timer);
  if (card.matches(":popover-open")) card.hidePopover();
};

const closeSoon = () => {
  clearTimeout(timer);
  timer = setTimeout(close, WAIT);
};

const listenToTerm = (link) => {
  let touched = false;
  link.addEventListener("pointerdown", (event) => {
    touched = event.pointerType !== "mouse";
  });
  link.addEventListener("click", (event) => {
    if (touched && owner !== link) {
      event.preventDefault();
      open(link);
    }
    touched = false;
  });
  link.setAttribute("aria-description", link.dataset.definition);
  link.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse") timer = setTimeout(open, WAIT, link);
  });
  link.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") closeSoon();
  });
  link.addEventListener("focus", () => {
    if (link.matches(":focus-visible") && !touched) open(link);
  });
  link.addEventListener("blur", (event) => {
    if (!card.contains(event.relatedTarget)) closeSoon();
  });
};

const listenToNumber = (link) => {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || owner === link) return;
    event.preventDefault();
    open(link);
    // The keyboard and a screen reader go on inside; Escape leads back to the number.
    card.focus({ preventScroll: true });
  });
};

// The sentence is a larger target for the number behind it, unless words of it are being chosen.
const listenToSentence = (sentence) => {
  const link = sentence.nextElementSibling?.querySelector("a");
  if (!link) return;
  sentence.classList.add("is-open-to-taps");
  sentence.addEventListener("click", (event) => {
    if (event.target.closest("a, button") || !getSelection().isCollapsed) return;
    open(link);
  });
};

if ("showPopover" in card) {
  card.className = "word-card";
  card.popover = "auto";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  card.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && owner) {
      owner.removeAttribute("aria-expanded");
      owner = null;
    }
  });
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse" && owner?.matches(".term")) closeSoon();
  });
  card.addEventListener("focusout", (event) => {
    if (event.relatedTarget !== owner && !card.contains(event.relatedTarget)) closeSoon();
  });
  document.querySelectorAll("a.term[data-definition]").forEach(listenToTerm);
  document.querySelectorAll(".cite a[href^='#ref-']").forEach(listenToNumber);
  document.querySelectorAll(".cited").forEach(listenToSentence);
}
