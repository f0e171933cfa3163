"""What a first view costs, as a browser on a phone pays for it: compressed, with all it asks for.

Reckoned from the answers and from what collecting would make of the static files.
"""

import gzip
import re
from functools import cache
from pathlib import PurePosixPath

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from stemcell_site.stylesheets import fold

# Without this mark pytest-django runs the tests after all others, and loads the content twice.
pytestmark = pytest.mark.django_db

CSS, JAVASCRIPT, FIRST_VIEW = 20_000, 15_000, 60_000
MODULE = re.compile(r"""(?:import|from)\s*\(?["'](\./[\w./-]+\.js)["']""")


@cache
def size(name: str) -> int:
    """Bytes over the wire of one static file, and of the modules that it asks for."""
    path = finders.find(name)
    assert path, name
    folder = PurePosixPath(name).parent
    root = FileSystemStorage(path.removesuffix(PurePosixPath(name).name))
    text = fold(root, PurePosixPath(name).name)
    asked = (str(folder / found) for found in MODULE.findall(text)) if name.endswith(".js") else ()
    return len(brotli.compress(text.encode())) + sum(size(other) for other in asked)


def weigh(page) -> dict[str, int]:
    def named(expression: str) -> int:
        addresses = {address for address in page.tree.xpath(expression) if "/static/" in address}
        return sum(size(address.partition("/static/")[2]) for address in addresses)

    css = named("//link[@rel='stylesheet']/@href")
    javascript = named("//script/@src")
    # The server packs pages with gzip, at a middling level.
    page_itself = len(gzip.compress(page.html.encode(), compresslevel=6))
    pictures = named("//img/@src | //link[@rel='icon']/@href")
    return {
        "css": css,
        "javascript": javascript,
        "first view": page_itself + css + javascript + pictures,
    }


def kind(address: str) -> str:
    """ "/diseases/lupus/" is a page of a disease, "/diseases/" the list of them."""
    parts = address.partition("?")[0].strip("/").split("/")
    return f"{parts[0]} ({'page' if len(parts) > 1 else 'list'})"


@pytest.fixture(scope="module")
def heaviest(site):
    """The longest page of each type."""
    longest = {}
    for page in site.values():
        name = kind(page.address)
        if page.is_page and page.status == 200:
            longest[name] = max(page, longest.get(name, page), key=lambda one: len(one.html))
    return longest


def test_every_type_of_page_stays_within_its_weight(heaviest, record_property):
    weights = {name: weigh(page) for name, page in heaviest.items()}
    record_property("weights", weights)

    limits = {"css": CSS, "javascript": JAVASCRIPT, "first view": FIRST_VIEW}
    over = [
        (name, what, bytes_)
        for name, weight in weights.items()
        for what, bytes_ in weight.items()
        if bytes_ > limits[what]
    ]
    assert len(weights) > 10
    assert over == []


def test_every_page_asks_for_one_stylesheet(heaviest):
    asked = {
        page.address: page.tree.xpath("//link[@rel='stylesheet']/@href")
        for page in heaviest.values()
    }

    assert [(address, sheets) for address, sheets in asked.items() if len(sheets) != 1] == []
