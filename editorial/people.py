"""Staff come by invitation and leave without their history."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from editorial import ledger
from editorial.models import Contributor, Page
from editorial.refusals import NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


def invite(user: "Person", *, by: "Person", now: datetime) -> str:
    """Mail a new colleague a link to choose a password; the link is returned as well."""
    if not by.has_perm("auth.add_user"):
        raise NotAllowed(_("Only an administrator can invite people."))
    path = reverse(
        "invitation",
        args=[
            urlsafe_base64_encode(force_bytes(user.pk)),
            default_token_generator.make_token(user),
        ],
    )
    link = f"{settings.SITE_URL}{path}"
    send_mail(
        f"Your account at {settings.SITE_NAME}",
        render_to_string(
            "editorial/invitation.txt",
            {"user": user, "by": by, "link": link, "site_name": settings.SITE_NAME},
        ),
        None,
        [user.email],
    )
    ledger.record("invited", by=by, now=now, comment=user.get_username())
    return link


@transaction.atomic
def retire(user: "Person", *, by: "Person", now: datetime) -> int:
    """Close an account, keeping everything its person did. Returns how many pages lost an owner.

    Sign-offs, versions and the audit trail stay; sessions end; pages go to their backup owner.
    """
    if not by.has_perm("auth.change_user"):
        raise NotAllowed(_("Only an administrator can retire people."))
    if user.pk == by.pk:
        raise NotAllowed(_("You cannot retire yourself: ask another administrator."))
    get_user_model().objects.filter(pk=user.pk).update(
        is_active=False, password=make_password(None)
    )
    Contributor.objects.filter(user=user).update(user=None)
    Page.objects.filter(backup_owner=user).update(backup_owner=None)
    theirs = Page.objects.filter(owner=user)
    lost = theirs.filter(backup_owner__isnull=True).count()
    theirs.update(owner=F("backup_owner"), backup_owner=None)
    _end_sessions(user)
    ledger.record("retired", by=by, now=now, comment=user.get_username())
    return lost


def _end_sessions(user: "Person") -> None:
    for session in Session.objects.all().iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
