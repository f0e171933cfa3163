"""The account of P01 to P21: who, when, and what a page rests on."""

from editorial import checks as ground
from editorial.checking import people, publication
from editorial.checks import Level
from evidence import checks as ground_of_evidence
from evidence.checking import claims, regulation, sections, sources
from tests.evidence.gate.lines import (
    EVIDENCE,
    PUBLISHING,
    Line,
    Proved,
    Stops,
    part,
)
from tests.evidence.gate.texts import HARM, LONG_AGO, claim, person
from tests.evidence.gate.texts import source as study

ACCOUNT: dict[str, list[Line]] = {
    "P01": [
        Stops(people.names_its_author, {}, {"authors": [person()]}),
        Stops(people.names_its_author, {"authors": [person("Staff writer")]}),
        Stops(people.names_its_author, {"authors": [person(credentials="")]}),
    ],
    "P02": [
        Stops(people.names_its_medical_reviewer, {}, {"reviewer": person("B")}),
        Stops(
            people.names_its_medical_reviewer,
            {"reviewer": person(), "authors": [person()]},
            {"reviewer": person("B"), "authors": [person()]},
        ),
        Stops(
            people.names_its_medical_reviewer,
            {"reviewer": person("B"), "specialty": "neurology"},
            {"reviewer": person("B"), "specialty": "rheumatology"},
        ),
    ],
    "P03": [
        Stops(people.declares_interests, {}, {"authors": [person()]}),
        Stops(
            people.declares_interests,
            {"authors": [person()], "reviewer": person("B", conflicts_declared_on=LONG_AGO)},
            {"authors": [person()], "reviewer": person("B")},
        ),
    ],
    "P04": [
        Proved(
            "tests/evidence/gate/test_gate.py::test_a_site_that_does_not_say_who_pays_is_stopped",
            publication.the_site_says_who_publishes_and_pays,
        )
    ],
    "P05": [Stops(publication.says_how_it_was_made, {"how_made": ""}, {})],
    "P06": [
        Stops(publication.is_reviewed_often_enough, {"review_months": 24}, {"review_months": 12}),
        Stops(
            regulation.what_tells_of_rules_is_reviewed_each_year,
            {"kind": "article", "review_months": 24, "sources": [study(kind="regulatory")]},
            {"kind": "article", "review_months": 24, "sources": [study()]},
        ),
    ],
    "P07": [
        Proved(f"{PUBLISHING}::test_the_review_date_is_the_day_of_the_medical_sign_off"),
        Proved(
            "tests/editorial/test_corrections.py::"
            "test_a_correction_goes_live_with_one_other_editor_and_keeps_the_review"
        ),
    ],
    "P08": [Stops(ground.says_how_far_evidence_was_searched, {"searched_on": None}, {})],
    "P09": [
        Proved(
            "tests/articles/test_overdue.py::"
            "test_home_leaves_out_pages_that_are_overdue_for_six_months"
        ),
        Proved("tests/articles/test_overdue.py::test_an_overdue_page_says_since_when"),
    ],
    "P10": [
        Proved(f"{EVIDENCE}::test_a_claim_needs_a_citation", ground_of_evidence.claims_are_cited),
        Proved(
            f"{EVIDENCE}::test_a_checked_claim_needs_a_reason_and_a_citation",
            ground_of_evidence.checked_claims_are_argued,
        ),
    ],
    "P11": [
        Proved(
            f"{EVIDENCE}::test_a_body_may_cite_only_what_is_there",
            ground_of_evidence.cited_sources_are_known,
        ),
        Stops(
            sources.sources_can_be_found,
            {"sources": [study(doi="")]},
            {"sources": [study(doi="", pmid="30644983")]},
        ),
        Stops(sources.sources_can_be_found, {"sources": [study(doi="somewhere")]}),
        Stops(
            sources.sources_can_be_found,
            {"sources": [study(doi="", where_seen="a library")]},
            level=Level.WARN,
        ),
        Stops(
            sources.sources_were_checked_by_somebody,
            {"sources": [study(checked_by_id=None)]},
            {"sources": [study()]},
        ),
    ],
    "P12": [
        Proved(
            f"{EVIDENCE}::test_nothing_new_rests_on_a_source_that_fell",
            ground_of_evidence.citations_still_stand,
        ),
        Stops(
            sources.sources_were_looked_at_lately,
            {"sources": [study(checked_on=LONG_AGO)]},
            {"sources": [study()]},
        ),
    ],
    "P13": [
        Stops(
            sources.sources_say_what_they_are,
            {"sources": [study(**{missing: value})]},
            {"sources": [study(), study("rules", design="regulatory", people=None, funder="")]},
        )
        for missing, value in (
            ("design", "unknown"),
            ("people", None),
            ("funder", ""),
            ("subjects", ""),
        )
    ],
    "P14": [
        Stops(
            claims.benefits_were_seen_in_people,
            {
                "claims": [claim()],
                "sources": [study(subjects="animal"), study("b", subjects="lab")],
            },
            {"claims": [claim()], "sources": [study(subjects="animal"), study("b")]},
        )
    ],
    "P15": [
        Stops(
            claims.certainty_has_its_reason,
            {"claims": [claim(certainty_reason=" ")]},
            {"claims": [claim()]},
        ),
        Stops(
            claims.certainty_was_rated_by_somebody,
            {"claims": [claim(certainty="low")]},
            {"claims": [claim(certainty="low", certainty_by_id=1)]},
        ),
    ],
    "P16": [
        Stops(
            claims.words_fit_the_certainty,
            {"claims": [claim("A transplant stops lupus.", certainty="low")]},
            {"claims": [claim("A transplant may slow lupus.", certainty="low")]},
        )
    ],
    "P17": [
        Stops(
            claims.benefits_are_counted,
            {"claims": [claim("It may help.", events_compared=None, follow_up="")]},
            {"claims": [claim("It may help.")]},
        )
    ],
    "P18": [
        Stops(sections.tells_the_harms, {}, {"body": part("harms", "Some people died.")}),
        Stops(sections.tells_the_harms, {"body": '<h2 data-part="harms">Harms</h2>'}),
        Stops(
            sections.tells_of_death,
            {"body": part("harms", "Infections can happen.")},
            {"body": part("harms", "How many people die of it is not known.")},
        ),
        Stops(
            sections.tells_of_death,
            {"body": part("harms", "Infections can happen.")},
            {"body": part("harms", "Infections can happen."), "claims": [HARM]},
        ),
        Stops(claims.harms_are_claims_too, {"claims": [claim()]}, {"claims": [claim(), HARM]}),
    ],
    "P19": [
        Stops(
            claims.trials_without_benefit_are_listed,
            {"claims": [claim(), HARM]},
            {"claims": [claim(), claim("No more than placebo.", direction="no_difference")]},
        )
    ],
    "P20": [
        Stops(sections.tells_what_is_not_known, {}, {"body": part("unknowns", "If it lasts.")})
    ],
    "P21": [
        Stops(
            claims.benefits_do_not_hang_on_one_small_study,
            {"claims": [claim("It may slow lupus.")], "sources": [study(people=24)]},
            {"claims": [claim("In one small trial it slowed.")], "sources": [study(people=24)]},
        ),
        Stops(
            claims.benefits_do_not_hang_on_one_small_study,
            {"claims": [claim("It may slow lupus.")], "sources": [study(design="single_arm")]},
            {"claims": [claim("It may slow lupus.")], "sources": [study()]},
        ),
    ],
}
