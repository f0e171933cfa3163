"""Every address of the site, room by room. Paths that others rely on: DESIGN, section 7."""

from django.contrib import admin
from django.contrib.auth import views as accounts
from django.urls import include, path, reverse_lazy

from stemcell_site import health

# An invitation and a forgotten password lead to the same form: choose a new one.
ACCOUNTS = [
    path(
        "invitation/<uidb64>/<token>/",
        accounts.PasswordResetConfirmView.as_view(success_url=reverse_lazy("admin:login")),
        name="invitation",
    ),
    path(
        "password_reset/",
        accounts.PasswordResetView.as_view(),
        name="admin_password_reset",
    ),
    path(
        "password_reset/done/",
        accounts.PasswordResetDoneView.as_view(),
        name="password_reset_done",
    ),
    path(
        "reset/<uidb64>/<token>/",
        accounts.PasswordResetConfirmView.as_view(success_url=reverse_lazy("admin:login")),
        name="password_reset_confirm",
    ),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", include(ACCOUNTS)),
    path("admin/", include("editorial.admin.desk")),
    path("admin/", admin.site.urls),
    path("", include("editorial.urls")),
    path("", include("articles.urls")),
    path("", include("glossary.urls")),
    path("", include("evidence.urls")),
    path("", include("search.urls")),
]
