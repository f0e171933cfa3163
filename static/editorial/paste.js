// What comes from Word, Google Docs or LibreOffice, without what these programs add to it.

import { Extension, Plugin } from "django-prose-editor/editor"

/** Everything pasted goes through `cleanPasted`, but for what was copied from this editor. */
export const CleanPaste = Extension.create({
  name: "cleanPaste",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML: cleanPasted } })],
})

const GONE = [
  "head, style, script, meta, link, title, xml, template, img, picture, svg, hr",
  "del, .MsoCommentReference, .MsoCommentText, .Apple-interchange-newline",
  "[data-style*='mso-element:comment'], [data-style*='mso-hide:all'], [data-style*='mso-hide: all']",
  "[data-style*='display:none'], [data-style*='display: none'], a[href^='#_msocom']",
].join()
const PLAIN = "span, font, u, ins, center, section, article, main, small, big, label, abbr, address"
const INLINE = "strong, em, sup, sub, a"
const KEPT = new Set(["href", "colspan", "rowspan", "start", "scope"])

/** Pasted HTML as this editor could have made it: pure, for the clipboard and for tests. */
export function cleanPasted(html) {
  if (html.includes("data-pm-slice")) return html
  const body = new DOMParser().parseFromString(withoutStyles(html), "text/html").body
  removeComments(body)
  each(body, "[data-style*='mso-list']", takeMarker)
  each(body, GONE, (element) => element.remove())
  each(body, "*", (element) => element.localName.includes(":") && unwrap(element))
  listsFromWord(body)
  listsFromWordOnline(body)
  each(body, ":is(ul, ol) > :is(ul, ol)", (list) => list.previousElementSibling?.append(list))
  each(body, "*", styleToTag)
  each(body, "b", (element) => rename(element, "strong"))
  each(body, "i", (element) => rename(element, "em"))
  each(body, PLAIN, unwrap)
  each(body, "h1, p.MsoTitle", (element) => rename(element, "h2"))
  each(body, "h5, h6", (element) => rename(element, "h4"))
  each(body, "thead td", (element) => rename(element, "th"))
  each(body, ":is(h2, h3, h4, th) strong", unwrap)
  each(body, "a", cleanLink)
  plainSpaces(body)
  each(body, "*", dropAttributes)
  each(body, "br", (line) => isBetweenBlocks(line) && line.remove())
  each(body, INLINE, (element) => isEmpty(element) && unwrap(element))
  each(body, "p, h2, h3, h4", (element) => isEmpty(element) && !inCell(element) && element.remove())
  return body.innerHTML
}

/** The page's policy allows no inline style, and a browser reports each, even in a text it parses. */
function withoutStyles(html) {
  return html
    .replace(/<style\b[^]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="))
}

// Deepest first, so that what is inside has its last form before what is around it.
function each(root, selector, change) {
  for (const element of [...root.querySelectorAll(selector)].reverse()) change(element)
}

const unwrap = (element) => element.replaceWith(...element.childNodes)
const isEmpty = (element) => !element.textContent.trim() && !element.querySelector("cite, table")
const inCell = (element) => ["TD", "TH", "LI"].includes(element.parentElement.tagName)

function isBetweenBlocks(line) {
  const isBlock = (node) => !node || /^(P|H\d|[UO]L|TABLE|DIV|BLOCKQUOTE|BR)$/.test(node.nodeName)
  const isBlank = (node) => node?.nodeType !== 3 || !node.data.trim()
  return (
    ["BODY", "DIV"].includes(line.parentElement.tagName) &&
    [line.previousElementSibling, line.nextElementSibling].every(isBlock) &&
    [line.previousSibling, line.nextSibling].every(isBlank)
  )
}

function rename(element, name) {
  const renamed = document.createElement(name)
  for (const { name: key, value } of element.attributes) renamed.setAttribute(key, value)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

function removeComments(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const comments = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.remove()
}

/** Word and the others give a non-breaking space where a space was typed twice, or for nothing. */
function plainSpaces(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    text.data = text.data.replace(/[\s\u00a0]+/g, " ").replace(/[\u200b\ufeff\u00ad]/g, "")
  }
}

// --- bold, italic, raised and lowered -----------------------------------------------------

const WEIGHT = /(?:^|;)\s*font-weight:\s*(\w+)/i
const SLANT = /(?:^|;)\s*font-style:\s*(\w+)/i
const RAISED = /(?:^|;)\s*vertical-align:\s*(super|sub)\b/i

/** What a style says goes into a tag; a tag whose style takes its meaning back is unwrapped. */
function styleToTag(element) {
  const style = element.dataset.style || ""
  const weight = WEIGHT.exec(style)?.[1]
  const isBold = weight && (/bold/.test(weight) || Number(weight) >= 600)
  const isItalic = SLANT.exec(style)?.[1] === "italic"
  const isSpan = element.localName === "span" || element.localName === "font"
  if (isSpan && isBold) wrapContent(element, "strong")
  if (isSpan && isItalic) wrapContent(element, "em")
  const raised = RAISED.exec(style)?.[1]
  if (isSpan && raised) wrapContent(element, raised === "super" ? "sup" : "sub")
  if (["b", "strong"].includes(element.localName) && weight && !isBold) unwrap(element)
  else if (["i", "em"].includes(element.localName) && SLANT.test(style) && !isItalic) unwrap(element)
}

function wrapContent(element, name) {
  const wrapper = document.createElement(name)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

// --- links and attributes -----------------------------------------------------------------

/** Bookmarks, footnote marks and links into a file are words; Google's detour is left out. */
function cleanLink(link) {
  let href = link.getAttribute("href") || ""
  const detour = /^https:\/\/www\.google\.com\/url\?(.*)$/.exec(href)
  if (detour) href = new URLSearchParams(detour[1]).get("q") || href
  if (!/^(https?:|mailto:)/i.test(href)) return unwrap(link)
  link.setAttribute("href", href)
}

function dropAttributes(element) {
  for (const { name } of [...element.attributes]) {
    if (!KEPT.has(name)) element.removeAttribute(name)
  }
}

// --- lists --------------------------------------------------------------------------------

const WORD_LEVEL = /mso-list:\s*l(\d+)\s+level(\d+)/i
const NUMBERED = /^\(?([0-9]+|[a-z]|[ivxlc]+)[.)]/i

/** Word writes a list item's bullet or number as text that its own programs ignore. */
function takeMarker(element) {
  if (!/mso-list:\s*ignore/i.test(element.dataset.style)) return
  const item = element.closest("p, h1, h2, h3, h4, h5, h6, li, div")
  if (item) item.dataset.marker = element.textContent.replace(/[\s\u00a0]+/g, " ").trim()
  element.remove()
}

/** Paragraphs that Word shows as a list become one; deeper levels lists inside its items. */
function listsFromWord(body) {
  let open = [] // the lists that are open, outermost first
  let last = null
  for (const item of body.querySelectorAll("p[data-style*='mso-list']")) {
    const level = Number(WORD_LEVEL.exec(item.dataset.style)?.[2])
    if (!level) continue
    if (last === null || nextElement(last) !== item) open = []
    open.length = Math.min(open.length, level)
    if (open.length === level && listKind(item) !== open.at(-1).localName && level === 1) open = []
    const place = document.createComment("")
    item.replaceWith(place)
    while (open.length < level) open.push(newList(item, open.at(-1), place))
    place.remove()
    const row = document.createElement("li")
    row.append(...item.childNodes)
    open.at(-1).append(row)
    last = open[0]
  }
}

const listKind = (item) => (NUMBERED.test(item.dataset.marker || "") ? "ol" : "ul")

function nextElement(element) {
  let next = element.nextSibling
  while (next?.nodeType === 3 && !next.data.trim()) next = next.nextSibling
  return next
}

/** A list for this item: inside the last item of the list around it, or else at its place. */
function newList(item, around, place) {
  const list = document.createElement(listKind(item))
  const first = parseInt(item.dataset.marker, 10)
  if (list.localName === "ol" && first > 1) list.setAttribute("start", first)
  if (!around) place.before(list)
  else (around.lastElementChild || around.appendChild(document.createElement("li"))).append(list)
  return list
}

/** Word in a browser gives each item a list of its own in a wrapper: neighbours are one list. */
function listsFromWordOnline(body) {
  for (const wrapper of body.querySelectorAll(".ListContainerWrapper")) {
    const before = wrapper.previousElementSibling
    const list = wrapper.querySelector("ul, ol")
    const isNext = before?.dataset.joined && before.localName === list?.localName
    if (isNext) {
      before.append(...list.childNodes)
      wrapper.remove()
    } else if (list) {
      list.dataset.joined = "1"
      wrapper.replaceWith(list)
    }
  }
}
