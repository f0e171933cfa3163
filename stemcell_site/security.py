"""Headers that keep the doors: a strict policy for the public, nonces for the admin alone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP, LazyNonce, build_policy

# As a plain string: WSGI servers refuse header names of any other type.
POLICY_HEADER = str(CSP.HEADER_ENFORCE)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


def security_policy(get_response: Callable[[HttpRequest], HttpResponse]):
    """Public answers carry one fixed policy, so that any cache can keep them."""
    public_policy = build_policy(settings.SECURE_CSP)

    def middleware(request: HttpRequest) -> HttpResponse:
        is_admin = request.path_info.startswith(settings.ADMIN_ROOT)
        # Django's csp() context processor reads the nonce from here.
        request._csp_nonce = LazyNonce() if is_admin else None
        response = get_response(request)
        if POLICY_HEADER not in response:
            response[POLICY_HEADER] = (
                build_policy(settings.ADMIN_CSP, request._csp_nonce) if is_admin else public_policy
            )
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
