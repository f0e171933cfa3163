// A list that changes in place when a filter is chosen. What is shown is always what the address
// says: each answer is the whole page of that address, of which the parts that changed are taken.

const CHANGING = "#results, #facets-foot, .facet > fieldset";
const results = () => document.getElementById("results");
const here = () => location.pathname + location.search;
let shown = here();
let asking;

async function show(address) {
  asking?.abort();
  asking = new AbortController();
  results().classList.add("is-waiting");
  let answer, fresh;
  try {
    answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    // Where the swap fails, a plain page load may not.
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  if (new URL(answer.url).href !== location.href) history.pushState(null, "", answer.url);
  shown = here();
  take(fresh);
}

// A ticked filter keeps the focus, since it is still there. A chip or a link to the next page is
// not: then the focus goes where the list begins.
function take(fresh) {
  const focused = document.activeElement.id;
  document.title = fresh.title;
  document.getElementById("count").replaceChildren(...fresh.getElementById("count").childNodes);
  for (const part of document.querySelectorAll(CHANGING)) {
    const other = fresh.getElementById(part.id);
    if (other) part.replaceWith(other);
  }
  const words = document.getElementById("filter-q");
  if (words && focused !== words.id) words.value = new URLSearchParams(location.search).get("q") ?? "";
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (document.activeElement === document.body) results().focus({ preventScroll: true });
}

const form = document.querySelector("form[data-in-place]");
const asked = () => `${form.action.split("?")[0]}?${new URLSearchParams(new FormData(form))}`;
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  // On a phone the filters lie in a sheet: their button puts it away.
  document.querySelector("#facets:popover-open")?.hidePopover();
  show(asked());
});
form?.addEventListener("change", (event) => {
  if (event.target.closest("#facets, #filter-sort")) show(asked());
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-in-place] a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link.href).then(() => link.rel && results().scrollIntoView());
});

addEventListener("popstate", () => {
  if (here() !== shown) show(location.href);
});

// Links stay plain links: that one was opened is told beside it, without who opened it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#results a[data-rank]");
  const list = link?.closest("[data-words]");
  if (!list) return;
  const { words, filters } = list.dataset;
  navigator.sendBeacon?.("/search/clicked/", new URLSearchParams({ words, filters, rank: link.dataset.rank }));
});
