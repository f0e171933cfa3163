import calendar
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.states import OPEN_STATES, Kind, Overdue, Specialty, State


class PageQuerySet(models.QuerySet["Page"]):
    def live(self) -> Self:
        return self.filter(versions__state="live")

    def withdrawn(self) -> Self:
        """Taken from the public, and not put back."""
        live = self.model.objects.live()
        return self.filter(versions__state=State.WITHDRAWN).exclude(pk__in=live).distinct()

    def take(self, pk: int) -> "Page":
        """The page, locked until the transaction ends. Take it before any of its versions.

        Without the lock on its key: whoever saves a version twice in one transaction has that
        key looked at when it commits, and the two would wait for each other.
        """
        return self.select_for_update(no_key=True).get(pk=pk)


class Page(models.Model):
    """Anything with a public address. Identity only: its prose is in its versions."""

    kind = models.CharField(max_length=20, choices=Kind)
    slug = models.SlugField(max_length=100)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en-gb")
    translation_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="translations"
    )
    tag = models.ForeignKey(
        "editorial.Tag",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pages",
        help_text=_("The disease or therapy that this page is the page of."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_pages",
    )
    backup_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    review_months = models.PositiveSmallIntegerField(
        _("review every … months"),
        default=36,
        help_text=_("At most 36; 12 for therapies and anything about rules."),
    )
    specialty = models.CharField(
        max_length=30,
        choices=Specialty,
        default=Specialty.GENERAL,
        help_text=_("The specialty that a medical reviewer of this page should have."),
    )
    overdue = models.PositiveSmallIntegerField(choices=Overdue, default=Overdue.NO, editable=False)
    created_at = models.DateTimeField()

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug", "language"], name="a_slug_is_one_page_per_kind_and_language"
            ),
            models.UniqueConstraint(
                fields=["tag", "language"],
                condition=Q(tag__isnull=False),
                name="a_disease_or_therapy_has_one_page_per_language",
            ),
            models.CheckConstraint(
                name="a_disease_or_therapy_page_has_its_tag_and_no_other_page_has",
                condition=Q(kind__in=[Kind.DISEASE, Kind.THERAPY], tag__isnull=False)
                | Q(kind__in=[Kind.ARTICLE, Kind.TERM], tag__isnull=True),
            ),
            models.CheckConstraint(
                name="a_page_is_reviewed_within_three_years",
                condition=Q(review_months__gte=1, review_months__lte=36),
            ),
        ]

    def __str__(self) -> str:
        return self.get_absolute_url()

    def get_absolute_url(self) -> str:
        return Kind(self.kind).address(self.slug)

    def review_due_after(self, reviewed_on: date) -> date:
        """The day by which a page reviewed on this day must be reviewed again."""
        months = reviewed_on.month - 1 + self.review_months
        year, month = reviewed_on.year + months // 12, months % 12 + 1
        last_day = calendar.monthrange(year, month)[1]
        return date(year, month, min(reviewed_on.day, last_day))

    def choose_head(self) -> None:
        """Mark the version that stands for the page in lists for staff.

        An open draft before an open correction, before the live one, before the last.
        """
        order = models.Case(
            models.When(state__in=OPEN_STATES, lane="full", then=0),
            models.When(state__in=OPEN_STATES, then=1),
            models.When(state=State.LIVE, then=2),
            default=3,
        )
        head = self.versions.order_by(order, "-number").first()
        if head is None or head.is_head:
            return
        self.versions.filter(is_head=True).update(is_head=False)
        self.versions.filter(pk=head.pk).update(is_head=True)
