"""For administrators: names that are locked out, and second factors that were lost."""

from allauth.account import admin as _account  # noqa: F401 - registers what is taken out below
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _mfa  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as _sessions  # noqa: F401
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.refusals import Refused
from stemcell_site.accounts import lockout, second_factor

# Their stock forms would show secrets, and change what only its owner may.
for model in (EmailAddress, Authenticator, UserSession):
    admin.site.unregister(model)


class OnlyLookedAt(admin.ModelAdmin):
    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(AccessAttempt)
class LockoutAdmin(OnlyLookedAt):
    list_display = ["username", "ip_address", "failures_since_start", "attempt_time", "locked"]
    fields = list_display
    search_fields = ["username", "ip_address"]
    actions = ["unlock"]

    @admin.display(description=_("locked until"))
    def locked(self, attempt: AccessAttempt):
        return lockout.locked_until(attempt)

    @admin.action(description=_("Unlock the selected names"), permissions=["view"])
    def unlock(self, request, queryset) -> None:
        try:
            names = lockout.unlock(queryset, by=request.user, now=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
            return
        messages.success(
            request, gettext("They can be tried again: %(names)s.") % {"names": ", ".join(names)}
        )


@admin.register(Authenticator)
class SecondFactorAdmin(OnlyLookedAt):
    list_display = ["user", "type", "created_at", "last_used_at"]
    # Never `data`: it holds the secret.
    fields = list_display
    list_select_related = ["user"]
    search_fields = ["user__username", "user__email"]
    actions = ["forget"]

    @admin.action(description=_("Remove: phone and codes are lost"), permissions=["view"])
    def forget(self, request, queryset) -> None:
        people = get_user_model().objects.filter(authenticator__in=queryset).distinct()
        for person in people:
            try:
                second_factor.forget(person, by=request.user, now=timezone.now())
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(
                    request,
                    gettext("%(person)s sets up a new one when they next sign in.")
                    % {"person": person},
                )
