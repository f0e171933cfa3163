from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MOST_LETTERS = 80


class SearchLog(models.Model):
    """How often something was searched for on one day. No person, no address, no time of day."""

    searched_on = models.DateField()
    words = models.CharField(
        max_length=MOST_LETTERS, blank=True, help_text=_("Empty where they were not kept.")
    )
    filters = models.CharField(max_length=200, blank=True)
    times = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0, help_text=_("Pages found, the last time."))
    opened = models.PositiveIntegerField(default=0, help_text=_("Results that readers opened."))
    ranks = models.PositiveIntegerField(default=0, help_text=_("The places of those, added up."))

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        constraints = [
            models.UniqueConstraint(
                fields=["searched_on", "words", "filters"], name="a_question_has_one_row_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.searched_on}: {self.words or gettext('words not kept')}"
