"""What the red flags see, what excuses a sentence, and where a finding lies."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from editorial.checks import Level
from evidence.language import RULES_VERSION, red_flags_in, red_flags_in_html, voice
from evidence.language.html_text import plain_of
from evidence.language.omissions import OMISSIONS
from evidence.language.red_flags import RULES, Excuse
from evidence.language.red_flags.rule import folded
from evidence.language.red_flags.searching import matches

SENTENCES = Path(__file__).parent / "sentences"
STANDARD_RULES = {f"RF{number:02}" for number in range(1, 27)}


def rules_in(text: str) -> set[str]:
    return {finding.rule for finding in red_flags_in(text) if finding.level != Level.ADVISE}


def test_every_flag_of_the_standards_is_a_rule_once():
    ids = [rule.id for rule in RULES]
    assert set(ids) >= STANDARD_RULES
    assert len(ids) == len(set(ids))


def test_no_pattern_repeats_without_an_end():
    """A repeated group without a bound is what makes a search explode on rubbish."""
    for rule in RULES:
        assert not re.search(r"\)[*+]|\)\{\d+,\}", rule.pattern.pattern), rule.id


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("RF01", "Our programme cures lupus."),
        ("RF02", "A revolutionary treatment for MS."),
        ("RF03", "We bring new hope to patients with scleroderma."),
        ("RF04", "Stem cells hold great promise for lupus."),
        ("RF05", "It is natural healing from your own body."),
        ("RF06", "The injection has no side effects."),
        ("RF07", "Read our patients’ success stories."),
        ("RF08", "As a stem cell expert, I treat people with MS."),
        ("RF09", "Many studies prove that stem cells work."),
        ("RF10", "We treat the root cause of arthritis."),
        ("RF11", "One infusion will reset your immune system."),
        ("RF12", "The cells regenerate damaged joints."),
        ("RF13", "Our cells treat over 70 different conditions."),
        ("RF14", "Throw away your insulin and live without injections."),
        ("RF15", "Conventional drugs only mask the symptoms."),
        ("RF16", "A natural alternative to biologics."),
        ("RF17", "Book your free consultation today."),
        ("RF18", "See www.stemcellwonder.example/offers for more."),
        ("RF19", "Join our patient-funded study for a fee."),
        ("RF20", "Our laboratory is FDA registered."),
        ("RF21", "This will soon become the standard of care."),
        ("RF22", "Studies in mice have proven that the cells reverse paralysis."),
        ("RF23", "You can expect long-lasting relief."),
        ("RF24", "Our stem cell treatment helps autism, too."),
        ("RF26", "Exosome therapy gives your joints a powerful boost."),
        ("RF27", "We guarantee results: a success rate of 95%."),
        ("RF28", "Only six places left this month!"),
        ("RF34", "Mesenchymal stem cells are an anti-inflammatory substance."),
    ],
)
def test_a_seller_s_sentence_is_flagged(rule, text):
    assert rule in rules_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "A stem cell transplant is not a cure for MS.",
        "No treatment can cure lupus.",
        "There is no evidence that the cells repair nerves.",
        "A cure has not been found.",
        "Be cautious of clinics that promise a cure.",
        "Adverts often call this a breakthrough. It is not.",
        "Regulators warn that exosome products have caused infections.",
        "Disease got worse in 3 of 55 people after the transplant.",
        "Regenerative medicine is the name for research that tries to repair tissue.",
        "Remission means that there are few or no signs of active disease.",
        "Is it a cure?",
        "Researchers hope to learn whether the cells protect the kidneys.",
        "It has not been shown to be safe.",
        "It is too early to say whether it works.",
        "You should not have to pay to join a clinical trial.",
        "Do not stop your medicine without talking to your doctor.",
        "Treatment with living cells.",
        "Everyone needs anti-rejection drugs for life.",
        "In many autoimmune diseases T cells attack the body.",
        "A regulatory T cell is a white blood cell that calms the immune response.",
        "The immune system attacks the body’s own healthy cells.",
        "Many trials take only people who have tried two drugs.",
        "This study names no harm.",
        "Other blood cells share this word.",
    ],
)
def test_a_careful_sentence_with_a_seller_s_words_is_not_flagged(text):
    assert rules_in(text) == set()


def test_a_finding_lies_where_its_words_stand():
    text = "Stem cells are studied in MS.\n\nOur clinic’s miracle therapy is ready."
    for finding in red_flags_in(text):
        assert text[finding.start : finding.end] == finding.text


def test_letters_that_change_their_length_do_not_move_a_finding():
    text = "İİİ İstanbul. A miracle cure for lupus."
    assert {finding.text for finding in red_flags_in(text)} >= {"miracle", "cure"}


def test_a_quotation_is_passed_over():
    body = "<p>The advert reads:</p><blockquote><p>A miracle cure for lupus!</p></blockquote>"
    assert red_flags_in_html(body) == []
    assert red_flags_in_html("<p>A miracle cure for lupus!</p>") != []


def test_a_promise_beside_a_citation_stands():
    bare = "<p>The early results are promising.</p>"
    cited = '<p>The early results are promising.<cite data-source="burt-2019-mist"></cite></p>'
    assert "RF04" in {finding.rule for finding in red_flags_in_html(bare)}
    assert red_flags_in_html(cited) == []


def test_no_citation_makes_a_cure():
    body = '<p>It cures lupus.<cite data-source="burt-2019-mist"></cite></p>'
    assert "RF01" in {finding.rule for finding in red_flags_in_html(body)}


def test_a_word_that_leads_to_the_glossary_is_explained_there():
    body = '<p>We speak of <a href="/glossary/regenerative-medicine/">regenerative</a> care.</p>'
    assert "RF12" not in {finding.rule for finding in red_flags_in_html(body)}


def test_what_stands_under_a_heading_of_warnings_is_a_warning():
    listed = "<ul><li>You must pay to join a study.</li></ul>"
    assert "RF19" in {finding.rule for finding in red_flags_in_html(f"<h2>Joining</h2>{listed}")}
    assert red_flags_in_html(f"<h2>Warning signs</h2>{listed}") == []


def test_offsets_of_a_body_count_its_plain_text():
    body = "<h2>Lupus</h2><p>A <strong>miracle</strong> for lupus.</p>"
    plain = plain_of(body).text
    for finding in red_flags_in_html(body):
        assert plain[finding.start : finding.end] == finding.text


@pytest.mark.parametrize(
    "text",
    [
        "Doctors choose with you.",
        "Doctors say whether a transplant is possible.",
        "Your doctors agree with you on a plan.",
        "Doctors choose which medicine fits you.",
        "The doctors recommend which tests you need.",
    ],
)
def test_doctors_who_decide_with_a_patient_are_no_authority(text):
    assert "RF08" not in rules_in(text)


@pytest.mark.parametrize(
    "text", ["Doctors agree: it works.", "Doctors choose our treatment.", "Doctors say it works."]
)
def test_doctors_who_vouch_for_a_treatment_are_an_authority(text):
    assert "RF08" in rules_in(text)


def test_an_empty_text_has_no_flags():
    assert red_flags_in("") == red_flags_in_html("") == red_flags_in(" \n ") == []


def test_the_table_of_the_documentation_names_every_rule_with_its_level():
    table = (settings.BASE_DIR / "docs" / "red-flags.md").read_text("utf-8")
    for rule in RULES:
        assert f"| {rule.id} | {rule.name} | {rule.level.value} |" in table
    for omission in OMISSIONS:
        assert f"| {omission.id} | {omission.name} |" in table
    assert RULES_VERSION in table


def test_filing_by_first_letters_loses_no_match():
    """The quick search finds what every pattern finds that is tried everywhere."""
    for line in (SENTENCES / "tuning.jsonl").read_text("utf-8").splitlines()[::6]:
        text = folded(json.loads(line)["text"])
        quick = {rule.id for rule, _ in matches(text, RULES)}
        assert quick == {rule.id for rule in RULES if rule.pattern.search(text)}, text


def test_the_score_of_a_sentence_is_the_sum_of_its_signs():
    text = folded("Stem cells heal and healing cells heal: 3 in 55 people?")
    known = voice.weights()
    rules, excuses = ["RF12"], Excuse.ASKED | Excuse.MEASURED
    total = voice.score(text) + voice.score_of_rules(rules, excuses)
    signs = voice.signs(text, rules, excuses)
    summed = sum(known.get(sign, 0.0) * strength for sign, strength in signs.items())
    assert total == pytest.approx(known["always"] + summed)


def test_the_voice_says_which_words_weighed_most():
    (finding,) = red_flags_in("A joyful body and a sparkling day await you, darling.")
    assert finding.rule == "RF39"
    assert finding.level == Level.WARN
    assert "“joyful”" in finding.reason
