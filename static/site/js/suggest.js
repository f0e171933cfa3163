// Pages suggested while one types: a combobox after the pattern of the WAI-ARIA Authoring
// Practices (editable, list popup). Without this script the box is a plain form, and Enter in it
// always sends that form unless a suggestion was chosen.

const WAIT = 120;
const FEWEST_LETTERS = 2;

class Suggesting {
  constructor(input) {
    this.input = input;
    this.box = input.closest(".search-box");
    this.options = [];
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
    this.box.classList.add("suggesting");
    this.box.append(this.list);
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(states)) input.setAttribute(name, value);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // The focus stays in the box while a finger or the mouse chooses.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
    input.form?.addEventListener("submit", () => this.close());
  }

  later() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.input.value.trim().length < FEWEST_LETTERS) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    this.request = new AbortController();
    const query = new URLSearchParams({ q: this.input.value.trim() });
    try {
      const answer = await fetch(`/search/suggest/?${query}`, { signal: this.request.signal });
      if (answer.ok) this.show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(pages) {
    this.close();
    if (!pages.length || document.activeElement !== this.input) return;
    this.options = pages.map(({ title, kind, url }, place) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${place}`;
      option.dataset.url = url;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      for (const text of [title, kind]) {
        const part = document.createElement("span");
        part.textContent = text;
        option.append(part, " ");
      }
      return option;
    });
    this.list.replaceChildren(...this.options);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.options = [];
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  mark(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  press(event) {
    if (event.isComposing) return;
    const count = this.options.length;
    if (event.key === "Escape" && count) {
      // The first Escape puts the list away; what was typed stays.
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.open(this.options[this.active]);
    } else if (event.key === "ArrowDown" && !count) {
      event.preventDefault();
      this.later();
    } else if (event.key === "ArrowDown" && count) {
      event.preventDefault();
      this.mark(this.active + 1 < count ? this.active + 1 : -1);
    } else if (event.key === "ArrowUp" && count) {
      event.preventDefault();
      this.mark(this.active === -1 ? count - 1 : this.active - 1);
    }
  }

  open(option) {
    if (option) location.assign(option.dataset.url);
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Suggesting(input);

// The key / leads to the search box, unless one is typing or has turned that off.
const NO_SHORTCUT = "no-search-key";

function isTyping(element) {
  return element?.isContentEditable || /^(input|textarea|select)$/i.test(element?.tagName ?? "");
}

function wantsNoShortcut() {
  try {
    return localStorage.getItem(NO_SHORTCUT) !== null;
  } catch {
    return false;
  }
}

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || isTyping(document.activeElement) || wantsNoShortcut()) return;
  const sheet = document.getElementById("site-search");
  const input = sheet?.querySelector("input");
  if (!input) return;
  event.preventDefault();
  if (!input.checkVisibility()) sheet.showPopover();
  input.focus();
  input.select();
});

// Where the key can be turned off (WCAG 2.2, 2.1.4): a box to tick on the page on accessibility.
const box = document.querySelector("[data-no-search-key]");
if (box) {
  box.closest("[hidden]")?.removeAttribute("hidden");
  box.checked = wantsNoShortcut();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.setItem(NO_SHORTCUT, "1");
      else localStorage.removeItem(NO_SHORTCUT);
    } catch {
      box.checked = false;
    }
  });
}
