"""What helps a reader on a page: the boxes of therapies, folded findings, links of headings, tables
that stay tables, questions to take along."""

import pytest
from lxml import html as lxml_html

from articles.questions import questions_in
from editorial.rendering import Document, frame_tables, outline_headings
from editorial.states import Kind
from evidence.cited_sentences import mark_cited_sentences
from evidence.models import Source
from tests.live_pages import live_page, live_term

QUESTIONS = (
    '<h2 data-part="questions">Questions to ask</h2>'
    '<p>Ask the clinic:</p><ol><li>Which cells?<cite data-source="a" data-place=""></cite></li>'
    "<li><p>Who pays if I am <strong>harmed</strong>?</p></li></ol>"
    "<p>Do not stop your treatment without talking to your specialist.</p>"
    "<h2>After that</h2><p>Is this one of them?</p>"
)


def through(step, body: str) -> lxml_html.HtmlElement:
    tree = lxml_html.fromstring(f"<div>{body}</div>")
    step(Document(None, tree))
    return tree


def cited(body: str) -> list[str]:
    return [span.text_content() for span in through(mark_cited_sentences, body).iter("span")]


SUP = '<sup class="cite"><a href="#ref-1">1</a></sup>'


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (f"<p>One. Two is 2.1% of all.{SUP} Three.</p>", ["Two is 2.1% of all."]),
        (
            f"<p>It <strong>can</strong> harm.{SUP} And heal.{SUP}</p>",
            ["It can harm.", "And heal."],
        ),
        (
            f'<p>“Yes.” Some, e.g. a <a href="/x/">few</a>, died.{SUP}</p>',
            ["Some, e.g. a few, died."],
        ),
        (f"<p>{SUP}</p>", []),
        (f"<p>One.{SUP}{SUP}</p>", ["One."]),
        (f"<ul><li> In lists{SUP}</li></ul>", ["In lists"]),
    ],
)
def test_the_sentence_before_a_number_is_marked_and_no_other(body, sentences):
    assert cited(body) == sentences


def test_marking_a_sentence_changes_no_word():
    body = f"<p>One. <em>Two</em>, and three.{SUP} Four.<br>Five{SUP} six.</p>"

    marked = through(mark_cited_sentences, body)

    assert marked.text_content() == lxml_html.fromstring(body).text_content()


def test_a_heading_has_a_link_beside_it_and_its_name_stays_its_words():
    tree = through(outline_headings, "<h2>What it is</h2><p>Text.</p><h3>More</h3>")

    heading, link = tree[0], tree[1]
    assert heading.text_content() == "What it is"
    assert (link.get("href"), link.get("aria-label")) == ("#what-it-is", "Link to “What it is”")
    assert [it.tag for it in tree] == ["h2", "a", "p", "h3"]


def test_a_table_that_becomes_cards_stays_a_table():
    tree = through(
        frame_tables,
        "<table><thead><tr><th>Disease</th><th>Deaths</th></tr></thead>"
        "<tbody><tr><th>MS</th><td>2 in 100</td></tr></tbody></table>",
    )

    assert [it.get("role") for it in tree.iter("table", "thead", "tbody", "tr", "th", "td")] == [
        *("table", "rowgroup", "row", "columnheader", "columnheader"),
        *("rowgroup", "row", "rowheader", "cell"),
    ]
    assert next(tree.iter("td")).get("data-label") == "Deaths"


def test_the_questions_of_a_page_are_those_of_its_section():
    assert questions_in(QUESTIONS) == ["Which cells?", "Who pays if I am harmed?"]
    assert questions_in("<h2>Questions</h2><p>Is this one?</p>") == []


@pytest.fixture
def therapy_page(therapy, disease):
    for key in ("reg-ema-2020", "reg-fda-consumer-2021"):
        Source.objects.create(key=key, kind="regulatory", title=key, design="regulatory")
    live_page("how-to-judge-a-clinics-offer")
    source = Source.objects.create(key="a", kind="trial", title="A trial", design="cohort")
    rows = [
        {
            "statement": f"It did something ({direction}).",
            "therapy_id": therapy.pk,
            "disease_id": tag.pk,
            "outcome": f"Outcome {direction}",
            "direction": direction,
            "citations": [{"source": source.key, "place": ""}],
        }
        for tag in (disease, therapy)
        for direction in ("benefit", "harm")
    ]
    return live_page(
        "a-therapy", kind=Kind.THERAPY, tag=therapy, body=QUESTIONS, parts={"claims": rows}
    )


@pytest.mark.django_db
def test_a_therapy_page_has_its_boxes_its_folded_findings_and_its_questions(client, therapy_page):
    text = client.get("/therapies/a-therapy/").text
    tree = lxml_html.fromstring(text)

    order = [text.index(f'id="{it}"') for it in ("key-messages", "unwell", "offered", "found")]
    assert order == sorted(order)
    unwell = tree.get_element_by_id("unwell").getparent()
    assert "Get urgent medical help" in unwell.text_content()
    assert unwell.xpath(".//a[@aria-label='Reference 2']")
    assert "/articles/how-to-judge-a-clinics-offer/" in tree.xpath(
        "//section[@aria-labelledby='offered']//a/@href"
    )
    # What is folded names the harms as it names the effects.
    groups = tree.xpath("//details[contains(@class, 'claim-group')]")
    assert len(groups) == 2
    for group in groups:
        summary = group.find("summary").text_content()
        assert "open" not in group.attrib
        assert "Outcome benefit" in summary
        assert "Outcome harm" in summary
    # The frame of the questions ends where the section does.
    (frame,) = tree.find_class("questions-to-ask")
    assert "Which cells?" in frame.text_content()
    assert "After that" not in frame.text_content()
    assert "/appointment/?page=/therapies/a-therapy/" in frame.xpath(".//a/@href")
    # Ids are given once, and every link inside the page leads somewhere.
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {it[1:] for it in tree.xpath("//a/@href") if it.startswith("#")} <= set(ids)


@pytest.mark.django_db
def test_the_boxes_stand_without_a_source_and_tell_then_only_what_to_do(client, therapy):
    live_page("a-therapy", kind=Kind.THERAPY, tag=therapy)

    text = client.get("/therapies/a-therapy/").text

    assert "I was treated and feel unwell" in text
    assert "I was offered this for money" in text
    assert "The US regulator (FDA) says" not in text
    assert "European regulator (EMA) has heard" not in text


@pytest.mark.django_db
def test_a_fallen_source_is_not_told_in_a_box(client, therapy):
    Source.objects.create(
        key="reg-fda-consumer-2021",
        kind="regulatory",
        title="x",
        design="regulatory",
        status="withdrawn",
    )
    live_page("a-therapy", kind=Kind.THERAPY, tag=therapy)

    assert "The US regulator (FDA) says" not in client.get("/therapies/a-therapy/").text


@pytest.mark.django_db
def test_the_appointment_page_shows_the_questions_of_a_page_and_where_there_are_more(
    client, disease, django_assert_max_num_queries
):
    live_page("ms", kind=Kind.DISEASE, tag=disease, body=QUESTIONS)
    live_page("an-article", body=QUESTIONS)
    live_term("relapse")

    with django_assert_max_num_queries(2):
        tree = lxml_html.fromstring(client.get("/appointment/?page=/articles/an-article/").text)

    boxes = tree.xpath("//input[@type='checkbox' and @data-page='/articles/an-article/']/@value")
    assert boxes == ["Which cells?", "Who pays if I am harmed?"]
    assert "/appointment/?page=/diseases/ms/" in tree.xpath("//main//a/@href")
    # Nothing on it can be sent: no field of the form has a name, and it has no address.
    assert not tree.xpath("//form[@data-appointment]//@name")
    assert not tree.xpath("//form[@data-appointment]/@action")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["/articles/gone/", "//evil.example/", "x\x00", "/articles/plain/"]
)
def test_a_page_without_questions_is_said_so(client, page):
    live_page("plain")

    response = client.get("/appointment/", {"page": page})

    assert response.status_code == 200
    assert "We found no questions on the page that you came from." in response.text
    assert "evil" not in response.text.partition("<main")[2]


@pytest.mark.django_db
def test_paper_says_where_the_page_is_from_and_how_old_it_is(client):
    live_page("a-page")

    head = lxml_html.fromstring(client.get("/articles/a-page/").text).find_class("print-head")[0]

    words = " ".join(head.text_content().split())
    assert "http://testserver/articles/a-page/" in words
    assert "version 1 of 2 Mar 2026" in words
