"""The kinds of page, the lanes and states of a version, and the moves between them."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    ARTICLE = "article", _("article")
    DISEASE = "disease", _("disease")
    THERAPY = "therapy", _("therapy")
    TERM = "term", _("glossary term")

    @property
    def path(self) -> str:
        """The first part of the public address of pages of this kind."""
        return KIND_PATHS[self]

    def address(self, slug: str) -> str:
        """A page's public address. Without a lookup: lists of pages ask for it by the hundred."""
        return f"/{self.path}/{slug}/"


KIND_PATHS = {
    Kind.ARTICLE: "articles",
    Kind.DISEASE: "diseases",
    Kind.THERAPY: "therapies",
    Kind.TERM: "glossary",
}


class Lane(TextChoices):
    FULL = "full", _("full review")
    CORRECTION = "correction", _("quick correction")


class State(TextChoices):
    DRAFT = "draft", _("draft")
    EDITORIAL_REVIEW = "editorial_review", _("editorial review")
    MEDICAL_REVIEW = "medical_review", _("medical review")
    APPROVED = "approved", _("approved")
    SCHEDULED = "scheduled", _("scheduled")
    LIVE = "live", _("live")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DISCARDED = "discarded", _("discarded")


class Role(TextChoices):
    """The role in which a person signs."""

    EDITORIAL = "editorial", _("editorial")
    MEDICAL = "medical", _("medical")


class Priority(IntegerChoices):
    """How urgent the next step of a version is; the higher goes first."""

    NORMAL = 0, _("normal")
    HIGH = 1, _("high")
    URGENT = 2, _("urgent")


class Overdue(IntegerChoices):
    """How long a live page has been waiting for its review, as `publish_due` last found it."""

    NO = 0, _("in time")
    OVERDUE = 1, _("overdue")
    LONG = 2, _("overdue for six months")


class HowMade(TextChoices):
    HUMAN = "human", _("written by people")
    AI_ASSISTED = "ai_assisted", _("written with the help of AI")
    TRANSLATED = "translated", _("translated")


class Specialty(TextChoices):
    GENERAL = "general", _("general medicine")
    ENDOCRINOLOGY = "endocrinology", _("endocrinology")
    GASTROENTEROLOGY = "gastroenterology", _("gastroenterology")
    HAEMATOLOGY = "haematology", _("haematology")
    IMMUNOLOGY = "immunology", _("immunology")
    NEUROLOGY = "neurology", _("neurology")
    RHEUMATOLOGY = "rheumatology", _("rheumatology")


OPEN_STATES = (
    State.DRAFT,
    State.EDITORIAL_REVIEW,
    State.MEDICAL_REVIEW,
    State.APPROVED,
    State.SCHEDULED,
)

# Where a version waits for somebody other than those who wrote it.
NEEDS_A_REVIEWER = (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW, State.APPROVED)

# Every move that a version may make. From draft straight to live is the road of starter content
# alone: the database lets it pass only with a recorded exemption.
MOVES: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.EDITORIAL_REVIEW, State.LIVE, State.DISCARDED),
    State.EDITORIAL_REVIEW: (
        State.DRAFT,
        State.MEDICAL_REVIEW,
        State.APPROVED,
        State.DISCARDED,
    ),
    State.MEDICAL_REVIEW: (State.DRAFT, State.APPROVED, State.DISCARDED),
    State.APPROVED: (State.DRAFT, State.SCHEDULED, State.LIVE, State.DISCARDED),
    State.SCHEDULED: (State.DRAFT, State.APPROVED, State.LIVE, State.DISCARDED),
    State.LIVE: (State.SUPERSEDED, State.WITHDRAWN),
    State.SUPERSEDED: (),
    State.WITHDRAWN: (),
    State.DISCARDED: (),
}
