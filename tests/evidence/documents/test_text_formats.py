"""Plain text, Markdown, web pages, and the encodings they come in."""

import codecs
import time

import pytest

from evidence.documents.document import Unreadable
from evidence.documents.reading import read_document

PROSE = "The patients’ cells were given back after naïve cells had been taken out for good."


def kinds(document):
    return [block.kind for block in document.blocks]


# Encodings


@pytest.mark.parametrize(
    ("encoding", "mark", "warned"),
    [
        ("utf-8", b"", ""),
        ("utf-8", codecs.BOM_UTF8, ""),
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("windows-1252", b"", "Windows-1252"),
    ],
)
def test_each_encoding_gives_the_same_text(write, encoding, mark, warned):
    document = read_document(write("a.txt", mark + f"A title\n\n{PROSE}".encode(encoding)))

    assert document.text == f"A title\n\n{PROSE}"
    assert document.warnings == ((f"Read as {warned}: the file is not UTF-8.",) if warned else ())


def test_utf_8_with_a_broken_byte_stays_utf_8_with_a_warning(write):
    document = read_document(write("a.txt", (f"{PROSE}\n" * 5).encode() + b"\xe2\x80"))

    assert "patients’" in document.text
    assert "damaged UTF-8" in document.warnings[0]


def test_another_script_in_an_old_encoding_is_refused_not_garbled(write):
    path = write("a.txt", "Стволовые клетки и болезни человека".encode("cp1251"))

    with pytest.raises(Unreadable, match="encoding cannot be told"):
        read_document(path)


def test_a_web_page_may_declare_its_encoding(write):
    page = '<html><meta charset="windows-1251"><h1>Клетки</h1><p>Стволовые клетки.</p></html>'

    document = read_document(write("a.html", page.encode("cp1251")))

    assert document.title == "Клетки"
    assert document.warnings == ("Read as windows-1251: the file is not UTF-8.",)


def test_a_stray_nul_is_left_out_with_a_warning(write):
    document = read_document(write("a.txt", f"A title\n\n{PROSE * 9}\0"))

    assert "\0" not in document.text
    assert document.warnings == ("Left out characters that are not text (1).",)


def test_what_nobody_sees_is_left_out(write):
    document = read_document(
        write("a.txt", "A title\r\n\r\nIn\u200bvi\xadsible \ufb01gures\u202e.")
    )

    assert document.text == "A title\n\nInvisible figures."


def test_a_file_name_that_is_no_text_can_still_be_stored(tmp_path):
    path = tmp_path / "caf\udce9.txt"
    path.write_text(PROSE)

    assert read_document(path).file_name == "caf\ufffd.txt"


# Plain text


def test_short_lines_between_paragraphs_are_headings(write):
    document = read_document(
        write("a.txt", "The title\nA sentence.\nWhat is it?\nAnother one.\nThe end")
    )

    assert document.title == "The title"
    assert kinds(document) == ["title", "p", "h2", "p", "p"]


def test_wrapped_lines_are_one_paragraph(write):
    document = read_document(
        write(
            "a.txt",
            "Cells in lupus\n\nThis is a paragraph that somebody wrapped at some column\n"
            "as one did in letters, and here it goes on for another line\nand ends.\n\n"
            "- a first item that is wrapped as well because it is far too long\n  and ends here\n"
            "- a second\n",
        )
    )

    assert kinds(document) == ["title", "p", "ul", "ul"]
    assert document.blocks[2].text.endswith("too long and ends here")


def test_lists_and_underlined_headings_are_kept(write):
    document = read_document(
        write(
            "a.txt", "Title\n=====\n\nText.\n\nPart\n----\n\n1. one\n2. two\n\n• dot\n• dot two\n"
        )
    )

    assert kinds(document) == ["title", "p", "h2", "ol", "ol", "ul", "ul"]
    assert document.text.endswith("1. one\n2. two\n\n- dot\n- dot two")
    assert "<ol><li>one</li><li>two</li></ol>" in document.html


def test_a_run_of_short_lines_is_no_row_of_headings(write):
    address = "Dr Smith\nThe Clinic\nHigh Street\nLondon\nEngland"

    assert "h2" not in kinds(
        read_document(write("a.txt", f"A sentence here.\n\n{address}\n\nEnd."))
    )


def test_a_text_without_title_takes_its_first_words_and_says_so(write):
    document = read_document(write("a.txt", f"{PROSE} More follows."))

    assert (
        document.title
        == "The patients’ cells were given back after naïve cells had been taken out for…"
    )
    assert "names no title" in document.warnings[0]


def test_markup_in_plain_text_stays_text(write):
    document = read_document(write("a.txt", "A title\n\nUse <script>alert(1)</script> & so on."))

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on." in document.html


# Markdown


def test_markdown_keeps_headings_lists_tables_and_marks(write):
    document = read_document(
        write(
            "a.md",
            "# Title\n\nSome *text*.\n\n## Part\n\n- one\n- two\n\n"
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
        )
    )

    assert document.title == "Title"
    assert kinds(document) == ["title", "p", "h2", "ul", "ul", "table"]
    assert document.blocks[-1].text == "a | b\n1 | 2"
    assert "<em>text</em>" in document.html


def test_front_matter_names_title_and_publisher_and_is_no_text(write):
    document = read_document(
        write("a.md", "---\ntitle: 'The title'\npublisher: A House\n---\n## Part\n\nText.\n")
    )

    assert (document.title, document.publisher) == ("The title", "A House")
    assert document.text == "Part\n\nText."


def test_scripts_in_markdown_are_dropped(write):
    document = read_document(
        write(
            "a.md",
            "# T\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) <b onclick=x>c</b>",
        )
    )

    assert "alert" not in document.html.replace("[a](javascript:alert(1))", "")
    assert "onclick" not in document.html


# Web pages

PAGE = """<!doctype html><html lang="en-GB"><head><title>Cells in lupus | The House</title>
<style>p{}</style><script>bad()</script></head><body><header>Site</header><nav>Menu</nav>
<form>Subscribe<input></form>
<main><h1>Cells in lupus</h1><p onclick="bad()">Cells <b>may</b> help.<br><br>A second.</p>
<h3>Harms</h3><ul><li>One<li><p>Two</p></ul><table><tr><th>A<th>B<tr><td>1<td>2</table>
<p><a href="https://example.org/a?b=1&c=2">there</a> <a href="javascript:bad()">here</a></p>
<p style="display: none">Hidden</p></main><footer>© 2024 The House Ltd</footer></body></html>"""


def test_a_web_page_gives_its_own_text_and_nothing_around_it(write):
    document = read_document(write("a.html", PAGE))

    assert (document.title, document.publisher) == ("Cells in lupus", "The House")
    assert kinds(document) == ["title", "p", "p", "h2", "ul", "ul", "table", "p"]
    for rubbish in ("bad()", "Menu", "Subscribe", "Site", "Hidden", "onclick", "javascript", "h1"):
        assert rubbish not in document.html
    assert '<a href="https://example.org/a?b=1&amp;c=2"' in document.html
    assert "<p>Cells <strong>may</strong> help.</p>" in document.html


def test_a_page_wrapped_in_one_form_keeps_its_text(write):
    page = f"<html><body><form><h1>Title</h1><p>{PROSE}</p><input></form></body></html>"

    assert PROSE in read_document(write("a.html", page)).text


def test_a_table_that_only_lays_out_the_page_is_read_through(write):
    page = f"<table><tr><td><h1>Title</h1><p>{PROSE}</p><h2>Part</h2>Text.</td></tr></table>"

    assert kinds(read_document(write("a.html", page))) == ["title", "p", "h2", "p"]


def test_text_deep_in_a_page_is_kept_or_the_page_is_refused_but_never_lost(write):
    def nested(depth):
        return "<div>" * depth + f"<p>{PROSE}</p>" + "</div>" * depth

    assert PROSE in read_document(write("a.html", nested(300))).text
    for depth in (1500, 50_000):
        with pytest.raises(Unreadable, match="too deeply"):
            read_document(write("b.html", nested(depth)))


# All of them


def test_the_same_bytes_have_the_same_hash(write):
    first, second = (read_document(write(name, f"T\n\n{PROSE}")) for name in ("a.txt", "b.txt"))

    assert first.sha256 == second.sha256
    assert len(first.sha256) == 64


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The cells of the patient are given back to him and this is not for all of them.", "en"),
        (
            "Die Zellen des Menschen werden mit der Spritze gegeben und nicht für alle.",
            "de",
        ),
        ("Xyzzy plugh.", ""),
    ],
)
def test_the_language_is_guessed_or_left_open(write, text, language):
    assert read_document(write("a.txt", text)).language == language


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Book a free consultation today.", "get in touch"),
        ("A course costs only $5,000 here.", "$5,000"),
        ("At our clinic you are welcome.", "our clinic"),
        (
            "See https://www.stemcellclinic.example.com/offers for more.",
            "stemcellclinic.example.com",
        ),
        ("The trial is at https://clinicaltrials.gov/study/1 and people joined.", ""),
        ("In the study, 5 of 20 people felt better.", ""),
    ],
)
def test_what_hints_at_selling_is_said(write, text, hint):
    interest = read_document(write("a.txt", text)).commercial_interest

    assert hint in interest
    assert bool(hint) == bool(interest)


def test_fifty_texts_a_second_are_read_with_ease(write):
    path = write("a.txt", "A title\n\n" + f"{PROSE} {PROSE} {PROSE}\n\n" * 12)
    start = time.perf_counter()

    for _ in range(50):
        read_document(path)

    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "unit",
    ["a ", "Aa Bb ", "e.g. ", "A", "\n- x", "Heading line\n", "© ", "we ", "“", "12.", "[1]"],
)
def test_no_row_of_anything_takes_more_than_its_length(write, unit):
    def seconds(size):
        path = write("a.txt", unit * (size // len(unit)) + " end of it")
        start = time.perf_counter()
        read_document(path)
        return time.perf_counter() - start

    assert seconds(100_000) < 3
