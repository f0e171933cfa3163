"""Care of the controlled vocabulary: what tags are called, where they stand, which became one.

Every change is an editor's, is on record, and moves the stamp: tags are public.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from editorial import addresses, ledger
from editorial.models import Tag, TagSynonym, Version
from editorial.refusals import NotReady, WrongState
from editorial.rights import require
from editorial.states import State

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


@dataclass(frozen=True)
class Reach:
    """How much carries a tag."""

    pages: int
    live_pages: int
    versions: int


def reach(tag: Tag) -> Reach:
    carrying = Version.objects.tagged([tag.pk])
    return Reach(
        pages=carrying.values("page").distinct().count(),
        live_pages=carrying.filter(state=State.LIVE).count(),
        versions=carrying.count(),
    )


@transaction.atomic
def add(tag: Tag, *, by: "Person", now: datetime) -> None:
    """A new word of the vocabulary."""
    require(by, "change_tag")
    require_free_name(tag, tag.name)
    require_place(tag, tag.parent)
    tag.save(force_insert=True)
    addresses.free(tag.get_absolute_url())
    _told("added tag", tag.name, by=by, now=now)


@transaction.atomic
def change(
    tag: Tag, *, name: str, slug: str, parent: Tag | None, by: "Person", now: datetime
) -> None:
    """Call a tag something else, or put it below another. Old addresses lead to the new one."""
    require(by, "change_tag")
    tags = _take(tag, *([parent] if parent else []))
    was = tags[tag.pk]
    if was.merged_into_id is not None:
        raise WrongState(f"“{was}” was merged into “{was.merged_into}”: change that one instead.")
    require_free_name(was, name)
    require_place(was, parent)
    Tag.objects.filter(pk=was.pk).update(name=name, slug=slug, parent=parent)
    _let_search_follow(was, now=now)
    if (was.name, was.slug) != (name, slug):
        _told("renamed tag", f"{was.name} ({was.slug}) → {name} ({slug})", by=by, now=now)
    if was.slug != slug:
        addresses.redirect(was.get_absolute_url(), Tag(slug=slug).get_absolute_url())
    if was.parent_id != (parent.pk if parent else None):
        _told("moved tag", f"{name}: below {parent or 'no other tag'}", by=by, now=now)
    tag.refresh_from_db()


@transaction.atomic
def set_synonyms(tag: Tag, names: Iterable[str], *, by: "Person", now: datetime) -> None:
    """These and no other words stand for a tag."""
    require(by, "change_tag")
    wanted = {name.lower(): name for name in map(_tidy, names) if name}
    for name in wanted.values():
        require_free_synonym(tag, name)
    present = {synonym.name.lower(): synonym for synonym in tag.synonyms.all()}
    gone = [present[key] for key in present.keys() - wanted.keys()]
    new = [wanted[key] for key in wanted if key not in present]
    if not gone and not new:
        return
    tag.synonyms.filter(pk__in=[synonym.pk for synonym in gone]).delete()
    TagSynonym.objects.bulk_create(TagSynonym(tag=tag, name=name) for name in new)
    _let_search_follow(tag, now=now)
    marks = [f"+ {name}" for name in new] + [f"− {synonym}" for synonym in gone]
    _told("changed synonyms", f"{tag}: {', '.join(marks)}", by=by, now=now)


@transaction.atomic
def add_synonym(tag: Tag, name: str, *, by: "Person", now: datetime) -> None:
    """One more word for a tag."""
    require(by, "change_tag")
    name = _tidy(name)
    tag = _take(tag)[tag.pk]
    if tag.merged_into_id is not None:
        raise WrongState(f"“{tag}” was merged into “{tag.merged_into}”: choose that one instead.")
    require_free_synonym(tag, name)
    if tag.name.lower() == name.lower() or tag.synonyms.filter(name__iexact=name).exists():
        raise NotReady(f"“{name}” means “{tag}” already.")
    tag.synonyms.create(name=name)
    _told("changed synonyms", f"{tag}: + {name}", by=by, now=now)


@transaction.atomic
def merge(tag: Tag, *, into: Tag, by: "Person", now: datetime) -> None:
    """Let another tag take this one's place, with its name, its synonyms and what is below it.

    What carries it keeps it, since signatures cover the ids of tags; readers find it under the
    other one, and so do old addresses.
    """
    require(by, "change_tag")
    tags = _take(tag, into)
    tag, into = tags[tag.pk], tags[into.pk]
    require_mergeable(tag, into)
    tag.children.update(parent=into)
    tag.merged.update(merged_into=into)
    tag.synonyms.update(tag=into)
    Tag.objects.filter(pk=tag.pk).update(merged_into=into)
    if not TagSynonym.objects.filter(name__iexact=tag.name).exists():
        into.synonyms.create(name=tag.name[: TagSynonym._meta.get_field("name").max_length])
    _let_search_follow(into, now=now)
    _told("merged tag", f"{tag.name} ({tag.slug}) → {into.name} ({into.slug})", by=by, now=now)


# --- what is refused ------------------------------------------------------------------------


def require_mergeable(tag: Tag, into: Tag) -> None:
    if tag.pk == into.pk:
        raise NotReady("A tag cannot be merged into itself: choose another one.")
    for one in (tag, into):
        if one.merged_into_id is not None:
            raise WrongState(f"“{one}” was merged into “{one.merged_into}” already.")
    if tag.kind != into.kind:
        raise NotReady(
            f"“{tag}” is a {tag.get_kind_display()} and “{into}” a {into.get_kind_display()}: only "
            f"tags of one kind can be merged."
        )
    if tag.pages.exists():
        raise NotReady(
            f"“{tag}” has a page of its own, which needs its tag: merge the other way round."
        )
    if tag.pk in _above(into):
        raise NotReady(f"“{into}” stands below “{tag}”: move it from there, then merge.")


def require_place(tag: Tag, parent: Tag | None) -> None:
    """Refuse a parent that stands below the tag, or that no longer stands for itself."""
    if parent is None:
        return
    if parent.merged_into_id is not None:
        raise NotReady(f"“{parent}” was merged into another tag: choose that one as the parent.")
    if tag.pk is not None and tag.pk in (parent.pk, *_above(parent)):
        raise NotReady(
            f"“{parent}” is “{tag}” itself or stands below it: the two would go in a ring."
        )


def require_free_name(tag: Tag, name: str) -> None:
    others = Tag.objects.exclude(pk=tag.pk)
    if others.filter(name__iexact=name).exists():
        raise NotReady(f"There is a tag “{name}” already: merge the two if they mean the same.")
    synonym = TagSynonym.objects.filter(name__iexact=name).exclude(tag=tag.pk)
    if taken := synonym.select_related("tag").first():
        raise NotReady(f"“{name}” is a synonym of “{taken.tag}”: take it away there first.")


def require_free_synonym(tag: Tag, name: str) -> None:
    taken = TagSynonym.objects.filter(name__iexact=name).exclude(tag=tag.pk)
    if other := taken.select_related("tag").first():
        raise NotReady(f"“{name}” is a synonym of “{other.tag}” already: a word means one tag.")
    named = Tag.objects.current().filter(name__iexact=name).exclude(pk=tag.pk)
    if named.exists():
        raise NotReady(f"“{name}” is the name of another tag: merge the two if they are one.")


# --- how it is done -------------------------------------------------------------------------


def _take(*tags: Tag) -> dict[int, Tag]:
    """All the tags of the tree, by id, with these locked: in one order, so that nobody waits
    for each other. Loops are made by two changes at once, so the whole tree is held.
    """
    held = Tag.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {tag.pk: tag for tag in held}
    missing = [tag for tag in tags if tag.pk not in found]
    if missing:
        raise WrongState("There is no such tag any more.")
    return found


def _above(tag: Tag) -> list[int]:
    """The ids of the tags above this one, nearest first. One query."""
    parents = dict(Tag.objects.values_list("pk", "parent"))
    found: list[int] = []
    above = parents.get(tag.pk)
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return found


def _let_search_follow(tag: Tag, *, now: datetime) -> None:
    """Live pages are found by the words of their tags, and of the tags above these."""
    below = Tag.objects.filter(pk=tag.pk).with_descendants()
    live = Version.objects.live().tagged(below) | Version.objects.live().filter(page__tag__in=below)
    pages = live.order_by("pk").select_related("page").only("page")
    ledger.note_changes([(version.page, version.pk) for version in pages], now=now)


def _told(verb: str, what: str, *, by: "Person", now: datetime) -> None:
    ledger.move_stamp()
    ledger.record(verb, by=by, now=now, comment=what)


def _tidy(name: str) -> str:
    return " ".join(name.split())
