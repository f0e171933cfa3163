"""Warnings of the checks that somebody answers: it does not hold here, and why.

To pass a warning is no edit of the text: sign-offs stand. The reason stays in the audit trail.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from editorial import ledger
from editorial.checks import Finding, Level
from editorial.models import PassedWarning, Version
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.rights import may_edit
from editorial.states import State

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


def may_pass_warnings(by: "Person", version: Version) -> bool:
    """Whoever may write in it, and the medical reviewers while it is with them."""
    if may_edit(by, version):
        return True
    return version.state == State.MEDICAL_REVIEW and by.has_perm("editorial.sign_medical")


def require_passing(by: "Person", version: Version) -> None:
    if not version.is_open:
        raise WrongState(
            _("This version is %(state)s: the answers to its warnings stand.")
            % {"state": version.get_state_display()}
        )
    if not may_pass_warnings(by, version):
        raise NotAllowed(
            _(
                "Only its author, an editor, or the medical reviewer whose turn it is can pass a "
                "warning: leave a comment for them."
            )
        )


@transaction.atomic
def pass_warning(
    version: Version, finding: Finding, *, by: "Person", now: datetime, reason: str
) -> PassedWarning:
    """Answer a warning with the reason why it does not hold here."""
    if finding.level == Level.BLOCK:
        raise NotReady(
            _("Only a warning can be passed. This must be mended: %(reason)s")
            % {"reason": finding.reason}
        )
    if finding.level == Level.ADVISE:
        raise NotReady(_("This is advice: it stops nothing, so there is nothing to pass."))
    if not reason.strip():
        raise NotReady(_("Write why the warning does not hold here: the reason stays on record."))
    stored = _take(version)
    require_passing(by, stored)
    try:
        with transaction.atomic():
            passed = stored.passed_warnings.create(
                rule=finding.rule,
                mark=finding.mark,
                warned=finding.reason,
                reason=reason.strip(),
                passed_by=by,
                passed_at=now,
            )
    except IntegrityError as error:
        raise WrongState(_("Somebody has passed this warning already.")) from error
    ledger.record("warning passed", by=by, now=now, version=stored, comment=_in_words(passed))
    return passed


@transaction.atomic
def take_back(passed: PassedWarning, *, by: "Person", now: datetime) -> None:
    """The warning waits for an answer again."""
    stored = _take(passed.version)
    require_passing(by, stored)
    words = _in_words(passed)
    if not PassedWarning.objects.filter(pk=passed.pk).delete()[0]:
        raise WrongState(_("Somebody has taken this answer back already."))
    ledger.record("warning taken back", by=by, now=now, version=stored, comment=words)


def copy_passed(source: Version, target: Version) -> None:
    """A text that begins as a copy of another keeps the answers given to it.

    They count while the text and the warning are the same: their mark says so.
    """
    PassedWarning.objects.bulk_create(
        [
            PassedWarning(
                version=target,
                rule=passed.rule,
                mark=passed.mark,
                warned=passed.warned,
                reason=passed.reason,
                passed_by_id=passed.passed_by_id,
                passed_at=passed.passed_at,
            )
            for passed in source.passed_warnings.all()
        ],
        ignore_conflicts=True,
    )


def _take(version: Version) -> Version:
    """The version as it is stored, locked: it neither moves nor changes until this is done."""
    versions = Version.objects.select_related("page").select_for_update(of=("self",))
    return versions.get(pk=version.pk)


def _in_words(passed: PassedWarning) -> str:
    return f"{passed.rule}: {passed.warned} Why it does not hold here: {passed.reason}"
