"""From a body to its public form: numbers, references, contents, tables."""

import re

import pytest
from lxml import html as lxml_html

from editorial.models import Version
from editorial.rendering import hold_page_ids, render
from editorial.states import Kind
from evidence.models import RegulatoryStatus, Source
from tests.live_pages import begin, live_page, live_term, move_to, write

pytestmark = pytest.mark.django_db


def cite(key: str, place: str = "") -> str:
    return f'<cite data-source="{key}" data-place="{place}"></cite>'


@pytest.fixture(autouse=True)
def sources(db):
    return [
        Source.objects.create(key=key, kind="trial", title=f"The {key} trial", design="cohort")
        for key in ("first", "second", "third", "fourth")
    ]


def rendered(body: str, *, kind: Kind = Kind.ARTICLE, tag=None, **told):
    """The stored form of a draft with this body, as it would go live."""
    version = write(begin("a-page", kind=kind, tag=tag), body=body, **told)
    return render(Version.objects.get(pk=version.pk))


def tree_of(result):
    return lxml_html.fromstring(f"<main>{result.html}</main>")


def numbers(html: str) -> list[str]:
    return re.findall(r'href="#ref-(\d+)"', html)


def claim(therapy, disease, key, *, direction="benefit") -> dict:
    return {
        "statement": f"It does something ({key}).",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "Relapse",
        "direction": direction,
        "certainty": "not_rated",
        "citations": [{"source": key, "place": "Abstract"}],
    }


def checked(source, key) -> dict:
    return {
        "quote": "a few words",
        "source_id": source.pk,
        "verdict": "wrong",
        "why": "It was not shown.",
        "citations": [{"source": key, "place": ""}],
    }


def test_citations_are_numbered_in_order_and_a_source_keeps_its_number():
    result = rendered(f"<p>A.{cite('second')} B.{cite('first')} C.{cite('second')}</p>")

    assert result.references == ["second", "first"]
    assert numbers(result.html) == ["1", "2", "1"]


def test_every_number_leads_to_its_line_in_the_references():
    tree = tree_of(rendered(f"<p>A.{cite('second', 'Table 2')} B.{cite('first')}</p>"))

    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    anchors = [a.get("href")[1:] for a in tree.iter("a") if a.get("href").startswith("#")]
    assert {"ref-1", "ref-2"} <= set(anchors)
    assert set(anchors) <= ids
    assert "The second trial" in tree.get_element_by_id("ref-1").text_content()
    assert tree.xpath("//sup/a[@title='Table 2' and @aria-label='Reference 1']")


def test_neighbours_share_one_raised_group():
    result = rendered(f"<p>A.{cite('first')} {cite('second')}{cite('third')} B.</p>")

    (group,) = tree_of(result).xpath("//sup[@class='cite']")
    assert group.text_content() == "1, 2, 3"
    assert group.tail == " B."


def test_citations_with_words_between_stay_apart():
    result = rendered(f"<p>A{cite('first')} and B{cite('second')}.</p>")

    assert len(tree_of(result).xpath("//sup[@class='cite']")) == 2
    assert "and B" in result.html


def test_a_source_that_is_not_known_is_left_out_and_the_words_around_it_stay():
    result = rendered(f"<p>Before{cite('nobody')} after.{cite('first')}</p>")

    assert "Before after." in tree_of(result).text_content()
    assert result.references == ["first"]


def test_numbers_follow_the_page_checked_claims_then_effects_then_harms_then_body(
    therapy, disease, sources
):
    result = rendered(
        f"<p>Body.{cite('fourth')}</p>",
        parts={
            "claims": [
                claim(therapy, disease, "third", direction="harm"),
                claim(therapy, disease, "second"),
            ],
            "checked_claims": [checked(sources[0], "first")],
        },
    )

    assert result.references == ["first", "second", "third", "fourth"]
    assert numbers(result.html) == ["1", "2", "3", "4"]


def test_on_a_therapy_page_numbers_follow_the_groups_by_disease(therapy, disease):
    result = rendered(
        f"<p>Body.{cite('fourth')}</p>",
        kind=Kind.THERAPY,
        tag=therapy,
        parts={
            "claims": [
                claim(therapy, disease, "second", direction="harm"),
                claim(therapy, disease, "first"),
            ]
        },
    )

    assert numbers(result.html) == ["1", "2", "3"]
    assert result.references == ["first", "second", "fourth"]


def test_a_regulatory_status_brings_its_source_last(therapy, sources):
    RegulatoryStatus.objects.create(
        therapy=therapy, jurisdiction="EU", status="procedure", source=sources[2]
    )

    result = rendered(f"<p>Body.{cite('first')}</p>", kind=Kind.THERAPY, tag=therapy)

    assert result.references == ["first", "third"]
    assert "European Union" in result.html


def test_headings_get_ids_of_their_own_and_lines_in_the_contents():
    result = rendered(
        "<h2>The risks</h2><p>x</p><h2>The risks</h2><h3>The <em>risks</em></h3>"
        '<h2 data-part="harms">What can go wrong</h2><h2>…</h2><h4>Small</h4>'
    )

    assert result.contents == [
        ("the-risks", "The risks", 2),
        ("the-risks-2", "The risks", 2),
        ("the-risks-3", "The risks", 3),
        ("harms", "What can go wrong", 2),
        ("section", "…", 2),
    ]
    assert '<a href="#harms">What can go wrong</a>' in result.html


def test_no_id_stands_twice_on_the_whole_page(client):
    names = ("References", "Key messages", "Who", "Related", "Found", "Checked", "Main", "Status")
    headings = "".join(f"<h2>{name}</h2><p>x{cite('first')}</p>" for name in names)
    live_page("a-page", body=headings)

    ids = re.findall(r' id="([^"]+)"', client.get("/articles/a-page/").text)

    assert len(ids) > len(names)
    assert sorted(ids) == sorted(set(ids))


def test_a_table_gets_a_frame_and_its_cells_their_labels():
    tree = tree_of(
        rendered(
            "<p>x</p><table><thead><tr><th>Drug</th><th>How <em>often</em></th></tr></thead>"
            "<tbody><tr><th>A</th><td>daily</td></tr><tr><td>B</td><td>weekly</td></tr></tbody>"
            "</table><p>y</p>"
        )
    )

    (table,) = tree.xpath("//div[@class='table-frame']/table")
    assert [cell.get("data-label") for cell in table.iter("td")] == [
        "How often",
        "Drug",
        "How often",
    ]


def test_a_table_without_a_row_of_headings_gets_no_labels():
    tree = tree_of(
        rendered("<table><tbody><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr></tbody>")
    )

    assert tree.xpath("//div[@class='table-frame']/table")
    assert not tree.xpath("//td[@data-label]")


def test_a_link_follows_its_page_to_a_new_address():
    target = live_page("old-name")
    body = hold_page_ids('<p><a href="/articles/old-name/#harms">that page</a></p>')

    move_to(target.page, "new-name")

    assert '<a href="/articles/new-name/#harms">that page</a>' in rendered(body).html


def test_a_plain_link_to_a_page_gets_its_id_and_others_do_not():
    page = live_page("here").page

    held = hold_page_ids(
        '<p><a href="/articles/here/">a</a> <a href="/articles/nowhere/">b</a> '
        '<a href="https://example.org/articles/here/">c</a> <a href="/about/">d</a></p>'
    )

    assert held.count("data-page") == 1
    assert f'href="/articles/here/" data-page="{page.pk}"' in held


@pytest.mark.parametrize("number", ["0", "987654321", "9" * 19, "9" * 40, "9" * 5000])
def test_a_link_to_a_page_that_never_was_becomes_plain_words(number):
    result = rendered(f'<p>See <a href="/x/" data-page="{number}">that page</a>.</p>')

    assert "<p>See that page.</p>" in result.html


def test_rendering_twice_gives_the_same(therapy, disease):
    live_term("relapse")
    version = write(
        begin("a-page"),
        body=f"<h2>Relapse</h2><p>A relapse.{cite('first')}{cite('second')}</p>"
        "<table><tbody><tr><td>x</td></tr></tbody></table>",
        parts={"claims": [claim(therapy, disease, "third")]},
    )

    one, two = (render(Version.objects.get(pk=version.pk)) for _ in range(2))
    again = render(version)

    assert one == two == again == render(version)


@pytest.mark.parametrize(
    "hostile",
    [
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "<p>&lt;img src=x onerror=alert(1)&gt; relapse</p>",
        "<h2>&lt;script&gt;alert(1)&lt;/script&gt;</h2>",
        "<table><tbody><tr><th>&lt;script&gt;\"'</th></tr><tr><td>x</td></tr></tbody></table>",
        '<p>x<cite data-source="first" data-place="&quot;&gt;&lt;script&gt;alert(1)"></cite></p>',
    ],
)
def test_hostile_words_stay_words(hostile):
    live_term("relapse", meaning='"><script>alert(1)</script>')

    result = rendered(hostile)

    # The page's data block is no script that anything runs.
    words = re.sub(r'<script type="application/ld\+json">[^<]*</script>', "", result.html)
    assert "<script" not in words
    assert not lxml_html.fromstring(words).xpath(
        "//*[@onerror or @onclick or @style] | //script | //img"
    )


@pytest.mark.parametrize("letter", ["\x0b", "\x0c", "\x1e", "\x1f", "\x08", "\ufffe"])
def test_letters_that_no_markup_may_hold_do_not_stop_a_page(letter):
    live_term("relapse", meaning=f"A return{letter}of symptoms.")

    result = rendered(f"<p>A{letter} relapse{letter} and {letter}more.</p>")

    assert 'class="term"' in result.html
    assert "and" in tree_of(result).text_content()


def test_an_empty_body_renders(disease):
    assert rendered("").contents == []


def test_the_words_of_the_body_are_counted():
    assert rendered(f"<h2>Two words</h2><p>and three more{cite('first')}</p>").words == 5


def test_hostile_titles_and_summaries_stay_words(client):
    live_page("a-page", title="<script>alert(1)</script>", summary='"><img src=x onerror=a()>')

    for address in ("/articles/a-page/", "/articles/", "/", "/search/?q=script"):
        html = client.get(address).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_a_private_source_is_named_and_not_linked(client, sources):
    Source.objects.filter(key="first").update(is_private=True)
    live_page("a-page", body=f"<p>x{cite('first')}</p>")

    html = client.get("/articles/a-page/").text

    assert "The first trial" in html
    assert "/sources/first/" not in html
