"""Every address of the site, room by room. Paths that others rely on: DESIGN, section 7."""

from django.contrib import admin
from django.urls import include, path

from stemcell_site import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
    path("", include("glossary.urls")),
    path("", include("evidence.urls")),
    path("", include("search.urls")),
]
