"""A password alone opens nothing: staff prove themselves a second time, by app, passkey or code.

The session remembers that its person did. Whoever has no second factor yet is led to set one up
and reaches nothing else of the newsroom; whoever has one and did not use it signs in again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import ledger
from editorial.refusals import NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

PROVEN = "second_factor"
# Ways in and out, and what setting up a second factor takes.
OPEN_WITHOUT = frozenset({
    *("admin:login", "admin:logout", "admin:jsi18n", "sign_in"),
    *("account_login", "account_logout", "account_reauthenticate", "account_inactive"),
    *("invitation", "admin_password_reset", "password_reset_done", "password_reset_confirm"),
    *("mfa_index", "mfa_authenticate", "mfa_activate_totp", "mfa_add_webauthn"),
    *("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_login_webauthn"),
})  # fmt: skip
MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Once it is known which address was asked for."""
        if not settings.SECOND_FACTOR or not request.path_info.startswith(settings.ADMIN_ROOT):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_WITHOUT:
            return None
        if request.user.is_anonymous or is_proven(request):
            return None
        if has_second_factor(request.user):
            logout(request)
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        return HttpResponseRedirect(reverse("mfa_index"))


def is_proven(request: HttpRequest) -> bool:
    return request.session.get(PROVEN) == request.user.pk


def has_second_factor(user: Any) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=MAIN).exists()


# --- what happens to a second factor --------------------------------------------------------


def note_use(request: HttpRequest, user: "Person", **kwargs) -> None:
    request.session[PROVEN] = user.pk


def note_addition(
    request: HttpRequest, user: "Person", authenticator: Authenticator, **kwargs
) -> None:
    """Setting one up proves it too: its code, or the key's answer, has just been checked."""
    if authenticator.type in MAIN:
        request.session[PROVEN] = user.pk
        _record("added a second factor", by=user, what=authenticator)


def note_removal(
    request: HttpRequest, user: "Person", authenticator: Authenticator, **kwargs
) -> None:
    if authenticator.type in MAIN:
        _record("removed a second factor", by=user, what=authenticator)
    if not has_second_factor(user):
        request.session.pop(PROVEN, None)


def _record(verb: str, *, by: "Person", what: Authenticator) -> None:
    kind = "app" if what.type == Authenticator.Type.TOTP else "passkey"
    ledger.record(verb, by=by, now=timezone.now(), comment=kind)


@transaction.atomic
def forget(user: "Person", *, by: "Person", now: datetime) -> None:
    """For somebody who lost phone and codes: they set up a new one when they next sign in.

    Ends their sessions, as whoever found the phone may have one.
    """
    if not by.has_perm("mfa.delete_authenticator"):
        raise NotAllowed(_("Only an administrator can remove somebody's second factor."))
    if user.pk == by.pk:
        raise NotAllowed(_("You remove your own second factor on the page of your account."))
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    ledger.record("forgot second factor", by=by, now=now, comment=user.get_username())
