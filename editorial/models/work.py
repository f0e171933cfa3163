"""What people do around a version while it is open: none of it is part of its text."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.names import name_of


class Presence(models.Model):
    """That somebody has the form of a version open, since when, and seen when last."""

    version = models.ForeignKey(
        "editorial.Version", on_delete=models.CASCADE, related_name="presences"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presences"
    )
    came_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="a_person_is_present_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.version}"


class KeptForm(models.Model):
    """What somebody has typed into the form of a version and not saved yet."""

    version = models.ForeignKey(
        "editorial.Version", on_delete=models.CASCADE, related_name="kept_forms"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_forms"
    )
    lock_number = models.PositiveIntegerField(help_text=_("The one the form was opened with."))
    data = models.JSONField(help_text=_("The form as it is sent: {name: [value, …]}"))
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="a_form_is_kept_once")
        ]

    def __str__(self) -> str:
        return gettext("%(version)s, as typed by %(user)s") % {
            "version": self.version,
            "user": self.user,
        }


class PreviewLinkQuerySet(models.QuerySet):
    def valid(self, now) -> Self:
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)

    def with_comments(self) -> Self:
        """With how many comments came by each, and who made it."""
        return self.select_related("made_by").annotate(comment_count=models.Count("comments"))


class PreviewLink(models.Model):
    """An address at which somebody without an account may read, and comment on, a version."""

    version = models.ForeignKey(
        "editorial.Version", on_delete=models.CASCADE, related_name="preview_links"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_for = models.CharField(
        max_length=150, blank=True, help_text=_("Whom it is for: “Dr Example, by e-mail”.")
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="a_preview_link_expires_after_it_was_made",
                condition=Q(expires_at__gt=models.F("made_at")),
            )
        ]

    def __str__(self) -> str:
        return f"preview of {self.version}"


class Comment(models.Model):
    """A remark on a version, or an answer to one. A guest writes by a preview link."""

    version = models.ForeignKey(
        "editorial.Version", on_delete=models.CASCADE, related_name="comments"
    )
    answers = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="answered_by"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
    )
    guest = models.CharField(max_length=150, blank=True, help_text=_("The name a guest gave."))
    preview_link = models.ForeignKey(
        PreviewLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    quote = models.TextField(blank=True, help_text=_("The passage it is about, as it stood."))
    text = models.TextField()
    written_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(name="a_comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="a_comment_is_not_its_own_answer",
                condition=Q(answers__isnull=True) | ~Q(answers=models.F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.text[:60]}"

    @property
    def by(self) -> str:
        """The name to show: of a colleague, of a guest, or of nobody any more."""
        if self.author:
            return name_of(self.author)
        return (
            gettext("%(guest)s (guest)") % {"guest": self.guest}
            if self.guest
            else gettext("somebody who has left")
        )


class NoticeQuerySet(models.QuerySet):
    def of(self, user) -> Self:
        return self.filter(user=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One line in the bell of one person. With a `key`, it is given once and never again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    version = models.ForeignKey(
        "editorial.Version", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    report = models.ForeignKey(
        "editorial.Report", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    text = models.CharField(max_length=300)
    key = models.CharField(max_length=100, blank=True)
    given_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        indexes = [
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread_by_user"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], condition=~Q(key=""), name="a_notice_is_given_once"
            )
        ]

    def __str__(self) -> str:
        return self.text
