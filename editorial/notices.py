"""What people are told: a line in the bell of the admin, and a mail.

Give notices before `ledger.record`: the ledger's lock is the last of a transaction.
"""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from editorial.models import Event, Notice

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person
    from django.db.models import QuerySet

    from editorial.models import Report, Version

MOST_LETTERS = 300

# What each move says, and to whom: the person assigned, those whose text it is, or those who sent
# it back before. A first submission concerns every editor: they find it in their queue.
ASSIGNED, THEIRS, SENT_BACK = "assigned", "theirs", "sent back"
TOLD = {
    "submitted": (_("was submitted again, after you sent it back"), SENT_BACK),
    "assigned": (_("was assigned to you"), ASSIGNED),
    "sent back": (_("was sent back"), THEIRS),
    "editorial sign-off": (_("has its editorial sign-off"), THEIRS),
    "medical sign-off": (_("has its medical sign-off"), THEIRS),
    "scheduled": (_("is scheduled to go live"), THEIRS),
    "unscheduled": (_("is no longer scheduled"), THEIRS),
    "went live": (_("went live"), THEIRS),
    "withdrawn": (_("was withdrawn"), THEIRS),
    "discarded": (_("was discarded"), THEIRS),
}


def give(
    user: "Person",
    text: str,
    *,
    version: "Version | None" = None,
    report: "Report | None" = None,
    key: str = "",
    now: datetime,
    mail: bool = True,
) -> bool:
    """Tell one person one thing, inside the caller's transaction. Returns whether it is new.

    With a `key` it is told once, whoever else tells it at the same time. The mail leaves on commit;
    one that fails is logged and stops nothing. Somebody who has retired is told nothing.
    """
    if not user.is_active:
        return False
    text = Truncator(" ".join(text.split())).chars(MOST_LETTERS)
    fields = {"text": text, "version": version, "report": report, "given_at": now}
    if key:
        notice, is_new = Notice.objects.get_or_create(user=user, key=key, defaults=fields)
    else:
        notice, is_new = Notice.objects.create(user=user, **fields), True
    if is_new and mail and user.email:
        transaction.on_commit(partial(_send, notice, user.email), robust=True)
    return is_new


def tell(
    verb: str, version: "Version", *, by: "Person | None", now: datetime, comment: str = ""
) -> None:
    """Tell those whom a move of a version concerns, but never the person who made it."""
    if verb not in TOLD:
        return
    told, whom = TOLD[verb]
    because = f": {comment}" if comment else ""
    for user in people(_concerned(version, whom), but=by):
        give(user, f"“{version}” {told}{because}", version=version, now=now)


def _concerned(version: "Version", whom: str) -> set[int | None]:
    if whom == ASSIGNED:
        return {version.assigned_to_id}
    if whom == SENT_BACK:
        events = Event.objects.filter(version_id=version.pk, verb="sent back")
        return set(events.values_list("actor_id", flat=True))
    return {version.page.owner_id, *version.wrote.values_list("user", flat=True)}


def people(ids: "set[int | None]", *, but: "Person | None") -> "QuerySet[Person]":
    """The people with these ids who work here still, without whoever acts."""
    acting = but.pk if but else None
    others = [pk for pk in ids if pk is not None and pk != acting]
    return get_user_model().objects.filter(pk__in=others, is_active=True).order_by("pk")


def _send(notice: Notice, address: str) -> None:
    link = settings.SITE_URL + reverse("admin:editorial_notice_open", args=[notice.pk])
    send_mail(
        f"{settings.SITE_NAME}: {Truncator(notice.text).chars(100)}",
        f"{notice.text}\n\n{link}\n",
        None,
        [address],
    )
