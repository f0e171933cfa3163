"""Walking a page with the Tab key alone: what is never reached, and what does not show it."""

MARK = """() => {
  const shown = (it) => it.checkVisibility({checkOpacity: false, checkVisibilityCSS: true});
  const all = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [contenteditable=true], [tabindex]")]
    .filter((it) => shown(it) && !it.disabled && it.tabIndex >= 0)
    // Inside a text that is being edited a link is text: Tab does not stop there.
    .filter((it) => it.isContentEditable === (it.contentEditable === "true"));
  // Of a group of radio buttons, Tab stops at the chosen one, or at the first: the arrows lead on.
  const groups = new Map();
  for (const it of all.filter((one) => one.type === "radio"))
    if (it.checked || !groups.has(it.name)) groups.set(it.name, it);
  const stops = all.filter((it) => it.type !== "radio" || groups.get(it.name) === it);
  const look = (it) => {
    const parts = [it, ...it.children];
    for (let around = it.parentElement; around && parts.length < it.children.length + 6;
         around = around.parentElement) parts.push(around);
    // A card shows its link's focus all around: by what its style sheet puts behind the link.
    const drawn = ["::before", "::after"].map((name) => getComputedStyle(it, name));
    return [...parts.map((one) => getComputedStyle(one)), ...drawn].map((own) => {
      return [own.outlineStyle, own.outlineWidth, own.boxShadow, own.borderColor,
              own.backgroundColor, own.textDecorationLine, own.color].join("|");
    }).join("||");
  };
  const readable = (it) => (it.textContent.trim() || it.name || "").slice(0, 40);
  document.activeElement?.blur();
  stops.forEach((it, n) => { it.dataset.stop = n; });
  window.unfocused = stops.map(look);
  window.lookOf = look;
  return stops.map((it) => `${it.tagName}#${it.id} ${readable(it)}`);
}"""
AT = """() => {
  const it = document.activeElement;
  const stop = it?.closest?.("[data-stop]");
  if (!it || it === document.body) return null;
  const n = stop ? Number(stop.dataset.stop) : -1;
  return [n, n < 0 || window.lookOf(stop) !== window.unfocused[n]];
}"""


def faults_of_walking(page) -> list[str]:
    """Every control that Tab does not reach, and every one that looks no different when reached.

    A date has several stops inside it: one that shows is enough.
    """
    names = page.evaluate(MARK)
    reached, shown = set(), set()
    outside = 0
    for _ in range(2 * len(names) + 20):
        page.keyboard.press("Tab")
        at = page.evaluate(AT)
        if at is None:
            outside += 1
            if outside == 2:
                break
            continue
        reached.add(at[0])
        if at[1]:
            shown.add(at[0])
    return [f"Tab never reaches {names[n]}" for n in range(len(names)) if n not in reached] + [
        f"focus does not show on {names[n]}" for n in sorted(reached - shown) if n >= 0
    ]
