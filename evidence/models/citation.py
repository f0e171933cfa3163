from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.models import Version


class Citation(models.Model):
    """A version rests on a source: in its body, for a claim, or for a checked claim."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(
        "evidence.Source", on_delete=models.PROTECT, related_name="citations"
    )
    claim = models.ForeignKey(
        "evidence.Claim",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    checked_claim = models.ForeignKey(
        "evidence.CheckedClaim",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    position = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(
        max_length=120, blank=True, help_text=_("Where in the source: Table 2, Abstract, page 4.")
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_citation_proves_one_thing",
                condition=Q(claim__isnull=True) | Q(checked_claim__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}{f', {self.place}' if self.place else ''}"
