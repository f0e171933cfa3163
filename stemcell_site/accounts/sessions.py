"""Where somebody is signed in: noted as they come, listed, and ended."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils.translation import gettext as _

# In this order: most browsers also name those whose pages they can show.
PROGRAMS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def note(sender: Any, request: HttpRequest | None, **kwargs) -> None:
    """Keep who came from where, on every way in. A sign-in without a browser has no address."""
    if request is not None and "REMOTE_ADDR" in request.META:
        UserSession.objects.create_from_request(request)


def of(request: HttpRequest) -> list[UserSession]:
    """The sessions of whoever asks, the newest first; those that ended by themselves are gone."""
    found = UserSession.objects.purge_and_list(request.user)
    return sorted(found, key=lambda session: session.created_at, reverse=True)


def browser(agent: str) -> str:
    """Such as "Firefox on Android", from what the browser says of itself; else its first words."""
    program = next((name for sign, name in PROGRAMS.items() if sign in agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in agent), "")
    if program and system:
        return f"{program} on {system}"
    return program or system or agent[:60] or _("A browser that says nothing of itself")


def end(request: HttpRequest, which: str) -> int:
    """End one of one's other sessions by its id, or all of them ("others"). Returns how many."""
    others = UserSession.objects.filter(user=request.user).exclude(
        session_key=request.session.session_key
    )
    if which != "others":
        others = others.filter(pk=which) if which.isascii() and which.isdigit() else others.none()
    ended = list(others)
    for session in ended:
        session.end()
    return len(ended)
