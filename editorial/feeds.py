"""What is new, for feed readers: pages of each kind, pages under a tag, corrections.

Atom (RFC 4287) by Django's own generator. Pages whose review is long overdue are not put before
anybody, and so are not in a feed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page, require_safe

from editorial import corrections_log
from editorial.models import Tag, Version
from editorial.sanitising import fit_for_markup
from editorial.states import Kind
from editorial.structured import at, language_tag
from editorial.vocabulary import Vocabulary

ENTRIES = 30
# Of a feed that holds nothing yet: it must say a day, and the same one each time.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Feed:
    """One feed: its address, the list that it follows, and how its entries are found."""

    path: str
    title: str | Promise
    follows: str
    entries: Callable[[], Iterable[dict[str, Any]]]


class Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEGINNING


def lasting_id(name: str) -> str:
    """A tag: address (RFC 4151), which stays when a page moves."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"


# --- the entries --------------------------------------------------------------------------


def _newest(versions) -> Iterable[dict[str, Any]]:
    """Three queries, however many there are."""
    shown = versions.live().kept_up().for_lists().order_by("-published_at", "-pk")[:ENTRIES]
    for version in shown:
        yield {
            "unique_id": lasting_id(f"page/{version.page_id}"),
            "title": fit_for_markup(version.title),
            "link": at(version.get_absolute_url()),
            "description": escape(fit_for_markup(version.summary)),
            "updateddate": version.published_at,
            "categories": [fit_for_markup(tag.name) for tag in version.tags.all()],
        }


def _of_kind(kind: Kind) -> Callable[[], Iterable[dict[str, Any]]]:
    return lambda: _newest(Version.objects.of_kind(kind))


def _corrections() -> Iterable[dict[str, Any]]:
    for entry in corrections_log.entries()[:ENTRIES]:
        yield {
            "unique_id": lasting_id(f"correction/{entry.id}"),
            "title": fit_for_markup(entry.title),
            "link": at(entry.url),
            "description": escape(fit_for_markup(entry.what)),
            "updateddate": entry.happened_at,
        }


FEEDS = {
    "articles": Feed(
        "/feeds/articles.atom", _("New articles"), "/articles/", _of_kind(Kind.ARTICLE)
    ),
    "diseases": Feed(
        "/feeds/diseases.atom", _("Disease pages"), "/diseases/", _of_kind(Kind.DISEASE)
    ),
    "therapies": Feed(
        "/feeds/therapies.atom", _("Therapy pages"), "/therapies/", _of_kind(Kind.THERAPY)
    ),
    "glossary": Feed(
        "/feeds/glossary.atom", _("Words explained"), "/glossary/", _of_kind(Kind.TERM)
    ),
    "corrections": Feed(
        "/feeds/corrections.atom", _("Corrections"), "/about/corrections/", _corrections
    ),
}


def feed_of_tag(tag: Tag, ids: Iterable[int] = ()) -> Feed:
    """Pages with any of these tags: the tag, and those below it."""
    return Feed(
        f"/feeds/tags/{tag.slug}.atom",
        tag.name,
        tag.get_absolute_url(),
        lambda: _newest(Version.objects.tagged(ids)),
    )


# --- the views ----------------------------------------------------------------------------


@require_safe
@conditional_page
def feed(request: HttpRequest, name: str) -> HttpResponse:
    if name not in FEEDS:
        raise Http404(gettext("There is no such feed."))
    return _answer(FEEDS[name])


@require_safe
@conditional_page
def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """A merged tag's feed is that of the tag in its place."""
    vocabulary = Vocabulary()
    tag = vocabulary.by_slug.get(slug)
    if tag is None:
        raise Http404(gettext("There is no such tag."))
    found = feed_of_tag(tag, vocabulary.ids_below([slug]))
    if tag.slug != slug:
        return HttpResponsePermanentRedirect(found.path)
    return _answer(found)


def _answer(told: Feed) -> HttpResponse:
    atom = Atom(
        title=f"{told.title} – {settings.SITE_NAME}",
        link=at(told.follows),
        description="",
        language=language_tag(settings.LANGUAGE_CODE),
        author_name=settings.SITE_NAME,
        author_link=at("/about/"),
        feed_url=at(told.path),
        feed_guid=at(told.path),
    )
    for entry in told.entries():
        atom.add_item(**entry)
    response = HttpResponse(atom.writeString("utf-8"), content_type=Atom.content_type)
    response["Last-Modified"] = http_date(atom.latest_post_date().timestamp())
    return response
