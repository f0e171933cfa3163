"""After five wrong passwords for one name from one address, that name rests there for a while.

By name and address together: nobody is shut out because a colleague behind the same proxy
mistyped, and nobody can shut a colleague out from elsewhere. django-axes counts, in the database.
"""

import unicodedata
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import ledger
from editorial.refusals import NotAllowed
from stemcell_site.accounts.client_address import client_address

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that somebody typed, in one spelling: capitals make no new name to guess for."""
    sent = request.POST
    name = (credentials or {}).get("username") or sent.get("login") or sent.get("username") or ""
    return unicodedata.normalize("NFKC", name).strip().casefold()[:255]


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None
) -> HttpResponse:
    """The answer to somebody who has to wait: for how long, and who can help."""
    attempts = AccessAttempt.objects.filter(
        username=name_tried(request, credentials), ip_address=client_address(request)
    )
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    wait = max(1, ceil((last + settings.AXES_COOLOFF_TIME - timezone.now()).total_seconds()))
    refused = render(request, "account/locked.html", {"minutes": ceil(wait / 60)}, status=429)
    refused["Retry-After"] = str(wait)
    return refused


def locked_until(attempt: AccessAttempt) -> datetime | None:
    """When the name may be tried again from there; None if it may be tried now."""
    if attempt.failures_since_start < settings.AXES_FAILURE_LIMIT:
        return None
    until = attempt.attempt_time + settings.AXES_COOLOFF_TIME
    return until if until > timezone.now() else None


@transaction.atomic
def unlock(attempts: QuerySet[AccessAttempt], *, by: "Person", now: datetime) -> list[str]:
    """Let these names be tried again at once. Returns the names."""
    if not by.has_perm("axes.delete_accessattempt"):
        raise NotAllowed(_("Only an administrator can unlock a name."))
    names = sorted({attempt.username or "" for attempt in attempts})
    attempts.delete()
    for name in names:
        ledger.record("unlocked", by=by, now=now, comment=name)
    return names
