// The list for an appointment: ticks, questions from other pages and own ones stay in this browser,
// under one name in its storage. Nothing is sent. Without this script the page prints as it is.

const NAME = "appointment";
const MOST = 200; // questions kept

const form = document.querySelector("[data-appointment]");
const kept = document.querySelector("[data-kept]");
const own = document.getElementById("own-questions");
const said = document.querySelector("[data-said]");

// Storage can be switched off, full, or hold what another program wrote.
const read = () => {
  try {
    const { chosen, own } = JSON.parse(localStorage.getItem(NAME));
    const rows = chosen.filter((row) => typeof row.text === "string" && typeof row.page === "string");
    return { chosen: rows.slice(0, MOST), own: String(own ?? "") };
  } catch {
    return { chosen: [], own: "" };
  }
};

const write = (list) => {
  try {
    if (list.chosen.length || list.own) localStorage.setItem(NAME, JSON.stringify(list));
    else localStorage.removeItem(NAME);
    said.textContent = form.dataset.saved;
  } catch {
    said.textContent = form.dataset.unsaved;
  }
};

const boxes = () => [...form.querySelectorAll("input[type=checkbox]")];

const save = () => {
  const chosen = boxes()
    .filter((box) => box.checked)
    .map((box) => ({ text: box.value, page: box.dataset.page, title: box.dataset.title }));
  write({ chosen, own: own.value });
};

// What was ticked on other pages comes after the questions of this one.
const showKept = (rows) => {
  const list = kept.querySelector("ul");
  const like = document.getElementById("kept-question").content;
  for (const row of rows) {
    const line = like.cloneNode(true);
    const box = line.querySelector("input");
    Object.assign(box, { value: row.text, checked: true });
    Object.assign(box.dataset, { page: row.page, title: row.title ?? "" });
    line.querySelector("span").textContent = row.text;
    line.querySelector("small").textContent = row.title ?? "";
    list.append(line);
  }
  kept.hidden = !rows.length;
};

if (form) {
  const { chosen, own: written } = read();
  const here = new Map(boxes().map((box) => [`${box.dataset.page} ${box.value}`, box]));
  showKept(
    chosen.filter((row) => {
      const box = here.get(`${row.page} ${row.text}`);
      if (box) box.checked = true;
      return !box;
    }),
  );
  own.value = written;
  form.addEventListener("input", save);
  for (const tool of form.querySelectorAll("[data-tool]")) tool.hidden = false;
  form.querySelector("[data-tool=print]").addEventListener("click", () => print());
  form.querySelector("[data-tool=clear]").addEventListener("click", () => {
    for (const box of boxes()) box.checked = false;
    own.value = "";
    kept.querySelector("ul").replaceChildren();
    kept.hidden = true;
    save();
    said.textContent = form.dataset.cleared;
  });
}
