from django.db import models

MOST_LETTERS = 80


class SearchLog(models.Model):
    """How often something was searched for on one day. No person, no address, no time of day."""

    searched_on = models.DateField()
    words = models.CharField(
        max_length=MOST_LETTERS, blank=True, help_text="Empty where they were not kept."
    )
    filters = models.CharField(max_length=200, blank=True)
    times = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0, help_text="Pages found, the last time.")
    opened = models.PositiveIntegerField(default=0, help_text="Results that readers opened.")
    ranks = models.PositiveIntegerField(default=0, help_text="The places of those, added up.")

    class Meta:
        verbose_name = "search"
        verbose_name_plural = "searches"
        constraints = [
            models.UniqueConstraint(
                fields=["searched_on", "words", "filters"], name="a_question_has_one_row_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.searched_on}: {self.words or 'words not kept'}"
