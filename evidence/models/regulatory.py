from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.filtering import months_before
from editorial.models import Tag

# Rule P26 of the standards: rules change, and a look at them is good for so long.
MONTHS_OF_A_CHECK = 6


class RegulatoryStatusQuerySet(models.QuerySet):
    def overdue(self, today: date) -> Self:
        """Checked once, and six months ago or longer."""
        return self.filter(checked_on__lte=months_before(today, MONTHS_OF_A_CHECK))

    def never_checked(self) -> Self:
        return self.filter(checked_on__isnull=True)


class RegulatoryStatus(models.Model):
    """Whether a therapy may be used for a disease, in one jurisdiction."""

    class Jurisdiction(models.TextChoices):
        EU = "EU", _("European Union")
        UK = "UK", _("United Kingdom")
        US = "US", _("United States")

    class Status(models.TextChoices):
        APPROVED = "approved", _("approved")
        PROCEDURE = "procedure", _("given as a hospital procedure")
        IN_TRIALS = "in_trials", _("in trials only")
        NOT_APPROVED = "not_approved", _("not approved")
        WITHDRAWN = "withdrawn", _("withdrawn")
        NOT_FOUND = "not_found", _("no decision found")

    therapy = models.ForeignKey(
        Tag,
        on_delete=models.PROTECT,
        related_name="regulatory_statuses",
        limit_choices_to={"kind": Tag.Kind.THERAPY},
    )
    disease = models.ForeignKey(
        Tag,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Tag.Kind.DISEASE},
        help_text=_("Empty: any autoimmune disease."),
    )
    jurisdiction = models.CharField(max_length=2, choices=Jurisdiction)
    product = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=20, choices=Status)
    note = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(
        "evidence.Source", on_delete=models.PROTECT, related_name="regulatory_statuses"
    )
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = RegulatoryStatusQuerySet.as_manager()

    class Meta:
        ordering = ["therapy", "jurisdiction", "product"]
        verbose_name_plural = _("regulatory statuses")
        constraints = [
            models.UniqueConstraint(
                fields=["therapy", "disease", "jurisdiction", "product"],
                condition=Q(disease__isnull=False),
                name="one_status_per_therapy_disease_and_place",
            ),
            models.UniqueConstraint(
                fields=["therapy", "jurisdiction", "product"],
                condition=Q(disease__isnull=True),
                name="one_general_status_per_therapy_and_place",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(therapy)s in %(place)s: %(status)s") % {
            "therapy": self.therapy,
            "place": self.get_jurisdiction_display(),
            "status": self.get_status_display(),
        }

    def clean(self) -> None:
        super().clean()
        if self.decided_on and self.decided_on > timezone.localdate():
            raise ValidationError(
                {"decided_on": gettext("A decision cannot have been made in the future.")}
            )

    def is_overdue(self, today: date) -> bool:
        """Whether the last check is too old to rely on. No check at all is told as such."""
        if self.checked_on is None:
            return False
        return self.checked_on <= months_before(today, MONTHS_OF_A_CHECK)
