"""What the measures find hard to read, where, and what they leave alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.checks import Level
from evidence.language import report
from evidence.language.html_text import plain_of
from evidence.language.measures import findings
from evidence.language.passive import is_passive

HARD = (
    "Immunosuppressive chemotherapy eliminates autoreactive lymphocytes, and autologous "
    "haematopoietic transplantation subsequently facilitates immunological reconstitution."
)


def found(text, rule, **options):
    """The passages that a rule finds, with nothing else to find them by."""
    return [finding.text for finding in findings(text, **options) if finding.rule == rule]


def reasons(text, rule, **options):
    return [finding.reason for finding in findings(text, **options) if finding.rule == rule]


# --- reading age --------------------------------------------------------------------------


def test_a_hard_text_is_warned_about_with_the_words_that_make_it_hard():
    (finding,) = [finding for finding in findings(HARD) if finding.rule == "P31"]
    assert finding.level == Level.WARN
    assert "Aim for grade 9" in finding.reason
    assert "transplantation" in finding.reason or "immunological" in finding.reason
    assert (finding.start, finding.end) == (0, len(HARD))


def test_a_summary_is_held_to_a_lower_grade_than_a_body():
    text = (
        "A transplant of your own cells can calm this disease in several people. It can also cause "
        "serious infections, or infertility."
    )
    assert not reasons(text, "P31")
    assert "Aim for grade 7" in reasons(text, "P31", summary=True)[0]


def test_the_terms_of_the_glossary_are_left_out_of_the_grade():
    text = "After leukapheresis your cells are kept cold. After leukapheresis you can go home."
    known = frozenset({"Leukapheresis"})
    assert reasons(text, "P31", summary=True)
    assert not reasons(text, "P31", summary=True, known_terms=known)


def test_a_few_words_have_no_grade():
    assert not reasons("Immunosuppressive chemotherapy.", "P31")


# --- sentences and paragraphs -------------------------------------------------------------


def test_a_sentence_of_31_words_is_too_long_and_one_of_30_is_not():
    thirty = " ".join(["cell"] * 29)
    text = f"The {thirty}. The {thirty} too."
    assert found(text, "P32") == [f"The {thirty} too.", ""]


def test_sentences_are_short_on_average():
    long, short = "Cells " * 24 + "grow. ", "Two words."
    assert reasons(long + long, "P32") == [
        "Its sentences have 25.0 words on average. Aim for 20 or fewer."
    ]
    assert not reasons(long + short, "P32")


def test_a_paragraph_has_three_sentences_at_most():
    three = "One is here. Two is here. Three is here."
    assert not found(three, "P32")
    assert found(f"{three} Four.\n\n{three}", "P32") == [f"{three} Four."]


def test_what_is_quoted_is_not_held_against_the_page():
    long = "cell " * 31
    assert not found(plain_of(f"<blockquote><p>{long}.</p></blockquote>"), "P32")
    assert found(plain_of(f"<p>{long}.</p>"), "P32")


# --- abbreviations ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Multiple sclerosis (MS) is a disease. MS can relapse.",
        "MS (multiple sclerosis) is a disease.",
        "MS means multiple sclerosis.",
        "It treats multiple sclerosis, or MS.",
        "The US medicines regulator (FDA) warns of it. The FDA is clear.",
        "Mesenchymal stromal cells (MSCs) are one kind. An MSC product was sold.",
        "ALS stands for amyotrophic lateral sclerosis.",
        "ASTIS was small. The ASTIS trial had 156 people.",
        "In a trial in Crohn’s disease called ADMIRE-CD, 212 people took part.",
        "It is used in the UK, the US and on the NHS, and your DNA stays yours.",
        "It is registered as NCT01895244. It made IL-6 and CD34 rise.",
        "WHAT TO ASK ABOUT MS AND YOU",
        "Do NOT stop your medicine. It was a phase II trial.",
    ],
)
def test_an_abbreviation_that_the_reader_knows_or_is_told_passes(text):
    assert not found(text, "P33")


def test_an_abbreviation_is_found_once_where_it_is_first_used():
    text = "People with MS ask. MS can relapse. Multiple sclerosis (MS) is a disease."
    (finding,) = [finding for finding in findings(text) if finding.rule == "P33"]
    assert (finding.level, finding.text, finding.start) == (Level.WARN, "MS", 12)


def test_letters_in_brackets_that_nothing_stands_before_explain_nothing():
    assert found("Ask them (JACIE or FACT) about it.", "P33") == ["JACIE", "FACT"]
    assert found("People with lupus or MS, or ALS or IBS.", "P33") == ["MS", "ALS", "IBS"]


def test_the_title_may_have_explained_it():
    assert not found("MS can relapse.", "P33", read_before="Multiple sclerosis (MS)")


def test_an_abbreviation_that_the_glossary_explains_is_only_advice():
    (finding,) = [
        finding
        for finding in findings("People with MS.", known_terms=frozenset({"MS"}))
        if finding.rule == "P33"
    ]
    assert finding.level == Level.ADVISE


# --- hard words ---------------------------------------------------------------------------


def test_a_hard_word_gets_its_plain_one():
    (reason,) = reasons("You have leukapheresis. More leukapheresis follows.", "JARGON")
    assert "collecting white cells from the blood" in reason


@pytest.mark.parametrize(
    "text",
    [
        "Leukapheresis (collecting cells) takes a day.",
        "Cells are collected from the blood (leukapheresis).",
        "This is called leukapheresis.",
        "Leukapheresis is a way to collect cells.",
        "Leukapheresis means collecting cells.",
    ],
)
def test_a_hard_word_that_is_explained_where_it_stands_passes(text):
    assert not found(text, "JARGON")


def test_a_hard_word_that_is_linked_or_in_the_glossary_passes():
    linked = plain_of('<p>You have <a href="/glossary/x/">leukapheresis</a>.</p>')
    assert not found(linked, "JARGON")
    assert not found("You have leukapheresis.", "JARGON", known_terms=frozenset({"Leukapheresis"}))


# --- people first -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "better"),
    [
        ("Help for MS sufferers.", "MS sufferers", "people with MS"),
        ("Many diabetics ask.", "diabetics", "people with diabetes"),
        ("People suffering from lupus.", "suffering from", "living with"),
        ("Victims of this cruel disease.", "Victims of this cruel disease", "the condition"),
        ("He is wheelchair-bound.", "wheelchair-bound", "uses a wheelchair"),
        ("Some MS patients improve.", "MS patients", "people with MS"),
    ],
)
def test_the_person_comes_before_the_illness(text, words, better):
    assert found(text, "P37") == [words]
    assert better in reasons(text, "P37")[0]


@pytest.mark.parametrize(
    "text",
    [
        "People with diabetes ask.",
        "Patients were treated in 12 hospitals.",
        "Adverts speak of “sufferers” and “victims of disease”.",
        "Diabetic ketoacidosis is an emergency.",
        "The side effects suffered in the trial were mild.",
        "These drugs fight arthritis.",
    ],
)
def test_plain_speech_and_quoted_words_pass(text):
    assert not found(text, "P37")


# --- numbers ------------------------------------------------------------------------------


def test_shares_are_told_as_people():
    (reason,) = reasons("Relapses stopped in 14.3% of them.", "NUMBERS")
    assert "14 in 100 people" in reason
    assert reasons("It helped one in seven.", "NUMBERS")


@pytest.mark.parametrize(
    "text",
    [
        "About 2 in 100 people died (2.1% of 764).",
        "The range was 3 to 9 (95% confidence interval).",
        "It got worse in 3 of 55 people and in 34 of 55.",
        "It stopped early, with 12 in 2016 and 9 in 2017.",
    ],
)
def test_numbers_of_people_pass(text):
    assert not found(text, "NUMBERS")


def test_one_paragraph_counts_in_one_way():
    assert reasons("It helps 1 in 7 people. It harms 3 in 100 people.", "NUMBERS")
    assert not reasons("It helps 1 in 7 people.\n\nIt harms 3 in 100 people.", "NUMBERS")


# --- who does what ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("The cells are collected.", True),
        ("They were then carefully frozen.", True),
        ("It has not been shown to work.", True),
        ("He got treated.", True),
        ("Doctors collected the cells.", False),
        ("She was tired and worried.", False),
        ("There is need.", False),
        ("It is red.", False),
    ],
)
def test_a_passive_sentence_is_told_from_an_active_one(sentence, passive):
    assert is_passive(sentence) is passive


def test_a_few_passive_sentences_are_no_matter_and_many_are():
    active, passive = "Doctors give the cells. ", "The cells are given. "
    assert not found(active * 4 + passive, "PASSIVE")
    assert found(active * 3 + passive * 2, "PASSIVE") == ["The cells are given."]


# --- the whole ----------------------------------------------------------------------------


def test_the_report_has_the_numbers_of_a_body():
    body = "<h2>Here</h2><p>Doctors give the cells. The cells are given to MS nurses.</p>"
    numbers = report.of_html(body)
    assert (numbers["words"], numbers["sentences"], numbers["longest_sentence"]) == (11, 2, 7)
    assert (numbers["mean_sentence"], numbers["passive_share"]) == (5.5, 0.5)
    assert numbers["abbreviations"] == ["MS"]
    # Doc-tors give the cells: 5; the cells are giv-en to M S nurs-es: 10.
    assert numbers["grade"] == round(0.39 * 5.5 + 11.8 * 15 / 11 - 15.59, 1)
    assert report.of_html("")["grade"] == 0.0


@settings(max_examples=40)
@given(st.text(alphabet="AaMS1.,%()“”-– \n’in", max_size=120))
def test_a_finding_says_where_its_passage_stands_whatever_the_text(text):
    for finding in findings(text, known_terms=frozenset({"MS", "a in"})):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.text in ("", text[finding.start : finding.end])


def test_a_label_in_bold_is_no_sentence_of_its_paragraph():
    three = "It can happen. It is rare. Doctors watch for it."
    label = "<p><strong>Death.</strong> {}</p>"
    assert not found(plain_of(label.format(three)), "P32")
    assert found(plain_of(label.format(f"{three} They act fast.")), "P32")
    assert found(plain_of(f"<p>Death. {three}</p>"), "P32")


def test_two_trials_that_are_named_together_are_both_named():
    text = "There were two trials in systemic sclerosis, called ASTIS and SCOT, of 231 people."
    assert not found(text, "P33")
    assert found("She studies MSCs and DMARDs.", "P33") == ["MSCs", "DMARDs"]
