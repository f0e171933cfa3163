// What the editor of a page's body knows beyond the ordinary: headings that open a required
// section, links that hold a page, citations of sources, and tables with a caption and scopes.

import {
  crel,
  Heading,
  Mark,
  Node,
  Table,
  TableHeader,
} from "django-prose-editor/editor"
import { makeField, openDialog, openPicker } from "editorial/dialog"

// What the admin serves at jsi18n; `makemessages -d djangojs` finds the strings.
const gettext = globalThis.gettext ?? ((text) => text)
// --- headings -----------------------------------------------------------------------------

/** h2, h3 and h4; an h2 can say which required section it opens. `parts`: [[value, label], …]. */
export const PartHeading = Heading.extend({
  addOptions() {
    return { ...this.parent?.(), levels: [2, 3, 4], parts: [] }
  },

  addAttributes() {
    return {
      ...this.parent?.(),
      part: {
        default: null,
        keepOnSplit: false,
        parseHTML: (element) => element.getAttribute("data-part"),
        renderHTML: ({ part, level }) => (part && level === 2 ? { "data-part": part } : {}),
      },
    }
  },

  /** Says beside the heading which part it opens, in the words of the menu. */
  addNodeView() {
    const labels = new Map(this.options.parts)
    return ({ node, HTMLAttributes }) => {
      const dom = crel(`h${node.attrs.level}`, HTMLAttributes)
      const { part } = node.attrs
      if (part) dom.dataset.partLabel = labels.get(part) ?? part
      return { dom, contentDOM: dom }
    }
  },

  addMenuItems({ menu }) {
    const editor = this.editor
    const select = crel("select", { "aria-label": gettext("This section is about") }, [
      crel("option", { value: "", textContent: gettext("This section is about: anything else") }),
      ...this.options.parts.map(([value, label]) =>
        crel("option", { value, textContent: gettext("This section is about: %s").replace("%s", label) }),
      ),
    ])
    select.addEventListener("change", () => {
      editor.chain().focus().updateAttributes("heading", { part: select.value || null }).run()
    })
    const holder = crel("span", { className: "prose-menubar__part" }, [select])
    // The menu gives the focus back to the text on a click, and would close the list of choices.
    holder.addEventListener("click", (event) => event.stopImmediatePropagation())
    menu.defineItem({
      name: "part",
      groups: "part",
      button: holder,
      hidden: () => !editor.isActive("heading", { level: 2 }),
      update: () => {
        select.value = editor.getAttributes("heading").part || ""
      },
    })
  },
})

// --- links --------------------------------------------------------------------------------

const KEPT = /^(https?:|mailto:|tel:|\/(?!\/)|#)/i
const OUTSIDE = /^(https?:\/\/[^\s/]+\S*|mailto:[^\s@]+@[^\s@]+)$/i

/** A link to a page of this site, by its id, or to an address elsewhere. */
export const PageLink = Mark.create({
  name: "pageLink",
  priority: 1000,
  inclusive: false,
  keepOnSplit: false,

  addOptions: () => ({ pickUrl: "" }),

  onBeforeCreate() {
    // A restored text may end with the space before a link that is still to be made.
    this.editor.options.parseOptions = { preserveWhitespace: true }
  },

  addAttributes() {
    return {
      href: { default: null },
      page: {
        default: null,
        parseHTML: (element) => element.getAttribute("data-page"),
        renderHTML: ({ page }) => (page ? { "data-page": page } : {}),
      },
    }
  },

  parseHTML() {
    const isKept = (element) =>
      KEPT.test(element.getAttribute("href") || "") || element.hasAttribute("data-page")
    return [{ tag: "a", getAttrs: (element) => (isKept(element) ? null : false) }]
  },

  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],

  addCommands() {
    return {
      editPageLink:
        () =>
        ({ editor }) => {
          // After the key press that called it: a dialog opened during it would get the key.
          setTimeout(() => openLinkDialog(editor, this.options.pickUrl))
          return true
        },
      removePageLink:
        () =>
        ({ commands }) =>
          commands.unsetMark("pageLink", { extendEmptyMarkRange: true }),
    }
  },

  addKeyboardShortcuts: () => ({ "Mod-k": ({ editor }) => editor.commands.editPageLink() }),

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "pageLink",
      groups: "link",
      button: buttons.material("insert_link", gettext("Link to a page or an address (Ctrl+K)")),
      command: (editor) => editor.commands.editPageLink(),
      active: (editor) => editor.isActive("pageLink"),
    })
    menu.defineItem({
      name: "removePageLink",
      groups: "link",
      button: buttons.material("link_off", gettext("Remove the link")),
      command: (editor) => editor.chain().focus().removePageLink().run(),
      hidden: (editor) => !editor.isActive("pageLink"),
    })
  },
})

function openLinkDialog(editor, pickUrl) {
  const present = editor.isActive("pageLink") ? editor.getAttributes("pageLink") : null
  const address = makeField(
    gettext("Or an address elsewhere"),
    { value: (!present?.page && present?.href) || "", inputMode: "url", name: "address" },
    gettext("Begins with https://, http:// or mailto:"),
  )
  const isOutside = () => {
    const isGood = OUTSIDE.test(address.input.value.trim())
    address.input.setCustomValidity(isGood ? "" : gettext("Begin with https://, http:// or mailto:"))
    return address.input.reportValidity()
  }
  address.input.addEventListener("input", () => address.input.setCustomValidity(""))
  const actions = [
    {
      text: gettext("Link to this address"),
      kind: "main",
      run: () => {
        if (!isOutside()) return false
        const href = address.input.value.trim()
        putLink(editor, { href, page: null }, href.replace(/^mailto:/i, ""))
      },
    },
  ]
  if (present) {
    const run = () => editor.commands.removePageLink()
    actions.push({ text: gettext("Remove the link"), kind: "danger", run })
  }
  const now = crel("p", { className: "help", textContent: `Now: ${present?.href}` })
  openPicker(editor, {
    title: present ? gettext("Change the link") : gettext("Link"),
    label: gettext("Find a page of this site"),
    pickUrl,
    describe: (page) => ({ label: page.title, detail: `${page.kind} · ${page.url}` }),
    onPick: (page) => putLink(editor, { href: page.url, page: String(page.id) }, page.title),
    rows: present?.href ? [now, address.row] : [address.row],
    actions,
  })
}

/** Link the selection, or the link that the cursor is in, or else insert these words linked. */
function putLink(editor, attrs, words) {
  const { empty } = editor.state.selection
  const chain = editor.chain()
  if (editor.isActive("pageLink")) chain.extendMarkRange("pageLink").setMark("pageLink", attrs)
  else if (!empty) chain.setMark("pageLink", attrs)
  else chain.insertContent({ type: "text", text: words, marks: [{ type: "pageLink", attrs }] })
  chain.run()
}

// --- citations ----------------------------------------------------------------------------

const selectedCitation = ({ state }) =>
  state.selection.node?.type.name === "citation" ? state.selection.node : null

/** A source, by its key, and the place in it that bears the sentence out. */
export const Citation = Node.create({
  name: "citation",
  group: "inline",
  inline: true,
  atom: true,

  addOptions: () => ({ pickUrl: "" }),

  addAttributes() {
    const attribute = (name) => ({
      default: "",
      parseHTML: (element) => element.getAttribute(name) || "",
      renderHTML: (attrs) => (attrs[name.slice(5)] ? { [name]: attrs[name.slice(5)] } : {}),
    })
    return { source: attribute("data-source"), place: attribute("data-place") }
  },

  parseHTML: () => [{ tag: "cite[data-source]" }],
  renderHTML: ({ HTMLAttributes }) => ["cite", HTMLAttributes],
  renderText: ({ node }) => `[${node.attrs.source}]`,

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const { source, place } = node.attrs
      const dom = crel("span", { className: "citation-chip" })
      dom.textContent = place ? `${source}, ${place}` : source
      dom.addEventListener("click", () => {
        editor.chain().setNodeSelection(getPos()).editCitation().run()
      })
      return { dom }
    }
  },

  addCommands() {
    return {
      editCitation:
        () =>
        ({ editor }) => {
          setTimeout(() => openCitationDialog(editor, this.options.pickUrl))
          return true
        },
    }
  },

  addKeyboardShortcuts: () => ({
    "Mod-Alt-c": ({ editor }) => editor.commands.editCitation(),
    Enter: ({ editor }) => !!selectedCitation(editor) && editor.commands.editCitation(),
  }),

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "citation",
      groups: "evidence",
      button: buttons.text(gettext("Cite"), gettext("Cite a source (Ctrl+Alt+C)")),
      command: (editor) => editor.commands.editCitation(),
      active: (editor) => !!selectedCitation(editor),
    })
  },
})

function openCitationDialog(editor, pickUrl) {
  const present = selectedCitation(editor)?.attrs
  const place = makeField(
    gettext("Place in the source"),
    { value: present?.place || "", name: "place", maxLength: 100 },
    gettext("A page, table or section. May stay empty."),
  )
  const put = (source) => putCitation(editor, { source, place: place.input.value.trim() })
  const actions = present && [
    { text: gettext("Save the place"), kind: "main", run: () => put(present.source) },
    {
      text: gettext("Remove the citation"),
      kind: "danger",
      run: () => editor.commands.deleteSelection(),
    },
  ]
  const address = new URL(pickUrl, location.href)
  for (const key of citedKeys(editor)) address.searchParams.append("cited", key)
  openPicker(editor, {
    title: present
      ? gettext("Citation of %s").replace("%s", present.source)
      : gettext("Cite a source"),
    label: present ? gettext("Find another source") : gettext("Find a source"),
    pickUrl: address,
    describe: ({ key, label, detail }) => ({ label, detail: `${key} · ${detail}` }),
    onPick: ({ key }) => put(key),
    rows: [place.row],
    actions: actions || [],
  })
}

function citedKeys(editor) {
  const keys = new Set()
  editor.state.doc.descendants((node) => {
    if (node.type.name === "citation") keys.add(node.attrs.source)
  })
  return keys
}

/** Change the selected citation, which stays selected, or cite behind what is selected. */
function putCitation(editor, attrs) {
  const { from, to } = editor.state.selection
  const chain = editor.chain()
  if (!selectedCitation(editor)) chain.insertContentAt(to, { type: "citation", attrs })
  else chain.updateAttributes("citation", attrs).setNodeSelection(from)
  chain.run()
}

// --- tables -------------------------------------------------------------------------------

/** A heading cell that keeps its scope. */
export const ScopedHeader = TableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } }
  },
})

/** A table with a header row from the start, and with a caption in plain words. */
export const CaptionedTable = Table.extend({
  addAttributes() {
    const words = (element) => element.querySelector(":scope > caption")?.textContent.trim()
    return {
      ...this.parent?.(),
      caption: { default: "", parseHTML: (element) => words(element) || "", renderHTML: () => ({}) },
    }
  },

  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],

  renderHTML({ node }) {
    const { caption } = node.attrs
    return ["table", ...(caption ? [["caption", caption]] : []), ["tbody", 0]]
  },

  addNodeView() {
    const build = this.parent?.()
    return (properties) => {
      const view = build(properties)
      const update = view.update
      view.dom.dataset.caption = properties.node.attrs.caption
      view.update = (node) => {
        view.dom.dataset.caption = node.attrs.caption
        return update(node)
      }
      return view
    }
  },

  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ commands }) =>
          commands.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    }
  },

  addMenuItems(api) {
    this.parent?.(api)
    const inTable = (name, button, command) => {
      const hidden = (editor) => !editor.isActive("table")
      api.menu.defineItem({ name, groups: "table", button, command, hidden })
    }
    inTable(
      "table:toggleHeaderRow",
      api.buttons.material("table_rows", gettext("Header row on or off")),
      (editor) => editor.chain().focus().toggleHeaderRow().run(),
    )
    inTable("table:caption", api.buttons.material("subtitles", gettext("Caption of the table")), (editor) =>
      openCaptionDialog(editor),
    )
  },
})

function openCaptionDialog(editor) {
  const value = editor.getAttributes("table").caption || ""
  const caption = makeField(gettext("What the table shows"), { value, maxLength: 200 })
  const run = () => {
    editor.commands.updateAttributes("table", { caption: caption.input.value.trim() })
  }
  openDialog(editor, {
    title: gettext("Caption of the table"),
    rows: [caption.row],
    actions: [{ text: gettext("Save the caption"), kind: "main", run }],
  })
}
