"""Whether a form was sent from this site's own pages.

Public pages carry no CSRF token, so that any cache can keep them: their forms ask the browser.
"""

from django.conf import settings
from django.http import HttpRequest


def is_same_origin(request: HttpRequest) -> bool:
    """By Sec-Fetch-Site, which every current browser sends and no page can forge; else by Origin.

    A page with `Referrer-Policy: no-referrer` sends its own forms with the origin “null”, which
    says nothing: then Sec-Fetch-Site alone decides, and without it the form is refused.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    is_known = origin in (settings.SITE_URL, f"{request.scheme}://{request.get_host()}")
    if site is None:
        return is_known
    return site == "same-origin" and (is_known or origin in (None, "null"))
