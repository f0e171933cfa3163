from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReviewFlagQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(answered_at__isnull=True)


class ReviewFlag(models.Model):
    """A page leans on a source about which something changed, and nobody has looked again yet.

    While it stands, readers of the page are told.
    """

    page = models.ForeignKey(
        "editorial.Page", on_delete=models.CASCADE, related_name="review_flags"
    )
    source = models.ForeignKey(
        "evidence.Source", on_delete=models.PROTECT, related_name="review_flags"
    )
    change = models.TextField(help_text=_("What changed, as readers are told."))
    leans = models.TextField(help_text=_("Where the page leans on it; one place a line."))
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(blank=True, help_text=_("What the review came to."))

    objects = ReviewFlagQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "source"],
                condition=Q(answered_at__isnull=True),
                name="a_page_is_flagged_once_for_a_source",
            ),
            models.CheckConstraint(
                name="a_flag_is_answered_in_words",
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.source}"
