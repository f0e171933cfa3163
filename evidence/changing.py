"""When a fact changes: a source is marked, and whatever leans on it is looked at again.

Locks are taken in one order by everybody here: the source, the pages by their ids, the ledger.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import ledger, notices
from editorial.models import Page, Version
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.renderings import render_again
from editorial.states import Role
from editorial.wording import one_line
from evidence.leaning import Leaning, leaning_on, sources_behind
from evidence.models import RegulatoryStatus, ReviewFlag, Source

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

logger = logging.getLogger(__name__)

Status = Source.Status
HAPPENED = {
    Status.CORRECTED: gettext_lazy("was corrected"),
    Status.RETRACTED: gettext_lazy("was retracted"),
    Status.WITHDRAWN: gettext_lazy("was withdrawn"),
    Status.SUPERSEDED: gettext_lazy("was superseded"),
}
STANDS_AGAIN = gettext_lazy("The source stands again.")
MAY_ANSWER = ("editorial.sign_editorial", "editorial.sign_medical")


# --- marking a source ---------------------------------------------------------------------


@transaction.atomic
def mark(
    source: Source,
    status: str,
    *,
    by: "Person",
    now: datetime,
    note: str = "",
    superseded_by: Source | None = None,
    seen: str = "",
) -> list[ReviewFlag]:
    """Say what became of a source. Returns the flags of the live pages that lean on it.

    `seen` is `how_it_stands` when the question was asked: what somebody else has said of the
    source since is not overwritten. A source that stands again answers its flags.
    """
    status, note = Status(status), one_line(note)
    require_may_mark(by)
    require_told(source, status, note, superseded_by)
    stored = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    if how_it_stands(stored) != (seen or how_it_stands(source)):
        raise WrongState(
            _("Somebody else has just changed what is said of this source: look at it again.")
        )
    if (stored.status, stored.status_note, stored.superseded_by) == (status, note, superseded_by):
        raise WrongState(_("Nothing is new: the source is marked so already."))
    for each in (stored, source):
        each.status, each.status_note, each.superseded_by = status, note, superseded_by
        each.status_changed_on = now.date()
    stored.save(update_fields=["status", "status_note", "superseded_by", "status_changed_on"])
    change = what_changed(stored)
    leaning = _take_pages(stored)
    if status == Status.STANDS:
        flags = _answer(stored.review_flags.standing(), str(STANDS_AGAIN), by=by, now=now)
    else:
        flags = _raise_flags(stored, leaning, change, by=by, now=now)
    for it in leaning:
        render_again(it.version.pk, now=now)
    if status != Status.STANDS:
        _tell_owners(leaning, change, by=by, now=now)
    verb = "source stands again" if status == Status.STANDS else "source changed"
    for it in leaning:
        ledger.record(verb, by=by, now=now, version=it.version, comment=change)
    ledger.record(verb, by=by, now=now, comment=f"{stored.key}: {change}")
    ledger.move_stamp()
    return flags


def how_it_stands(source: Source) -> str:
    """Names what is said of a source now, so that a form can tell when it is no longer so."""
    said = (source.status, source.superseded_by_id, source.status_note, source.status_changed_on)
    return sha256("\0".join(map(str, said)).encode()).hexdigest()[:16]


def what_changed(source: Source) -> str:
    """What became of a source, as readers are told."""
    if source.status == Status.STANDS:
        return f"“{source}” stands. {source.status_note}".strip()
    successor = f" by “{source.superseded_by}”" if source.superseded_by else ""
    return f"“{source}” {HAPPENED[Status(source.status)]}{successor}. {source.status_note}"


def require_may_mark(by: "Person") -> None:
    if not by.has_perm("evidence.change_source"):
        raise NotAllowed(_("Only an editor can say that something about a source has changed."))


def require_told(source: Source, status: str, note: str, superseded_by: Source | None) -> None:
    """Raise NotReady unless everything is said that `mark` must know."""
    if not one_line(note) and status != Status.STANDS:
        raise NotReady(_("Say what happened and who says so: readers are told in your words."))
    if superseded_by is None:
        return
    if status != Status.SUPERSEDED:
        raise NotReady(
            _(
                "Only a superseded source has another in its place: choose “superseded”, or leave "
                "the other source out."
            )
        )
    if superseded_by.pk == source.pk:
        raise NotReady(_("A source cannot take its own place: choose another one."))
    if not superseded_by.stands:
        raise NotReady(
            _("“%(superseded_by)s” is %(status)s itself: choose a source that stands.")
            % {"superseded_by": superseded_by, "status": superseded_by.get_status_display()}
        )


def _take_pages(source: Source) -> list[Leaning]:
    """The live pages that lean on a source, locked. One that goes live only now is flagged by
    `look_at_what_went_live`, which waits for the source.
    """
    pages = {it.version.page_id for it in leaning_on(source) if it.is_live}
    list(Page.objects.select_for_update(no_key=True).filter(pk__in=pages).order_by("pk"))
    return [it for it in leaning_on(source) if it.is_live and it.version.page_id in pages]


def _raise_flags(
    source: Source, leaning: Iterable[Leaning], change: str, *, by: "Person | None", now: datetime
) -> list[ReviewFlag]:
    """One flag a page: one that stands already is widened, and tells what changed last."""
    standing = {flag.page_id: flag for flag in source.review_flags.standing()}
    flags = []
    for it in leaning:
        flag = standing.get(it.version.page_id)
        if flag is None:
            flag = ReviewFlag(page=it.version.page, source=source)
        flag.change, flag.raised_at, flag.raised_by = change, now, by
        flag.leans = "\n".join(dict.fromkeys([*flag.leans.splitlines(), *it.places]))
        flag.save()
        flags.append(flag)
    return flags


def _tell_owners(
    leaning: Sequence[Leaning], change: str, *, by: "Person | None", now: datetime
) -> None:
    """One notice for each person, however many pages are theirs: their desk lists them."""
    theirs: dict[int, list[Version]] = {}
    for it in leaning:
        page = it.version.page
        for pk in {page.owner_id, page.backup_owner_id}:
            if pk is not None:
                theirs.setdefault(pk, []).append(it.version)
    for user in notices.people(set(theirs), but=by):
        versions = theirs[user.pk]
        if len(versions) == 1:
            told = _("“%(version)s” leans on a source that has changed: look at it again.") % {
                "version": versions[0]
            }
            notices.give(user, f"{told} {change}", version=versions[0], now=now)
        else:
            told = _(
                "%(count)s of your pages lean on a source that has changed: see your desk."
            ) % {"count": len(versions)}
            notices.give(user, f"{told} {change}", now=now)


# --- answering a flag ---------------------------------------------------------------------


@transaction.atomic
def still_holds(flag: ReviewFlag, *, by: "Person", now: datetime, reason: str) -> None:
    """An editor or a medical reviewer has looked again: the page is right as it is, and why."""
    if not may_answer(by):
        raise NotAllowed(_("Only an editor or a medical reviewer can say that a page still holds."))
    if not one_line(reason):
        raise NotReady(_("Say why the page still holds: the reason is kept in the audit trail."))
    page = Page.objects.take(flag.page_id)
    if not _answer(ReviewFlag.objects.standing().filter(pk=flag.pk), reason, by=by, now=now):
        raise WrongState(_("Somebody else has just answered this: look at the page again."))
    flag.refresh_from_db()
    live = page.versions.live().first()
    if live is not None:
        render_again(live.pk, now=now)
    comment = f"{flag.source.key}: {one_line(reason)}"
    ledger.record("page still holds", by=by, now=now, version=live, page=page, comment=comment)
    ledger.move_stamp()


def may_answer(by: "Person") -> bool:
    return any(by.has_perm(permission) for permission in MAY_ANSWER)


def _answer(standing, answer: str, *, by: "Person | None", now: datetime) -> list[ReviewFlag]:
    """Those of these flags that were answered here, and by nobody else in the same moment."""
    told = {"answer": answer.strip(), "answered_at": now, "answered_by": by}
    unanswered = ReviewFlag.objects.standing()
    return [flag for flag in standing if unanswered.filter(pk=flag.pk).update(**told)]


def heard_that_they_went_live(versions: Sequence[Version]) -> None:
    """Of pages that went live together, most have no flag and rest on nothing that fell."""
    if len(versions) > 1:
        concerned = _with_something_to_look_at(versions)
        versions = [version for version in versions if version.pk in concerned]
    for version in versions:
        heard_that_it_went_live(version)


def _with_something_to_look_at(versions: Sequence[Version]) -> set[int]:
    """The ids of those whose page has a flag, or that lean on a source that does not stand."""
    fallen = Source.objects.exclude(status=Status.STANDS)
    flagged = Version.objects.filter(page__review_flags__in=ReviewFlag.objects.standing())
    leaning = Version.objects.filter(
        Q(citations__source__in=fallen) | Q(checked_claims__source__in=fallen)
    )
    ruled = Version.objects.filter(
        Q(page__tag__in=RegulatoryStatus.objects.filter(source__in=fallen).values("therapy"))
        | Q(page__tag__in=RegulatoryStatus.objects.filter(source__in=fallen).values("disease"))
    )
    mine = Q(pk__in=[version.pk for version in versions])
    return {
        pk
        for found in (flagged, leaning, ruled)
        for pk in found.filter(mine).values_list("pk", flat=True)
    }


def heard_that_it_went_live(version: Version) -> None:
    """The page is live by now, whatever goes wrong here: a flag that could not be answered
    stands, and is answered by hand.
    """
    try:
        look_at_what_went_live(version, now=version.published_at or timezone.now())
    except Exception:
        logger.exception("The flags of %s could not be looked at", version.get_absolute_url())


@transaction.atomic
def look_at_what_went_live(version: Version, *, now: datetime) -> None:
    """A reviewed version answers the flags of its page; what fell meanwhile raises one."""
    sources = Source.objects.filter(pk__in=sources_behind(version)).order_by("pk")
    behind = {source.pk: source for source in sources.select_for_update(no_key=True)}
    page = Page.objects.take(version.page_id)
    if not page.versions.live().filter(pk=version.pk).exists():
        return
    standing = list(ReviewFlag.objects.standing().filter(page=page))
    answered = [flag.pk for flag in standing if _is_answered(flag, version, set(behind))]
    answer = f"Version {version.number} was published after review."
    flags = _answer(ReviewFlag.objects.filter(pk__in=answered), answer, by=None, now=now)
    known = {flag.source_id for flag in standing}
    for source in behind.values():
        if not source.stands and source.pk not in known:
            mine = [it for it in leaning_on(source) if it.version.pk == version.pk]
            flags += _raise_flags(source, mine, what_changed(source), by=None, now=now)
    if not flags:
        return
    render_again(version.pk, now=now)
    for flag in flags:
        verb = "source reviewed" if flag.pk in answered else "source changed"
        comment = f"{flag.source.key}: {answer if flag.pk in answered else flag.change}"
        ledger.record(verb, by=None, now=now, version=version, comment=comment)
    ledger.move_stamp()


def _is_answered(flag: ReviewFlag, version: Version, behind: set[int]) -> bool:
    """A version that leans on the source no longer, or was signed by somebody who could know."""
    if version.is_correction:
        return False
    medical = version.sign_offs.filter(role=Role.MEDICAL, signed_at__gte=flag.raised_at)
    return flag.source_id not in behind or medical.exists()
