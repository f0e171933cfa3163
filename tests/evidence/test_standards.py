"""“How this page was made”: what a program tells of JAMA, HON, PIF and DISCERN, and what not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from lxml import html as lxml_html

from editorial.models import Contributor, SignOff
from editorial.publishing import publish
from editorial.rendering import Document, render
from editorial.states import Kind, Role
from evidence.models import Source
from evidence.rendering import number_citations
from evidence.standards.discern import discern
from evidence.standards.facts import Claims, Facts, People, Site, Sources, Text, names_who_pays
from evidence.standards.hon import hon
from evidence.standards.items import Answer, Standard, met, not_assessed
from evidence.standards.jama import jama
from evidence.standards.pif import pif
from evidence.standards.telling import hold_against, tell_how_it_was_made
from tests.live_pages import live_page

TODAY = date(2026, 3, 2)
BARE = Facts(kind=Kind.THERAPY, today=TODAY, people=People(is_starter=True))


def person(name: str, **fields) -> Contributor:
    """Not stored. With everything that readers are to be told."""
    told = {
        "role": "author",
        "credentials": "MSc",
        "conflicts": "None declared.",
        "conflicts_declared_on": TODAY - timedelta(days=30),
    }
    return Contributor(name=name, **told | fields)


def signed(reviewer: Contributor, **fields) -> SignOff:
    return SignOff(role=Role.MEDICAL, contributor=reviewer, **fields)


FULL = Facts(
    kind=Kind.THERAPY,
    today=TODAY,
    searched_on=date(2026, 1, 31),
    people=People(
        authors=(person("Ada Example"),),
        sign_off=signed(person("Rae Example", credentials="MD")),
        was_read_by_a_patient=True,
    ),
    sources=Sources(count=2),
    claims=Claims(count=3, effects=2, harms=1),
    text=Text(
        parts=frozenset({"harms", "unknowns", "alternatives", "daily-life", "questions"}),
        leads_to_support=True,
        tells_of_no_treatment=True,
        says_not_to_stop=True,
    ),
    site=Site(names_who_pays=True, takes_reports=True),
)


def answers(standard: Standard) -> list[str]:
    """The answers in their order: + met, - not met, ? not assessed."""
    signs = {Answer.MET: "+", Answer.NOT_MET: "-", Answer.NOT_ASSESSED: "?"}
    return "".join(signs[item.answer] for item in standard.items)


def how(standard: Standard, begins: str) -> str:
    return next(item.how for item in standard.items if item.name.startswith(begins))


# --- each standard, met and not met -----------------------------------------------------------


@pytest.mark.parametrize(
    ("standard", "of_full", "of_bare"),
    [
        (jama, "++++", "---+"),
        (hon, "++++++++", "-++-?--+"),
        (pif, "+??++-?+?-", "+??---?-?-"),
        (discern, "+??++?++?++++++?", "+??--?--?------?"),
    ],
)
def test_a_page_with_everything_and_a_bare_one_are_told_apart(standard, of_full, of_bare):
    assert answers(standard(FULL)) == of_full
    assert answers(standard(BARE)) == of_bare


def test_every_answer_says_how_we_know():
    for facts in (FULL, BARE, replace(FULL, kind=Kind.TERM)):
        for standard in hold_against(facts):
            assert all(item.name and item.how.endswith(".") for item in standard.items)


def test_four_eight_ten_and_sixteen_things_are_asked_of_every_page():
    assert [len(standard.items) for standard in hold_against(BARE)] == [4, 8, 10, 16]


def test_it_shows_no_badge_and_says_why():
    assert "closed on 15 December 2022, and we show no badge" in hon(BARE).about
    assert "We are not accredited by PIF" in pif(BARE).about
    assert "Two people should rate" in discern(BARE).about


# --- people -----------------------------------------------------------------------------------


def test_an_author_is_named_with_role_and_training():
    assert how(jama(FULL), "Who wrote") == "Written by Ada Example, author, MSc."
    assert how(jama(BARE), "Who wrote") == "No author is named: this is starter text."


@pytest.mark.parametrize(
    ("author", "says"),
    [
        (person("Ada Example", credentials=""), "Ada Example: role and training are not told."),
        (person("The editors"), "No author is named."),
        (
            person("A", is_demonstration=True),
            "Its author is a demonstration account, not a person.",
        ),
    ],
)
def test_half_an_author_is_not_enough(author, says):
    facts = replace(FULL, people=People(authors=(author,)))

    assert answers(jama(facts))[0] == "-"
    assert how(jama(facts), "Who wrote") == says


@pytest.mark.parametrize(
    ("sign_off", "says"),
    [
        (
            signed(person("Demo Medic", is_demonstration=True)),
            "A demonstration account signed it, not a clinician.",
        ),
        (
            signed(person("Rae Example"), is_demonstration=True),
            "A demonstration account signed it, not a clinician.",
        ),
        (
            signed(person("Rae Example", credentials="")),
            "Rae Example signed it; their training is not told.",
        ),
    ],
)
def test_a_demonstration_or_an_untold_training_is_no_clinician(sign_off, says):
    facts = replace(FULL, people=People(sign_off=sign_off))

    assert answers(hon(facts))[0] == "-"
    assert how(hon(facts), "Clinicians") == says


def test_a_statement_of_interests_wears_out_after_a_year():
    old = person("Ada Example", conflicts_declared_on=TODAY - timedelta(days=366))
    facts = replace(FULL, people=replace(FULL.people, authors=(old,)))

    assert how(jama(facts), "Interests") == "Ada Example: no interests declared within a year."


def test_declared_interests_are_not_enough_while_nobody_says_who_pays():
    facts = replace(FULL, site=replace(FULL.site, names_who_pays=False))

    assert answers(jama(facts)) == "++-+"
    assert how(jama(facts), "Interests") == "The page “Who pays” names no funder yet."


# --- sources and claims -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sources", "claims", "says"),
    [
        (Sources(count=2), Claims(count=3, uncited=1), "1 of 3 claims have no source."),
        (Sources(count=2, hidden=1), Claims(), "1 of 2 sources cannot be found by readers."),
        (Sources(count=2, fallen=1), Claims(), "1 of 2 sources no longer stand as they were."),
        (
            Sources(count=2, unchecked=2),
            Claims(),
            "No named person has checked 2 of 2 sources within a year.",
        ),
    ],
)
def test_evidence_is_reliable_only_if_every_source_is(sources, claims, says):
    facts = replace(FULL, sources=sources, claims=claims)

    assert answers(pif(facts))[3] == "-"
    assert how(pif(facts), "Reliable") == says


def test_a_claim_without_its_reason_is_not_justified():
    facts = replace(FULL, claims=Claims(count=3, unexplained=2))

    assert how(hon(facts), "Proof") == "2 of 3 claims lack a source, or how sure we can be."


def test_one_source_is_told_in_the_singular():
    facts = replace(FULL, sources=Sources(count=1))

    assert how(jama(facts), "Sources") == "1 source is listed, and every claim has one."


# --- how it is shown --------------------------------------------------------------------------


def test_items_with_one_reason_stand_together():
    standard = Standard(
        "x", "X", "About.", [not_assessed("a", "Why."), met("b", "How."), not_assessed("c", "Why.")]
    )

    assert [(it.answer, it.names) for it in standard.groups] == [
        (Answer.NOT_ASSESSED, ["a", "c"]),
        (Answer.MET, ["b"]),
    ]


def test_nothing_of_discern_is_assessed_for_a_word():
    (group,) = discern(replace(FULL, kind=Kind.TERM)).groups

    assert group.answer == Answer.NOT_ASSESSED
    assert group.names == ["All 16"]


def test_the_page_on_funding_that_comes_with_the_site_names_no_funder():
    assert not names_who_pays("about/funding.html")
    assert names_who_pays("about/privacy.html")
    assert not names_who_pays("about/no-such-page.html")


# --- a page as it is stored -------------------------------------------------------------------

BODY = """
<h2 data-part="harms">Harms</h2><p>Two of 55 people died.<cite data-source="trial"></cite></p>
<h2 data-part="questions">Questions</h2><ul><li>Who pays?</li></ul>
<p>Do not stop your treatment without talking to your specialist.</p>
"""


@pytest.fixture
def trial(db):
    return Source.objects.create(
        key="trial", kind="trial", title="A trial", design="cohort", people=55, url="https://x.org/"
    )


def test_a_page_is_stored_with_what_was_found(trial, therapy):
    version = live_page("own-cells", kind=Kind.THERAPY, tag=therapy, body=BODY)

    tree = lxml_html.fromstring(version.rendering.html)
    (section,) = tree.xpath("//section[@aria-labelledby='how-made']")
    told = {
        row.findtext("dt"): (row.get("class"), row.find("dd").text_content())
        for row in section.iter("div")
    }
    assert section.xpath("string(h2[@id='how-made'])") == "How this page was made"
    assert section.find("details").get("open") is None
    assert told["11. Risks"] == ("met", "Met. It has a section on harms.")
    assert told["8. What is uncertain"][0] == "not-met"
    assert told["15. Deciding together"][0] == "met"
    assert told["Sources (attribution)"] == (
        "met",
        "Met. 1 source is listed, and every claim has one.",
    )
    assert told["Reliable, up-to-date evidence"][1] == (
        "Not met. 1 of 1 sources do not tell their design, people or funder."
    )


def test_who_signed_is_known_by_the_time_it_goes_live(approved, medic, publisher, now):
    Contributor.objects.filter(user=medic).update(credentials="MD")

    publish(approved, by=publisher, now=now)

    approved.refresh_from_db()
    assert "Medic, MD, signed exactly this text." in approved.rendering.html


def test_names_of_people_cannot_carry_markup(draft, author):
    Contributor.objects.create(
        user=author, slug="a", name="Ada <b>Example</b>", role="author", credentials="MSc"
    )

    assert "Written by Ada &lt;b&gt;Example&lt;/b&gt;, author, MSc." in render(draft).html


def test_a_source_that_a_demonstration_account_checked_is_unchecked(trial, editor):
    trial.funder, trial.checked_on, trial.checked_by = "None.", date.today(), editor
    trial.save()
    assert "A named person checked its 1 source" in live_page("one", body=BODY).rendering.html

    Contributor.objects.filter(user=editor).update(is_demonstration=True)

    assert "No named person has checked 1 of 1" in live_page("two", body=BODY).rendering.html


def test_it_asks_no_more_of_the_database_for_more_claims(
    therapy, disease, trial, django_assert_num_queries
):
    claim = {
        "statement": "It may help.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "relapse",
        "direction": "benefit",
        "citations": [{"source": trial.key, "place": ""}],
    }
    for number in (1, 5):
        version = live_page(f"with-{number}", body=BODY, parts={"claims": [claim] * number})
        document = Document(version, lxml_html.fromstring(f"<div>{version.body}</div>"))
        number_citations(document)

        # Authors, whether anybody wrote, the sign-off, patients, registrations.
        with django_assert_num_queries(5):
            tell_how_it_was_made(document)
