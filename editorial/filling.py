"""Many new pages at once, live by exemption: for `load_starter` and `make_corpus`, nothing else.

What is stored is what `begin_page`, `rewrite` and `publish_exempt` store for one page after the
other: the same rows, hashes, public forms and events, in a few dozen queries for a whole batch.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext

from editorial import addresses, ledger, rendering
from editorial.models import Event, Exemption, Page, Version
from editorial.parts import Row, content_hash, hash_of, version_parts
from editorial.publishing import Prepared, prepare
from editorial.readings import together
from editorial.refusals import NotReady, WrongState
from editorial.renderings import store_renderings
from editorial.signals import send_all, version_went_live
from editorial.states import State


@dataclass(frozen=True)
class NewPage:
    """A page that is not there yet. `identity` holds further fields of Page."""

    kind: str
    slug: str
    title: str
    identity: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Filling:
    """What is written into a draft: fields of its text, and rows by the names of their parts."""

    text: Mapping[str, Any]
    parts: Mapping[str, Sequence[Row]]


@transaction.atomic
def begin_pages(pages: Sequence[NewPage], *, now: datetime) -> None:
    """Pages with empty drafts, so that the texts that follow can name them all.

    Raises ValidationError for a kind, slug or tag that a page of its own has already.
    """
    drafts = _begin(pages, now=now)
    ledger.record_all([_event("began page", draft, now=now) for draft in drafts])


@transaction.atomic
def publish_begun(fillings: Mapping[Version, Filling], *, now: datetime, reason: str) -> None:
    """Write texts into drafts that the site began and nobody touched, and put them all live.

    All or none. Raises WrongState for a draft that somebody touched, NotReady with every page
    that the checks do not let through and why.
    """
    _take(list(fillings))
    events = list(_fill_and_publish(fillings, now=now, reason=reason, is_checked=True))
    ledger.record_all(events)


@transaction.atomic
def publish_new(
    fillings: Sequence[tuple[NewPage, Filling]],
    *,
    now: datetime,
    reason: str,
    is_checked: bool = True,
) -> None:
    """Begin pages, write them and put them live; all or none.

    Unchecked pages are for texts that nobody is to read: their `reason` says that they are.
    """
    drafts = _begin([page for page, _ in fillings], now=now)
    began = [_event("began page", draft, now=now) for draft in drafts]
    filled = dict(zip(drafts, (filling for _, filling in fillings), strict=True))
    events = list(_fill_and_publish(filled, now=now, reason=reason, is_checked=is_checked))
    ledger.record_all(began + events)


# --- texts that nobody is to read -----------------------------------------------------------


@transaction.atomic
def write_new(fillings: Sequence[tuple[NewPage, Filling]], *, now: datetime) -> list[Version]:
    """Begin pages and write them; all or none. Returns their drafts, for `publish_written`.

    The texts are taken as they are: whoever makes them makes them in their normal form.
    """
    drafts = _begin([page for page, _ in fillings], now=now)
    events = [_event("began page", draft, now=now) for draft in drafts]
    filled = dict(zip(drafts, (filling for _, filling in fillings), strict=True))
    _write(filled, now=now, is_clean=True)
    ledger.record_all([*events, *(_event("edited", draft, now=now) for draft in drafts)])
    return drafts


def publish_written(drafts: Sequence[Version], *, now: datetime, reason: str) -> None:
    """Put drafts live unchecked; all or none. The `reason` says what they are.

    They are rendered before the transaction, so that several processes can do so at once. Nobody
    is told: the caller sends `version_went_live` when all are done.
    """
    prepared = _prepare_all(drafts, is_checked=False)
    with transaction.atomic():
        _put_live(prepared, now=now, reason=reason)
        ledger.record_all([_event("went live", draft, now=now) for draft in drafts])


# --- beginning ----------------------------------------------------------------------------


def _begin(pages: Sequence[NewPage], *, now: datetime) -> list[Version]:
    made = [Page(kind=page.kind, slug=page.slug, created_at=now, **page.identity) for page in pages]
    for page in made:
        page.clean_fields()
    try:
        with transaction.atomic():
            Page.objects.bulk_create(made)
    except IntegrityError:
        for page in made:
            page.full_clean(exclude=["id"])  # Says in words what the database refused.
        raise
    drafts = [
        Version(page=page, number=1, title=new.title, created_at=now, edited_at=now)
        for page, new in zip(made, pages, strict=True)
    ]
    for draft in drafts:
        draft.content_hash = content_hash(draft)
    return Version.objects.bulk_create(drafts)


def _take(drafts: Sequence[Version]) -> None:
    """Lock the pages; whoever wrote into one of them first keeps it."""
    wanted = Page.objects.filter(pk__in=[draft.page_id for draft in drafts])
    taken = {page.pk: page for page in wanted.select_for_update(no_key=True).order_by("pk")}
    for draft in drafts:
        draft.page = taken[draft.page_id]
    untouched = Version.objects.filter(pk__in=[draft.pk for draft in drafts]).untouched()
    left = set(untouched.values_list("pk", flat=True))
    if touched := [draft.get_absolute_url() for draft in drafts if draft.pk not in left]:
        raise WrongState(
            gettext("Somebody else has written into %(addresses)s meanwhile.")
            % {"addresses": ", ".join(touched)}
        )


# --- filling and publishing ---------------------------------------------------------------


def _fill_and_publish(
    fillings: Mapping[Version, Filling], *, now: datetime, reason: str, is_checked: bool
) -> Iterator[Event]:
    """Yields the events at the end, page by page: the ledger's lock is the caller's last."""
    drafts = list(fillings)
    _write(fillings, now=now)
    edited = [_event("edited", draft, now=now) for draft in drafts]
    prepared = _prepare_all(drafts, is_checked=is_checked)
    _put_live(prepared, now=now, reason=reason)
    transaction.on_commit(lambda: send_all(version_went_live, drafts))
    for draft, event in zip(drafts, edited, strict=True):
        yield from (event, _event("went live", draft, now=now))


def _write(fillings: Mapping[Version, Filling], *, now: datetime, is_clean: bool = False) -> None:
    """The rows, then the texts with the hash of both."""
    columns = {column.name for column in Version._meta.fields}
    for draft, filling in fillings.items():
        for name, value in filling.text.items():
            setattr(draft, name, value)
        if not is_clean:
            draft.clean_fields(exclude=columns - set(filling.text))
    rows = _write_rows(fillings)
    for draft in fillings:
        text = {name: getattr(draft, name) for name in Version.TEXT_FIELDS}
        draft.content_hash = hash_of(text | rows[draft])
        draft.lock_number, draft.edited_at = 1, now
    # They are there: an update that is one statement for many rows of different texts.
    Version.objects.bulk_create(
        list(fillings),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*Version.TEXT_FIELDS, "content_hash", "lock_number", "edited_at"],
    )


def _write_rows(fillings: Mapping[Version, Filling]) -> dict[Version, dict[str, list[Row]]]:
    """One part after the other. Returns what each tells of each draft, as the hash covers it."""
    told: dict[Version, dict[str, list[Row]]] = {draft: {} for draft in fillings}
    for part in version_parts():
        given = [
            (draft, filling.parts.get(part.name, ()))
            for draft, filling in fillings.items()
            if part.kind in ("", draft.page.kind)
        ]
        for (draft, _), rows in zip(given, part.write_new(given), strict=True):
            told[draft][part.name] = rows
    return told


def _prepare_all(drafts: Sequence[Version], *, is_checked: bool) -> list[Prepared]:
    """Checked and in their public form. Raises NotReady with all that must be mended."""
    for part in version_parts():
        those = [draft for draft in drafts if part.kind in ("", draft.page.kind)]
        prefetch_related_objects(those, part.accessor)
    prefetch_related_objects(drafts, "wrote")
    prepared, refused = [], []
    with together(drafts):
        for draft in drafts:
            try:
                prepared.append(prepare(draft, is_exempt=True) if is_checked else _render(draft))
            except NotReady as refusal:
                refused.append(f"{draft.get_absolute_url()}: {refusal}")
    if refused:
        raise NotReady("\n".join(refused))
    return prepared


def _render(draft: Version) -> Prepared:
    return Prepared(draft, rendering.render(draft), draft.content_hash)


def _put_live(prepared: Sequence[Prepared], *, now: datetime, reason: str) -> None:
    drafts = [each.version for each in prepared]
    Exemption.objects.bulk_create(
        Exemption(version=draft, content_hash=draft.content_hash, reason=reason, recorded_at=now)
        for draft in drafts
    )
    moved = Version.objects.filter(pk__in=[draft.pk for draft in drafts], state=State.DRAFT)
    fields = {"state": State.LIVE, "published_at": now, "assigned_to": None, "due_on": None}
    if moved.update(**fields) != len(drafts):
        raise WrongState(
            gettext("A page changed while it was being published: run the command again.")
        )
    for draft in drafts:
        draft.state, draft.published_at = State.LIVE, now
    store_renderings([(each.version, each.rendered) for each in prepared], now=now)
    addresses.free_all([draft.get_absolute_url() for draft in drafts])
    ledger.note_changes([(draft.page, draft.pk) for draft in drafts], now=now)


def _event(verb: str, draft: Version, *, now: datetime) -> Event:
    return ledger.draw_up(verb, by=None, now=now, version=draft)
