import hashlib
import json
from datetime import UTC

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One line of the append-only audit trail, chained to the one before by its hash.

    It names people and pages by value: nothing that is deleted elsewhere can break it.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(_("when"))
    verb = models.CharField(_("what"), max_length=40, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(
        _("who"), max_length=150, help_text=_("Empty for the site's own clock.")
    )
    page_id = models.BigIntegerField(null=True, db_index=True)
    address = models.CharField(max_length=200, blank=True)
    version_id = models.BigIntegerField(null=True, db_index=True)
    version_number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=20, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    comment = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.verb}"

    def compute_hash(self) -> str:
        """SHA-256 over every other field, in a fixed order, as JSON."""
        fields = [
            self.number,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.verb,
            self.actor_id,
            self.actor,
            self.page_id,
            self.address,
            self.version_id,
            self.version_number,
            self.state,
            self.content_hash,
            self.comment,
            self.previous_hash,
        ]
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Ledger(models.Model):
    """One row: the head of the event chain, the number of the last change, and the stamp.

    Whoever changes any of them takes the lock of this row, as the last lock of the transaction.
    """

    event_number = models.PositiveBigIntegerField(default=0)
    event_hash = models.CharField(max_length=64, blank=True)
    change_number = models.PositiveBigIntegerField(default=0)
    stamp = models.PositiveBigIntegerField(
        default=1,
        help_text=_("Moves with anything public: cached answers are good while it stands."),
    )
    purged_stamp = models.PositiveBigIntegerField(
        default=0, help_text=_("The stamp of which the CDN was last told.")
    )
    purged_change = models.PositiveBigIntegerField(
        default=0, help_text=_("The number of the last change that it was told of.")
    )

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_ledger", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return f"event {self.event_number}, stamp {self.stamp}"


class LiveChange(models.Model):
    """That a page's public text changed: what the search index, and other machines, follow.

    Numbered under the ledger's lock, so that whoever follows by number loses no row that was
    committed late.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    page = models.ForeignKey("editorial.Page", on_delete=models.PROTECT, related_name="+")
    version_id = models.BigIntegerField(null=True, help_text=_("Empty when the page left."))
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: page {self.page_id}"
