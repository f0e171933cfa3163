"""A body as plain text: blocks, sentences, and what stands at which place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.language.html_text import plain_of, plain_of_text

BODY = """
<h2 data-part="harms">What can go wrong</h2>
<p>About <strong>2 in 100</strong> people died
<cite data-source="sormani-2017-ma" data-place="Abstract"></cite>. See
<a href="/x/" data-page="4">the page</a> now.</p>
<ul><li>First thing</li><li>Second<ul><li>inner</li></ul></li></ul>
<blockquote><p>It cures.</p><p>Everybody.</p></blockquote>
<table><caption>Deaths</caption><tbody><tr><td>10<sup>6</sup> cells. Many.</td></tr></tbody></table>
<p>One<br>two.<cite data-source="nash-2017-halt"></cite> Three.</p><script>nothing</script>
"""


def test_every_block_stands_alone():
    plain = plain_of(BODY)
    blocks = [(block.sort, plain.text[block.start : block.end]) for block in plain.blocks]
    assert blocks == [
        ("h2", "What can go wrong"),
        ("p", "About 2 in 100 people died. See the page now."),
        ("li", "First thing"),
        ("li", "Second"),
        ("li", "inner"),
        ("blockquote", "It cures."),
        ("blockquote", "Everybody."),
        ("caption", "Deaths"),
        ("td", "10⁶ cells. Many."),
        ("p", "One\ntwo. Three."),
    ]
    assert plain.blocks[0].part == "harms"


def test_sentences_are_those_of_paragraphs_and_lists():
    plain = plain_of(BODY)
    sentences = [plain.text[start:end] for start, end in plain.sentences()]
    assert "About 2 in 100 people died." in sentences
    assert "inner" in sentences
    assert not {"What can go wrong", "Deaths", "Many."} & set(sentences)
    assert "Many." in [plain.text[start:end] for start, end in plain.sentences(prose=False)]


def test_a_citation_is_no_word_and_known_in_the_sentence_it_ends():
    plain = plain_of(BODY)
    cited = {
        plain.text[start:end]: [cite.source for cite in plain.citations_in(start, end)]
        for start, end in plain.sentences()
    }
    assert cited["About 2 in 100 people died."] == ["sormani-2017-ma"]
    assert cited["One\ntwo."] == ["nash-2017-halt"]
    assert cited["Three."] == []
    assert plain.citations[0].place == "Abstract"


def test_links_and_quotations_are_known_by_their_place():
    plain = plain_of(BODY)
    (link,) = plain.links
    assert (plain.text[link.start : link.end], link.href, link.page) == ("the page", "/x/", "4")
    assert plain.links_in(link.end - 1, link.end + 5) == [link]
    assert plain.links_in(link.end, link.end + 5) == []
    cures = plain.text.index("It cures")
    assert plain.is_quoted(cures, plain.text.index("Everybody"))
    assert not plain.is_quoted(cures - 3, cures + 3)


def test_a_place_between_two_blocks_is_in_neither():
    plain = plain_of("<p>One.</p><p>Two.</p>")
    assert plain.block_at(0) == plain.blocks[0]
    assert plain.block_at(5) is None
    assert plain.block_at(6) == plain.blocks[1]


def test_a_text_without_markup_has_headings_paragraphs_and_items():
    plain = plain_of_text("# A heading\n\nWhat it is\n\nOne. Two.\n\n- an item\n- another\n")
    assert [block.sort for block in plain.blocks] == ["h2", "h2", "p", "li", "li"]
    assert plain.text[slice(*next(plain.sentences()))] == "One."


def test_a_citation_behind_the_last_paragraph_belongs_to_it():
    plain = plain_of('<p>One.</p><cite data-source="a"></cite>')
    assert [cited.source for cited in plain.citations_in(0, 4)] == ["a"]


def test_nothing_is_an_empty_text():
    assert plain_of(" ").blocks == () == plain_of("<p> </p>").blocks
    assert plain_of_text("").blocks == ()


PIECES = st.sampled_from([
    *("<p>", "</p>", "<ul><li>", "</li></ul>", "<h2>", "</h2>", "<blockquote>", "</blockquote>"),
    *("<table><tr><td>", "</td></tr></table>", "<br>", '<cite data-source="a"></cite>', " ", "\n"),
    *("One thing. ", "Two", ".", "<sup>2</sup>", '<a href="/">here</a>', "<q>", "</q>", "3 of 4"),
])  # fmt: skip


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=25))
def test_every_place_is_inside_the_text_whatever_the_markup(pieces):
    plain = plain_of("".join(pieces))
    end = 0
    for block in plain.blocks:
        assert end <= block.start < block.end <= len(plain.text)
        assert plain.text[block.start : block.end] == plain.text[block.start : block.end].strip()
        end = block.end
    places = [*plain.quoted, *((link.start, link.end) for link in plain.links)]
    assert all(0 <= start < end <= len(plain.text) for start, end in places)
    assert all(0 <= cited.offset <= len(plain.text) for cited in plain.citations)
