// The list of contents: open where there is room beside the text, and following the reader.

const contents = document.querySelector(".contents");

if (contents) {
  const details = contents.querySelector("details");
  const wide = matchMedia("(min-width: 64rem)");
  const suit = () => {
    details.open = wide.matches;
  };
  suit();
  wide.addEventListener("change", suit);

  // On a phone the list has done its work once a line of it was chosen.
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) details.open = false;
  });

  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }

  // The list scrolls by itself where it is longer than the screen; the page stays where it is.
  const show = (link) => {
    const [box, line] = [contents.getBoundingClientRect(), link.getBoundingClientRect()];
    if (line.top < box.top) contents.scrollTop -= box.top - line.top;
    else if (line.bottom > box.bottom) contents.scrollTop += line.bottom - box.bottom;
  };

  const headings = [...links.keys()];
  const mark = () => {
    const line = innerHeight / 3;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < line);
    const current = passed.at(-1) ?? headings[0];
    for (const [heading, link] of links) {
      if (heading === current) {
        if (!link.hasAttribute("aria-current")) show(link);
        link.setAttribute("aria-current", "true");
      } else link.removeAttribute("aria-current");
    }
  };

  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  for (const heading of headings) observer.observe(heading);
}
