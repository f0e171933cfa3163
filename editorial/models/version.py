from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from taggit.managers import TaggableManager

from editorial import prose
from editorial.models.life import Life
from editorial.models.tag import VersionTag
from editorial.sanitising import clean_html
from editorial.states import OPEN_STATES, HowMade, Lane, Overdue, Priority, State


class VersionQuerySet(models.QuerySet):
    def live(self) -> Self:
        return self.filter(state=State.LIVE)

    def kept_up(self) -> Self:
        """Without pages whose review is six months late: they are not put before anybody."""
        return self.exclude(page__overdue=Overdue.LONG)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def untouched(self) -> Self:
        """First drafts that the site began and nobody has written into."""
        return self.filter(
            number=1, state=State.DRAFT, lock_number=0, created_by=None, page__owner=None
        )

    def heads(self) -> Self:
        """The one version a page shows in lists for staff."""
        return self.filter(is_head=True)

    def of_kind(self, kind: str) -> Self:
        return self.filter(page__kind=kind)

    def tagged(self, tag_ids) -> Self:
        """With any of these tags. By EXISTS: a join would repeat rows that carry several."""
        carried = VersionTag.objects.filter(content_object=models.OuterRef("pk"), tag__in=tag_ids)
        return self.filter(models.Exists(carried))

    def for_lists(self) -> Self:
        """With what a public list shows, and without the long text."""
        return self.select_related("page").prefetch_related("tags").defer("body")


class Version(Life, models.Model):
    """One numbered text of a page.

    Its words, tags, claims and citations can change only while it is open; the database refuses
    any other edit. States move by the verbs of `Life`, never by `save()`.
    """

    # What a sign-off covers, besides the parts listed in VERSION_PARTS.
    TEXT_FIELDS = ("title", "summary", "body", "how_made", "evidence_searched_on")

    page = models.ForeignKey("editorial.Page", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    lane = models.CharField(max_length=20, choices=Lane, default=Lane.FULL)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    is_head = models.BooleanField(default=True)

    title = models.CharField(max_length=200)
    summary = models.TextField(
        blank=True, help_text=_("One to three plain sentences; for a term, its meaning in one.")
    )
    body = ProseEditorField(blank=True, extensions=prose.BODY, sanitize=clean_html)
    how_made = models.CharField(
        _("how it was made"), max_length=20, choices=HowMade, default=HowMade.HUMAN
    )
    evidence_searched_on = models.DateField(_("evidence searched to"), null=True, blank=True)
    tags = TaggableManager(through=VersionTag, blank=True)

    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    lock_number = models.PositiveIntegerField(default=0, editable=False)
    based_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="successors",
    )
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrections",
        help_text=_("The fully signed version whose reviews a correction keeps."),
    )

    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    edited_at = models.DateTimeField(editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="assigned_versions",
        help_text=_("Who is to take the next step."),
    )
    due_on = models.DateField(_("due"), null=True, blank=True, editable=False)
    priority = models.PositiveSmallIntegerField(
        choices=Priority, default=Priority.NORMAL, editable=False
    )
    publish_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the page is to be withdrawn by itself, if ever.")
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.TextField(
        blank=True, editable=False, help_text=_("Why it was withdrawn or discarded.")
    )
    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True, editable=False)
    review_due_on = models.DateField(_("next review due"), null=True, blank=True, editable=False)
    corrected_on = models.DateField(null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        permissions = [
            ("edit_any_version", "Can edit anybody's draft"),
            ("submit_version", "Can submit a draft for review"),
            ("send_back_version", "Can send a version back to its author"),
            ("sign_editorial", "Can give the editorial sign-off"),
            ("sign_medical", "Can give the medical sign-off"),
            ("correct_version", "Can start a quick correction"),
            ("publish_version", "Can schedule, publish and withdraw"),
            ("assign_version", "Can assign work to people"),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at"], name="version_state_published"),
            models.Index(fields=["state", "title"], name="version_state_title"),
            # What the clock looks for, and the desk.
            models.Index(
                fields=["review_due_on"], condition=Q(state=State.LIVE), name="version_live_due"
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(state=State.LIVE, expires_at__isnull=False),
                name="version_live_expires",
            ),
            models.Index(
                fields=["publish_at"],
                condition=Q(state=State.SCHEDULED),
                name="version_scheduled_at",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], name="version_numbers_are_unique_per_page"
            ),
            models.UniqueConstraint(
                fields=["page"], condition=Q(state=State.LIVE), name="one_live_version_per_page"
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(state__in=OPEN_STATES, lane=Lane.FULL),
                name="one_open_draft_per_page",
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(state__in=OPEN_STATES, lane=Lane.CORRECTION),
                name="one_open_correction_per_page",
            ),
            models.UniqueConstraint(
                fields=["page"], condition=Q(is_head=True), name="one_head_per_page"
            ),
            models.CheckConstraint(
                name="a_state_is_one_of_the_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="a_lane_is_one_of_the_known", condition=Q(lane__in=Lane.values)
            ),
            models.CheckConstraint(
                name="live_means_published_at",
                condition=~Q(state=State.LIVE) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="live_means_a_content_hash",
                condition=~Q(state=State.LIVE) | ~Q(content_hash=""),
            ),
            models.CheckConstraint(
                name="publish_at_only_while_scheduled",
                condition=Q(state=State.SCHEDULED, publish_at__isnull=False)
                | (~Q(state=State.SCHEDULED) & Q(publish_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="withdrawn_and_discarded_have_a_reason",
                condition=~Q(state__in=[State.WITHDRAWN, State.DISCARDED]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_correction_names_what_it_corrects",
                condition=Q(lane=Lane.FULL, corrects__isnull=True)
                | Q(lane=Lane.CORRECTION, corrects__isnull=False),
            ),
            models.CheckConstraint(
                name="a_review_is_due_after_it_was_made",
                condition=Q(review_due_on__isnull=True) | Q(review_due_on__gt=F("reviewed_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title or gettext("(no title yet)")

    def get_absolute_url(self) -> str:
        return self.page.get_absolute_url()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_live(self) -> bool:
        return self.state == State.LIVE

    @property
    def is_correction(self) -> bool:
        return self.lane == Lane.CORRECTION


class AlsoCalled(models.Model):
    """Another name that readers use for what a version is about."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="also_called")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("also-called name")

    def __str__(self) -> str:
        return self.name


class KeyMessage(models.Model):
    """One of the three to five sentences that a hurried reader takes away."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="key_messages")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
