"""Staff: invited by mail, retired without losing what they did."""

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial import people
from editorial.models import Contributor
from editorial.refusals import Refused

User = get_user_model()
admin.site.unregister(User)


@admin.register(User)
class StaffAdmin(UserAdmin):
    list_display = ["username", "email", "first_name", "last_name", "roles", "is_active"]
    list_filter = ["is_active", "groups"]
    change_form_template = "editorial/admin/person.html"
    add_form_template = "editorial/admin/invite.html"
    add_fieldsets = [(None, {"fields": ["username", "email", "first_name", "last_name", "groups"]})]
    # What somebody may do follows from their roles alone: no rights of single people.
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Role"), {"fields": ["groups", "is_staff", "is_superuser"]}),
        (_("Account"), {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    filter_horizontal: list = []
    readonly_fields = ["last_login", "date_joined"]

    def get_readonly_fields(self, request, obj=None):
        """An account is closed by retiring its person, and can be opened again here."""
        is_open = obj is not None and obj.is_active
        return [*self.readonly_fields, "is_active"] if is_open else self.readonly_fields

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, user) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = people_form()
            return super(UserAdmin, self).get_form(request, obj, change=change, **kwargs)
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            people.invite(form.instance, by=request.user, now=timezone.now())
            messages.success(
                request,
                gettext("An invitation is on its way to %(email)s.")
                % {"email": form.instance.email},
            )

    def has_delete_permission(self, request, obj=None) -> bool:
        """Nobody is deleted: history would lose its people. They are retired."""
        return False

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/invite/", view(self.invite_again), name="auth_user_invite"),
            path("<int:pk>/retire/", view(self.retire), name="auth_user_retire"),
            *super().get_urls(),
        ]

    def invite_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        user = get_object_or_404(User, pk=pk)
        if request.method == "POST":
            try:
                people.invite(user, by=request.user, now=timezone.now())
                messages.success(
                    request,
                    gettext("A new invitation is on its way to %(email)s.") % {"email": user.email},
                )
            except Refused as refused:
                messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))

    def retire(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        user = get_object_or_404(User, pk=pk)
        back = HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": gettext("Retire %(person)s") % {"person": user},
                "person": user,
                "owned": user.owned_pages.count(),
            }
            return TemplateResponse(request, "editorial/admin/retire.html", context)
        try:
            ownerless = people.retire(user, by=request.user, now=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
            return back
        messages.success(
            request,
            gettext(
                "%(user)s is retired. Everything they did stays. Pages without an "
                "owner: %(ownerless)s."
            )
            % {"user": user, "ownerless": ownerless},
        )
        return back


def people_form():
    """The invitation: a name, an address, a role; the password is the invited person's own."""
    from editorial.admin.forms import InvitationForm

    return InvitationForm


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    """The four roles, to be seen: what each may do is written in `editorial/roles.py`."""

    search_fields = ["name"]
    ordering = ["name"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Contributor)
class ContributorAdmin(admin.ModelAdmin):
    list_display = ["name", "role", "specialty", "conflicts_declared_on", "user"]
    list_filter = ["specialty", "is_demonstration"]
    list_select_related = ["user"]
    search_fields = ["name", "credentials", "user__username"]
    autocomplete_fields = ["user"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["is_demonstration"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
