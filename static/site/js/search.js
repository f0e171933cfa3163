// Around htmx, which swaps the list when a filter is chosen: where the focus goes, what the box
// says, and a plain page load where a swap fails. And which results readers open.

const results = () => document.getElementById("results");

// A ticked filter keeps the focus, since it is still there. A chip or a link to the next page is
// not: then the focus goes where the list begins.
document.addEventListener("htmx:afterSettle", () => {
  const place = new URLSearchParams(location.search);
  const words = document.getElementById("filter-q");
  if (words && document.activeElement !== words) words.value = place.get("q") ?? "";
  if (document.activeElement === document.body) results()?.focus({ preventScroll: true });
});

// On a phone the filters lie in a sheet: their button puts it away.
document.addEventListener("submit", () => {
  const sheet = document.querySelector("#facets:popover-open");
  sheet?.hidePopover();
});

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    const { finalRequestPath, requestPath } = event.detail.pathInfo;
    location.assign(finalRequestPath ?? requestPath);
  });
}

// Links stay plain links: that one was opened is told beside it, without who opened it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#results a[data-rank]");
  const asked = link?.closest("[data-words]");
  if (!asked) return;
  const { words, filters } = asked.dataset;
  navigator.sendBeacon?.("/search/clicked/", new URLSearchParams({ words, filters, rank: link.dataset.rank }));
});
