"""Who may open what: every address of the admin and of previews × every role and nobody at all.

The addresses come from the URL configuration: one that this table does not know fails the test.
"""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from editorial import sharing
from editorial.models import Event, Page, Report
from editorial.states import Kind
from evidence.models import RegulatoryStatus, ReviewFlag, Source, TrustedSite
from search.models import Promotion
from tests.live_pages import begin

PEOPLE = ("anonymous", "stranger", "author", "editor", "medic", "publisher", "admin")
STAFF = frozenset({"author", "editor", "medic", "publisher", "admin"})
WRITERS = frozenset({"author", "editor", "admin"})
EDITORS = frozenset({"editor", "admin"})
PUBLISHERS = frozenset({"publisher", "admin"})
ADMIN = frozenset({"admin"})
NOBODY: frozenset[str] = frozenset()
KINDS = ("articles_article", "articles_disease", "articles_therapy", "glossary_term")

# (see, add, delete) in the stock admin; who may see a form may open it, written in or read-only.
MODELS = {
    **dict.fromkeys(KINDS, (STAFF, WRITERS, NOBODY)),
    "editorial_page": (STAFF, NOBODY, NOBODY),
    "editorial_contributor": (STAFF, PUBLISHERS, NOBODY),
    "editorial_tag": (STAFF, EDITORS, NOBODY),
    "editorial_event": (STAFF, NOBODY, NOBODY),
    # The one of this test is about a page that belongs to the author and the medical reviewer.
    "editorial_report": (STAFF, NOBODY, NOBODY),
    "editorial_helpfulcount": (STAFF, NOBODY, NOBODY),
    "evidence_source": (STAFF, EDITORS, NOBODY),
    "evidence_regulatorystatus": (STAFF, EDITORS, EDITORS),
    "evidence_trustedsite": (STAFF, EDITORS, EDITORS),
    "evidence_reviewflag": (NOBODY, NOBODY, NOBODY),
    "search_promotion": (STAFF, EDITORS, EDITORS),
    "search_searchlog": (STAFF, NOBODY, NOBODY),
    "auth_user": (ADMIN, ADMIN, NOBODY),
    "auth_group": (ADMIN, NOBODY, NOBODY),
    "axes_accessattempt": (ADMIN, NOBODY, NOBODY),
    "mfa_authenticator": (ADMIN, NOBODY, NOBODY),
    "sites_site": (ADMIN, ADMIN, ADMIN),
    "redirects_redirect": (ADMIN, ADMIN, ADMIN),
}
STOCK = {"changelist": 0, "change": 0, "history": 0, "add": 1, "delete": 2}

# What a version's own addresses answer to a GET: <kind>_<verb>.
# Their buttons are for fewer: see test_permission_posts.py.
MOVES = (
    *("start", "correct", "submit", "take", "assign", "send_back", "revert", "discard"),
    *("sign_editorial", "sign_medical", "schedule", "unschedule", "publish", "withdraw"),
)
AROUND = (
    *("compare", "preview", "comment", "resolve", "reopen", "share", "unshare"),
    *("here", "keep", "forget"),
    *("findings", "pass_warning", "take_back_warning", "patient_reading"),
)
VERSION_VERBS = dict.fromkeys((*MOVES, *AROUND), STAFF)
# All other names.
NAMED: dict[str, frozenset[str]] = {
    "index": STAFF | {"stranger"},
    "app_list": STAFF,
    "password_change": STAFF | {"stranger"},
    "password_change_done": STAFF | {"stranger"},
    "jsi18n": STAFF | {"stranger"},
    "autocomplete": STAFF,
    "desk": STAFF | {"stranger"},
    "desk_section": EDITORS | {"medic"},
    "preview": frozenset(PEOPLE),
    "editorial_page_pick": STAFF,
    "editorial_page_move": EDITORS | PUBLISHERS,
    "editorial_event_export": STAFF,
    "editorial_report_take": EDITORS | PUBLISHERS,
    "editorial_report_let_through": EDITORS | PUBLISHERS,
    "auth_user_invite": ADMIN,
    "auth_user_retire": ADMIN,
    "auth_user_password_change": ADMIN,
    "evidence_source_pick": STAFF,
    "evidence_import": EDITORS,
    "evidence_source_import_ris": EDITORS,
    "evidence_source_export_ris": STAFF,
    "evidence_source_leaning": STAFF,
    "evidence_source_mark_claims": STAFF,
    "evidence_source_changed": EDITORS,
    "evidence_reviewflag_answer": EDITORS | {"medic"},
    "editorial_tag_merge": EDITORS,
    "search_searchlog_synonym": EDITORS,
    "editorial_notice_changelist": STAFF | {"stranger"},
    "editorial_notice_read": STAFF | {"stranger"},
    "editorial_notice_open": NOBODY,
}
# The way in and out, which is for everybody; and what only leads on to another address.
FOR_EVERYBODY = {
    "invitation",
    "admin_password_reset",
    "password_reset_done",
    "password_reset_confirm",
    "sign_in",
    "login",
    "logout",
    "view_on_site",
    None,
}


def routes(resolver=None, before: str = "") -> Iterator[tuple[str, str | None]]:
    """(route, name) of every address whose path begins with admin/ or preview/."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        # The pages of one's own account: tests/site/test_signing_in.py.
        elif route.startswith("admin/account/"):
            continue
        elif route.startswith(("admin/", "preview/")):
            yield route, pattern.name


def allowed(name: str) -> frozenset[str] | None:
    """Who may open the address of this name; None if the table does not know it."""
    if name in NAMED:
        return NAMED[name]
    for model, rights in MODELS.items():
        if name.startswith(f"{model}_"):
            verb = name.removeprefix(f"{model}_")
            if verb in STOCK:
                return rights[STOCK[verb]]
            return VERSION_VERBS.get(verb) if model in KINDS else None
    return None


def test_the_table_knows_every_address():
    names = {name for _, name in routes()}

    assert (
        names - FOR_EVERYBODY - {name for name in names if name and allowed(name) is not None}
        == set()
    )


@pytest.fixture
def things(disease, therapy, author, medic):
    """One of everything that an address can be about, by the name of its model."""
    versions = {
        "articles_article": begin("an-article"),
        "articles_disease": begin("a-disease", kind=Kind.DISEASE, tag=disease),
        "articles_therapy": begin("a-therapy", kind=Kind.THERAPY, tag=therapy),
        "glossary_term": begin("a-term", kind=Kind.TERM),
    }
    source = Source.objects.create(key="a-study", title="A study")
    link = sharing.share(
        versions["articles_article"], by=author, now=timezone.now(), made_for="", days=7
    )
    versions["articles_article"].page.owner = author
    versions["articles_article"].page.backup_owner = medic
    versions["articles_article"].page.save()
    return versions | {
        "editorial_report": Report.objects.create(
            kind="error",
            text="It is wrong.",
            page=versions["articles_article"].page,
            sent_at=timezone.now(),
        ),
        "preview": sharing.address_of(link).split("/")[-2],
        "editorial_page": Page.objects.first(),
        "editorial_contributor": medic.contributor,
        "editorial_tag": disease,
        "editorial_event": Event.objects.first(),
        "evidence_source": source,
        "evidence_regulatorystatus": RegulatoryStatus.objects.create(
            therapy=therapy, disease=disease, jurisdiction="EU", status="in_trials", source=source
        ),
        "evidence_trustedsite": TrustedSite.objects.create(host="example.org"),
        "evidence_reviewflag": ReviewFlag.objects.create(
            page=versions["glossary_term"].page, source=source, raised_at=timezone.now()
        ),
        "search_promotion": Promotion.objects.create(
            words="side effects", key="sideeffect", page=versions["glossary_term"].page
        ),
        "axes_accessattempt": AccessAttempt.objects.create(
            username="medic", ip_address="192.0.2.1", failures_since_start=5
        ),
        "mfa_authenticator": Authenticator.objects.create(user=medic, type="totp", data={}),
        "auth_user": medic,
        "auth_group": Group.objects.first(),
        "sites_site": Site.objects.first(),
        "redirects_redirect": Redirect.objects.create(
            site_id=1, old_path="/articles/old/", new_path="/articles/an-article/"
        ),
    }


@pytest.fixture
def clients(stranger, author, editor, medic, publisher, admin):
    people = dict(zip(PEOPLE[1:], (stranger, author, editor, medic, publisher, admin), strict=True))
    found = {name: Client() for name in PEOPLE}
    for name, user in people.items():
        found[name].force_login(user)
    return found


def model_of(name: str) -> str:
    return next((model for model in MODELS if name.startswith(f"{model}_")), "")


def address(route: str, name: str, things) -> str:
    """The path of a route, filled with the thing that its model has."""
    thing = things.get(model_of(name))
    filled = re.sub(r"<(?:int:|path:)?(?:pk|object_id|id)>", str(getattr(thing, "pk", "")), route)
    filled = filled.replace("<slug:key>", "review").replace("<str:token>", things["preview"])
    filled = re.sub(r"\^\(\?P<app_label>.*", "articles", filled)
    assert "<" not in filled, f"{name}: the test does not know how to fill {route}"
    return f"/{filled}" if filled.endswith("/") else f"/{filled}/"


QUERIES = {
    "autocomplete": "?app_label=editorial&model_name=tag&field_name=parent&term=a",
}


def is_refused(response) -> bool:
    """Not there, not allowed, or asked to log in first."""
    to_login = response.status_code == 302 and "/admin/login/" in response["Location"]
    return to_login or response.status_code in (403, 404)


@pytest.fixture
def unrendered(monkeypatch):
    """Whether an address opens is asked here; what it shows, the tests of each screen ask."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


@pytest.mark.parametrize("person", PEOPLE)
def test_an_address_opens_for_those_in_the_table_and_for_nobody_else(
    person, things, clients, unrendered
):
    wrong = []
    for route, name in routes():
        if name in FOR_EVERYBODY:
            continue
        path = address(route, name, things) + QUERIES.get(name, "")
        response = clients[person].get(path)
        if is_refused(response) == (person in allowed(name)) or response.status_code >= 500:
            wrong.append((path, response.status_code))

    assert wrong == []
