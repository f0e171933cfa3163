"""Pages that editors put first for given words."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import ledger
from editorial.models import Page, Version
from editorial.refusals import NotAllowed, NotReady
from search.words import read

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

MOST_FOR_THE_SAME_WORDS = 3


class PromotionQuerySet(models.QuerySet["Promotion"]):
    def for_words(self, typed: str) -> "PromotionQuerySet":
        """Those set for what a reader typed, in their order, whose page is live."""
        key = key_of(typed)
        return self.of_live_pages().filter(key=key) if key else self.none()

    def of_live_pages(self) -> "PromotionQuerySet":
        live = Version.objects.live().filter(page=OuterRef("page"))
        return self.filter(Exists(live)).order_by("position")


class Promotion(models.Model):
    """A page shown first, and marked, when a reader types just these words."""

    words = models.CharField(
        max_length=100,
        help_text=gettext_lazy(
            "What readers type, as in: side effects. Spelling, plural and small or large "
            "letters make no difference."
        ),
    )
    key = models.CharField(max_length=100, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="promotions")
    position = models.PositiveSmallIntegerField(
        default=1,
        choices=[
            (1, gettext_lazy("first")),
            (2, gettext_lazy("second")),
            (3, gettext_lazy("third")),
        ],
    )

    objects = PromotionQuerySet.as_manager()

    class Meta:
        ordering = ["words", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "position"],
                name="one_page_is_promoted_to_a_place_for_the_same_words",
            ),
            models.UniqueConstraint(
                fields=["key", "page"],
                name="a_page_is_promoted_once_for_the_same_words",
            ),
            models.CheckConstraint(name="a_promotion_has_its_words", condition=~Q(key="")),
            models.CheckConstraint(
                name="a_promotion_is_among_the_first_three",
                condition=Q(position__gte=1, position__lte=MOST_FOR_THE_SAME_WORDS),
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.words}”: {self.page}"

    def clean(self) -> None:
        super().clean()
        self.key = key_of(self.words)
        if not self.key:
            raise ValidationError({"words": _("Give at least one word.")})
        # By hand: the admin does not look at constraints over a field that its form does not have.
        others = Promotion.objects.filter(key=self.key).exclude(pk=self.pk)
        if others.filter(page=self.page_id).exists():
            raise ValidationError({"page": _("This page is promoted for these words already.")})
        if others.filter(position=self.position).exists():
            raise ValidationError(
                {
                    "position": _(
                        "Another page has this place for these words: choose another "
                        "place, or change that promotion."
                    )
                }
            )

    @classmethod
    @transaction.atomic
    def promote(
        cls, words: str, page: Page, *, by: "Person", now: datetime, position: int | None = None
    ) -> "Promotion":
        """Put a page first for these words; without a position, after those promoted already.

        Raises NotAllowed, NotReady.
        """
        if not by.has_perm("search.add_promotion"):
            raise NotAllowed(_("Only an editor can promote a page."))
        key = key_of(words)
        if not key:
            raise NotReady(_("Give the words that readers type."))
        if not page.versions.live().exists():
            raise NotReady(_("Only a live page can be promoted: publish it first."))
        others = dict(cls.objects.filter(key=key).values_list("position", "page"))
        if page.pk in others.values():
            raise NotReady(_("This page is promoted for these words already."))
        free = [place for place in (1, 2, 3) if place not in others]
        place = position or (free[0] if free else 0)
        if place not in free:
            raise NotReady(
                _(
                    "The places for these words are taken: an editor can change or remove "
                    "a promotion."
                )
            )
        try:
            with transaction.atomic():
                made = cls.objects.create(
                    words=" ".join(words.split())[:100], key=key, page=page, position=place
                )
        except IntegrityError:
            raise NotReady(
                _("Somebody promoted a page for these words just now: look again.")
            ) from None
        made.record("promoted a page", by=by, now=now)
        return made

    def record(self, verb: str, *, by: "Person", now: datetime) -> None:
        """Write down a change of what readers find, and let cached results go."""
        place = self.get_position_display()
        ledger.move_stamp()
        ledger.record(verb, by=by, now=now, page=self.page, comment=f"{place} for “{self.words}”")


def key_of(typed: str) -> str:
    """By what promotions and questions are compared: the words, however they are spelt."""
    return read(typed).key[:100]
