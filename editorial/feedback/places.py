"""Where on this site a reader was, from an address that anybody may have typed."""

import re

from django.conf import settings

MOST_LETTERS = 200
# A path from the root of this site. Browsers drop tabs and line ends, and read \ as /: an address
# with any of them could lead to another site.
PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*")
# The address of a preview is its key; of the newsroom readers know nothing.
PRIVATE = (settings.ADMIN_ROOT, "/preview/")
PARTS = frozenset(
    {
        *("articles", "diseases", "therapies", "glossary", "evidence", "sources", "claims"),
        *("search", "tags", "people", "about"),
    }
)


def path_of(typed: str) -> str:
    """The path on this site that an address names, without its query; empty if it names none."""
    address = re.split(r"[?#]", typed.strip().removeprefix(settings.SITE_URL), maxsplit=1)[0]
    is_long, is_private = len(address) > MOST_LETTERS, address.startswith(PRIVATE)
    return address if PATH.fullmatch(address) and not is_long and not is_private else ""


def part_of(path: str) -> str:
    """The part of the site that a path lies in: /sources/ for one source. There are few of them."""
    first = path.strip("/").split("/")[0]
    return f"/{first}/" if first in PARTS else "/"
