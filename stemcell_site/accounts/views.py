"""The way in, the sessions of one person, and a new password."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stemcell_site.accounts import sessions


def sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's own form in a demonstration; else the one that asks for the second factor."""
    if not settings.SECOND_FACTOR:
        return admin.site.login(request)
    if request.user.is_authenticated and not admin.site.has_permission(request):
        raise PermissionDenied
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        wanted = reverse("admin:index")
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


def own_sessions(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        ended = sessions.end(request, request.POST.get("end", ""))
        text = ngettext("%(count)d session has ended.", "%(count)d sessions have ended.", ended)
        messages.success(request, text % {"count": ended})
        return HttpResponseRedirect(request.path)
    found = sessions.of(request)
    context = {
        "sessions": [(session, sessions.browser(session.user_agent)) for session in found],
        "current": request.session.session_key,
        "title": _("Where you are signed in"),
    }
    return render(request, "usersessions/usersession_list.html", context)


def change_password(request: HttpRequest) -> HttpResponse:
    """Django ends all other sessions and gives this one a new key, under which it is noted."""
    response = admin.site.password_change(request)
    if response.status_code == 302 and request.user.is_authenticated:
        sessions.note(None, request)
    return response
