"""What people answer to the publication checks, where a program cannot decide alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PassedWarning(models.Model):
    """Why a warning of the checks was passed for a version, in one person's words.

    `mark` is the finding's own (`Finding.mark`): another text, or another reason to warn, is
    another warning.
    """

    version = models.ForeignKey(
        "editorial.Version", on_delete=models.CASCADE, related_name="passed_warnings"
    )
    rule = models.CharField(max_length=10)
    mark = models.CharField(max_length=64)
    warned = models.TextField(help_text=_("What the check said."))
    reason = models.TextField(help_text=_("Why it does not hold here."))
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    passed_at = models.DateTimeField()

    class Meta:
        ordering = ["rule", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "mark"], name="a_warning_is_passed_once_for_a_version"
            ),
            models.CheckConstraint(
                name="a_warning_is_passed_for_a_reason", condition=~Q(reason="") & ~Q(mark="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"


class PatientReading(models.Model):
    """What a patient said who read a page before it was first published.

    Nobody is named: how they describe themselves is enough ("has lupus, had no transplant").
    """

    page = models.ForeignKey(
        "editorial.Page", on_delete=models.PROTECT, related_name="patient_readings"
    )
    version = models.ForeignKey(
        "editorial.Version", on_delete=models.PROTECT, related_name="patient_readings"
    )
    reader = models.CharField(
        max_length=200, help_text=_("How they describe themselves, without a name.")
    )
    said = models.TextField()
    read_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-read_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_patient_reading_says_something", condition=~Q(said="") & ~Q(reader="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader}, {self.read_on}"
