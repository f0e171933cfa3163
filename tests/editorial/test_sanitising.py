"""The one sanitiser: what may stay, what never does, and that cleaning twice changes nothing."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from editorial.sanitising import ALLOWED, PARTS, clean_html

# --- what may stay ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "<p>Plain <strong>and</strong> <em>marked</em> H<sub>2</sub>O<sup>2</sup></p>",
        '<h2 data-part="harms">Harms</h2><h3>Of the drugs</h3><h4>Early</h4>',
        '<ul><li>One</li></ul><ol start="3"><li><p>Three</p><p>Four</p></li></ol>',
        "<blockquote><p>Said.</p></blockquote>",
        '<p><a href="/articles/x/" data-page="7">x</a> <a href="https://example.org/?a=1">y</a></p>',
        '<p><a href="mailto:a@example.org">mail</a> <a href="tel:+441234">call</a></p>',
        '<p>So.<cite data-source="burt-2019" data-place="Table 2"></cite></p>',
        '<table><thead><tr><th scope="col" colspan="2">A</th></tr></thead>'
        '<tbody><tr><td rowspan="2">1</td><td>2</td></tr></tbody></table>',
        "<p>5 &lt; 6 &amp; 7</p>",
    ],
)
def test_what_the_editor_makes_stays_as_it_is(html):
    assert clean_html(html) == html


@pytest.mark.parametrize("part", PARTS)
def test_every_part_marks_its_heading(part):
    html = f'<h2 data-part="{part}">Heading</h2>'
    assert clean_html(html) == html


# --- what goes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<script>alert(1)</script><p>x</p>", "<p>x</p>"),
        ("<style>p{}</style><p>x</p>", "<p>x</p>"),
        ('<p onclick="alert(1)" style="color:red" class="c" id="i">x</p>', "<p>x</p>"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="JaVa\tScript:alert(1)">x</a>', "x"),
        ('<a href="&#106;avascript:alert(1)">x</a>', "x"),
        ('<a href=" javascript:alert(1)">x</a>', "x"),
        ('<a href="data:text/html,x">x</a>', "x"),
        ('<a href="vbscript:x">x</a>', "x"),
        ('<img src=x onerror="alert(1)"><p>x</p>', "<p>x</p>"),
        ("<svg onload=alert(1)><p>x</p></svg>", "<p>x</p>"),
        ('<iframe src="https://example.org">x</iframe><p>y</p>', "<p>y</p>"),
        ('<form action="/x"><input name=a>x</form>', "x"),
        ("<!-- note --><p>x</p>", "<p>x</p>"),
        ("<h1>x</h1>", "x"),
        ("<p>x\x00y</p>", "<p>xy</p>"),
        ('<h2 data-part="adverts">x</h2>', "<h2>x</h2>"),
        ('<a data-page="7 or 8">x</a>', "x"),
        ('<a data-page="٣">x</a>', "x"),
        ('<td colspan="9999">x</td>', "x"),
        (
            '<table><tbody><tr><td colspan="9999">x</td></tr></tbody></table>',
            "<table><tbody><tr><td>x</td></tr></tbody></table>",
        ),
        ('<cite data-source="Not A Key"></cite>', ""),
        ("<p></p><p> <br>&nbsp;</p><p>x</p>", "<p>x</p>"),
        ('<p class="MsoNormal"><o:p>x</o:p><span lang="EN">y</span></p>', "<p>xy</p>"),
    ],
)
def test_what_the_editor_cannot_make_goes(html, cleaned):
    assert clean_html(html) == cleaned


def test_the_addresses_of_other_sites_need_a_known_scheme():
    assert clean_html('<a href="ftp://example.org/x">x</a>') == "x"


# --- whatever comes -----------------------------------------------------------------------

TAGS = [*ALLOWED, "script", "style", "svg", "math", "button", "form", "template", "select", "div"]
ATTRIBUTES = ["href", "onclick", "style", "src", "data-page", "data-part", "colspan", "data-source"]
VALUES = ["javascript:x()", "JAVA\nSCRIPT:x()", "data:text/html,x", "/x/", "7", "harms", '"><b x="']
NOISE = st.text(alphabet="ab <>&\"'/=\x00\n\u00a0\u202e", max_size=8)
PIECES = st.one_of(
    NOISE,
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "&lt;script&gt;", "&#60;", "<p><br></p>"]),
    st.builds(
        lambda tag, name, value: f'<{tag} {name}="{value}">',
        st.sampled_from(TAGS),
        st.sampled_from(ATTRIBUTES),
        st.sampled_from(VALUES),
    ),
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
)
MARKUP = st.lists(PIECES, max_size=14).map("".join)


@given(MARKUP)
@example("<p><button><p>x</p></button></p>")
@example("<a><table><a>x")
@example("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")
def test_cleaning_twice_changes_nothing(html):
    once = clean_html(html)
    assert clean_html(once) == once


@given(MARKUP)
@example("<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=x>'>")
@example("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>")
def test_nothing_that_runs_survives(html):
    tree = lxml_html.fromstring(f"<div>{clean_html(html)}</div>")
    for element in tree.iterdescendants():
        assert element.tag in ALLOWED
        assert set(element.attrib) <= ALLOWED[element.tag]
        address = re.sub(r"[\x00-\x20]", "", element.get("href") or "").lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
        assert scheme is None or scheme[1] in {"http", "https", "mailto", "tel"}


@given(st.text(alphabet="abc äß細 &<>;", max_size=40))
def test_plain_words_keep_their_letters(text):
    def escape(value):
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    cleaned = clean_html(f"<p>x{escape(text)}x</p>")
    assert lxml_html.fromstring(cleaned).text_content() == re.sub(" +", " ", f"x{text}x")
