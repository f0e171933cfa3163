"""Take this to your appointment: the questions of a page, to tick, add to and print.

What a reader ticks and writes stays in their browser: nothing on this page is sent.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.questions import PART, questions_in
from editorial.models import Version
from editorial.rendering import KIND_OF_PATH, PAGE_ADDRESS
from editorial.states import Kind

MOST_PAGES = 60


def appointment(request: HttpRequest) -> HttpResponse:
    """Two queries at most. A page that is unknown, or has no questions, is said so."""
    asked = request.GET.get("page", "")
    version = _page_at(asked)
    questions = questions_in(version.body) if version else []
    context = {
        "version": version if questions else None,
        "questions": questions,
        "is_unknown": bool(asked) and not questions,
        "others": _pages_with_questions(version),
    }
    return render(request, "articles/appointment.html", context)


def _page_at(address: str) -> Version | None:
    found = PAGE_ADDRESS.match(address)
    if found is None:
        return None
    versions = Version.objects.live().of_kind(KIND_OF_PATH[found[1]])
    return versions.filter(page__slug=found[2]).select_related("page").first()


def _pages_with_questions(shown: Version | None) -> list[Version]:
    """Where else there are questions: diseases, then therapies."""
    kinds = [Kind.DISEASE, Kind.THERAPY]
    live = Version.objects.live().filter(page__kind__in=kinds, body__contains=f'data-part="{PART}"')
    if shown:
        live = live.exclude(pk=shown.pk)
    rows = live.select_related("page").defer("body", "summary").order_by("page__kind", "title")
    return list(rows[:MOST_PAGES])
