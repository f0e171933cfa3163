"""The one form in which readers write to the newsroom."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from editorial.feedback.places import path_of
from editorial.feedback.traps import looks_like_spam, seconds_since
from editorial.models import Report
from editorial.models.feedback import MOST_LETTERS

MOST_TYPED = {"text": MOST_LETTERS, "about": 400, "email": 254}


class ReportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Report.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    about = forms.CharField(
        label=_("Which page?"),
        required=False,
        max_length=MOST_TYPED["about"],
        help_text=_("Its address on this site, if it is about one page."),
        widget=forms.TextInput(attrs={"class": "field-input", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("What do you want to tell us?"),
        max_length=MOST_TYPED["text"],
        help_text=_("For an error: which words are wrong, and how you know."),
        widget=forms.Textarea(attrs={"class": "field-input", "rows": 7}),
        error_messages={"required": _("Write what you want to tell us.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address (optional)"),
        required=False,
        help_text=_("Only if you want an answer. We use it for nothing else."),
        widget=forms.EmailInput(attrs={"class": "field-input", "autocomplete": "email"}),
        error_messages={
            "invalid": _(
                "This is no e-mail address: write it as name@example.org, or leave it out."
            )
        },
    )
    # Nobody sees this field; machines fill it in.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data and without_rubbish(data), initial=initial, label_suffix="")

    @property
    def address(self) -> str:
        """The page of this site that it is about, if the form names one."""
        typed = self.data.get("about") if self.is_bound else self.initial.get("about")
        return path_of(typed or "")

    def is_suspect(self, now) -> bool:
        told = self.cleaned_data
        seconds = seconds_since(told["opened"], now)
        return looks_like_spam(told["text"], trap=told["website"], seconds=seconds)


def without_rubbish(data: QueryDict) -> QueryDict:
    """What no keyboard types and no database keeps."""
    clean = data.copy()
    for name, values in data.lists():
        clean.setlist(name, [value.replace("\x00", "") for value in values])
    return clean
