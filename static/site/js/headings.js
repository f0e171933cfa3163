// Addresses inside a page: a button beside each heading copies its address, and an address that
// leads into something folded opens it. Without this script the button is a plain link.

const words = document.getElementById("reading-words")?.dataset ?? {};

const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let moved = false;
  for (let around = target; around; around = around.parentElement) {
    if (around.matches("details:not([open])")) {
      around.open = true;
      moved = true;
    }
  }
  if (moved) target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

// A line above the text that says so, seen and read out.
const said = document.createElement("p");
said.className = "said";
said.setAttribute("role", "status");
document.body.append(said);
let timer = 0;

const say = (text) => {
  said.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    said.textContent = "";
  }, 4000);
};

if (navigator.clipboard && words.copy) {
  for (const link of document.querySelectorAll(".heading-link")) {
    const heading = link.previousElementSibling.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.setAttribute("aria-label", words.copy.replace("%", heading));
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(link.href);
        say(words.copied);
      } catch {
        location.hash = link.hash; // The address bar holds it then.
      }
    });
    link.replaceWith(button);
  }
}
