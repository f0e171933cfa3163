"""Whose the next step of a version is: taken by somebody, or given to them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext

from editorial.names import name_of
from editorial.refusals import NotReady, WrongState
from editorial.states import NEEDS_A_REVIEWER, Priority, State

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

    from editorial.models import Version


class Assignment:
    """Mixed into Version by way of Life. Who has the next step is no part of its text."""

    @transaction.atomic
    def take(self: "Version", *, by: "Person", now: datetime) -> None:
        """Have the next step of a version that waits for a reviewer, if nobody has it yet."""
        from editorial import ledger
        from editorial.rights import NEXT_STEP, require, require_no_other_hand

        if self.state not in NEEDS_A_REVIEWER:
            raise WrongState(
                gettext("This version is %(state)s: no review waits.")
                % {"state": self.get_state_display()}
            )
        permission, _, _ = NEXT_STEP[State(self.state)]
        require(by, permission)
        require_no_other_hand(by, self, "review")
        if not self._hand_to(by, only_if_free=True):
            raise WrongState(
                gettext(
                    "%(holder)s has this version already: an editor or a publisher "
                    "can assign it to you."
                )
                % {"holder": self._holder()}
            )
        ledger.record("taken", by=by, now=now, version=self)

    @transaction.atomic
    def assign(
        self: "Version",
        *,
        to: "Person | None",
        by: "Person",
        now: datetime,
        due_on: date | None = None,
        priority: int = Priority.NORMAL,
    ) -> None:
        """Give the next step to somebody who can do it, or to nobody; by a day, with a priority."""
        from editorial import ledger, notices
        from editorial.rights import require, require_next_step

        require(by, "assign_version")
        if not self.is_open:
            raise WrongState(
                gettext("This version is %(state)s: it has no next step to assign.")
                % {"state": self.get_state_display()}
            )
        if to is not None:
            require_next_step(to, self)
        if due_on is not None and due_on < now.date():
            raise NotReady(gettext("The day it is due has passed already: choose a later one."))
        self._hand_to(to, due_on=due_on, priority=priority)
        told = f"to {to.get_username()}" if to else "to nobody"
        told += f", due {due_on.isoformat()}" if due_on else ""
        told += f", {Priority(priority).label}" if priority != Priority.NORMAL else ""
        notices.tell("assigned", self, by=by, now=now)
        ledger.record("assigned", by=by, now=now, version=self, comment=told)

    def _hand_to(
        self: "Version", person: "Person | None", *, only_if_free: bool = False, **fields: Any
    ) -> bool:
        """Whether it was free, where that is asked. Raises WrongState if it has moved meanwhile."""
        fields["assigned_to"] = person
        mine = type(self)._base_manager.filter(pk=self.pk, state=self.state)
        free = mine.filter(assigned_to=None) if only_if_free else mine
        if not free.update(**fields):
            if mine.exists():
                return False
            self.refresh_from_db(fields=["state"])
            raise WrongState(
                gettext("This version is %(state)s by now: look at it again.")
                % {"state": self.get_state_display()}
            )
        for name, value in fields.items():
            setattr(self, name, value)
        return True

    def _holder(self: "Version") -> str:
        self.refresh_from_db(fields=["assigned_to"])
        person = self.assigned_to
        return name_of(person) if person else gettext("Somebody else")
