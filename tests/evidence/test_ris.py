"""RIS files: what is read, what is said of what is not, and that nothing is lost on the way."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence import ris
from evidence.documents.document import Unreadable
from evidence.documents.encodings import clean
from evidence.ris import Reference

MIST = """TY  - JOUR
AU  - Burt, Richard K.
AU  - Balabanov, Roumen
T1  - Effect of transplantation
  on disease progression
JO  - JAMA
VL  - 321
IS  - 2
SP  - 165
EP  - 174
PY  - 2019/01/15/
DO  - https://doi.org/10.1001/jama.2018.18743
AN  - 30644983
DB  - PubMed
N1  - Registered as NCT00273364
N1  - PMCID: PMC6439765
AB  - Other people's words about NCT99999999.
UR  - https://jamanetwork.com/journals/jama/fullarticle/2720728
ER  -
"""
READ = Reference(
    title="Effect of transplantation on disease progression",
    authors=("Burt, Richard K.", "Balabanov, Roumen"),
    journal="JAMA",
    year=2019,
    published_on=date(2019, 1, 15),
    volume="321",
    issue="2",
    first_page="165",
    last_page="174",
    doi="10.1001/jama.2018.18743",
    pmid="30644983",
    pmcid="PMC6439765",
    url="https://jamanetwork.com/journals/jama/fullarticle/2720728",
    registrations=("NCT00273364",),
)


def one(text: str) -> Reference:
    [found] = ris.read(text.encode()).references
    return found


@pytest.mark.parametrize(
    "data",
    [
        MIST.encode(),
        b"\xef\xbb\xbf" + MIST.replace("\n", "\r\n").encode(),
        MIST.replace("\n", "\r").encode(),
        MIST.encode("utf-16"),
        b"\n\n" + MIST.replace("ER  -", "ER  - ").encode(),
        MIST.replace("T1  -", "TI  -").replace("JO  -", "T2  -").encode(),
    ],
    ids=["plain", "mark and CRLF", "CR", "UTF-16", "blank lines", "other tags"],
)
def test_a_reference_is_read_however_the_file_is_written(data):
    assert ris.read(data).references == [READ]


def test_what_is_left_out_is_said():
    [note] = ris.read(MIST.encode()).notes

    assert note == "Left out, as the site does not keep them: AB (1×)."


def test_windows_1252_is_read_with_a_warning():
    reading = ris.read("TY  - JOUR\nTI  - Für Köln – a trial\nER  - \n".encode("cp1252"))

    assert reading.references[0].title == "Für Köln – a trial"
    assert "Windows-1252" in reading.notes[0]


def test_a_bad_reference_is_named_with_its_line_and_the_others_are_read():
    text = (
        "TY  - JOUR\nAU  - Nobody\nER  - \n"
        "TY  - JOUR\nTI  - Wrong number\nDO  - 11.1/x\nER  - \n"
        "TI  - Outside\nER  - \n"
        "TY  - JOUR\nTI  - Good\nER  - \n"
    )
    reading = ris.read(text.encode())

    assert [found.title for found in reading.references] == ["Good"]
    assert [problem.split(":")[0] for problem in reading.problems] == ["Line 1", "Line 4", "Line 8"]
    assert "no title" in reading.problems[0]
    assert "“11.1/x” is not a DOI" in reading.problems[1]


def test_a_reference_without_its_end_is_read_and_told():
    reading = ris.read(b"TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n")

    assert [found.title for found in reading.references] == ["One", "Two"]
    assert [note.split(":")[0] for note in reading.notes] == ["Line 1", "Line 3"]


def test_a_number_of_another_database_is_not_taken_for_one_of_pubmed():
    assert one("TY  - JOUR\nTI  - A\nAN  - 12345\nDB  - Embase\nER  - \n").pmid == ""
    assert one("TY  - JOUR\nTI  - A\nAN  - WOS:000123\nER  - \n").pmid == ""
    assert one("TY  - JOUR\nTI  - A\nN1  - PMID: 30644983\nER  - \n").pmid == "30644983"


@pytest.mark.parametrize(
    ("line", "year", "day"),
    [
        ("PY  - 2019", 2019, None),
        ("Y1  - 2019/02/30/", 2019, None),
        ("PY  - 2019\nDA  - 2019-02-03", 2019, date(2019, 2, 3)),
        ("PY  - in press", None, None),
    ],
)
def test_a_day_is_kept_only_if_there_is_one(line, year, day):
    found = one(f"TY  - JOUR\nTI  - A\n{line}\nER  - \n")

    assert (found.year, found.published_on) == (year, day)


def test_both_pages_behind_the_first_tag_are_told_apart():
    found = one("TY  - JOUR\nTI  - A\nSP  - e91-e104\nER  - \n")

    assert (found.first_page, found.last_page) == ("e91", "e104")


def test_a_sentence_that_goes_on_is_not_taken_for_a_tag():
    assert one("TY  - JOUR\nTI  - In people with\nMS - a trial\nER  - \n").title == (
        "In people with MS - a trial"
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "holds no reference"),
        (b"No reference at all", "holds no reference"),
        (b"%PDF-1.7\x00\x01\x02\x00\xff\xfe\x00", "binary"),
        (b"TY  - JOUR\nTI  - A\nER  - \n" * (ris.MOST_RECORDS + 1), "split it"),
        (b" " * (ris.MAX_BYTES + 1), "split it"),
    ],
    ids=["empty", "prose", "PDF", "many", "large"],
)
def test_what_is_no_ris_file_is_refused_in_words(data, why):
    with pytest.raises(Unreadable) as refused:
        ris.read(data)

    assert why in refused.value.reason


# Letters of several scripts, and all that could be taken for a tag or a line's end.
LETTERS = "abzAYTIER019 -–:;.,()/“é字ß"
words = st.text(LETTERS, min_size=1, max_size=30).map(
    lambda text: " ".join(clean(text).split()) or "x"
)
pages = st.from_regex(r"e?[1-9][0-9]{0,5}", fullmatch=True)
references = st.builds(
    Reference,
    title=words,
    type=st.sampled_from(["JOUR", "RPRT", "ELEC"]),
    design=st.just("") | words,
    authors=st.lists(words, max_size=4).map(tuple),
    journal=st.just("") | words,
    year=st.none() | st.integers(1000, 2999),
    volume=st.just("") | words,
    issue=st.just("") | words,
    first_page=st.just("") | pages,
    last_page=st.just("") | pages,
    doi=st.just("")
    | st.from_regex(r"10\.[0-9]{4,9}/[a-zA-Z0-9()./-]{0,20}[a-z0-9]", fullmatch=True),
    pmid=st.just("") | st.from_regex(r"[1-9][0-9]{0,7}", fullmatch=True),
    pmcid=st.just("") | st.from_regex(r"PMC[1-9][0-9]{0,7}", fullmatch=True),
    url=st.just("") | st.from_regex(r"https://example\.org/[a-z0-9?=&/-]{0,30}", fullmatch=True),
    language=st.sampled_from(["", "en", "de"]),
    key=st.just("") | st.from_regex(r"[a-z][a-z0-9-]{3,40}[a-z]", fullmatch=True),
    registrations=st.lists(
        st.sampled_from(["NCT00273364", "ISRCTN88667898", "EudraCT 2017-001362-25"]), unique=True
    ).map(tuple),
)


dated = st.builds(
    # A day belongs to its year.
    lambda reference, on: replace(reference, year=on.year, published_on=on),
    references,
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(references | dated, min_size=1, max_size=4))
def test_what_is_written_is_read_back_as_it_was(told):
    reading = ris.read(ris.write(told).encode())

    assert reading.references == told
    assert reading.problems == reading.notes == []
