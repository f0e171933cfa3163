"""The home page, everything under a tag, and the people behind the pages."""

from itertools import groupby

from django.db.models import Case, F, Q, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Disease, Therapy
from editorial.addresses import destination_of
from editorial.filtering import page_of
from editorial.models import Contributor, Version
from editorial.same_for_everyone import same_for_everyone
from editorial.states import Kind
from editorial.structured import profile, website
from editorial.vocabulary import Vocabulary
from evidence.map import read_map
from evidence.models import CheckedClaim

TAGGED_A_PAGE = 100
NEWEST = 3
# Articles that the front page leads to by name, where they are live.
GUIDES = {
    "offer": "how-to-judge-a-clinics-offer",
    "transplant": "how-a-stem-cell-transplant-works-step-by-step",
}
HEADINGS = {
    Kind.DISEASE: _("Diseases"),
    Kind.THERAPY: _("Therapies"),
    Kind.ARTICLE: _("Articles"),
    Kind.TERM: _("Glossary"),
}


@same_for_everyone()
def home(request: HttpRequest) -> HttpResponse:
    kept_up = Version.objects.live().kept_up()
    diseases = list(_for_cards(Disease, "disease_facts").order_by("title"))
    therapies = list(_for_cards(Therapy, "therapy_facts").order_by("title"))
    # The guides first, then what was reviewed last, then what was published last.
    named = list(GUIDES.values())
    articles = _for_cards(Article, "article_facts").order_by(
        Case(When(page__slug__in=named, then=0), default=1),
        F("reviewed_on").desc(nulls_last=True),
        "-published_at",
        "title",
    )[: len(named) + NEWEST]
    by_slug = {article.page.slug: article for article in articles}
    reviewed = [it for it in (*diseases, *therapies, *articles) if it.reviewed_on]
    checked = CheckedClaim.objects.filter(version__in=kept_up).exclude(verdict="holds")
    return render(
        request,
        "home.html",
        {
            "diseases": diseases,
            "therapies": therapies,
            "map": read_map().kept_up(),
            "reviewed": sorted(reviewed, key=lambda it: it.reviewed_on, reverse=True)[:NEWEST],
            "newest": [it for slug, it in by_slug.items() if slug not in named][:NEWEST],
            **{name: by_slug.get(slug) for name, slug in GUIDES.items()},
            "checked": checked.select_related("version__page")
            .defer("version__body")
            .order_by("-version__published_at", "position")[:3],
            "term_count": Version.objects.live().of_kind(Kind.TERM).count(),
            "structured": [website()],
        },
    )


def _for_cards(pages, facts: str):
    """The live pages of a kind that may be put forward, without their texts."""
    return pages.objects.live().kept_up().select_related("page", facts).defer("body")


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    vocabulary = Vocabulary()
    found = vocabulary.by_slug.get(slug)
    if found is None:
        if elsewhere := destination_of(request.path):
            return HttpResponsePermanentRedirect(elsewhere)
        raise Http404(gettext("There is no such tag."))
    if found.slug != slug:
        return redirect(found, permanent=True)
    versions = (
        Version.objects.live()
        .tagged(vocabulary.ids_below([slug]))
        .for_lists()
        .order_by("page__kind", "title", "pk")
    )
    page = page_of(versions, request.GET, size=TAGGED_A_PAGE)
    groups = groupby(page, key=lambda version: Kind(version.page.kind))
    return render(
        request,
        "tags/tag.html",
        {
            "tag": found,
            "parent": found.parent,
            "children": vocabulary.children_of(found),
            "groups": sorted(
                ((HEADINGS[kind], list(group)) for kind, group in groups),
                key=lambda group: list(HEADINGS.values()).index(group[0]),
            ),
            "page_obj": page,
            "total": page.paginator.count,
        },
    )


@same_for_everyone()
def person(request: HttpRequest, slug: str) -> HttpResponse:
    contributor = get_object_or_404(Contributor, slug=slug)
    live = Version.objects.live().select_related("page").defer("body").order_by("title")
    user = contributor.user_id
    # A live correction keeps the words and the signatures of the version that it corrects.
    wrote = Q(wrote__user=user) | Q(corrects__wrote__user=user)
    signed = Q(sign_offs__contributor=contributor) | Q(corrects__sign_offs__contributor=contributor)
    return render(
        request,
        "people/person.html",
        {
            "contributor": contributor,
            "structured": profile(contributor),
            "is_statement_current": contributor.has_declared_conflicts(timezone.localdate()),
            "wrote": live.filter(wrote).distinct() if user else live.none(),
            "signed": live.filter(signed).distinct(),
        },
    )
