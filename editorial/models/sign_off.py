from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from editorial.states import Role

if TYPE_CHECKING:
    from editorial.models import Version


class Writer(models.Model):
    """Somebody who saved text into a version, and so may never sign it."""

    version = models.ForeignKey("editorial.Version", on_delete=models.PROTECT, related_name="wrote")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="wrote"
    )
    first_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="a_writer_is_listed_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} wrote in {self.version}"


class SignOff(models.Model):
    """A named person's approval in a role, bound to the hash of exactly what they read.

    Sign-offs are never changed. Guards in the database delete them when the version is edited;
    the audit trail keeps that they were given.
    """

    version = models.ForeignKey(
        "editorial.Version", on_delete=models.PROTECT, related_name="sign_offs"
    )
    role = models.CharField(max_length=20, choices=Role)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_offs"
    )
    contributor = models.ForeignKey(
        "editorial.Contributor", on_delete=models.PROTECT, related_name="sign_offs"
    )
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    comment = models.TextField(blank=True)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "role"], name="a_version_is_signed_once_in_each_role"
            ),
            models.UniqueConstraint(
                fields=["version", "signed_by"], name="the_two_sign_offs_are_two_people"
            ),
            models.CheckConstraint(
                name="a_sign_off_names_what_was_read", condition=~Q(content_hash="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor}, {self.get_role_display()}"


class SignedText(models.Model):
    """What was read and signed, word for word: it stays when an edit voids the sign-off.

    `content` is `editorial.parts.content` of the version, exactly as it was hashed.
    """

    version = models.ForeignKey(
        "editorial.Version", on_delete=models.CASCADE, related_name="signed_texts"
    )
    role = models.CharField(max_length=20, choices=Role)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="signed_texts"
    )
    content_hash = models.CharField(max_length=64)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return _("%(version)s, as signed by %(signed_by)s") % {
            "version": self.version,
            "signed_by": self.signed_by,
        }

    def as_version(self) -> "Version":
        """The columns of the text alone, in a version that is not for saving."""
        from editorial.models import Version

        return Version(
            **{
                field.name: field.to_python(self.content[field.name])
                for field in Version._meta.concrete_fields
                if field.name in Version.TEXT_FIELDS and field.name in self.content
            }
        )


class Exemption(models.Model):
    """Why starter content is live although no clinician has read it. Ends with any edit."""

    version = models.OneToOneField(
        "editorial.Version", on_delete=models.PROTECT, related_name="exemption"
    )
    content_hash = models.CharField(max_length=64)
    reason = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_exemption_names_its_text_and_reason",
                condition=~Q(content_hash="") & ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return self.reason
