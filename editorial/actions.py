"""What touches several models at once: beginning pages and versions."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from editorial import ledger
from editorial.models import Page, Tag, Version
from editorial.parts import content_hash, copy_parts
from editorial.refusals import NotReady, WrongState
from editorial.rights import require, require_edit
from editorial.states import OPEN_STATES, Lane, Role, State
from editorial.warnings import copy_passed

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


@transaction.atomic
def begin_page(
    *,
    kind: str,
    slug: str,
    title: str,
    by: "Person | None",
    now: datetime,
    identity: Mapping[str, Any] | None = None,
) -> Version:
    """A new page with its first, empty draft. `identity` holds further fields of Page.

    Raises ValidationError for a kind, slug or tag that a page of its own has already.
    """
    if by is not None:
        require(by, "change_version")
    page = Page(kind=kind, slug=slug, created_at=now, owner=by, **(identity or {}))
    page.clean_fields()
    try:
        with transaction.atomic():
            page.save(force_insert=True)
    except IntegrityError:
        page.full_clean()  # Says in words what the database refused.
        raise
    version = _begin(page, Version(title=title), by=by, now=now, verb="began page")
    if by is not None:
        version.wrote.create(user=by, first_at=now)
    return version


@transaction.atomic
def start_version(page: Page, *, by: "Person", now: datetime) -> Version:
    """A new draft with the text of the page's last public version, or of its last version."""
    require(by, "change_version")
    page = Page.objects.take(page.pk)
    if page.versions.filter(state__in=OPEN_STATES, lane=Lane.FULL).exists():
        raise WrongState(_("This page has an open draft already: go on with that one."))
    return _copy(_last_text(page), Version(lane=Lane.FULL), by=by, now=now, verb="started")


@transaction.atomic
def start_correction(page: Page, *, by: "Person", now: datetime) -> Version:
    """A quick correction of the live version: a few words, one editor's sign-off."""
    require(by, "correct_version")
    page = Page.objects.take(page.pk)
    live = page.versions.filter(state=State.LIVE).first()
    if live is None:
        raise WrongState(_("Only a live page can be corrected."))
    if page.versions.filter(state__in=OPEN_STATES, lane=Lane.CORRECTION).exists():
        raise WrongState(_("This page has an open correction already: go on with that one."))
    signed = live.corrects or live
    if not signed.sign_offs.filter(role=Role.MEDICAL).exists():
        raise NotReady(
            _(
                "No medical reviewer has signed this page yet, so a correction has no "
                "review to keep: start a new version instead."
            )
        )
    blank = Version(lane=Lane.CORRECTION, corrects=signed)
    return _copy(live, blank, by=by, now=now, verb="started correction")


@transaction.atomic
def revert(
    version: Version,
    *,
    to: Version,
    by: "Person",
    now: datetime,
    lock_number: int | None = None,
) -> None:
    """Copy another text of the same page into the open version.

    `lock_number` as in `Version.editing`: what was saved since the question is not overwritten.
    """
    require_edit(by, version)
    if to.page_id != version.page_id:
        raise WrongState(_("That is a version of another page."))
    with version.editing(by=by, now=now, lock_number=lock_number):
        for name in Version.TEXT_FIELDS:
            setattr(version, name, getattr(to, name))
        version.save(update_fields=Version.TEXT_FIELDS)
        copy_parts(to, version)
        copy_passed(to, version)
    ledger.record("reverted", by=by, now=now, version=version, comment=f"to version {to.number}")


def add_tag(version: Version, tag: Tag, *, by: "Person", now: datetime) -> None:
    """One more tag on an open version: an edit like any other. Nothing if it has it already."""
    if tag.merged_into_id:
        raise NotReady(_("“%(tag)s” was merged into another tag: use that one.") % {"tag": tag})
    _tag_with(version, {*tag_ids(version), tag.pk}, by=by, now=now)


def remove_tag(version: Version, tag: Tag, *, by: "Person", now: datetime) -> None:
    """One tag less on an open version. Nothing if it does not have it."""
    _tag_with(version, tag_ids(version) - {tag.pk}, by=by, now=now)


def tag_ids(version: Version) -> set[int]:
    return set(version.version_tags.values_list("tag_id", flat=True))


def _tag_with(version: Version, ids: set[int], *, by: "Person", now: datetime) -> None:
    version.rewrite(by=by, now=now, parts={"tags": [{"tag_id": pk} for pk in ids]})


@transaction.atomic
def set_owner(page: Page, owner: "Person", *, by: "Person", now: datetime) -> None:
    """Give a page to the person who answers for it. Nothing if it is theirs already."""
    require(by, "change_page")
    if not owner.is_active or not owner.has_perm("editorial.view_version"):
        raise NotReady(
            _("%(owner)s is not of the newsroom: choose somebody who has a role.")
            % {"owner": owner}
        )
    if Page.objects.take(page.pk).owner_id == owner.pk:
        return
    Page.objects.filter(pk=page.pk).update(owner=owner)
    page.owner = owner
    ledger.record("owner set", by=by, now=now, page=page, comment=f"to {owner.get_username()}")


def _last_text(page: Page) -> Version:
    last_public_first = models.F("published_at").desc(nulls_last=True)
    return page.versions.order_by(last_public_first, "-number")[0]


def _copy(source: Version, blank: Version, *, by: "Person", now: datetime, verb: str) -> Version:
    for name in Version.TEXT_FIELDS:
        setattr(blank, name, getattr(source, name))
    blank.based_on = source
    return _begin(source.page, blank, by=by, now=now, verb=verb)


def _begin(
    page: Page, version: Version, *, by: "Person | None", now: datetime, verb: str
) -> Version:
    last = page.versions.aggregate(last=models.Max("number"))["last"] or 0
    version.page, version.number, version.is_head = page, last + 1, last == 0
    version.created_by, version.created_at, version.edited_at = by, now, now
    version.content_hash = content_hash(version)
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as error:
        raise WrongState(_("Somebody else has just started a version of this page.")) from error
    if version.based_on:
        copy_parts(version.based_on, version)
        copy_passed(version.based_on, version)
        version.content_hash = content_hash(version)
        version.save(update_fields=["content_hash"])
    if last:
        page.choose_head()
        version.refresh_from_db(fields=["is_head"])
    ledger.record(verb, by=by, now=now, version=version)
    return version
