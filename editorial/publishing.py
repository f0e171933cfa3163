"""Going live and leaving: the transactions that change what the public reads."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from editorial import addresses, faults, ledger, notices, rendering, reviews
from editorial.corrections import require_within_bounds
from editorial.gate import judge, refuse_unless_open, tell_unmet
from editorial.models import Exemption, Page, Version
from editorial.parts import content_hash
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.renderings import store_rendering
from editorial.rights import require, require_no_other_hand
from editorial.signals import version_left, version_went_live
from editorial.states import Role, State
from editorial.timing import timed

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


@dataclass(frozen=True)
class Prepared:
    """A version that passed its checks, in its public form, and the hash of what was read."""

    version: Version
    rendered: rendering.Rendered
    content_hash: str


@timed("prepare")
def prepare(version: Version, *, is_exempt: bool = False) -> Prepared:
    """Run the checks and render: the slow part, outside the transaction. Raises NotReady.

    An exemption excuses what only real people can do, and tells readers of it; its warnings need
    no answer, for there is nobody to give it.
    """
    judgement = judge(version, is_exempt=is_exempt)
    refuse_unless_open(replace(judgement, warnings=()) if is_exempt else judgement)
    rendered = tell_unmet(rendering.render(version), judgement)
    return Prepared(version, rendered, version.content_hash)


def publish(version: Version, *, by: "Person | None", now: datetime) -> None:
    """Put an approved or scheduled version before the public."""
    if by is None:
        publish_at = version.publish_at
        if version.state != State.SCHEDULED or publish_at is None or publish_at > now:
            raise NotAllowed(_("Only a version whose time has come goes live by itself."))
    else:
        require(by, "publish_version")
        require_no_other_hand(by, version, "publish")
    if version.state not in (State.APPROVED, State.SCHEDULED):
        raise WrongState(_not_approved(version))
    if version.corrects is not None:
        require_within_bounds(version.corrects, version)
    go_live(prepare(version), by=by, now=now)


def publish_exempt(version: Version, *, now: datetime, reason: str) -> None:
    """Put a draft before the public that no clinician has read, and say so on the page.

    For `load_starter` and `make_corpus` and nothing else. The exemption is bound to the text:
    any edit ends it.
    """
    if version.state != State.DRAFT:
        raise WrongState(
            _("Only a draft can be exempted; this is %(state)s.")
            % {"state": version.get_state_display()}
        )
    prepared = prepare(version, is_exempt=True)
    with transaction.atomic():
        Exemption.objects.create(
            version=version,
            content_hash=version.content_hash,
            reason=reason,
            recorded_at=now,
        )
        go_live(prepared, by=None, now=now)


@timed("publish")
@transaction.atomic
def go_live(prepared: Prepared, *, by: "Person | None", now: datetime) -> None:
    version = prepared.version
    faults.point("publish.prepared")
    page = Page.objects.take(version.page_id)
    stored = Version.objects.select_related("page", "corrects").get(pk=version.pk)
    as_rendered = all(getattr(version, it) == getattr(stored, it) for it in Version.TEXT_FIELDS)
    hashes = {prepared.content_hash, stored.content_hash, content_hash(stored)}
    if not as_rendered or len(hashes) > 1:
        raise WrongState(_("The text changed while it was being published: look at it again."))
    dates = _dates(stored, page, now)
    replaced = Version.objects.filter(page=page, state=State.LIVE).first()
    if stored.is_correction:
        _require_still_correcting(stored, replaced)
    if replaced:
        Version.objects.filter(pk=replaced.pk).update(state=State.SUPERSEDED, closed_at=now)
        faults.point("publish.superseded")
    as_found = {"state": version.state, "publish_at": version.publish_at}
    moved = Version.objects.filter(pk=version.pk, **as_found).update(
        state=State.LIVE, published_at=now, publish_at=None, assigned_to=None, due_on=None, **dates
    )
    if not moved:
        raise WrongState(_not_approved(stored))
    faults.point("publish.live")
    version.refresh_from_db()
    version.page = page
    store_rendering(version, prepared.rendered, now=now)
    faults.point("publish.rendered")
    addresses.free(page.get_absolute_url())
    page.choose_head()
    notices.tell("went live", version, by=by, now=now)
    if replaced:
        replaced.refresh_from_db()
        ledger.record("superseded", by=by, now=now, version=replaced)
    ledger.note_change(page, version.pk, now=now)
    faults.point("publish.noted")
    ledger.record("went live", by=by, now=now, version=version)
    reviews.mark(page, version, now=now)
    faults.point("publish.recorded")
    transaction.on_commit(lambda: faults.point("publish.committed"))
    transaction.on_commit(
        lambda: version_went_live.send(sender=Version, page=page, version=version)
    )


def withdraw(
    version: Version,
    *,
    by: "Person | None",
    now: datetime,
    reason: str,
    leads_to: Page | None = None,
) -> None:
    """Take a live version from the public. `by` is None when its expiry has come.

    Readers of its address see the reason, or are sent to the live page that it `leads_to`.
    """
    if by is not None:
        require(by, "publish_version")
    if not reason.strip():
        raise NotReady(_("Say why it is withdrawn: readers who follow old links see the reason."))
    with transaction.atomic():
        page = Page.objects.take(version.page_id)
        if by is None and not Version.objects.filter(pk=version.pk, expires_at__lte=now).exists():
            raise NotAllowed(_("Only a page whose time has passed is withdrawn by itself."))
        if leads_to is not None:
            _lead_away(page, leads_to)
        version.move(
            State.LIVE,
            State.WITHDRAWN,
            verb="withdrawn",
            by=by,
            now=now,
            comment=reason,
            fields={"reason": reason, "closed_at": now},
        )
        ledger.note_change(page, None, now=now)
        transaction.on_commit(lambda: version_left.send(sender=Version, page=page, version=version))


def _lead_away(page: Page, leads_to: Page) -> None:
    if leads_to == page or not Page.objects.live().filter(pk=leads_to.pk).exists():
        raise NotReady(_("Readers can only be sent to another live page: choose one."))
    addresses.redirect(page.get_absolute_url(), leads_to.get_absolute_url())


def _require_still_correcting(correction: Version, live: Version | None) -> None:
    """Publishing a correction of what is no longer live would undo the newer text."""
    if live is None or (live.corrects_id or live.pk) != correction.corrects_id:
        raise WrongState(
            _(
                "The text that this correction corrects is no longer live: discard the correction, "
                "and begin it again from the live text."
            )
        )


def _dates(version: Version, page: Page, now: datetime) -> dict[str, date | None]:
    """Review dates move with a full review only; a correction keeps those of what it corrects."""
    corrected = version.corrects
    if corrected is not None:
        return {
            "reviewed_on": corrected.reviewed_on,
            "review_due_on": corrected.review_due_on,
            "corrected_on": now.date(),
        }
    medical = version.sign_offs.filter(role=Role.MEDICAL).first()
    if medical is None:
        return {"reviewed_on": None, "review_due_on": None}
    reviewed_on = medical.signed_at.date()
    return {"reviewed_on": reviewed_on, "review_due_on": page.review_due_after(reviewed_on)}


def _not_approved(version: Version) -> str:
    if version.state == State.LIVE:
        return _("This version is live already: somebody else has just published it.")
    return _(
        "This version is %(state)s: an editor and a medical reviewer must sign "
        "it before a publisher can publish it."
    ) % {"state": version.get_state_display()}
