"""What only one kind of page says: rows of their own beside the version."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.models import Version


class ArticleFacts(models.Model):
    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="article_facts")
    question = models.CharField(_("the question it answers"), max_length=250, blank=True)
    bottom_line = models.TextField(blank=True)
    document = models.ForeignKey(
        "evidence.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answering_articles",
        limit_choices_to={"is_private": True},
        help_text=_("The text in circulation that this article checks, if it checks one."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("facts of the article")

    def __str__(self) -> str:
        return self.question or str(self.version)


class DiseaseFacts(models.Model):
    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="disease_facts")
    is_autoimmune = models.BooleanField(default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("facts of the disease")

    def __str__(self) -> str:
        return "autoimmune" if self.is_autoimmune else gettext("not autoimmune")


class Code(models.Model):
    """A code for a disease in a medical classification."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="codes")
    position = models.PositiveSmallIntegerField(default=0)
    system = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"


class TherapyFacts(models.Model):
    class Status(models.TextChoices):
        STANDARD_CARE = "standard_care", _("Standard care")
        USED_FOR_SOME = "used_for_some", _("Used in care for some people")
        TRIALS_ONLY = "trials_only", _("In trials only")
        NOT_SHOWN_TO_WORK = "not_shown_to_work", _("Not shown to work")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="therapy_facts")
    status = models.CharField(max_length=20, choices=Status, default=Status.TRIALS_ONLY)
    status_note = models.TextField(blank=True)
    cells = models.TextField(
        blank=True, help_text=_("Which cells, where they come from, and whose they are.")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("facts of the therapy")

    def __str__(self) -> str:
        return self.get_status_display()
