from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.models import Contributor, Tag, Version
from evidence.numbers import Arm, Numbers


class Direction(models.TextChoices):
    BENEFIT = "benefit", _("benefit")
    NO_DIFFERENCE = "no_difference", _("no difference shown")
    HARM = "harm", _("harm")
    MIXED = "mixed", _("mixed or unclear")


class Certainty(models.TextChoices):
    """How sure we can be, after GRADE (Santesso 2020, doi:10.1016/j.jclinepi.2019.10.014)."""

    HIGH = "high", _("high")
    MODERATE = "moderate", _("moderate")
    LOW = "low", _("low")
    VERY_LOW = "very_low", _("very low")
    NOT_RATED = "not_rated", _("not rated")


class OutcomeKind(models.TextChoices):
    DISEASE = "disease", _("the disease itself")
    SURVIVAL = "survival", _("staying alive")
    HARM = "harm", _("harms")
    LIFE = "life", _("daily life")
    TEST_RESULT = "test_result", _("test results and scans")
    OTHER = "other", _("something else")


class Verdict(models.TextChoices):
    HOLDS = "holds", _("holds")
    PARTLY = "partly", _("partly holds")
    UNPROVEN = "unproven", _("unproven")
    MISLEADING = "misleading", _("misleading")
    WRONG = "wrong", _("wrong")


def _part_of(part: str, whole: str) -> Q:
    """No part without its whole, and none larger than it."""
    return Q(**{f"{part}__isnull": True}) | Q(
        **{f"{whole}__isnull": False, f"{whole}__gte": F(part)}
    )


class Claim(models.Model):
    """A statement about a therapy in a disease."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="claims")
    position = models.PositiveSmallIntegerField(default=0)
    statement = models.TextField(help_text=_("One plain sentence; its verb fits its certainty."))
    therapy = models.ForeignKey(
        Tag,
        on_delete=models.PROTECT,
        related_name="claims_as_therapy",
        limit_choices_to={"kind": Tag.Kind.THERAPY},
    )
    disease = models.ForeignKey(
        Tag,
        on_delete=models.PROTECT,
        related_name="claims_as_disease",
        limit_choices_to={"kind": Tag.Kind.DISEASE},
    )
    outcome = models.CharField(max_length=150)
    outcome_kind = models.CharField(max_length=20, choices=OutcomeKind, default=OutcomeKind.DISEASE)
    direction = models.CharField(max_length=20, choices=Direction)
    certainty = models.CharField(max_length=20, choices=Certainty, default=Certainty.NOT_RATED)
    certainty_reason = models.TextField(blank=True)
    certainty_by = models.ForeignKey(
        Contributor, on_delete=models.PROTECT, null=True, blank=True, related_name="rated_claims"
    )
    comparator = models.CharField(max_length=200, blank=True)
    follow_up = models.CharField(max_length=100, blank=True)
    events_treated = models.PositiveIntegerField(null=True, blank=True)
    people_treated = models.PositiveIntegerField(null=True, blank=True)
    events_compared = models.PositiveIntegerField(null=True, blank=True)
    people_compared = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="treated_events_are_among_treated_people",
                condition=_part_of("events_treated", "people_treated"),
            ),
            models.CheckConstraint(
                name="compared_events_are_among_compared_people",
                condition=_part_of("events_compared", "people_compared"),
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def has_treated_numbers(self) -> bool:
        return self.events_treated is not None and bool(self.people_treated)

    @property
    def has_compared_numbers(self) -> bool:
        return self.events_compared is not None and bool(self.people_compared)

    @property
    def numbers(self) -> Numbers:
        """The counts of both groups in the words of readers."""
        return Numbers(
            Arm.of(self.events_treated, self.people_treated) if self.has_treated_numbers else None,
            Arm.of(self.events_compared, self.people_compared)
            if self.has_compared_numbers
            else None,
        )

    def clean(self) -> None:
        """Refuse counts that cannot be; what is merely left out is for the checks to say."""
        errors: dict[str, str] = {}
        for group in ("treated", "compared"):
            events = getattr(self, f"events_{group}")
            people = getattr(self, f"people_{group}")
            if events is not None and people is None:
                errors[f"people_{group}"] = gettext("Say how many people this was counted in.")
            elif people == 0:
                errors[f"people_{group}"] = gettext("A group has at least one person.")
            elif events is not None and events > people:
                errors[f"events_{group}"] = gettext(
                    "It cannot happen to %(events)s people in a group of %(people)s."
                ) % {"events": events, "people": people}
        if self.events_compared is not None and not self.comparator.strip():
            errors["comparator"] = gettext("Say what the compared group was given.")
        if errors:
            raise ValidationError(errors)


class CheckedClaim(models.Model):
    """A few words quoted from a source, our verdict, and why."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="checked_claims")
    position = models.PositiveSmallIntegerField(default=0)
    quote = models.CharField(
        max_length=200, help_text=_("A few words, exactly as they stand there.")
    )
    source = models.ForeignKey(
        "evidence.Source", on_delete=models.PROTECT, related_name="checked_claims"
    )
    verdict = models.CharField(max_length=20, choices=Verdict)
    why = models.TextField()
    therapy = models.ForeignKey(
        Tag,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Tag.Kind.THERAPY},
    )
    disease = models.ForeignKey(
        Tag,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Tag.Kind.DISEASE},
    )

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"“{self.quote}”: {self.get_verdict_display()}"
