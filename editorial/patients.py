"""What patients say who read a page before it is first published."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from editorial import ledger
from editorial.models import PatientReading, Version
from editorial.refusals import NotAllowed, NotReady

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


def may_record(by: "Person") -> bool:
    return by.has_perm("editorial.edit_any_version")


@transaction.atomic
def record_patient_reading(
    version: Version, *, reader: str, said: str, read_on: date, by: "Person", now: datetime
) -> PatientReading:
    """Put on record how a patient describes themselves, and what they said of the page."""
    if not may_record(by):
        raise NotAllowed(_("Only an editor can record what a patient said of a page."))
    if not reader.strip():
        raise NotReady(_("Say how the patient describes themselves, without a name."))
    if not said.strip():
        raise NotReady(_("Write what the patient said of the page."))
    if read_on > now.date():
        raise NotReady(_("The day on which the patient read it cannot be in the future."))
    versions = Version.objects.select_related("page").select_for_update(of=("self",))
    stored = versions.get(pk=version.pk)
    reading = PatientReading.objects.create(
        page=stored.page,
        version=stored,
        reader=reader.strip(),
        said=said.strip(),
        read_on=read_on,
        recorded_by=by,
        recorded_at=now,
    )
    ledger.record("patient reading", by=by, now=now, version=stored, comment=reading.reader)
    return reading
