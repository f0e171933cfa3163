"""Answers without the index: titles, other names and summaries, asked of the database."""

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils.html import escape

from editorial.models import AlsoCalled, Version
from editorial.models.version import VersionQuerySet
from editorial.states import Kind
from editorial.vocabulary import Vocabulary
from evidence.models import Claim
from search.asking import Asked, Found, Hit, Suggestion
from search.documents import CERTAINTIES
from search.words import read

KINDS = (Kind.DISEASE, Kind.THERAPY, Kind.TERM, Kind.ARTICLE)
COLUMNS = ("pk", "page", "page__kind", "page__slug", "title", "summary", "reviewed_on")


def find(asked: Asked) -> Found:
    words = read(asked.words).telling
    if asked.words.strip() and not words:
        return Found(total=0, hits=[], engine="database")
    found = _in_order(_chosen(_with_words(words), asked), asked)
    rows = found[asked.offset : asked.offset + asked.size]
    versions = list(rows.select_related("page").defer("body"))
    sure = _certainties([version.pk for version in versions])
    hits = [
        Hit(
            version_id=version.pk,
            page_id=version.page_id,
            kind=version.page.kind,
            url=version.get_absolute_url(),
            title=version.title,
            snippet=escape(version.summary),
            certainty=sure.get(version.pk, ""),
            reviewed_on=version.reviewed_on,
            score=0.0,
        )
        for version in versions
    ]
    return Found(total=found.count(), hits=hits, engine="database")


def suggest(words: str, limit: int) -> list[Suggestion]:
    """Pages whose title or another name holds every word, those that begin so first."""
    if not read(words):
        return []
    asked = Asked(words=words)
    found = _in_order(_with_words(read(words).words, is_by_name=True), asked)
    return [
        Suggestion(version.title, version.page.kind, version.get_absolute_url())
        for version in found.select_related("page").only("title", "page")[:limit]
    ]


def _with_words(words: tuple[str, ...], *, is_by_name: bool = False) -> VersionQuerySet:
    """Live pages with each of these words."""
    found = Version.objects.live()
    for word in words:
        named = AlsoCalled.objects.filter(version=OuterRef("pk"), name__icontains=word)
        there = Q(title__icontains=word) | Exists(named)
        found = found.filter(there if is_by_name else there | Q(summary__icontains=word))
    return found


def _chosen(found: VersionQuerySet, asked: Asked) -> VersionQuerySet:
    chosen = asked.chosen
    if kinds := chosen.pop("kind", ()):
        found = found.filter(page__kind__in=kinds)
    if certainties := chosen.pop("certainty", ()):
        claims = Claim.objects.filter(version=OuterRef("pk"), certainty__in=certainties)
        found = found.filter(Exists(claims))
    if chosen:
        vocabulary = Vocabulary()
        for slugs in chosen.values():
            found = found.tagged(vocabulary.ids_below(slugs))
    if asked.reviewed_since:
        found = found.filter(reviewed_on__gte=asked.reviewed_since)
    return found


def _in_order(found: QuerySet, asked: Asked) -> QuerySet:
    """What is called so before what begins so; disease and therapy pages before articles."""
    if asked.sort == "newest":
        return found.order_by("-published_at", "title", "pk")
    if asked.sort == "title" or not asked.words.strip():
        return found.order_by("title", "pk")
    words = asked.words.strip().replace("\x00", "")
    named = AlsoCalled.objects.filter(version=OuterRef("pk"), name__iexact=words)
    nearness = Case(
        When(Q(title__iexact=words) | Exists(named), then=0),
        When(title__istartswith=words, then=1),
        When(title__icontains=words, then=2),
        default=3,
    )
    kinds = Case(*(When(page__kind=kind, then=rank) for rank, kind in enumerate(KINDS)))
    return found.order_by(nearness, kinds, "title", "pk")


def _certainties(pks: list[int]) -> dict[int, str]:
    """The least sure of what each version claims."""
    rows = Claim.objects.filter(version__in=pks).values_list("version", "certainty")
    found: dict[int, str] = {}
    for pk, certainty in sorted(rows, key=lambda row: CERTAINTIES.index(row[1])):
        found.setdefault(pk, certainty)
    return found
