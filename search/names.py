"""The names of things: which words mean the same, from tags and their synonyms and from the titles
and also-called names of diseases, therapies and terms.

Read from the database when something public has changed, and kept in memory until then. Articles
do not name anything: what is kept grows with the vocabulary, not with the site.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

from editorial import ledger
from editorial.models import AlsoCalled, Page, Tag, TagSynonym, Version, VersionTag
from editorial.states import Kind
from glossary.models import Distinction, TermFacts
from search import everyday
from search.models import Promotion
from search.words import callings, name_key, words_of

NAMING_KINDS = (Kind.DISEASE, Kind.THERAPY, Kind.TERM)
# The longest run of words of a question that is looked up as one name.
MOST_WORDS_IN_A_NAME = 6

Name = tuple[str, ...]


class Meant(NamedTuple):
    """A page that a name means. `is_own`: by its title or an also-called name, not by a synonym
    of its tag. `tag`: the slug of the tag that it is the page of, if it is one."""

    page_id: int
    kind: str
    is_own: bool
    tag: str


class Titled(NamedTuple):
    """A page as it is suggested, with the names that it gives itself."""

    title: str
    kind: str
    slug: str
    tag: str = ""
    names: tuple[Name, ...] = ()


@dataclass(frozen=True)
class Run:
    """Words of a question that belong together, with the names and the pages that they mean.

    `near`: the ids of pages of what it belongs to, the tag above or the tags that a term carries,
    and of the terms that it is easily taken for.
    """

    words: Name
    others: tuple[Name, ...] = ()
    pages: tuple[Meant, ...] = ()
    near: frozenset[int] = frozenset()


@dataclass
class Group:
    """Names of one thing by their keys, the pages about it (id, kind, keys of its own), and what
    it belongs to."""

    tag: str = ""
    names: dict[str, Name] = field(default_factory=dict)
    pages: list[tuple[int, str, frozenset[str]]] = field(default_factory=list)
    near: list["Group"] = field(default_factory=list)


class Names:
    """Names in groups of one meaning. A name may stand in several groups."""

    def __init__(self, stamp: int = 0) -> None:
        self.stamp = stamp
        self._by_key: dict[str, list[Group]] = defaultdict(list)
        self.titles: dict[int, Titled] = {}
        self.words: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()
        # By the key of a question: the pages that editors put first for it, in their order.
        self.promoted: dict[str, list[int]] = {}

    def add(self, names: Iterable[str], page: tuple[int, str] | None = None) -> Group:
        """Names of one thing; with `page` (id, kind) those that this page gives itself."""
        group = Group()
        self.extend(group, names, page)
        return group

    def extend(
        self, group: Group, names: Iterable[str], page: tuple[int, str] | None = None
    ) -> None:
        own = set()
        for words, key in map(_taken_apart, names):
            own.add(key)
            if not key or key in group.names:
                continue
            group.names[key] = words
            self._by_key[key].append(group)
            self.words.update(words)
            self.pairs.update(pairwise(words))
        if page:
            group.pages.append((*page, frozenset(own)))

    def knows(self, words: Iterable[str]) -> bool:
        return name_key(words) in self._by_key

    def others(self, words: Sequence[str]) -> tuple[Name, ...]:
        """What else the thing of this name is called."""
        key = name_key(words)
        found: dict[str, Name] = {}
        for group in self._by_key.get(key, ()):
            found |= group.names
        found.pop(key, None)
        return tuple(found.values())

    def pages(self, words: Sequence[str]) -> tuple[Meant, ...]:
        """The pages about the thing of this name."""
        key = name_key(words)
        return tuple(
            Meant(page_id, kind, key in own, group.tag)
            for group in self._by_key.get(key, ())
            for page_id, kind, own in group.pages
        )

    def near(self, words: Sequence[str]) -> frozenset[int]:
        """The pages of what the thing of this name belongs to."""
        groups = self._by_key.get(name_key(words), ())
        return frozenset(
            page_id for group in groups for other in group.near for page_id, _, _ in other.pages
        )

    def runs(self, words: Sequence[str]) -> Iterator[Run]:
        """The words in their order, those that make a name together; the longest name first."""
        place = 0
        while place < len(words):
            run = self._longest(words, place)
            yield Run(run, self.others(run), self.pages(run), self.near(run))
            place += len(run)

    def _longest(self, words: Sequence[str], place: int) -> Name:
        for end in range(min(len(words), place + MOST_WORDS_IN_A_NAME), place, -1):
            if self.knows(words[place:end]):
                return tuple(words[place:end])
        return (words[place],)


_lock = Lock()
_latest = Names(stamp=-1)


def names_now() -> Names:
    """The names as the database has them now. One query; a dozen when something has changed."""
    global _latest
    stamp = ledger.stamp()
    if _latest.stamp == stamp:
        return _latest
    with _lock:
        if _latest.stamp != stamp:
            _latest = read_names(stamp)
    return _latest


def forget() -> None:
    """For tests, which take back what they wrote, and the stamp with it."""
    global _latest
    _latest = Names(stamp=-1)


def read_names(stamp: int = 0) -> Names:
    """All of them, read afresh. A page shares the group of the tag that it is the page of."""
    names = Names(stamp)
    for same in everyday.SAME:
        names.add(same)
    by_tag = _of_tags(names)
    pages = list(Page.objects.filter(kind__in=NAMING_KINDS).values_list("pk", flat=True))
    columns = ("pk", "page", "page__kind", "page__slug", "page__tag", "title")
    rows = list(Version.objects.live().filter(page__in=pages).values_list(*columns))
    # By their ids: asked by a condition, a database would go through every live article.
    live = [row[0] for row in rows]
    called: dict[int, list[str]] = defaultdict(list)
    for model, column in ((AlsoCalled, "name"), (TermFacts, "abbreviation")):
        found = model.objects.filter(version__in=live).order_by("pk")
        for pk, name in found.values_list("version", column):
            called[pk].extend(callings(name))
    carried: dict[int, list[int]] = defaultdict(list)
    terms = [pk for pk, _, kind, *_ in rows if kind == Kind.TERM]
    tagged = VersionTag.objects.filter(content_object__in=terms)
    for pk, tag in tagged.values_list("content_object", "tag"):
        carried[pk].append(tag)
    apart: dict[int, list[int]] = defaultdict(list)
    for one, other in Distinction.objects.filter(version__in=live).values_list(
        "version__page", "other"
    ):
        apart[one].append(other)
        apart[other].append(one)
    by_page: dict[int, Group] = {}
    for pk, page, kind, slug, tag, title in rows:
        group = by_tag[tag] if tag else Group()
        own = [*callings(title), *called[pk]]
        names.extend(group, own, (page, kind))
        distinct = tuple(dict.fromkeys(words for words, _ in map(_taken_apart, own) if words))
        names.titles[page] = Titled(title, kind, slug, group.tag, distinct)
        group.near.extend(by_tag[tag] for tag in carried[pk])
        by_page[page] = group
    for page, group in by_page.items():
        group.near.extend(by_page[other] for other in apart[page] if other in by_page)
    for key, page in Promotion.objects.of_live_pages().values_list("key", "page"):
        names.promoted.setdefault(key, []).append(page)
    return names


@lru_cache(maxsize=50_000)
def _taken_apart(name: str) -> tuple[Name, str]:
    """Its words and its key. Most names are those of the last time."""
    words = words_of(name)
    return words, name_key(words)


def _of_tags(names: Names) -> dict[int, Group]:
    """The names and synonyms of each tag, by its id; a merged one shares what it became."""
    tags = {tag.pk: tag for tag in Tag.objects.all()}
    standing: dict[int, Group] = {tag.pk: Group(tag.slug) for tag in tags.values()}
    groups = {tag.pk: standing[tag.merged_into_id or tag.pk] for tag in tags.values()}
    for tag in tags.values():
        names.extend(groups[tag.pk], [tag.name])
        if tag.parent_id:
            groups[tag.pk].near.append(groups[tag.parent_id])
    for pk, name in TagSynonym.objects.values_list("tag", "name"):
        names.extend(groups[pk], [name])
    return groups
