"""Every address of the site, room by room. Paths that others rely on: DESIGN, section 7."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from stemcell_site import crawlers, health, sitemap, styleguide
from stemcell_site.watching import exposition

handler500 = "stemcell_site.unsaved.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", exposition.metrics, name="metrics"),
    path("robots.txt", crawlers.robots, name="robots"),
    path(".well-known/security.txt", crawlers.security, name="security_txt"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap_part, name="sitemap_part"),
    path(settings.ADMIN_PATH, include("stemcell_site.accounts.urls")),
    path(settings.ADMIN_PATH, include("editorial.admin.desk")),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("", include("editorial.urls")),
    path("", include("articles.urls")),
    path("", include("glossary.urls")),
    path("", include("evidence.urls")),
    path("", include("search.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
