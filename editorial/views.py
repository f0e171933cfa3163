"""The one public address of the newsroom: an unpublished version, by a preview link."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from editorial import rendering, sharing
from editorial.models import PreviewLink, Version
from editorial.reading import page_template, shown
from editorial.refusals import Refused
from editorial.same_origin import is_same_origin
from editorial.states import State
from editorial.talking import MOST_LETTERS

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    # The address is the key: no site that the page links to may learn it.
    "Referrer-Policy": "no-referrer",
}
NOT_OURS = _("This comment did not come from this page, so it was not kept: send it again.")


class GuestForm(forms.Form):
    """A comment by somebody without an account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"class": "field-input", "autocomplete": "name"}),
    )
    text = forms.CharField(
        label=_("Your comment"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"class": "field-input", "rows": 6}),
    )
    # Nobody sees this field; machines fill it in.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")


# No token: a page that nobody keeps needs none, and `is_same_origin` looks where a form came from.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The version of a link that is good still. Looking at it, however often, changes nothing."""
    link = sharing.link_of(token)
    response = _answer(request, link) if link else _ended(request, status=404)
    for name, value in HEADERS.items():
        response[name] = value
    return response


def _answer(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    version = link.version
    if not PreviewLink.objects.valid(timezone.now()).filter(pk=link.pk).exists():
        return _ended(request, status=410)
    if version.state in (State.LIVE, State.SUPERSEDED):
        return _published(request, version)
    if not version.is_open:
        return _ended(request, status=410)
    if request.method == "POST":
        return _comment(request, link)
    return _show(request, link, GuestForm())


def _comment(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    form = GuestForm(request.POST)
    if not is_same_origin(request):
        form.add_error(None, NOT_OURS)
        return _show(request, link, form, status=403)
    if not form.is_valid():
        return _show(request, link, form, status=422)
    if not form.cleaned_data["website"]:
        name, text = form.cleaned_data["name"], form.cleaned_data["text"]
        try:
            sharing.comment_by_link(link, name=name, text=text, now=timezone.now())
        except sharing.TooMany as refused:
            form.add_error(None, str(refused))
            return _show(request, link, form, status=429)
        except Refused as refused:
            form.add_error(None, str(refused))
            return _show(request, link, form, status=409)
    return HttpResponseRedirect(f"{request.path}?sent=1#comment")


def _show(
    request: HttpRequest, link: PreviewLink, form: GuestForm, *, status: int = 200
) -> HttpResponse:
    version = link.version
    context = shown(version, rendering.render(version)) | {
        "page_template": page_template(version.page.kind),
        "link": link,
        "form": form,
        "is_sent": "sent" in request.GET and not form.is_bound,
    }
    return render(request, "preview/preview.html", context, status=status)


def _published(request: HttpRequest, version: Version) -> HttpResponse:
    live = Version.objects.live().filter(page=version.page_id).select_related("page").first()
    if live is None:
        return _ended(request, status=410)
    return render(request, "preview/published.html", {"live": live})


def _ended(request: HttpRequest, *, status: int) -> HttpResponse:
    """The same words for a link that ended and for one that never was: they give nothing away."""
    return render(request, "preview/ended.html", status=status)
