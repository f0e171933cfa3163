"""The gate: what the findings of the checks mean for one version, now.

What blocks must be mended. A warning is mended, or passed with a written reason. What only a real
person can do is excused where an exemption says so: for starter texts, which tell it to readers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.checks import Finding, Level, run_checks
from editorial.models import Exemption, PassedWarning, Rendering
from editorial.refusals import NotReady

if TYPE_CHECKING:
    from editorial.models import Version
    from editorial.rendering import Rendered


@dataclass(frozen=True)
class Passed:
    """A warning and why it does not hold here."""

    finding: Finding
    answer: PassedWarning


@dataclass(frozen=True)
class Judgement:
    """Every finding once, under what it asks for."""

    blocks: Sequence[Finding] = ()
    warnings: Sequence[Finding] = ()
    passed: Sequence[Passed] = ()
    advice: Sequence[Finding] = ()
    excused: Sequence[Finding] = ()

    @property
    def is_clear(self) -> bool:
        """Whether nothing was found at all."""
        return not (self.blocks or self.warnings or self.passed or self.advice or self.excused)

    @property
    def lets_through(self) -> bool:
        return not (self.blocks or self.warnings)

    @property
    def to_mend(self) -> list[Finding]:
        """What blocks and can be mended in the text, without a person who is not there yet."""
        return [finding for finding in self.blocks if not finding.needs_person]

    @property
    def waits_for_people(self) -> list[Finding]:
        """What blocks until somebody signs, checks or says something: no text mends it."""
        return [finding for finding in self.blocks if finding.needs_person]

    @property
    def excused_rules(self) -> list[str]:
        return sorted({finding.rule for finding in self.excused})


def judge(
    version: "Version",
    findings: Sequence[Finding] | None = None,
    *,
    is_exempt: bool | None = None,
) -> Judgement:
    """Two queries at most beside those of the checks. `is_exempt` as stored, unless told."""
    findings = run_checks(version) if findings is None else findings
    needs_person = [finding for finding in findings if finding.needs_person]
    if is_exempt is None:
        is_exempt = bool(needs_person) and Exemption.objects.filter(version=version.pk).exists()
    excused = needs_person if is_exempt else []
    counted = [finding for finding in findings if finding not in excused]
    warnings = [finding for finding in counted if finding.level == Level.WARN]
    answers = _answers(version) if warnings else {}
    return Judgement(
        blocks=[finding for finding in counted if finding.level == Level.BLOCK],
        warnings=[finding for finding in warnings if finding.mark not in answers],
        passed=[Passed(it, answers[it.mark]) for it in warnings if it.mark in answers],
        advice=[finding for finding in counted if finding.level == Level.ADVISE],
        excused=excused,
    )


def _answers(version: "Version") -> dict[str, PassedWarning]:
    passed = PassedWarning.objects.filter(version=version.pk).select_related("passed_by")
    return {answer.mark: answer for answer in passed}


# --- what is refused ----------------------------------------------------------------------


def require_open_gate(version: "Version") -> None:
    """Raise NotReady, with each reason, if it could not go live as it stands."""
    refuse_unless_open(judge(version))


def refuse_unless_open(judgement: Judgement) -> None:
    if not judgement.lets_through:
        raise NotReady(_("It cannot go live yet. %(reasons)s") % {"reasons": what_stops(judgement)})


def require_nothing_to_mend(version: "Version") -> None:
    """Raise NotReady before somebody signs a text that must change before it can go live.

    Warnings that wait for an answer, and what only a person can do, may still be done after.
    """
    if to_mend := judge(version).to_mend:
        raise NotReady(
            _(
                "It cannot be signed yet: mending the text would end the sign-off. "
                "Its author or an editor can mend it. %(reasons)s"
            )
            % {"reasons": _sentences(to_mend)}
        )


def what_stops(judgement: Judgement) -> str:
    """In sentences, what must happen before it can go live; nothing if nothing must."""
    sentences = []
    if judgement.blocks:
        sentences.append(_sentences(judgement.blocks))
    if judgement.warnings:
        sentences.append(
            _(
                "Warnings wait for an answer: its author or an editor can mend the "
                "text, or pass each with a written reason. %(reasons)s"
            )
            % {"reasons": _sentences(judgement.warnings)}
        )
    return " ".join(sentences)


def _sentences(findings: Sequence[Finding]) -> str:
    """Each reason once."""
    return " ".join(dict.fromkeys(finding.reason for finding in findings))


# --- live pages ---------------------------------------------------------------------------


def recheck(version: "Version", *, now: datetime) -> Judgement:
    """Run the checks on a live version again, and keep for the desk what blocks by now."""
    judgement = judge(version)
    failing = "\n".join(dict.fromkeys(finding.reason for finding in judgement.blocks))
    Rendering.objects.filter(version=version).update(failing=failing, checked_at=now)
    return judgement


# What an exempt page tells its readers of each rule that only real people can meet.
UNMET_IN_WORDS = {
    "P01": gettext_lazy("A named author, with their role and training."),
    "P02": gettext_lazy("A named medical reviewer, who is not the author and knows this field."),
    "P03": gettext_lazy("What the author and the reviewer declare about their own interests."),
    "P11": gettext_lazy("A named person who has checked each source against the original."),
    "P12": gettext_lazy("A named person who has checked that no source was withdrawn or replaced."),
    "P15": gettext_lazy("A named person who rated how sure we can be of each result."),
    "P26": gettext_lazy(
        "A named person who has checked, in the last six months, where it may be used."
    ),
    "P44": gettext_lazy(
        "A patient who read this page before it was published, and what they said."
    ),
    "P45": gettext_lazy("The approval of an editor, then of a clinician, of exactly this text."),
    "P46": gettext_lazy(
        "Two people who rated this page with the DISCERN and PEMAT questionnaires."
    ),
}


def tell_unmet(rendered: "Rendered", judgement: Judgement) -> "Rendered":
    """The public form with a list of what still waits for real people, if something does."""
    if not judgement.excused:
        return rendered
    words = {it.rule: UNMET_IN_WORDS.get(it.rule, it.reason) for it in judgement.excused}
    told = render_to_string(
        "_partials/content/unmet.html", {"unmet": [words[rule] for rule in sorted(words)]}
    )
    return replace(rendered, html=rendered.html + told)
