from django.conf import settings
from django.contrib import admin

from . import notices, pages, people, reports, tags, trail
from .versions import VersionAdmin

__all__ = ["VersionAdmin", "notices", "pages", "people", "reports", "tags", "trail"]

admin.site.site_header = f"{settings.SITE_NAME}: newsroom"
admin.site.site_title = f"{settings.SITE_NAME}: newsroom"
admin.site.index_title = "Newsroom"
