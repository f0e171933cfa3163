"""Every word of the site goes through gettext, and any language finds its way and its side."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from editorial.models import Contributor, Page, Tag
from editorial.states import Kind
from evidence.models import RegulatoryStatus, Source
from stemcell_site import derived_names
from tests import pseudo
from tests.editorial import test_permission_matrix as matrix
from tests.live_pages import live_page, live_term

pytestmark = pytest.mark.django_db

GREEK = "Κείμενο"
# One of everything that the admin can show.
things = matrix.things


def any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


# What the test's own things are called, and names that are the same in every language.
NAMES = (
    *("DOI", "PubMed", "PMC", "PMID", "PMCID", "GRADE", "JSON", "CSV", "SVG", "UTC", "EU"),
    *("Stem Cells, Checked", "Written for a test"),
)
THINGS = (
    r"[Aa]n?[ -](?:article|disease|therapy|term|study)",
    *("Multiple sclerosis", "multiple-sclerosis", "Autologous HSCT", "autologous-hsct"),
    *("author", "medic", "Medic", "Medical Reviewer", "admin", r"example\.(?:com|org)"),
    *("None declared", "It is wrong", "side effects", r"[0-9a-f]{64}"),
)
# Kept as they are written: names of roles, verbs of the audit trail, the standards of the rules.
AS_WRITTEN = (
    *("Author", "Editor", "Medical reviewer", "Publisher", "began page", "made preview link"),
    *("draft", r"P\d+, .+"),
)
# Said by Django and by other people's apps, and not by us.
OF_OTHERS = ("True", "False", "Search", "Axes", "Authenticators", "Id", "Lock number")
# The admin's stock screens, those of other people's models, and what one kind of page shows as
# another does.
LEFT_OUT = re.compile(
    r"(auth_(user|group)|axes_\w+|mfa_\w+|sites_site|redirects_redirect)_"
    r"(changelist|add|change|delete|history|password_change)$|\w+_delete$|app_list$"
    r"|(evidence|search|editorial)_\w+_history$|(articles_disease|articles_therapy|glossary_term)_"
    r"(?!add$|change$)"
)


@pytest.fixture
def site(settings):
    """A live page of every kind, with all that such pages can say, written in Greek."""
    settings.SITE_NAME = GREEK
    with pseudo.spoken():
        disease = Tag.objects.create(name="Νόσος", slug="disease", kind=Tag.Kind.DISEASE)
        therapy = Tag.objects.create(name="Αγωγή", slug="therapy", kind=Tag.Kind.THERAPY)
        source = Source.objects.create(
            key="trial",
            kind="trial",
            title="Μελέτη",
            design="randomised_trial",
            people=110,
            year=2019,
            verification="verified",
            checked_on=date(2026, 2, 1),
        )
        private = Source.objects.create(
            key="advert", kind="web_text", title="Αγγελία", is_private=True
        )
        RegulatoryStatus.objects.create(
            therapy=therapy, disease=disease, jurisdiction="EU", status="in_trials", source=source
        )
        Contributor.objects.create(slug="person", name="Μαρία", role="Γιατρός")
        live_term("a-term", title="Όρος", names=["Λέξη"], meaning="Μια λέξη.", tags=[disease])
        claim = {
            "statement": "Βοηθά.",
            "therapy_id": therapy.pk,
            "disease_id": disease.pk,
            "outcome": "Υποτροπή",
            "direction": "benefit",
            "certainty": "low",
            "comparator": "Σύγκριση",
            "events_treated": 3,
            "people_treated": 55,
            "events_compared": 30,
            "people_compared": 55,
            "citations": [{"source": "trial", "place": ""}],
        }
        checked = {
            "quote": "Λόγια",
            "source_id": private.pk,
            "verdict": "wrong",
            "why": "Διότι.",
            "therapy_id": therapy.pk,
            "disease_id": disease.pk,
            "citations": [{"source": "trial", "place": ""}],
        }
        told = {
            "summary": "Περίληψη.",
            "body": "<h2>Τίτλος</h2><p>Όρος και κείμενο."
            '<cite data-source="trial" data-place=""></cite></p>'
            '<h2 data-part="harms">Άλλα</h2><p>Κείμενο.</p>',
            "tags": [disease, therapy],
        }
        parts = {
            "key_messages": [{"text": "Πρώτο."}, {"text": "Άλλο."}, {"text": "Τρίτο."}],
            "claims": [claim],
            "checked_claims": [checked],
            "also_called": [{"name": "Αλλιώς"}],
        }
        live_page("article", title="Άρθρο", parts=parts, **told)
        live_page("disease", title="Νόσος", kind=Kind.DISEASE, tag=disease, parts=parts, **told)
        live_page("therapy", title="Αγωγή", kind=Kind.THERAPY, tag=therapy, parts=parts, **told)
        yield


PUBLIC = (
    *("/", "/articles/", "/articles/article/", "/articles/?q=ωω&tag=ωω", "/diseases/"),
    *("/diseases/disease/", "/therapies/", "/therapies/therapy/", "/tags/disease/"),
    *("/glossary/", "/glossary/a-term/", "/people/person/", "/appointment/", "/claims/"),
    *("/evidence/", "/evidence/?view=list", "/evidence/therapy/disease/", "/evidence/map.svg"),
    *("/sources/", "/sources/trial/", "/search/", "/search/?q=Όρος", "/search/?q=ωωω"),
    *("/about/", "/about/editorial-policy/", "/about/funding/", "/about/privacy/"),
    *("/about/accessibility/", "/about/contact/", "/about/contact/thanks/", "/about/corrections/"),
    *("/nothing/here/", "/admin/login/"),
)


def left_in_english(pages: dict[str, str], *names: str) -> dict[str, list[str]]:
    but = any_of(*NAMES, *names)
    return {name: left for name, page in pages.items() if (left := pseudo.untranslated(page, but))}


def test_every_word_before_the_public_goes_through_gettext(client, rf, site, index):
    """The pages that need no view, too: what stands on them when all else fails."""
    pages = {address: client.get(address).text for address in PUBLIC}
    request = rf.get("/")
    pages |= {
        name: render_to_string(name, request=request)
        for name in ("403.html", "500.html", "gone.html")
    }

    assert left_in_english(pages) == {}


def test_every_word_before_staff_goes_through_gettext(things, admin, client):
    client.force_login(admin)
    pages = {}
    with pseudo.spoken():
        for route, name in matrix.routes():
            if name not in matrix.FOR_EVERYBODY and not LEFT_OUT.match(name):
                path = matrix.address(route, name, things) + matrix.QUERIES.get(name, "")
                response = client.get(path)
                if response.status_code == 200 and "html" in response["Content-Type"]:
                    pages[path] = response.text

    assert left_in_english(pages, *THINGS, *AS_WRITTEN, *OF_OTHERS) == {}


def test_every_name_that_django_derives_is_told_to_makemessages():
    """And none is told that no model has any more."""
    derived = set()
    for room in derived_names.ROOMS:
        for model in apps.get_app_config(room).get_models():
            options = model._meta
            made = {"verbose_name", "verbose_name_plural"} - options.original_attrs.keys()
            derived |= {str(getattr(options, name)) for name in made}
            for field in (*options.local_fields, *options.local_many_to_many):
                if "verbose_name" not in field.deconstruct()[3]:
                    derived.add(str(field.verbose_name))

    assert derived == derived_names.NAMES


# --- the page's own language and side -------------------------------------------------------


def test_a_page_says_its_language_and_from_which_side_it_is_read(rf):
    pages = {}
    for language in ("en-gb", "ar"):
        with translation.override(language):
            pages[language] = [
                render_to_string(name, request=rf.get("/")) for name in ("404.html", "500.html")
            ]

    assert '<html lang="en-GB" dir="ltr">' in pages["en-gb"][0]
    assert all('<html lang="ar" dir="rtl">' in page for page in pages["ar"])


def test_around_a_text_in_another_language_that_language_is_spoken(client, settings):
    settings.LANGUAGES = [("en-gb", "English"), ("ar", "Arabic")]
    version = live_page("article", title="Κείμενο")
    Page.objects.filter(pk=version.page_id).update(language="ar")

    assert '<html lang="ar" dir="rtl">' in client.get(version.get_absolute_url()).text
    assert '<html lang="en-GB" dir="ltr">' in client.get("/articles/").text


ROOT = Path(settings.BASE_DIR)
# `left` and `right` where lines may run the other way: of a shorthand only what has two sides.
PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset)-(?:left|right)\b|(?<![\w-])(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius|translate(?:X\(|:)"
)
# A hand-made form of a date; `c`, `e` and Y-m-d are for machines.
HAND_MADE = re.compile(r'\|(?:date|time):"(?![A-Z]+_|[ce]"|Y-m-d)')


def test_styles_know_where_a_line_begins_and_not_left_from_right():
    styles = [*ROOT.glob("static/**/*.css")]

    assert styles
    assert {
        str(path): PHYSICAL.findall(path.read_text())
        for path in styles
        if PHYSICAL.search(path.read_text())
    } == {}


def test_no_template_makes_the_form_of_a_date_by_hand():
    templates = [*ROOT.glob("templates/**/*.html")]

    assert templates
    assert [path for path in templates if HAND_MADE.search(path.read_text())] == []
