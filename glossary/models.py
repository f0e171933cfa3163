from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.models import Page, Version
from editorial.models.version import VersionQuerySet
from editorial.states import Kind


class TermManager(models.Manager.from_queryset(VersionQuerySet)):
    def get_queryset(self):
        return super().get_queryset().of_kind(Kind.TERM)


class Term(Version):
    """A version of a glossary term: its title is the term, its summary the meaning."""

    objects = TermManager()

    class Meta:
        proxy = True
        verbose_name = _("glossary term")


class TermFacts(models.Model):
    """What only a glossary term says."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="term_facts")
    abbreviation = models.CharField(max_length=30, blank=True)
    say_it_like = models.CharField(max_length=150, blank=True)
    why_it_matters = models.TextField(blank=True)
    example = models.TextField(blank=True)
    often_misused = models.TextField(_("often misused to mean"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("facts of the term")

    def __str__(self) -> str:
        return self.abbreviation or str(self.version)


class Distinction(models.Model):
    """A term that is easily taken for another one, and the difference."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="distinctions")
    position = models.PositiveSmallIntegerField(default=0)
    other = models.ForeignKey(
        Page,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Kind.TERM},
        verbose_name=_("not the same as"),
    )
    difference = models.TextField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"not {self.other.slug}"
