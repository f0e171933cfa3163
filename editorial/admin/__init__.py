from django.conf import settings
from django.contrib import admin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import notices, pages, people, reports, tags, trail
from .versions import VersionAdmin

__all__ = ["VersionAdmin", "notices", "pages", "people", "reports", "tags", "trail"]

admin.site.site_header = admin.site.site_title = format_lazy(
    _("{site}: newsroom"), site=settings.SITE_NAME
)
admin.site.index_title = _("Newsroom")
