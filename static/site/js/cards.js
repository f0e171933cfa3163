// A small card beside a glossary word (its definition) or a reference number (its study).
// Words: on hover and on keyboard focus; with touch the first tap opens it. Numbers: on click.
// Without the Popover API, or without this script, both are the plain links that they are.

const WAIT = 250; // ms of hovering before a card opens, and of leaving before it closes
const EDGE = 16; // px kept free at the sides of the screen

const card = document.createElement("span");
let owner = null;
let timer = 0;

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  element.className = className;
  if (text) element.textContent = text;
  return element;
};

const place = (link) => {
  const rect = link.getBoundingClientRect();
  const start = link.getClientRects()[0].left;
  const box = card.getBoundingClientRect();
  const left = Math.min(Math.max(start, EDGE), document.documentElement.clientWidth - box.width - EDGE);
  const below = rect.bottom + 8;
  const top = below + box.height > innerHeight && rect.top > box.height + 8 ? rect.top - box.height - 8 : below;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
};

const fillWithTerm = (link) => {
  const more = make("a", "word-card-more", card.dataset.more);
  more.href = link.href;
  card.replaceChildren(
    make("strong", "word-card-title", link.textContent),
    make("span", "word-card-body", link.dataset.definition),
    more,
  );
};

const fillWithReference = (link) => {
  const entry = document.getElementById(link.hash.slice(1));
  if (!entry) return false;
  const body = make("span", "word-card-body");
  const parts = [".reference-finding", ".reference-caveat"].map((name) => entry.querySelector(name));
  const facts = [...entry.querySelectorAll(".reference-facts li")].map((item) => item.textContent.trim());
  body.append(
    ...parts.filter(Boolean).flatMap((part) => [make("span", "word-card-line", part.textContent.trim())]),
    make("span", "word-card-line soft", facts.join(" · ")),
  );
  const more = make("a", "word-card-more", card.dataset.reference);
  more.href = link.hash;
  more.addEventListener("click", close);
  card.replaceChildren(
    make("strong", "word-card-title", entry.querySelector(".reference-title").textContent.trim()),
    body,
    more,
  );
  return true;
};

const open = (link) => {
  clearTimeout(timer);
  if (owner === link) return;
  close();
  if (link.matches(".term")) fillWithTerm(link);
  else if (!fillWithReference(link)) return;
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

const listen = (link) => {
  let touched = false;
  const isTerm = link.matches(".term");

  link.addEventListener("pointerdown", (event) => {
    touched = event.pointerType !== "mouse";
  });
  link.addEventListener("click", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.detail > 0;
    if (plain && owner !== link && (touched || !isTerm)) {
      event.preventDefault();
      open(link);
    }
    touched = false;
  });
  if (!isTerm) return;

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

if ("showPopover" in card) {
  card.className = "word-card";
  card.popover = "auto";
  card.dataset.more = document.documentElement.dataset.more ?? "Read more";
  card.dataset.reference = document.documentElement.dataset.reference ?? "See it in the references";
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
    if (event.relatedTarget !== owner) closeSoon();
  });
  for (const link of document.querySelectorAll("a.term[data-definition], .cite a[href^='#ref-']")) listen(link);
}
