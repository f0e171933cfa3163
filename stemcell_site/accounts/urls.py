"""How staff come in and keep their account. Nobody signs up: people are invited."""

from allauth.account import views as allauth
from django.contrib import admin
from django.contrib.auth import views as passwords
from django.urls import include, path, reverse_lazy

from stemcell_site.accounts import views
from stemcell_site.accounts.limits import limited
from stemcell_site.accounts.resets import ResetForm

# An invitation and a forgotten password lead to the same form: choose a new one.
choose_password = limited("choose password", times=30, seconds=600)(
    passwords.PasswordResetConfirmView.as_view(success_url=reverse_lazy("admin:login"))
)
ask_for_reset = limited("reset", times=20, seconds=600)(
    passwords.PasswordResetView.as_view(form_class=ResetForm)
)

urlpatterns = [
    # Before the admin's own address of the same path, which keeps its name.
    path("login/", views.sign_in, name="sign_in"),
    path("password_change/", admin.site.admin_view(views.change_password)),
    path("invitation/<uidb64>/<token>/", choose_password, name="invitation"),
    path("password_reset/", ask_for_reset, name="admin_password_reset"),
    path(
        "password_reset/done/",
        passwords.PasswordResetDoneView.as_view(),
        name="password_reset_done",
    ),
    path("reset/<uidb64>/<token>/", choose_password, name="password_reset_confirm"),
    path("account/sign-in/", allauth.login, name="account_login"),
    path("account/sign-out/", allauth.logout, name="account_logout"),
    path("account/closed/", allauth.account_inactive, name="account_inactive"),
    path("account/confirm/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/sessions/", admin.site.admin_view(views.own_sessions), name="usersessions_list"),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
