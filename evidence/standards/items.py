"""One criterion of a standard: what it is called, our answer, and how we know."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Answer(TextChoices):
    MET = "met", gettext_lazy("Met.")
    NOT_MET = "not-met", gettext_lazy("Not met.")
    NOT_ASSESSED = "not-assessed", gettext_lazy("Not assessed.")


@dataclass(frozen=True)
class Item:
    name: str
    answer: Answer
    how: str


def met(name: str, how: str) -> Item:
    return Item(name, Answer.MET, how)


def not_met(name: str, how: str) -> Item:
    return Item(name, Answer.NOT_MET, how)


def not_assessed(name: str, how: str) -> Item:
    return Item(name, Answer.NOT_ASSESSED, how)


def met_if(is_met: bool, name: str, how: str, otherwise: str) -> Item:
    return met(name, how) if is_met else not_met(name, otherwise)


@dataclass(frozen=True)
class Group:
    """Items of one standard with the same answer for the same reason."""

    answer: Answer
    how: str
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Standard:
    """`about` says in plain words what it is; `key` names it in the page."""

    key: str
    name: str
    about: str
    items: Sequence[Item]

    @property
    def groups(self) -> list[Group]:
        """The items in their order; those that share a reason stand with the first of them."""
        found: dict[tuple[Answer, str], Group] = {}
        for item in self.items:
            group = found.setdefault((item.answer, item.how), Group(item.answer, item.how))
            group.names.append(item.name)
        if len(found) == 1:
            group.names[:] = [_("All %(count)d") % {"count": len(self.items)}]
        return list(found.values())
