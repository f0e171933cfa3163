"""What the editor of a page's body can make, as django-prose-editor's extensions."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from js_asset import ImportMap, static_lazy

# The required sections that a heading can open (`sanitising.PARTS`), as authors read them.
PARTS = {
    "harms": _("harms and side effects"),
    "unknowns": _("what is not known"),
    "alternatives": _("other treatments"),
    "daily-life": _("daily life"),
    "questions": _("questions to ask"),
    "support": _("support"),
}

BODY = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "PartHeading": {"parts": [[part, label] for part, label in PARTS.items()]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "CaptionedTable": True,
    "TableRow": True,
    "ScopedHeader": True,
    "TableCell": True,
    "PageLink": {"pickUrl": reverse_lazy("admin:editorial_page_pick")},
    "Citation": {"pickUrl": reverse_lazy("admin:evidence_source_pick")},
    "CleanPaste": True,
    "History": True,
    "Menu": {
        "groups": [
            {"group": "blockType -lists"},
            *({"group": group} for group in ("part", "lists", "evidence", "link")),
            {"group": "marks"},
            {"group": "nodes -blockType -lists"},
            {"group": "table"},
            {"group": "history"},
        ]
    },
}

# Ours: a heading that can open a required section, a link that can hold a page's id, a citation of
# a source, a table with a caption and scopes, and paste without a word processor's rubbish.
EXTENSIONS = [
    {
        "js": [
            static_lazy("editorial/ready.js"),
            static_lazy("editorial/prose-extensions.js"),
            static_lazy("editorial/paste.js"),
        ],
        "extensions": {
            "PartHeading": html_tags(["h2", "h3", "h4"], {"h2": ["data-part"]}),
            "PageLink": html_tags(["a"], {"a": ["href", "data-page"]}),
            "Citation": html_tags(["cite"], {"cite": ["data-source", "data-place"]}),
            "CaptionedTable": html_tags(["table", "caption", "thead", "tbody", "tr", "td", "th"]),
            "ScopedHeader": html_tags(["th"], {"th": ["scope"]}),
            "CleanPaste": html_tags([]),
        },
    }
]
# One name for each module that others import, whatever hash its file has.
MODULES = ImportMap(
    {"editorial/dialog": "editorial/dialog.js", "editorial/keeping": "editorial/keeping.js"}
)
