"""The account of P22 to P46: choice, rules and approval, language, access and trust."""

from articles import checks as of_articles
from articles.models import ArticleFacts, TherapyFacts
from editorial import checks as ground
from editorial.checking import people
from editorial.checks import Level
from evidence.checking import form, links, messages, regulation, sections, wording
from glossary import checks as of_terms
from glossary.models import TermFacts
from tests.evidence.gate.lines import (
    CITE,
    CLINIC,
    HARD,
    LONG,
    NHS,
    PUBLISHING,
    SIGNING,
    TOLD,
    WORN,
    Judged,
    Line,
    Proved,
    Stops,
    link,
    part,
)
from tests.evidence.gate.texts import LONG_AGO, asked, claim, status
from tests.evidence.gate.texts import registration as trial

ACCOUNT: dict[str, list[Line]] = {
    "P22": [
        Stops(
            sections.names_other_treatments, {}, {"body": part("alternatives", "Drugs come first.")}
        ),
        Stops(
            sections.tells_what_happens_without_treatment,
            {"body": part("alternatives", "Drugs come first.")},
            {"body": part("alternatives", "Without treatment, lupus can harm the kidneys.")},
        ),
    ],
    "P23": [
        Stops(
            sections.tells_of_daily_life,
            {"body": part("daily-life", "You recover in some weeks, then work again.")},
            {"body": part("daily-life", "Weeks off work. Fertility: not known.")},
        ),
        Stops(sections.tells_of_daily_life, {}),
    ],
    "P24": [
        Stops(sections.has_questions_to_ask, {}, {"body": part("questions", "Is there a trial?")}),
        Stops(
            sections.says_not_to_stop_treatment,
            {"body": "<p>Do not stop your treatment. Clinics may tell you to.</p>"},
            {"body": "<p>Do not stop your treatment without talking to your specialist.</p>"},
        ),
    ],
    "P25": [
        Stops(
            links.leads_to_support,
            {"body": part("support", "Your team can name a charity.")},
            {"body": '<h2 data-part="support">Support</h2>' + link(NHS)},
        ),
        Stops(links.leads_to_support, {"body": link(NHS)}),
        Stops(
            links.leads_to_support,
            {"body": '<h2 data-part="support">Support</h2>' + link("https://www.fda.gov/x/")},
        ),
    ],
    "P26": [
        Stops(
            of_articles.says_whether_it_is_approved,
            {"statuses": [status("US"), status("EU")]},
            {"statuses": [status("US"), status("EU"), status("UK")]},
        ),
        Stops(
            of_articles.says_whether_it_is_approved,
            {"facts": TherapyFacts(status="trials_only")},
            {"facts": TherapyFacts(status="standard_care")},
        ),
        Stops(
            regulation.statuses_were_checked_lately,
            {"statuses": [status(checked_on=LONG_AGO)]},
            {"statuses": [status()]},
        ),
        Stops(regulation.statuses_were_checked_lately, {"statuses": [status(checked_by_id=None)]}),
    ],
    "P27": [
        Stops(
            regulation.says_what_a_product_is_not_for,
            {"products": ["Ryoncil"], "body": "<p>The FDA approved Ryoncil in 2024.</p>"},
            {"products": ["Ryoncil"], "body": "<p>Ryoncil is not approved for lupus.</p>"},
        )
    ],
    "P28": [
        Stops(links.links_lead_to_trusted_sites, {"body": link(CLINIC)}, {"body": link(NHS)}),
        Stops(
            links.links_lead_to_trusted_sites,
            {"body": link("https://mynhs.uk/")},
            {"body": link("/therapies/usual-care/")},
        ),
        Stops(links.links_lead_to_trusted_sites, {"body": link("mailto:sales@clinic.example")}),
        Stops(
            wording.sells_nothing,
            {"body": "<p>Book your consultation.</p>"},
            {"body": "<p>Be wary of a seller who says: book your consultation.</p>"},
        ),
        Stops(
            wording.sells_nothing,
            {"body": "<p>It costs $8,900.</p>"},
            {"body": f"<p>A court told of $8,900.{CITE}</p>"},
        ),
    ],
    "P29": [
        Stops(
            regulation.trials_say_where_they_stand,
            {"sources": [trial(trial_status_on=None)]},
            {"sources": [trial()]},
        ),
        Stops(
            regulation.trials_say_where_they_stand,
            {"sources": [trial(registrations=[], not_seen="registration number")]},
            level=Level.WARN,
        ),
        Stops(
            regulation.trials_named_in_the_text_are_cited,
            {"body": "<p>BEAT-MS (NCT04047628) runs.</p>"},
            {"body": "<p>BEAT-MS (NCT04047628) runs.</p>", "sources": [trial()]},
        ),
        Stops(
            regulation.running_trials_should_be_free,
            {"sources": [trial()], "body": "<p>One trial runs.</p>"},
            {"sources": [trial()], "body": "<p>Taking part should be free: ask.</p>"},
        ),
    ],
    "P30": [
        Stops(
            wording.has_no_red_flags,
            {"body": "<p>This is a miracle cure for lupus.</p>"},
            {"body": "<p>This is not a cure for lupus.</p>"},
        ),
        Stops(wording.has_no_red_flags, {"title": "A miracle cure"}),
        Stops(wording.has_no_red_flags, {"key_messages": ["It is a miracle cure."]}),
        Stops(
            of_articles.facts_have_no_red_flags,
            {"facts": TherapyFacts(status_note="A miracle cure.")},
            {"facts": TherapyFacts(status_note="In trials.")},
        ),
        Stops(
            of_articles.facts_have_no_red_flags,
            {"kind": "article", "facts": ArticleFacts(bottom_line="It is a miracle cure.")},
        ),
        Stops(
            of_terms.term_facts_have_no_red_flags,
            {"kind": "term", "term_facts": TermFacts(example="It is a miracle cure.")},
            {"kind": "term", "term_facts": TermFacts(often_misused="It is a miracle cure.")},
        ),
    ],
    "P31": [Stops(of_terms.reads_easily, {"body": f"<p>{HARD}</p>"}, {"body": "<p>It is.</p>"})],
    "P32": [Stops(of_terms.reads_easily, {"body": f"<p>{LONG}</p>"}, {"body": "<p>It is.</p>"})],
    "P33": [
        Stops(
            of_terms.reads_easily,
            {"body": "<p>The drug XYQ helps.</p>"},
            {"body": "<p>The drug is called extra quick (XYQ).</p>"},
        ),
        Proved("tests/glossary/test_linking.py::test_the_first_use_in_each_section_is_linked"),
    ],
    "P34": [
        Proved(
            "tests/evidence/gate/test_gate.py::test_a_page_has_a_summary_and_three_key_messages",
            ground.has_a_title_and_a_summary,
        ),
        Proved(
            "tests/evidence/gate/test_gate.py::test_a_page_has_a_summary_and_three_key_messages",
            ground.has_three_to_five_key_messages,
        ),
        Stops(
            messages.key_messages_rest_on_something,
            {"key_messages": ["Cells repair joints."], "claims": [claim()]},
            {"key_messages": ["Lupus got worse in 3 of 55 people."], "claims": [claim()]},
        ),
        Stops(
            messages.key_messages_rest_on_something,
            {"key_messages": ["Cells repair joints."], "body": "<p>Cells repair joints.</p>"},
            {
                "key_messages": ["Cells repair joints."],
                "body": f"<p>Cells repair joints.{CITE}</p>",
            },
        ),
        Stops(
            messages.key_messages_rest_on_something,
            {"key_messages": ["Infection is common."]},
            {"key_messages": ["Ask which cells are used."]},
        ),
    ],
    "P35": [
        Stops(
            form.says_for_whom_and_for_what,
            {"summary": "Cells act on tissue."},
            {"summary": "For people with lupus: what a transplant does."},
        )
    ],
    "P36": [
        Stops(
            form.has_something_to_do,
            {"body": "<p>Read this.</p>"},
            {"body": "<ol><li>Ask.</li><li>Wait.</li></ol>"},
        ),
        Stops(
            form.has_something_to_do,
            {"body": part("questions", "Is there a trial?")},
            {"body": part("questions", "<li>Is it free?</li><li>Who pays?</li>", tag="ul")},
        ),
    ],
    "P37": [
        Stops(
            of_terms.reads_easily,
            {"body": "<p>Lupus sufferers wait.</p>"},
            {"body": "<p>People with lupus wait.</p>"},
        )
    ],
    "P38": [
        Stops(
            form.headings_are_in_order,
            {"body": "<h2>A</h2><p>x</p><h4>B</h4>"},
            {"body": "<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>"},
        ),
        Stops(
            form.tables_have_headings,
            {"body": "<table><tbody><tr><td>1</td></tr></tbody></table>"},
            {"body": "<table><thead><tr><th>People</th></tr></thead></table>"},
        ),
        Stops(links.links_say_where_they_lead, {"body": link(NHS, "here")}, {"body": link(NHS)}),
        Proved("tests/browser/test_axe.py::test_every_screen_is_open_to_everybody"),
    ],
    "P39": [
        Stops(
            wording.copies_nobody,
            {"documents": [WORN], "body": f"<p>They say {WORN} too.</p>"},
            {"documents": [WORN], "body": f"<p>They say {WORN[:40]} too.</p>"},
        ),
        Stops(
            wording.copies_nobody,
            {"documents": [WORN], "body": f"<p>{WORN}</p>", "quotes": ["word1 word2"]},
            {"documents": [WORN], "body": f"<p>{WORN}</p>", "quotes": [WORN]},
        ),
    ],
    "P40": [
        Proved("tests/editorial/test_feedback_pages.py::test_every_page_offers_to_report_an_error"),
        Proved("tests/editorial/test_corrections_log.py::test_the_log_tells_the_newest_first"),
    ],
    "P41": [Proved("tests/evidence/gate/test_gate.py::test_every_page_says_it_replaces_no_doctor")],
    "P42": [
        Stops(
            links.links_still_answer,
            {"body": link(NHS), "asked": [asked(NHS, works=False)]},
            {"body": link(NHS), "asked": [asked(NHS)]},
        ),
        Stops(links.links_still_answer, {"body": link(NHS), "asked": [asked(NHS, days_ago=8)]}),
        Stops(links.links_still_answer, {"body": link(NHS)}, level=Level.ADVISE),
        Proved("tests/evidence/gate/test_asking.py::test_the_command_keeps_what_each_address_said"),
    ],
    "P43": [
        Proved(f"{TOLD}::test_what_machines_are_told_is_valid_and_is_what_is_shown"),
        Proved(f"{TOLD}::test_demonstration_staff_have_reviewed_nothing"),
    ],
    "P44": [Stops(people.was_read_by_a_patient, {}, {"was_read": True})],
    "P45": [
        Proved(f"{SIGNING}::test_an_edit_voids_both_sign_offs_and_returns_to_draft"),
        Proved(f"{PUBLISHING}::test_an_approval_without_its_sign_offs_publishes_nothing"),
    ],
    "P46": [
        Judged(
            "Each quarter two people rate a sample of pages: DISCERN at least 4 on average and no "
            "item at 1, PEMAT at least 70 in 100 on both scales. The questions ask what a reader "
            "understands, which no program can tell."
        )
    ],
}
