// The glossary, narrowed while the reader types. Without this script the same box searches.

const input = document.getElementById("filter-q");
const count = document.querySelector("[data-count]");
const entries = [...document.querySelectorAll("[data-entry]")];

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’']/g, "").toLowerCase();

const startNarrowing = () => {
  const rows = entries.map((element) => ({
    element,
    group: element.closest(".letter-group"),
    text: plain(element.textContent),
  }));

  const narrow = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const shown = new Map();
    let total = 0;
    for (const { element, group, text } of rows) {
      const fits = words.every((word) => text.includes(word));
      element.hidden = !fits;
      total += fits;
      shown.set(group, shown.get(group) || fits);
    }
    for (const [group, any] of shown) {
      group.hidden = !any;
      const letter = document.querySelector(`.letters a[href="#${group.querySelector("h2").id}"]`);
      if (letter) letter.parentElement.hidden = !any;
    }
    count.textContent = total === 1 ? count.dataset.one : count.dataset.many.replace("%", total);
  };

  input.addEventListener("input", narrow);
  if (input.value) narrow();
};

// Where the server has already searched, the box stays a search over all terms.
if (input && count && entries.length && !new URLSearchParams(location.search).get("q")) startNarrowing();
