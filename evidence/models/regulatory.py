from django.conf import settings
from django.db import models
from django.db.models import Q

from editorial.models import Tag


class RegulatoryStatus(models.Model):
    """Whether a therapy may be used for a disease, in one jurisdiction."""

    class Jurisdiction(models.TextChoices):
        EU = "EU", "European Union"
        UK = "UK", "United Kingdom"
        US = "US", "United States"

    class Status(models.TextChoices):
        APPROVED = "approved", "approved"
        PROCEDURE = "procedure", "given as a hospital procedure"
        IN_TRIALS = "in_trials", "in trials only"
        NOT_APPROVED = "not_approved", "not approved"
        WITHDRAWN = "withdrawn", "withdrawn"

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
        help_text="Empty: any autoimmune disease.",
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

    class Meta:
        ordering = ["therapy", "jurisdiction", "product"]
        verbose_name_plural = "regulatory statuses"
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
        return f"{self.therapy} in {self.get_jurisdiction_display()}: {self.get_status_display()}"
