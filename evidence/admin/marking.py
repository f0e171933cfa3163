"""The screen on which words of a stored document become checked claims."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator, capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.models import Tag, Version
from editorial.refusals import Refused
from editorial.states import State
from evidence import identifiers
from evidence.identifiers import BadIdentifier
from evidence.marking import (
    MOST_LETTERS,
    check_words,
    checked_of,
    drafts_for,
    marks_of,
    paragraphs,
    quote_at,
)
from evidence.models import DocumentText, Source
from evidence.models.claim import Verdict

SOURCES = 3
HELP_ON_SOURCES = gettext_lazy(
    "Begin to type a name or an author and choose. Or give its key as in the list of sources, for "
    "example burt-2019-mist, its DOI or its PubMed number."
)


class SourceField(forms.CharField):
    """One public source, by its key, DOI or PubMed number: so it can be typed without a script."""

    def clean(self, value: Any) -> Source | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = Q(key__iexact=typed)
        for name, in_form in (("doi", identifiers.doi), ("pmid", identifiers.pmid)):
            try:
                found |= Q(**{f"{name}__iexact": in_form(typed)})
            except BadIdentifier:
                continue
        source = Source.objects.public().filter(found).first()
        if source is None:
            raise forms.ValidationError(
                _("There is no source “%(typed)s”: give its key, its DOI or its PubMed number.")
                % {"typed": typed}
            )
        return source


class DraftField(forms.ModelChoiceField):
    def label_from_instance(self, version: Version) -> str:
        title = Truncator(str(version)).chars(70)
        if version.state == State.DRAFT:
            return _("%(title)s (draft)") % {"title": title}
        return _("%(title)s (%(state)s: becomes a draft again, unsigned)") % {
            "title": title,
            "state": version.get_state_display(),
        }


class TagField(forms.ModelChoiceField):
    def __init__(self, kind: Tag.Kind, **kwargs: Any) -> None:
        tags = Tag.objects.current().filter(kind=kind).order_by("name")
        super().__init__(tags, required=False, empty_label=_("None in particular"), **kwargs)


class MarkForm(forms.Form):
    typed = forms.CharField(
        label=gettext_lazy("The words"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=format_lazy(
            gettext_lazy("Exactly as they stand in the text; at most {most} letters."),
            most=MOST_LETTERS,
        ),
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("Our verdict"),
        widget=forms.RadioSelect,
        choices=[(value, capfirst(label)) for value, label in Verdict.choices],
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy("One to three plain sentences: what studies show."),
    )
    therapy = TagField(Tag.Kind.THERAPY)
    disease = TagField(Tag.Kind.DISEASE)

    def __init__(
        self, *args: Any, document: DocumentText, by: Any, quote: str = "", **kwargs: Any
    ) -> None:
        drafts = drafts_for(document, by=by)
        first = drafts.first()
        initial = {"typed": quote, "draft": first.pk if first else None}
        super().__init__(
            *args, initial=initial | kwargs.pop("initial", {}), label_suffix="", **kwargs
        )
        for number in range(1, SOURCES + 1):
            self.fields[f"source_{number}"] = SourceField(
                label=_("Source %(number)s") % {"number": number},
                required=False,
                widget=forms.TextInput(attrs={"class": "vTextField", "list": "known-sources"}),
            )
            self.fields[f"place_{number}"] = forms.CharField(
                label=_("Place %(number)s") % {"number": number},
                required=False,
                max_length=120,
                widget=forms.TextInput(attrs={"class": "vTextField", "placeholder": "Table 2"}),
            )
        self.fields["draft"] = DraftField(drafts, label=_("Into the article"), empty_label=None)
        self.has_drafts = first is not None

    @property
    def cites(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"source_{it}"], self[f"place_{it}"]) for it in range(1, SOURCES + 1)]

    @property
    def citations(self) -> list[dict[str, str]]:
        told = self.cleaned_data
        pairs = [(told[f"source_{it}"], told[f"place_{it}"]) for it in range(1, SOURCES + 1)]
        return [{"source": source.key, "place": place} for source, place in pairs if source]


class Marking(admin.ModelAdmin):
    """Adds the screen to the admin of sources."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.mark_claims)
        return [
            path("<int:pk>/claims/", view, name="evidence_source_mark_claims"),
            *super().get_urls(),
        ]

    def mark_claims(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text with its marks, and the form that makes a checked claim of some of its words."""
        source = get_object_or_404(Source.objects.select_related("document__article"), pk=pk)
        if not self.has_view_permission(request, source):
            raise PermissionDenied
        document = getattr(source, "document", None) or DocumentText(source=source)
        form = MarkForm(
            request.POST or None, document=document, by=request.user, **_asked(request, document)
        )
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, _check(form, document, by=request.user))
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                here = reverse("admin:evidence_source_mark_claims", args=[pk])
                draft = form.cleaned_data["draft"].pk
                return HttpResponseRedirect(f"{here}?draft={draft}#checked")
        checked = checked_of(source)
        marks = marks_of(document, checked)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Mark claims"),
            "source": source,
            "document": document,
            "paragraphs": paragraphs(document.text, marks),
            "flags": [mark for mark in marks if mark.kind == "flag"],
            "checked": checked,
            "form": form,
            "help_on_sources": HELP_ON_SOURCES,
        }
        return TemplateResponse(request, "evidence/admin/marking.html", context)


def _check(form: MarkForm, document: DocumentText, *, by: Any) -> str:
    """What was done, in a sentence."""
    told = form.cleaned_data
    version = told["draft"]
    was_under_review = version.state != State.DRAFT
    quote = check_words(
        document,
        version,
        by=by,
        now=timezone.now(),
        typed=told["typed"],
        verdict=told["verdict"],
        why=told["why"],
        citations=form.citations,
        therapy=told["therapy"],
        disease=told["disease"],
    )
    told = _("“%(quote)s” is checked in “%(version)s”.") % {"quote": quote, "version": version}
    if was_under_review:
        return f"{told} {_('It is a draft again: its sign-offs have ended.')}"
    return told


def _asked(request: HttpRequest, document: DocumentText) -> dict[str, Any]:
    """The words of a sentence whose link was followed, and the draft of the claim before."""
    asked: dict[str, Any] = {}
    try:
        start, end = (int(request.GET[name]) for name in ("start", "end"))
    except (KeyError, ValueError):
        pass
    else:
        if 0 <= start < end <= len(document.text):
            asked["quote"] = quote_at(document.text, start, end)
    if request.GET.get("draft", "").isdecimal():
        asked["initial"] = {"draft": request.GET["draft"]}
    return asked
