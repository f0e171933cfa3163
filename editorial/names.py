"""How colleagues call one another."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


def name_of(person: "Person") -> str:
    """The full name, or the user name of somebody who gave none."""
    return person.get_full_name() or person.get_username()
