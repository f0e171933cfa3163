// On every page: the search field takes the focus when its sheet opens on a phone, empty filters
// stay out of the address, and nothing is folded on paper.

const search = document.getElementById("site-search");
search?.addEventListener("toggle", (event) => {
  if (event.newState === "open") search.querySelector("input").focus();
});

// An address with only what was chosen is easier to read and to hand on.
for (const form of document.querySelectorAll("form[method=get]")) {
  form.addEventListener("formdata", (event) => {
    const names = new Set(event.formData.keys());
    for (const name of names) {
      const values = event.formData.getAll(name).filter((value) => value !== "");
      event.formData.delete(name);
      for (const value of values) event.formData.append(name, value);
    }
  });
}

// On paper everything is open: what is folded on the screen would be lost.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("main details:not([open])")].filter((one) => !one.closest(".sheet, .contents"));
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of folded) one.open = false;
});
