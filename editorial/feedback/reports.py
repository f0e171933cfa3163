"""Reports from readers: they arrive, somebody takes them, and they are closed with an outcome.

The audit trail tells who did what with which report. It never repeats a word that a reader wrote,
nor a colleague's reason, which may: the trail is for ever, and those are erased.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from editorial import ledger, notices
from editorial.addresses import live_page_at
from editorial.corrections_log import AFTER_A_REPORT
from editorial.models import Notice, Report, Version
from editorial.models.feedback import MOST_LETTERS, ReportQuerySet
from editorial.names import name_of
from editorial.refusals import NotReady, WrongState
from editorial.rights import IN_THE_DATABASE, require
from editorial.states import Lane
from editorial.wording import one_line

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

Outcome = Report.Outcome
# More mails of one kind in a person's bell, unread, would be a flood and no news.
MOST_MAILS = 5


@transaction.atomic
def send(
    *, kind: str, text: str, now: datetime, email: str = "", address: str = "", is_suspect=False
) -> Report:
    """Keep what a reader wrote and tell whose page it is; what looks like spam tells nobody."""
    text = text.replace("\x00", "").strip()[:MOST_LETTERS]
    if not text:
        raise NotReady(_("Write what you want to tell us."))
    report = Report.objects.create(
        kind=kind,
        text=text,
        email=email,
        address=address,
        page=live_page_at(address),
        is_suspect=is_suspect,
        sent_at=now,
    )
    if not is_suspect:
        _tell(report, now=now)
    return report


@transaction.atomic
def take(report: Report, *, by: "Person", now: datetime) -> None:
    """Say that one looks after it, so that two colleagues do not answer the same reader."""
    require(by, "answer_report")
    if not Report.objects.filter(pk=report.pk, outcome="", taken_by=None).update(taken_by=by):
        raise _faster(report)
    report.taken_by = by
    _record("took report", report, by=by, now=now)


@transaction.atomic
def let_through(report: Report, *, by: "Person", now: datetime) -> None:
    """It was taken for spam, and a person wrote it: it waits with the others from now on."""
    require(by, "answer_report")
    if not Report.objects.filter(pk=report.pk, outcome="", is_suspect=True).update(
        is_suspect=False
    ):
        raise _faster(report)
    report.refresh_from_db()
    _tell(report, now=now)
    _record("report is no spam", report, by=by, now=now)


@transaction.atomic
def close(
    report: Report,
    *,
    by: "Person",
    now: datetime,
    outcome: str,
    reason: str = "",
    correction: Version | None = None,
    for_readers: str = "",
) -> None:
    """Settle a report.

    Corrected names the version that put it right, by now public; the public log of corrections
    shows `for_readers`, or the words that a quick correction changed.
    """
    require(by, "answer_report")
    outcome, reason, for_readers = Outcome(outcome), reason.strip(), one_line(for_readers)
    _require_told(report, outcome, reason, correction, for_readers)
    fields = {
        "outcome": outcome,
        "reason": reason,
        "correction": correction,
        "is_suspect": report.is_suspect and outcome == Outcome.SPAM,
        "closed_by": by,
        "closed_at": now,
    }
    if not Report.objects.filter(pk=report.pk, outcome="", erased_at=None).update(**fields):
        raise _faster(report)
    report.refresh_from_db()
    if correction is not None and correction.lane == Lane.FULL:
        # Before the event: the lock of the trail is the last.
        ledger.record(AFTER_A_REPORT, by=by, now=now, version=correction, comment=for_readers)
        ledger.move_stamp()
    _record("closed report", report, by=by, now=now)


def _require_told(
    report: Report, outcome: str, reason: str, correction: Version | None, for_readers: str
) -> None:
    if outcome in (Outcome.WAITING, Outcome.UNANSWERED):
        raise NotReady(_("Say what came of the report: choose an outcome."))
    if outcome in (Outcome.NO_ERROR, Outcome.ANSWERED) and not reason:
        raise NotReady(_("Say in a few words what you found or answered, for your colleagues."))
    if outcome != Outcome.CORRECTED:
        if correction is not None:
            raise NotReady(_("Only a report that led to a correction names one."))
        return
    if report.page is None:
        raise NotReady(
            _(
                "This report is about no page that can be corrected: close it as answered "
                "or noted, and say what was done."
            )
        )
    if correction is None or correction.page_id != report.page_id:
        raise NotReady(_("Choose the version of this page that put it right."))
    if correction.published_at is None or correction.published_at < report.sent_at:
        raise NotReady(
            _(
                "That version has not gone live since the report came: a publisher publishes the "
                "correction first, then close the report."
            )
        )
    if correction.lane == Lane.FULL and not for_readers:
        raise NotReady(
            _("Say in a line what was put right: it stands in the public corrections log.")
        )


def corrections_of(report: Report) -> QuerySet[Version]:
    """The versions that may have put it right: of its page, and public since it came."""
    since = Version.objects.filter(page=report.page_id, published_at__gte=report.sent_at)
    return since.defer("body").order_by("-number")


def with_titles(reports: ReportQuerySet) -> ReportQuerySet:
    """With what a list for staff shows, one query: `page_title` is empty where there is no page."""
    titles = Version.objects.filter(page=OuterRef("page"), is_head=True).values("title")
    people = ("page__owner", "taken_by", "closed_by")
    return reports.select_related(*people).annotate(page_title=Subquery(titles[:1]))


def old_words(now: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    """For the clock: after 90 days the words go; a report that nobody answered is closed."""
    for pk in Report.objects.to_erase(now).order_by("pk").values_list("pk", flat=True):
        yield f"Report {pk} could not be erased", partial(_erase, pk, now=now)


@transaction.atomic
def _erase(pk: int, *, now: datetime) -> bool:
    """Whether it was done here. What was taken for spam, and nobody looked at, was that."""
    report = Report.objects.to_erase(now).select_for_update(of=("self",)).filter(pk=pk).first()
    if report is None:
        return False
    was_open = report.is_open
    if was_open:
        report.outcome = Outcome.SPAM if report.is_suspect else Outcome.UNANSWERED
        report.closed_at = now
    report.text = report.email = report.reason = ""
    report.erased_at = now
    report.save()
    if was_open and not report.is_suspect:
        _record("closed report", report, by=None, now=now)
    return True


def _tell(report: Report, *, now: datetime) -> None:
    """Those whose page it is about; about no page, those who answer. Without the reader's words."""
    page = report.page
    if page and (page.owner_id or page.backup_owner_id):
        people = notices.people({page.owner_id, page.backup_owner_id}, but=None)
    else:
        people = get_user_model().objects.with_perm(
            "editorial.answer_report", backend=IN_THE_DATABASE, include_superusers=False
        )
    version = page.versions.heads().first() if page else None
    about = f"“{version}”" if version else report.address or _("the site")
    text = _("A reader wrote to us about %(about)s: %(kind)s.") % {
        "about": about,
        "kind": report.get_kind_display().lower(),
    }
    unread = Notice.objects.unread().exclude(report=None)
    for person in people.order_by("pk"):
        is_flood = unread.filter(user=person).count() >= MOST_MAILS
        notices.give(person, text, version=version, report=report, now=now, mail=not is_flood)


def _record(verb: str, report: Report, *, by: "Person | None", now: datetime) -> None:
    outcome = "" if report.is_open else f": {report.get_outcome_display()}"
    comment = f"report {report.pk}, {report.get_kind_display().lower()}{outcome}"
    ledger.record(verb, by=by, now=now, page=report.page, comment=comment)


def _faster(report: Report) -> WrongState:
    now = Report.objects.select_related("taken_by", "closed_by").get(pk=report.pk)
    if not now.is_open:
        return WrongState(
            _("%(who)s has closed this report by now: %(outcome)s.")
            % {
                "who": name_of(now.closed_by) if now.closed_by else _("The site"),
                "outcome": now.get_outcome_display(),
            }
        )
    if now.taken_by:
        return WrongState(
            _("%(who)s has taken this report by now.") % {"who": name_of(now.taken_by)}
        )
    return WrongState(_("This report has changed by now: look at it again."))
