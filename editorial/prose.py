"""What the editor of a page's body can make, as django-prose-editor's extensions."""

from django_prose_editor.config import html_tags
from js_asset import static_lazy

BODY = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "PartHeading": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "PageLink": True,
    "Citation": True,
    "History": True,
}

EXTENSIONS = [
    {
        "js": [static_lazy("editorial/prose-extensions.js")],
        "extensions": {
            "PartHeading": html_tags(["h2", "h3", "h4"], {"h2": ["data-part"]}),
            "PageLink": html_tags(["a"], {"a": ["href", "data-page"]}),
            "Citation": html_tags(["cite"], {"cite": ["data-source", "data-place"]}),
        },
    }
]
