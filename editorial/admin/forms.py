from django import forms
from django.contrib.admin import site
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.contrib.auth import get_user_model
from django.core.validators import validate_slug
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.models import Page, Tag, Version, VersionTag
from editorial.names import name_of
from editorial.rendering import hold_page_ids
from editorial.states import Kind


class ColleagueField(forms.ModelChoiceField):
    """One of the staff who are here, by name."""

    def __init__(self, **kwargs) -> None:
        here = get_user_model().objects.filter(is_active=True, is_staff=True)
        super().__init__(here.order_by("first_name", "last_name", "username"), **kwargs)

    def label_from_instance(self, person) -> str:
        return name_of(person)


class SeveralChoices(AutocompleteSelectMultiple):
    """Without the cross that takes everything away at once."""

    def build_attrs(self, base_attrs, extra_attrs=None) -> dict:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


class InvitationForm(forms.ModelForm):
    email = forms.EmailField(label=_("E-mail"), required=True)

    class Meta:
        model = get_user_model()
        fields = ["username", "email", "first_name", "last_name", "groups"]
        widgets = {"groups": forms.CheckboxSelectMultiple}


class BeginForm(forms.ModelForm):
    """A new page: its title and address, and for a disease or therapy the tag it is the page of."""

    slug = forms.CharField(
        label=_("Address"),
        max_length=100,
        validators=[validate_slug],
        help_text=_("The last part of the page’s address, in small letters with hyphens."),
    )
    page_tag = forms.ModelChoiceField(
        Tag.objects.none(),
        label=_("Tag"),
        help_text=_("The disease or therapy this is the page of."),
    )

    kind: Kind

    class Meta:
        model = Version
        fields = ["title"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.kind in (Kind.DISEASE, Kind.THERAPY):
            self.fields["page_tag"].queryset = Tag.objects.current().filter(
                kind=self.kind, pages__isnull=True
            )
        else:
            del self.fields["page_tag"]

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].lower()
        if Page.objects.filter(kind=self.kind, slug=slug).exists():
            raise forms.ValidationError(gettext("There is a page with this address already."))
        return slug

    def identity(self) -> dict:
        """Further fields of the page, beside kind, slug and title."""
        tag = self.cleaned_data.get("page_tag")
        is_quick_to_age = self.kind == Kind.THERAPY
        return {"tag": tag, "review_months": 12 if is_quick_to_age else 36}


class WriteForm(forms.ModelForm):
    """The open version. Refuses to save over what was saved since the form was opened.

    `save_over` is the lock number of a text that its writer has been shown and chose to replace.
    """

    lock_number = forms.IntegerField(widget=forms.HiddenInput)
    save_over = forms.IntegerField(required=False, widget=forms.HiddenInput)
    tags = forms.ModelMultipleChoiceField(
        Tag.objects.current(),
        label=_("Tags"),
        required=False,
        widget=SeveralChoices(VersionTag._meta.get_field("tag"), site),
    )

    class Meta:
        model = Version
        fields = ["title", "summary", "body", "how_made", "evidence_searched_on", "tags"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}

    # What is stored, when the form was opened before that was saved.
    stored: Version | None = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["lock_number"] = self.instance.lock_number
            self.initial["tags"] = list(self.instance.tags.all())

    def clean_body(self) -> str:
        return hold_page_ids(self.cleaned_data["body"])

    def clean(self) -> dict:
        cleaned = super().clean()
        stored = Version.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
        if cleaned.get("lock_number") == stored.lock_number:
            return cleaned
        if cleaned.get("save_over") != stored.lock_number:
            self.stored = stored
            raise forms.ValidationError(
                gettext(
                    "This text was saved after you opened it, so yours was not saved. What "
                    "you typed is still here: compare the two texts, then choose which of "
                    "them stays."
                )
            )
        # Also for the form that is shown again if another field is refused.
        sent = self.data.copy()
        sent[self.add_prefix("lock_number")] = stored.lock_number
        self.data = sent
        self.cleaned_data["lock_number"] = stored.lock_number
        return self.cleaned_data
