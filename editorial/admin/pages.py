"""The identity of pages, their addresses, and the picker that the editor uses to link to one."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial import ledger
from editorial.addresses import move_page
from editorial.admin.forms import ColleagueField
from editorial.models import Page, Version
from editorial.refusals import Refused

MOST_PICKED = 12


class AddressForm(forms.Form):
    slug = forms.CharField(
        label=_("New address"),
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("The last part of the page’s address, in small letters with hyphens."),
    )


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    list_display = ["slug", "kind", "owner", "backup_owner", "review_months", "specialty"]
    list_filter = ["kind", "specialty", "owner"]
    list_select_related = ["owner", "backup_owner"]
    search_fields = ["slug", "versions__title"]
    fields = ["owner", "backup_owner", "review_months", "specialty", "language"]
    change_form_template = "editorial/admin/page.html"

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("pick/", view(self.pick), name="editorial_page_pick"),
            path("<int:pk>/move/", view(self.move), name="editorial_page_move"),
            *super().get_urls(),
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Owners are colleagues by name: the list of accounts is for administrators alone."""
        if db_field.name not in ("owner", "backup_owner"):
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        name = capfirst(db_field.verbose_name)
        return ColleagueField(label=name, required=False, empty_label=gettext("Nobody yet"))

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            changed = ", ".join(str(form[name].label).lower() for name in form.changed_data)
            now = timezone.now()
            ledger.record("changed page", by=request.user, now=now, page=obj, comment=changed)

    def move(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a page another address; what is refused is shown, and what was typed is kept."""
        page = get_object_or_404(Page, pk=pk)
        if not self.has_change_permission(request, page):
            raise PermissionDenied
        held = page.get_absolute_url()
        form = AddressForm(request.POST or None, initial={"slug": page.slug})
        if form.is_valid():
            slug = form.cleaned_data["slug"]
            try:
                move_page(page, slug=slug, by=request.user, now=timezone.now())
            except Refused as refused:
                form.add_error("slug", str(refused))
            else:
                messages.success(
                    request,
                    gettext("Its address is %(address)s now.")
                    % {"address": page.get_absolute_url()},
                )
                return HttpResponseRedirect(reverse("admin:editorial_page_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Change the address"),
            "opts": self.opts,
            "page": page,
            "address": held,
            "was_public": page.versions.exclude(published_at=None).exists(),
            "form": form,
        }
        return TemplateResponse(request, "editorial/admin/move_page.html", context)

    def pick(self, request: HttpRequest) -> JsonResponse:
        """Live pages whose title holds the words: {"results": [{id, title, kind, url}]}."""
        if not request.user.has_perm("editorial.view_page"):
            raise PermissionDenied
        found = Version.objects.live().select_related("page").only("title", "page")
        for word in request.GET.get("q", "")[:100].split():
            found = found.filter(title__icontains=word)
        results = [
            {
                "id": version.page_id,
                "title": version.title,
                "kind": version.page.get_kind_display(),
                "url": version.get_absolute_url(),
            }
            for version in found.order_by("title")[:MOST_PICKED]
        ]
        return JsonResponse({"results": results})
