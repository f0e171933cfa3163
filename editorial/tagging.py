"""Care of the controlled vocabulary: what tags are called, where they stand, which became one.

Every change is an editor's, is on record, and moves the stamp: tags are public.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

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
        raise WrongState(
            _("“%(was)s” was merged into “%(merged_into)s”: change that one instead.")
            % {"was": was, "merged_into": was.merged_into}
        )
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
        raise WrongState(
            _("“%(tag)s” was merged into “%(merged_into)s”: choose that one instead.")
            % {"tag": tag, "merged_into": tag.merged_into}
        )
    require_free_synonym(tag, name)
    if tag.name.lower() == name.lower() or tag.synonyms.filter(name__iexact=name).exists():
        raise NotReady(_("“%(name)s” means “%(tag)s” already.") % {"name": name, "tag": tag})
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
        raise NotReady(_("A tag cannot be merged into itself: choose another one."))
    for one in (tag, into):
        if one.merged_into_id is not None:
            raise WrongState(
                _("“%(one)s” was merged into “%(merged_into)s” already.")
                % {"one": one, "merged_into": one.merged_into}
            )
    if tag.kind != into.kind:
        raise NotReady(
            _(
                "“%(tag)s” is a %(kind)s and “%(into)s” a %(into_kind)s: only tags "
                "of one kind can be merged."
            )
            % {
                "tag": tag,
                "kind": tag.get_kind_display(),
                "into": into,
                "into_kind": into.get_kind_display(),
            }
        )
    if tag.pages.exists():
        raise NotReady(
            _("“%(tag)s” has a page of its own, which needs its tag: merge the other way round.")
            % {"tag": tag}
        )
    if tag.pk in _above(into):
        raise NotReady(
            _("“%(into)s” stands below “%(tag)s”: move it from there, then merge.")
            % {"into": into, "tag": tag}
        )


def require_place(tag: Tag, parent: Tag | None) -> None:
    """Refuse a parent that stands below the tag, or that no longer stands for itself."""
    if parent is None:
        return
    if parent.merged_into_id is not None:
        raise NotReady(
            _("“%(parent)s” was merged into another tag: choose that one as the parent.")
            % {"parent": parent}
        )
    if tag.pk is not None and tag.pk in (parent.pk, *_above(parent)):
        raise NotReady(
            _("“%(parent)s” is “%(tag)s” itself or stands below it: the two would go in a ring.")
            % {"parent": parent, "tag": tag}
        )


def require_free_name(tag: Tag, name: str) -> None:
    others = Tag.objects.exclude(pk=tag.pk)
    if others.filter(name__iexact=name).exists():
        raise NotReady(
            _("There is a tag “%(name)s” already: merge the two if they mean the same.")
            % {"name": name}
        )
    synonym = TagSynonym.objects.filter(name__iexact=name).exclude(tag=tag.pk)
    if taken := synonym.select_related("tag").first():
        raise NotReady(
            _("“%(name)s” is a synonym of “%(tag)s”: take it away there first.")
            % {"name": name, "tag": taken.tag}
        )


def require_free_synonym(tag: Tag, name: str) -> None:
    taken = TagSynonym.objects.filter(name__iexact=name).exclude(tag=tag.pk)
    if other := taken.select_related("tag").first():
        raise NotReady(
            _("“%(name)s” is a synonym of “%(tag)s” already: a word means one tag.")
            % {"name": name, "tag": other.tag}
        )
    named = Tag.objects.current().filter(name__iexact=name).exclude(pk=tag.pk)
    if named.exists():
        raise NotReady(
            _("“%(name)s” is the name of another tag: merge the two if they are one.")
            % {"name": name}
        )


# --- how it is done -------------------------------------------------------------------------


def _take(*tags: Tag) -> dict[int, Tag]:
    """All the tags of the tree, by id, with these locked: in one order, so that nobody waits
    for each other. Loops are made by two changes at once, so the whole tree is held.
    """
    held = Tag.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {tag.pk: tag for tag in held}
    missing = [tag for tag in tags if tag.pk not in found]
    if missing:
        raise WrongState(_("There is no such tag any more."))
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
