"""What every template may say about the site itself."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    first, _, deeper = request.path.removeprefix("/").partition("/")
    return {
        # All that the header needs to know of an address: in which part of the site it lies.
        "part_of_site": f"{first}/…" if deeper else request.path,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "is_demo": settings.DEMO,
    }
