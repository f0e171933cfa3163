"""The public pages on which readers talk back: contact, thanks, and the log of corrections.

Other public pages carry a link and two buttons that lead here, the same for everybody, so that any
cache can keep them. What is typed here is kept by no cache.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from editorial import corrections_log
from editorial.feedback import helpful as counts
from editorial.feedback import reports, senders, traps
from editorial.feedback.forms import ReportForm
from editorial.feedback.places import path_of
from editorial.filtering import page_of
from editorial.models import Report
from editorial.same_origin import is_same_origin

LINES_A_PAGE = 20
THANKS = "/about/contact/thanks/"

never_kept = cache_control(private=True, no_store=True)


# No token: a page that nobody keeps needs none, and `is_same_origin` looks where a form came from.
@csrf_exempt
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        return _report(request, ReportForm(request.POST))
    about, kind = path_of(request.GET.get("about", "")), request.GET.get("kind", "")
    started = {"about": about, "opened": traps.opened(now)}
    if kind in Report.Kind.values or about:
        started["kind"] = kind if kind in Report.Kind.values else Report.Kind.ERROR
    return _show(request, ReportForm(initial=started))


def _report(request: HttpRequest, form: ReportForm) -> HttpResponse:
    now = timezone.now()
    if not is_same_origin(request):
        form.add_error(None, _("This did not come from our own page: send it again."))
        return _show(request, form, status=403)
    if not form.is_valid():
        return _show(request, form, status=422)
    told, is_suspect = form.cleaned_data, form.is_suspect(now)
    limit = senders.SUSPECTS if is_suspect else senders.REPORTS
    try:
        senders.require_room(
            f"report {is_suspect}", limit, sender=senders.sender_of(request), now=now
        )
    except senders.TooMany as refused:
        return _too_many(request, refused, form=form)
    reports.send(
        kind=told["kind"],
        text=told["text"],
        email=told["email"],
        address=form.address,
        is_suspect=is_suspect,
        now=now,
    )
    return _thank(form.address, said="report")


def _show(request: HttpRequest, form: ReportForm, *, status: int = 200) -> HttpResponse:
    return render(request, "feedback/contact.html", {"form": form}, status=status)


@csrf_exempt
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def helpful(request: HttpRequest) -> HttpResponse:
    """The two buttons at the foot of a page. Whoever comes by a link finds the form."""
    address, answer = path_of(request.POST.get("page", "")), request.POST.get("helpful", "")
    if request.method != "POST" or answer not in ("yes", "no"):
        return HttpResponseRedirect("/about/contact/")
    if not is_same_origin(request):
        form = ReportForm(initial={"about": address, "opened": traps.opened(timezone.now())})
        return _show(request, form, status=403)
    now = timezone.now()
    try:
        senders.require_room("helpful", senders.ANSWERS, sender=senders.sender_of(request), now=now)
    except senders.TooMany as refused:
        return _too_many(request, refused, about=address)
    counts.count(address, helped=answer == "yes", now=now)
    return _thank(address, said=answer)


def _too_many(
    request: HttpRequest,
    refused: senders.TooMany,
    *,
    form: ReportForm | None = None,
    about: str = "",
) -> HttpResponse:
    """Says when to try again; what was typed is still there."""
    shown = {"form": form, "minutes": refused.minutes, "about": form.address if form else about}
    response = render(request, "feedback/too_many.html", shown, status=429)
    response["Retry-After"] = str(refused.minutes * 60)
    return response


def _thank(address: str, *, said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{THANKS}?{urlencode({'said': said, 'about': address})}")


@never_kept
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """After “no”, with the one question that helps us: what was missing?"""
    said, about = request.GET.get("said", ""), path_of(request.GET.get("about", ""))
    started = {"kind": Report.Kind.MISSING, "about": about, "opened": traps.opened(timezone.now())}
    form = ReportForm(initial=started) if said == "no" else None
    return render(request, "feedback/thanks.html", {"said": said, "about": about, "form": form})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    every = corrections_log.entries()
    years = every.years()
    asked = request.GET.get("year", "")
    year = next((year for year, _lines in years if str(year) == asked), None)
    page = page_of(corrections_log.entries(year=year), request.GET, size=LINES_A_PAGE)
    context = {"page_obj": page, "years": years, "year": year, "entries": list(page)}
    return render(request, "feedback/corrections.html", context)
