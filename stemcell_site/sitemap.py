"""`/sitemap.xml`: every public address; an index of several, where there are too many for one.

https://www.sitemaps.org/protocol.html: at most 50,000 addresses a file. The same number of
questions to the database, however many pages there are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from editorial import sitemap as newsroom
from editorial.sitemap import Entry, Section
from editorial.structured import at
from evidence import sitemap as bibliography

MOST_ADDRESSES = 50_000
ALWAYS = (
    *("/", "/articles/", "/diseases/", "/therapies/", "/glossary/", "/evidence/", "/claims/"),
    *("/sources/", "/appointment/", "/about/", "/about/editorial-policy/", "/about/funding/"),
    *("/about/privacy/", "/about/accessibility/", "/about/corrections/", "/about/contact/"),
)
SECTIONS: tuple[Callable[[], Section], ...] = (
    lambda: newsroom.fixed(ALWAYS),
    newsroom.pages,
    bibliography.cells,
    bibliography.sources,
    newsroom.tags,
    newsroom.people,
)
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
WITH_LANGUAGES = f'{NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    sections = [section() for section in SECTIONS]
    total = sum(map(len, sections))
    if total <= MOST_ADDRESSES:
        return _urlset(sections, 0)
    parts = range(1, -(-total // MOST_ADDRESSES) + 1)
    lines = (f"<sitemap><loc>{escape(at(f'/sitemap-{n}.xml'))}</loc></sitemap>" for n in parts)
    return _xml(f"<sitemapindex {NAMESPACE}>", lines, "</sitemapindex>")


@require_safe
@conditional_page
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    sections = [section() for section in SECTIONS]
    start = (number - 1) * MOST_ADDRESSES
    if not 0 <= start < sum(map(len, sections)):
        raise Http404("There is no such part of the sitemap.")
    return _urlset(sections, start)


def _urlset(sections: Sequence[Section], start: int) -> HttpResponse:
    lines = map(_line, _slice(sections, start, start + MOST_ADDRESSES))
    return _xml(f"<urlset {WITH_LANGUAGES}>", lines, "</urlset>")


def _slice(sections: Sequence[Section], start: int, stop: int) -> Iterator[Entry]:
    """These places of all sections behind one another."""
    before = 0
    for section in sections:
        size = len(section)
        first, last = max(start - before, 0), min(stop - before, size)
        if first < last:
            yield from section.entries(first, last)
        before += size


def _line(entry: Entry) -> str:
    changed = f"<lastmod>{entry.changed.isoformat()}</lastmod>" if entry.changed else ""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(address)}/>'
        for code, address in entry.alternates or ()
    )
    return f"<url><loc>{escape(at(entry.path))}</loc>{changed}{others}</url>"


def _xml(begin: str, lines: Iterable[str], end: str) -> HttpResponse:
    text = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', begin, *lines, end, ""])
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
