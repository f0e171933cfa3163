"""What readers tell the newsroom: reports, and whether a page helped them."""

from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=90)
MOST_LETTERS = 4000


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> Self:
        """Real as far as anybody can tell, and not closed."""
        return self.filter(outcome="", is_suspect=False)

    def seen_by(self, person) -> Self:
        """Those who answer see every report; others those about pages that are theirs."""
        if person.has_perm("editorial.answer_report"):
            return self
        theirs = Q(page__owner=person) | Q(page__backup_owner=person)
        return self.filter(theirs, is_suspect=False)

    def to_erase(self, now: datetime) -> Self:
        return self.filter(erased_at__isnull=True, sent_at__lt=now - KEPT_FOR)


class Report(models.Model):
    """Something a reader wrote. Their words and address are erased after 90 days.

    People write about their health: the text stands here and nowhere else, not in the audit trail,
    not in a mail. What stays is of which kind it was, of which page, and what came of it.
    """

    class Kind(models.TextChoices):
        ERROR = "error", _("An error on a page")
        MISSING = "missing", _("Something is missing")
        QUESTION = "question", _("A question about this site")
        ACCESSIBILITY = "accessibility", _("Something I cannot read or use")
        PRIVACY = "privacy", _("Privacy")

    class Outcome(models.TextChoices):
        WAITING = "", _("waiting")
        CORRECTED = "corrected", _("corrected")
        NO_ERROR = "no_error", _("not an error")
        ANSWERED = "answered", _("answered or noted")
        SPAM = "spam", _("spam")
        UNANSWERED = "unanswered", _("not answered in 90 days")

    kind = models.CharField(max_length=20, choices=Kind)
    page = models.ForeignKey(
        "editorial.Page", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    address = models.CharField(
        max_length=200, blank=True, help_text=_("The address on this site that it is about.")
    )
    text = models.TextField()
    email = models.EmailField(_("e-mail"), blank=True)
    is_suspect = models.BooleanField(
        _("probably spam"),
        default=False,
        help_text=_("Kept apart: a person may still be behind it."),
    )
    sent_at = models.DateTimeField(_("sent"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    reason = models.TextField(blank=True, help_text=_("For colleagues. Erased with the text."))
    correction = models.ForeignKey(
        "editorial.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report from a reader")
        verbose_name_plural = _("reports from readers")
        ordering = ["-sent_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("answer_report", "Can take and close any report from a reader")]
        indexes = [
            models.Index(
                fields=["sent_at"],
                condition=Q(outcome="", is_suspect=False),
                name="report_waiting_by_age",
            ),
            models.Index(
                fields=["sent_at"], condition=Q(erased_at__isnull=True), name="report_to_erase"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_report_is_closed_with_an_outcome",
                condition=Q(closed_at__isnull=True, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="a_report_that_was_right_names_the_correction",
                condition=Q(outcome="corrected", correction__isnull=False)
                | (~Q(outcome="corrected") & Q(correction__isnull=True)),
            ),
            models.CheckConstraint(
                name="an_erased_report_holds_no_words",
                condition=Q(erased_at__isnull=True) | Q(text="", email="", reason=""),
            ),
            models.CheckConstraint(
                name="a_report_says_something_until_it_is_erased",
                condition=Q(erased_at__isnull=False) | ~Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.address or _('about no page')}"

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.WAITING

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None


class HelpfulCountQuerySet(models.QuerySet["HelpfulCount"]):
    def since(self, day: date) -> Self:
        """From the month of this day on."""
        return self.filter(month_begins_on__gte=day.replace(day=1))


class HelpfulCount(models.Model):
    """How many readers of a page found it helpful in a month, and how many did not. No person.

    `place` is the page's address, or for what is no page of ours the part of the site: /sources/.
    """

    page = models.ForeignKey(
        "editorial.Page", on_delete=models.PROTECT, null=True, related_name="helpful_counts"
    )
    place = models.CharField(_("where"), max_length=200)
    month_begins_on = models.DateField(_("month"))
    helped = models.PositiveIntegerField(_("found it helpful"), default=0)
    did_not_help = models.PositiveIntegerField(_("did not"), default=0)

    objects = HelpfulCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to “Was this page helpful?”")
        verbose_name_plural = _("answers to “Was this page helpful?”")
        ordering = ["-month_begins_on", "-did_not_help", "place"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["month_begins_on", "place"], name="a_place_is_counted_once_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.month_begins_on:%Y-%m}"

    @property
    def answers(self) -> int:
        return self.helped + self.did_not_help


class SenderCount(models.Model):
    """How often one sender, or everybody together, wrote within the hour.

    `mark` is a keyed hash that means nothing after the hour for which it was made; the row goes
    with the hour. No address is stored.
    """

    mark = models.CharField(max_length=64, unique=True)
    times = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.times} until {self.ends_at:%H:%M}"

    @classmethod
    def take(cls, mark: str, *, ends_at: datetime, most: int) -> bool:
        """Count one more, unless there were so many. Safe when two come at once."""
        cls.objects.get_or_create(mark=mark, defaults={"ends_at": ends_at})
        return bool(cls.objects.filter(mark=mark, times__lt=most).update(times=F("times") + 1))
