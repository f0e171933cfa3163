"""Words of a document become a checked claim of an open draft, and stand marked from then on."""

import pytest

from editorial.actions import start_version
from editorial.models import Event
from editorial.refusals import NotAllowed, NotReady
from editorial.states import Role, State
from evidence.marking import (
    Mark,
    check_words,
    checked_of,
    drafts_for,
    paragraphs,
    quote_at,
    span_of,
)
from evidence.models import CheckedClaim, DocumentText, Source
from tests.editorial.test_at_once import at_once

TEXT = (
    "A new hope\n\n"
    "Stem cells cure every disease. They’re safe, and\nthey go to “the damaged” tissue.\n\n"
    "- It takes one day."
)


# --- without the database -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cure every disease", "cure every disease"),
        ("They're  safe, and they", "They’re safe, and\nthey"),
        (' to "the damaged" tissue ', "to “the damaged” tissue"),
        ("Cure every disease", None),
        ("cure.every", None),
        ("   ", None),
    ],
)
def test_words_are_found_exactly_but_for_spaces_and_the_shape_of_marks(typed, found):
    span = span_of(TEXT, typed)
    assert (TEXT[slice(*span)] if span else None) == found


def test_a_long_sentence_gives_as_many_whole_words_as_a_quote_may_have():
    text = "word " * 60
    assert quote_at(text, 0, len(text)) == ("word " * 40).strip()
    assert quote_at("x" * 300, 0, 300) == "x" * 200
    assert quote_at(TEXT, 12, 42) == "Stem cells cure every disease."


def test_the_text_is_cut_where_marks_begin_and_end():
    inner, outer = Mark(24, 28, "flag", "F"), Mark(12, 42, "asserts", "A")

    _title, block, _item = paragraphs(TEXT, [inner, outer])

    assert [(piece.words, piece.kinds) for piece in block] == [
        ("Stem cells c", "said-asserts"),
        ("ure ", "said-asserts said-flag"),
        ("every disease.", "said-asserts"),
        (" They’re safe, and\nthey go to “the damaged” tissue.", ""),
    ]
    assert [piece.ends for piece in block] == [(), (inner,), (outer,), ()]


# --- a verdict in a draft -------------------------------------------------------------------


@pytest.fixture
def document(draft):
    source = Source.objects.create(
        key="an-advert", kind="web_text", title="An advert", is_private=True
    )
    sentence = "Stem cells cure every disease."
    return DocumentText.objects.create(
        source=source,
        sha256="0" * 64,
        file_name="advert.txt",
        text=TEXT,
        article=draft.page,
        assertions=[{"sentence": sentence, "start": 12, "end": 42, "why": "Claims an effect."}],
    )


@pytest.fixture
def study():
    return Source.objects.create(key="a-study", kind="trial", title="A study", pmid="12345")


@pytest.fixture
def check(document, draft, author, study, now):
    """Check some words of the document in the draft; returns the quote."""

    def deed(typed="cure every disease", *, by=author, version=draft, **told):
        asked = {
            "verdict": "wrong",
            "why": "No trial showed it.",
            "citations": [{"source": "a-study", "place": "Table 2"}],
        }
        return check_words(document, version, by=by, now=now, typed=typed, **asked | told)

    return deed


def test_a_verdict_joins_the_draft_with_its_source_and_an_event(check, draft, therapy):
    assert check(" cure  every\ndisease ", therapy=therapy) == "cure every disease"

    claim = CheckedClaim.objects.get()
    assert (claim.version, claim.quote, claim.verdict) == (draft, "cure every disease", "wrong")
    assert claim.therapy == therapy
    assert [str(citation) for citation in claim.citations.all()] == ["A study, Table 2"]
    event = Event.objects.first()
    assert (event.verb, event.content_hash) == ("checked words", draft.content_hash)
    assert event.comment == "an-advert: “cure every disease”: wrong"


def test_verdicts_stand_in_the_order_in_which_they_were_given(check, draft):
    check("go to", verdict="unproven")
    check("cure")

    assert [it.quote for it in draft.checked_claims.all()] == ["go to", "cure"]


def test_a_verdict_takes_the_place_of_the_sketch_of_its_words(check, document, draft, author, now):
    sketches = [
        {
            "quote": quote,
            "source_id": document.source_id,
            "verdict": "unproven",
            "why": "",
            "therapy_id": None,
            "disease_id": None,
            "citations": [],
        }
        for quote in ("Stem cells cure every disease.", "It takes one day.")
    ]
    draft.rewrite(by=author, now=now, parts={"checked_claims": sketches})

    check("cure every disease")

    quotes = [it.quote for it in draft.checked_claims.all()]
    assert quotes == ["cure every disease", "It takes one day."]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"typed": "cures every disease"}, "do not stand in the document"),
        ({"typed": " "}, "Select the words"),
        ({"why": " "}, "Say in a sentence or two why"),
        ({"citations": []}, "at least one source"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(check, told, said):
    with pytest.raises(NotReady, match=said):
        check(**told)
    assert not CheckedClaim.objects.exists()


def test_a_quote_is_no_longer_than_a_few_words(check, document):
    DocumentText.objects.filter(pk=document.pk).update(text="word " * 60)
    document.refresh_from_db()
    with pytest.raises(NotReady, match="at most 200 letters, and this is 299"):
        check("word " * 60)


def test_the_same_words_get_no_second_verdict_in_one_draft(check):
    check()
    with pytest.raises(NotReady, match="already"):
        check(verdict="holds")


def test_it_ends_the_sign_offs_as_any_edit_does(check, submitted, editor, second_editor, now):
    submitted.sign_off(by=second_editor, role=Role.EDITORIAL, now=now)

    check(by=editor, version=submitted)

    submitted.refresh_from_db()
    assert submitted.state == State.DRAFT
    assert not submitted.sign_offs.exists()


def test_only_who_may_write_in_the_draft_checks_words(check, second_author, medic, publisher):
    for person in (second_author, medic, publisher):
        with pytest.raises(NotAllowed):
            check(by=person)


def test_a_live_text_stays_as_it_is(check, live_version, editor):
    with pytest.raises(NotAllowed, match="start a new version"):
        check(by=editor, version=live_version)


@pytest.mark.django_db(transaction=True)
def test_two_verdicts_at_once_are_both_kept(check, draft, author, editor):
    at_once(
        lambda: check("cure every", version=type(draft).objects.get(pk=draft.pk)),
        lambda: check("safe, and", by=editor, version=type(draft).objects.get(pk=draft.pk)),
    )

    assert {it.quote for it in draft.checked_claims.all()} == {"cure every", "safe, and"}


def test_a_claim_of_the_live_page_and_of_its_next_version_is_told_once(
    check, draft, document, publisher, author, editor, medic, now
):
    check()
    draft.submit(by=author, now=now)
    draft.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    draft.sign_off(by=medic, role=Role.MEDICAL, now=now)
    draft.publish(by=publisher, now=now)
    following = start_version(draft.page, by=author, now=now)

    (only,) = checked_of(document.source)

    assert [it.pk for it in only.versions] == [following.pk, draft.pk]


def test_the_drafts_on_offer_are_those_one_may_write_in(document, draft, second_author, editor):
    assert [it.pk for it in drafts_for(document, by=editor)] == [draft.pk]
    assert not drafts_for(document, by=second_author).exists()


# --- the screen -----------------------------------------------------------------------------


@pytest.fixture
def address(document):
    return f"/admin/evidence/source/{document.source_id}/claims/"


@pytest.fixture
def sent(draft, study):
    return {
        "typed": "cure every disease",
        "verdict": "misleading",
        "why": "No trial showed it.",
        "source_1": "12345",
        "place_1": "Table 2",
        "draft": draft.pk,
    }


def test_words_are_typed_checked_and_marked(client, author, address, sent, draft):
    client.force_login(author)
    page = client.get(address).text
    assert "Claims an effect." in page
    assert 'href="?start=12&amp;end=42#check"' in page
    assert "⚑1" in page

    answer = client.post(address, sent, follow=True)

    assert "“cure every disease” is checked in “" in answer.text
    assert "✓ misleading" in answer.text
    assert draft.checked_claims.get().citations.get().source.key == "a-study"


def test_a_link_on_a_sentence_fills_in_its_words(client, author, address):
    client.force_login(author)

    for query, words in (
        ("?start=12&end=42", "Stem cells cure every disease."),
        ("?start=42&end=12", ""),
        ("?start=x&end=9999999", ""),
    ):
        form = client.get(address + query).context["form"]
        assert (form["typed"].value() or "") == words


def test_what_is_refused_is_said_and_what_was_typed_stays(client, author, address, sent):
    client.force_login(author)

    wrong = client.post(address, sent | {"typed": "something else"})
    unknown = client.post(address, sent | {"source_1": "nowhere-2020"})

    assert "These words do not stand in the document" in wrong.text
    assert "something else" in wrong.text
    assert "There is no source “nowhere-2020”" in unknown.text
    assert not CheckedClaim.objects.exists()


def test_an_edit_of_a_text_under_review_says_what_it_ended(
    client, editor, address, sent, submitted
):
    client.force_login(editor)
    assert "becomes a draft again, unsigned" in client.get(address).text

    answer = client.post(address, sent, follow=True)

    assert "its sign-offs have ended" in answer.text


def test_who_writes_in_no_draft_reads_the_text_and_adds_nothing(
    client, medic, second_author, address, sent
):
    for person in (medic, second_author):
        client.force_login(person)
        assert "Stem cells" in client.get(address).text
        assert client.post(address, sent).status_code == 200
    assert not CheckedClaim.objects.exists()


def test_a_source_without_a_stored_text_says_so(client, editor, study):
    client.force_login(editor)
    assert "is not stored here" in client.get(f"/admin/evidence/source/{study.pk}/claims/").text


def test_the_text_is_never_markup(client, author, document, address):
    DocumentText.objects.filter(pk=document.pk).update(text="<script>alert(1)</script> cures all.")
    client.force_login(author)

    assert "<script>alert" not in client.get(address).text
