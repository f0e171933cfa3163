"""The verbs of a version's life.

Each checks who may, in one sentence refuses who may not, moves the state from one known state to
the next so that of two people pressing at once one succeeds, and writes an event.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from editorial.models.assignment import Assignment
from editorial.refusals import NotReady, StaleEdit, WrongState
from editorial.states import OPEN_STATES, Role, State

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

    from editorial.models import Page, SignOff, Version


class Life(Assignment):
    """Mixed into Version. Every verb is keyword-only and atomic, and is told the time."""

    # --- writing --------------------------------------------------------------------------

    @contextmanager
    def editing(
        self: "Version", *, by: "Person | None", now: datetime, lock_number: int | None = None
    ) -> Iterator["Version"]:
        """Whatever is saved inside is one edit: it moves the hash and voids sign-offs.

        `lock_number` is the one the form was opened with: an older one is refused (StaleEdit).
        `by` is None for commands of the site itself. If nothing changed, nothing is recorded.
        """
        from editorial.rights import require_edit

        if by is not None:
            require_edit(by, self)
        with transaction.atomic():
            self.begin_edit(lock_number=lock_number)
            if by is not None:
                require_edit(by, self)  # Again: its state may have moved since it was loaded.
            yield self
            self.finish_edit(by=by, now=now)

    def rewrite(
        self: "Version",
        *,
        by: "Person | None",
        now: datetime,
        text: Mapping[str, Any] | None = None,
        parts: Mapping[str, Sequence[dict]] | None = None,
        lock_number: int | None = None,
    ) -> None:
        """Save these fields and part rows as one edit. Raises ValidationError for bad text."""
        from editorial.parts import parts_of

        with self.editing(by=by, now=now, lock_number=lock_number):
            for name, value in (text or {}).items():
                setattr(self, name, value)
            if text:
                fields = {field.name for field in self._meta.fields}
                self.clean_fields(exclude=fields - set(text))
                self.save(update_fields=list(text))
            for part in parts_of(self):
                if parts and part.name in parts:
                    part.write(self, parts[part.name])

    def begin_edit(self: "Version", *, lock_number: int | None = None) -> None:
        """Take the version for one edit. Raises WrongState if closed, StaleEdit if saved since."""
        mine = type(self)._base_manager.filter(pk=self.pk, state__in=OPEN_STATES)
        if lock_number is not None:
            mine = mine.filter(lock_number=lock_number)
        if mine.update(lock_number=F("lock_number") + 1):
            self.refresh_from_db(fields=["lock_number", "state"])
            return
        state = type(self)._base_manager.values_list("state", flat=True).get(pk=self.pk)
        if state not in OPEN_STATES:
            raise WrongState(
                _(
                    "This version is %(label)s and can no longer be edited: start a "
                    "new version instead."
                )
                % {"label": State(state).label}
            )
        raise StaleEdit(
            _(
                "Somebody else saved this text after you opened it. Nothing of yours was lost: "
                "compare the two texts and save again."
            )
        )

    def finish_edit(self: "Version", *, by: "Person | None", now: datetime) -> None:
        """Move the hash, note the writer and write the event, if anything changed."""
        from editorial import ledger
        from editorial.parts import content_hash, derive_parts

        stored = type(self)._base_manager.select_related("page").get(pk=self.pk)
        derive_parts(stored)
        fresh_hash = content_hash(stored)
        self.state, self.content_hash = stored.state, stored.content_hash
        if fresh_hash == stored.content_hash and not stored.lacks_sign_offs():
            return
        fields: dict[str, Any] = {"content_hash": fresh_hash, "edited_at": now}
        if stored.state != State.DRAFT:
            # It waits for whoever changed it to submit it again, no longer for a reviewer.
            fields |= {"state": State.DRAFT, "publish_at": None, "due_on": None, "assigned_to": by}
        type(self)._base_manager.filter(pk=self.pk).update(**fields)
        for name, value in fields.items():
            setattr(self, name, value)
        if by is not None:
            self.wrote.get_or_create(user=by, defaults={"first_at": now})
        ledger.record("edited", by=by, now=now, version=self)

    def lacks_sign_offs(self: "Version") -> bool:
        """Whether an edit voided sign-offs without which it would not be in its state."""
        if self.state not in (State.MEDICAL_REVIEW, State.APPROVED, State.SCHEDULED):
            return False
        needed = 1 if self.is_correction or self.state == State.MEDICAL_REVIEW else 2
        return self.sign_offs.count() < needed

    def still_to_sign(self: "Version") -> list[Role]:
        """The roles whose sign-off it waits for, in their order."""
        needed = [Role.EDITORIAL] if self.is_correction else list(Role)
        signed = set(self.sign_offs.values_list("role", flat=True))
        return [role for role in needed if role not in signed]

    # --- reviewing ------------------------------------------------------------------------

    @transaction.atomic
    def submit(self: "Version", *, by: "Person", now: datetime) -> None:
        """Hand a draft to the editors."""
        from editorial.corrections import require_within_bounds
        from editorial.rights import require, require_edit

        require(by, "submit_version")
        if self.state == State.DRAFT:
            require_edit(by, self)
        if not self.summary.strip():
            raise NotReady(_("The summary is empty: write one to three plain sentences first."))
        if self.is_correction:
            require_within_bounds(self.corrects, self)
        self.move(State.DRAFT, State.EDITORIAL_REVIEW, verb="submitted", by=by, now=now)

    @transaction.atomic
    def send_back(self: "Version", *, by: "Person", now: datetime, comment: str) -> None:
        """Return a version under review to its author, with the reason."""
        from editorial.rights import require

        require(by, "send_back_version")
        if not comment.strip():
            raise NotReady(_("Write what should be changed before you send it back."))
        if self.state not in (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW, State.APPROVED):
            raise WrongState(
                _("This version is %(state)s, not under review.")
                % {"state": self.get_state_display()}
            )
        self.move(
            State(self.state),
            State.DRAFT,
            verb="sent back",
            by=by,
            now=now,
            comment=comment,
            fields={"assigned_to": self._who_writes_on()},
        )
        self.sign_offs.all().delete()

    def _who_writes_on(self: "Version") -> "Person | None":
        """The owner of the page, or else who began this version, if they can write in it."""
        from editorial.rights import may_write_draft

        people = [person for person in (self.page.owner, self.created_by) if person]
        return next((person for person in people if may_write_draft(person, self)), None)

    def sign_off(
        self: "Version", *, by: "Person", role: Role, now: datetime, comment: str = ""
    ) -> "SignOff":
        """Approve exactly the present text, in one role.

        Raises NotAllowed for somebody who wrote or signed it, NotReady without a contributor whose
        conflict statement is less than twelve months old or while a check says that the text must
        change, WrongState outside its review.
        """
        from editorial.gate import require_nothing_to_mend
        from editorial.rights import require, require_no_other_hand

        review, next_state = self._review_of(role)
        require(by, f"sign_{role.value}")
        require_no_other_hand(by, self, "sign")
        contributor = getattr(by, "contributor", None)
        if contributor is None:
            raise NotReady(
                _(
                    "You have no contributor page yet: a publisher can make one. "
                    "Readers must see who signed."
                )
            )
        if not contributor.has_declared_conflicts(now.date()):
            raise NotReady(
                _(
                    "Your conflict-of-interest statement is missing or older than twelve months: "
                    "renew it on your contributor page, then sign."
                )
            )
        if self.state == review:
            require_nothing_to_mend(self)  # Slow, so before the transaction.
        signed = {
            "role": role,
            "signed_by": by,
            "content_hash": self.content_hash,
            "signed_at": now,
        }
        with transaction.atomic():
            self.signed_texts.create(**signed, content=self._unchanged_content())
            sign_off = self.sign_offs.create(
                **signed,
                contributor=contributor,
                comment=comment,
                is_demonstration=contributor.is_demonstration,
            )
            verb = f"{role.value} sign-off"
            self.move(review, next_state, verb=verb, by=by, now=now, comment=comment)
        return sign_off

    def _review_of(self: "Version", role: Role) -> tuple[State, State]:
        """The state in which this role signs, and the state that follows."""
        if self.is_correction:
            if role != Role.EDITORIAL:
                raise WrongState(_("A quick correction needs one editor's sign-off and no other."))
            return State.EDITORIAL_REVIEW, State.APPROVED
        if role == Role.EDITORIAL:
            return State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW
        return State.MEDICAL_REVIEW, State.APPROVED

    def _unchanged_content(self: "Version") -> dict[str, Any]:
        """The text as it is stored, if that is the one in hand. Raises StaleEdit."""
        from editorial.parts import content, hash_of

        stored = type(self)._base_manager.select_related("page").get(pk=self.pk)
        present = content(stored)
        if {stored.content_hash, hash_of(present)} != {self.content_hash}:
            raise StaleEdit(
                _("The text changed while you were reading it: read it again, then sign.")
            )
        return present

    # --- time and the public --------------------------------------------------------------

    def schedule(self: "Version", *, by: "Person", now: datetime, publish_at: datetime) -> None:
        """Have an approved version go live by itself at a time."""
        from editorial.gate import require_open_gate
        from editorial.rights import require, require_no_other_hand

        require(by, "publish_version")
        require_no_other_hand(by, self, "schedule")
        if publish_at <= now:
            raise NotReady(_("The time to go live must be in the future; publish it now instead."))
        if self.state == State.APPROVED:
            require_open_gate(self)  # Slow, so before the transaction.
        with transaction.atomic():
            self.move(
                State.APPROVED,
                State.SCHEDULED,
                verb="scheduled",
                by=by,
                now=now,
                fields={"publish_at": publish_at},
            )

    @transaction.atomic
    def unschedule(self: "Version", *, by: "Person", now: datetime) -> None:
        from editorial.rights import require

        require(by, "publish_version")
        self.move(
            State.SCHEDULED,
            State.APPROVED,
            verb="unscheduled",
            by=by,
            now=now,
            fields={"publish_at": None},
        )

    def publish(self: "Version", *, by: "Person | None", now: datetime) -> None:
        """Put the version before the public, in the place of the one that is live.

        `by` is None when the clock publishes what was scheduled. Checks and rendering run before
        the transaction, which compares the hash again.
        """
        from editorial import publishing

        publishing.publish(self, by=by, now=now)

    def withdraw(
        self: "Version",
        *,
        by: "Person | None",
        now: datetime,
        reason: str,
        leads_to: "Page | None" = None,
    ) -> None:
        """Take a live version from the public.

        Its address answers with the reason, or leads to another live page.
        """
        from editorial import publishing

        publishing.withdraw(self, by=by, now=now, reason=reason, leads_to=leads_to)

    @transaction.atomic
    def discard(self: "Version", *, by: "Person", now: datetime, reason: str) -> None:
        """Close an open version for good, keeping it on record."""
        from editorial.rights import require_edit

        require_edit(by, self)
        if not reason.strip():
            raise NotReady(_("Say why it is discarded: the reason stays on record."))
        self.move(
            State(self.state),
            State.DISCARDED,
            verb="discarded",
            by=by,
            now=now,
            comment=reason,
            fields={"reason": reason, "closed_at": now, "publish_at": None},
        )

    def move(
        self: "Version",
        old: State,
        new: State,
        *,
        verb: str,
        by: "Person | None",
        now: datetime,
        comment: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> None:
        """From one known state to the next, with its event; refused if somebody was faster."""
        from editorial import ledger, notices

        if new not in OPEN_STATES:
            self.page = type(self.page).objects.take(self.page_id)
        # Whoever had the last step has done it; the next one is nobody's until it is given.
        changes = {"state": new, "assigned_to": None, "due_on": None, **(fields or {})}
        if not type(self)._base_manager.filter(pk=self.pk, state=old).update(**changes):
            self.refresh_from_db(fields=["state"])
            raise WrongState(
                _(
                    "This version is %(state)s by now, not %(label)s: look at it "
                    "again before you go on."
                )
                % {"state": self.get_state_display(), "label": old.label}
            )
        for name, value in changes.items():
            setattr(self, name, value)
        # The trail tells the text that moved, which may be newer than the one in hand.
        self.refresh_from_db(fields=["content_hash"])
        if new not in OPEN_STATES:
            self.page.choose_head()
        notices.tell(verb, self, by=by, now=now, comment=comment)
        ledger.record(verb, by=by, now=now, version=self, comment=comment)
