"""Demonstration staff: five accounts with public passwords, on this machine only."""

import sys
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction

from editorial.models import Contributor
from editorial.roles import StaffRole
from editorial.states import Specialty

# The README lists these names and passwords. Two editors: one corrects, another signs.
DEMO_STAFF = {
    "author": StaffRole.AUTHOR,
    "editor": StaffRole.EDITOR,
    "second-editor": StaffRole.EDITOR,
    "medic": StaffRole.MEDICAL_REVIEWER,
    "publisher": StaffRole.PUBLISHER,
}
STATEMENT = "None declared. This is a demonstration account and no real person."


def password_of(name: str) -> str:
    return f"demo-{name}"


@transaction.atomic
def make_demo_staff(*, now: datetime) -> list[str]:
    """The demonstration accounts with their contributor pages. Safe to repeat."""
    made = []
    for name, role in DEMO_STAFF.items():
        shown = name.replace("-", " ") if name.startswith("second-") else role.label.lower()
        user, is_new = get_user_model().objects.get_or_create(
            username=name,
            defaults={
                "is_staff": True,
                "email": f"{name}@example.org",
                "first_name": "Demo",
                "last_name": shown,
            },
        )
        if is_new or not user.is_active:
            user.is_active = True
            user.set_password(password_of(name))
            user.save()
            made.append(name)
        user.groups.set(Group.objects.filter(name=role.value))
        Contributor.objects.update_or_create(
            slug=f"demo-{name}",
            defaults={
                "user": user,
                "name": f"Demo {shown}",
                "role": role.label,
                "specialty": Specialty.GENERAL,
                "conflicts": STATEMENT,
                "conflicts_declared_on": now.date(),
                "is_demonstration": True,
            },
        )
    return made


def stray_demo_accounts() -> list[str]:
    """Demonstration accounts that could sign in although this is no demonstration."""
    if settings.DEMO:
        return []
    users = get_user_model().objects.filter(contributor__is_demonstration=True, is_active=True)
    return list(users.values_list("username", flat=True))


def refuse_stray_demo_accounts() -> None:
    """End the start, with one line, if demonstration accounts exist outside a demonstration."""
    try:
        stray = stray_demo_accounts()
    except DatabaseError:
        return  # No tables yet: no accounts either.
    if stray:
        sys.exit(
            f"The site did not start. Demonstration accounts exist ({', '.join(stray)}), and their "
            f"passwords are public: run `manage.py remove_demo_staff`, or set DEMO=1 on this "
            f"machine only."
        )
