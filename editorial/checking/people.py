"""Checks of the people behind a page. Only real people can meet them: see `needs_person`."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.checks import Finding
from editorial.models import Contributor, PatientReading, SignOff
from editorial.readings import read_once, read_together
from editorial.rulebook import Rule, of_rule
from editorial.states import Role, Specialty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from editorial.models import Version

NO_NAME = re.compile(r"\b(?:staff|team|experts?|anonymous|admin\w*|editors?|author)\b", re.I)
PEOPLE: dict[str, Any] = {"part": "people", "needs_person": True}


@read_once
@read_together
def authors_of(versions: "Sequence[Version]") -> "Mapping[int, list[Contributor]]":
    """Who wrote in it and has a public face. A correction keeps the authors of what it corrects."""
    texts = {version.pk: {version.pk, version.corrects_id} - {None} for version in versions}
    writers = Contributor.objects.filter(user__wrote__version__in=set().union(*texts.values()))
    told = list(writers.annotate(wrote_in=F("user__wrote__version")))
    return {
        pk: list(dict.fromkeys(person for person in told if person.wrote_in in mine))
        for pk, mine in texts.items()
    }


@read_once
@read_together
def medical_sign_off_of(versions: "Sequence[Version]") -> "Mapping[int, SignOff | None]":
    """Of exactly this text; of the text that a correction corrects."""
    signed = {version.pk: version.corrects or version for version in versions}
    sign_offs = SignOff.objects.filter(version__in=signed.values(), role=Role.MEDICAL)
    told = {(it.version_id, it.content_hash): it for it in sign_offs.select_related("contributor")}
    return {pk: told.get((text.pk, text.content_hash)) for pk, text in signed.items()}


def is_named(person: Contributor) -> bool:
    """A name, not “staff” or “expert”; demonstration accounts say of themselves what they are."""
    is_name = bool(person.name.strip()) and not NO_NAME.search(person.name)
    return person.is_demonstration or is_name


def says_what_they_do(person: Contributor) -> bool:
    """Role and training; a demonstration account has no training to tell."""
    return bool(person.role.strip() and (person.credentials.strip() or person.is_demonstration))


@of_rule("P01")
def names_its_author(version: "Version", rule: Rule) -> Iterator[Finding]:
    authors = [person for person in authors_of(version) if is_named(person)]
    if not authors:
        yield rule.found(
            _(
                "Nobody who wrote in it has a contributor page with a name. A publisher "
                "can make one."
            ),
            **PEOPLE,
        )
    elif not any(says_what_they_do(person) for person in authors):
        names = ", ".join(person.name for person in authors)
        yield rule.found(
            _(
                "Readers are not told the role and the training of its author "
                "(%(names)s). A publisher can add them."
            )
            % {"names": names},
            text=names,
            **PEOPLE,
        )


@of_rule("P02")
def names_its_medical_reviewer(version: "Version", rule: Rule) -> Iterator[Finding]:
    sign_off = medical_sign_off_of(version)
    if sign_off is None:
        yield rule.found(
            _("No medical reviewer has signed exactly this text yet."),
            part="sign_offs",
            needs_person=True,
        )
        return
    reviewer = sign_off.contributor
    if reviewer in authors_of(version):
        yield rule.found(
            _("%(reviewer)s wrote in it and reviewed it: another medical reviewer has to sign.")
            % {"reviewer": reviewer},
            text=reviewer.name,
            **PEOPLE,
        )
    if not knows_the_field(reviewer, version.page.specialty):
        field = Specialty(version.page.specialty).label
        yield rule.found(
            _(
                "This page needs a reviewer from %(field)s; %(reviewer)s is from "
                "%(specialty)s. Another medical reviewer has to sign."
            )
            % {"field": field, "reviewer": reviewer, "specialty": reviewer.get_specialty_display()},
            text=reviewer.name,
            **PEOPLE,
        )


def knows_the_field(reviewer: Contributor, specialty: str) -> bool:
    """Any clinician may review what belongs to no one specialty; a demonstration has none."""
    is_general = specialty == Specialty.GENERAL
    return is_general or reviewer.is_demonstration or reviewer.specialty == specialty


@of_rule("P03")
def declares_interests(version: "Version", rule: Rule) -> Iterator[Finding]:
    """Of people who are there: that there is nobody yet, P01 and P02 say."""
    people = list(authors_of(version))
    if sign_off := medical_sign_off_of(version):
        people.append(sign_off.contributor)
    today = timezone.localdate()
    for person in dict.fromkeys(people):
        if not person.has_declared_conflicts(today):
            yield rule.found(
                _(
                    "%(person)s has made no statement of interests in the last "
                    "twelve months. It stands on the contributor page; “none "
                    "declared” is a statement too."
                )
                % {"person": person},
                text=person.name,
                **PEOPLE,
            )
    if not people:
        yield rule.found(
            _("No author and no reviewer has declared their interests: there are none yet."),
            **PEOPLE,
        )


@read_once
@read_together
def has_patient_reading(versions: "Sequence[Version]") -> "Mapping[int, bool]":
    readings = PatientReading.objects.filter(page__in=[version.page_id for version in versions])
    told = set(readings.values_list("page", flat=True))
    return {version.pk: version.page_id in told for version in versions}


@of_rule("P44")
def was_read_by_a_patient(version: "Version", rule: Rule) -> Iterator[Finding]:
    if not has_patient_reading(version):
        yield rule.found(
            _(
                "No patient has read this page before it is first published. An editor can record "
                "what one says of it."
            ),
            part="patients",
            needs_person=True,
        )
