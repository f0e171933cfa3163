"""Terms become links in the body of a page, and nothing else in it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from editorial.rendering import inner_html
from editorial.sanitising import clean_html
from glossary import rendering
from glossary.matcher import Entry, Matcher

DEFINITION = 'A cell that can "renew" itself & <become> another'
ENTRIES = [
    Entry(1, "/glossary/stem-cell/", DEFINITION, ("Stem cell",)),
    Entry(2, "/glossary/relapse/", "A return of symptoms.", ("Relapse", "flare")),
    Entry(3, "/glossary/remission/", "A quiet time.", ("Remission",)),
]


MATCHER = Matcher.of(ENTRIES)


def link(body: str, *, page_id: int = 99) -> str:
    """The body with its terms linked."""
    tree = lxml_html.fromstring(f"<div>{body}</div>")
    rendering.link_in(tree, MATCHER, page_id=page_id)
    return inner_html(tree)


def links(html: str) -> list[str]:
    return [a.text for a in lxml_html.fromstring(f"<div>{html}</div>").iter("a")]


def test_the_first_use_in_each_section_is_linked():
    html = link(
        "<p>A stem cell. A stem cell.</p><p>stem cells</p>"
        "<h2>Next</h2><p>Another stem cell, then stem cells.</p>"
    )

    assert html.count("<a ") == 2
    assert links(html) == ["stem cell", "stem cell"]
    assert html.index("<a ") < html.index("A stem cell.</p>")


def test_the_first_use_is_the_first_that_is_read():
    html = link("<p>In <em>some <strong>remission</strong></em> and remission.</p>")

    assert "<strong><a " in html
    assert html.count("<a ") == 1


def test_two_names_of_one_term_are_one_use():
    assert links(link("<p>A flare is a relapse.</p>")) == ["flare"]


def test_an_h3_begins_no_section():
    assert links(link("<p>remission</p><h3>More</h3><p>remission</p>")) == ["remission"]


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="/x/">a stem cell</a></p>',
        '<p><a href="/x/">a <em>stem cell</em> here</a></p>',
        "<h2>Stem cell</h2>",
        "<h3>Stem cell</h3>",
        "<h4>The <em>stem cell</em></h4>",
        "<blockquote><p>a stem cell</p></blockquote>",
        "<table><caption>Stem cell</caption><tbody><tr><td>x</td></tr></tbody></table>",
        "<p>x<sup>stem cell</sup></p>",
        "<p>x<code>stem cell</code></p>",
        "<p>x<q>stem cell</q></p>",
    ],
)
def test_links_headings_and_quotes_are_left_alone(body):
    assert "/glossary/" not in link(body)


def test_text_after_what_is_left_alone_is_linked():
    assert links(link('<p><a href="/x/">this</a> stem cell</p>')) == ["this", "stem cell"]


def test_a_term_is_not_linked_on_its_own_page():
    assert links(link("<p>A stem cell in remission.</p>", page_id=1)) == ["remission"]


def test_the_definition_travels_escaped():
    html = link("<p>a stem cell</p>")

    assert "itself &amp; &lt;become&gt; another" in html
    (anchor,) = lxml_html.fromstring(html).iter("a")
    assert anchor.get("data-definition") == DEFINITION


def test_text_that_looks_like_markup_stays_text():
    html = link("<p>a stem cell &lt;script&gt;alert(1)&lt;/script&gt; remission &amp;lt;</p>")

    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "&amp;lt;" in html


def test_what_was_linked_is_told():
    tree = lxml_html.fromstring("<div><p>A relapse, then a stem cell.</p></div>")

    assert rendering.link_in(tree, MATCHER, page_id=99) == {1, 2}


pieces = st.sampled_from(
    [
        *("<p>", "</p>", "<h2>", "</h2>", "<em>", "</em>", "<strong>", "</strong>"),
        *("<ul><li>", "</li></ul>", "<blockquote>", "</blockquote>", '<a href="/x/">', "</a>"),
        *("stem cell", "Stem-cells", "relapses", "flare", "remission", "&lt;", "&amp;", "é", "’"),
        *(" ", " ", " and ", "<br>", '<cite data-source="a-study"></cite>', "\u2029"),
    ]
)


@given(st.lists(pieces, max_size=40).map("".join))
def test_linking_changes_no_word_and_never_nests(body):
    body = clean_html(body)
    before = lxml_html.fromstring(f"<div>{body}</div>")
    after = lxml_html.fromstring(f"<div>{link(body)}</div>")

    assert after.text_content() == before.text_content()
    assert not [a for a in after.iter("a") if any(up.tag == "a" for up in a.iterancestors())]
    assert [e.tag for e in after.iter() if e.get("class") != "term"] == [
        e.tag for e in before.iter()
    ]
