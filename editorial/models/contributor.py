from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editorial.states import Specialty

# A conflict statement older than this no longer covers a signature (publication check P03).
STATEMENT_LASTS = timedelta(days=365)


class Contributor(models.Model):
    """The public face of an author or reviewer."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributor",
        help_text=_("The account this person signs with. Empty for somebody who has left."),
    )
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=150, help_text=_("For example: medical reviewer."))
    credentials = models.CharField(
        max_length=250, blank=True, help_text=_("Degrees and registrations, as readers see them.")
    )
    specialty = models.CharField(max_length=30, choices=Specialty, default=Specialty.GENERAL)
    biography = models.TextField(blank=True)
    conflicts = models.TextField(
        _("conflict-of-interest statement"),
        blank=True,
        help_text=_("“None declared” is a statement too. It holds for twelve months."),
    )
    conflicts_declared_on = models.DateField(null=True, blank=True)
    is_demonstration = models.BooleanField(
        default=False,
        help_text=_("No real person: signatures show as “Demonstration: not medically reviewed”."),
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="a_conflict_statement_has_its_date",
                condition=models.Q(conflicts="") | models.Q(conflicts_declared_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])

    def has_declared_conflicts(self, on: date) -> bool:
        """Whether a conflict statement covers this day."""
        if not self.conflicts or self.conflicts_declared_on is None:
            return False
        return self.conflicts_declared_on <= on <= self.conflicts_declared_on + STATEMENT_LASTS
