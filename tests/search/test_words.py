"""The reader's words: taken apart, spelt both ways, put right, and known by every name."""

from itertools import batched

import pytest

from editorial.models import Tag
from editorial.states import Kind
from search import names
from search.names import Names, names_now
from search.spelling import Vocabulary, american, british, put_right, spellings
from search.words import callings, name_key, read, words_of
from tests.live_pages import live_page, live_term


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Crohn’s Disease", ("crohn", "disease")),
        ("wharton's JELLY", ("wharton", "jelly")),
        ("patients' own", ("patients", "own")),
        ("stem-cell", ("stem", "cell")),
        ("IL-6 CD34+ VX-880", ("il6", "cd34", "vx880")),
        ("anti-TNF, CAR-T", ("antitnf", "cart")),
        ("type one diabetes", ("type1", "diabetes")),
        ("phase II", ("phase2",)),
        ("Sjögren", ("sjogren",)),
        ("β cell", ("beta", "cell")),
        ("ms\x00\u202e\u200bx", ("ms", "x")),
        ("SELECT * FROM page; --", ("select", "from", "page")),
        ("title:lupus AND (ra OR ms)^2 ~1", ("title", "lupus", "and", "ra", "or", "ms", "2", "1")),
        ('"', ()),
        ("🙂 lupus ½", ("lupus", "½")),
    ],
)
def test_words_are_the_same_however_they_are_typed(typed, words):
    assert read(typed).words == words


def test_quotes_make_phrases_and_a_minus_leaves_words_out():
    reading = read('hsct “own cells” -ms -"bone marrow" long-term')

    assert reading.words == ("hsct", "long", "term")
    assert reading.phrases == (("own", "cells"),)
    assert reading.without == (("ms",), ("bone", "marrow"))


def test_words_to_leave_out_and_nothing_else_are_what_is_looked_for():
    assert read("-hsct").words == ("hsct",)
    assert not read("-hsct").without


def test_a_quote_that_is_not_closed_quotes_nothing():
    assert read('"own cells').words == ("own", "cells")


def test_what_is_too_long_is_cut_off():
    assert len(read("lupus " * 2000).words) == 16
    assert not read("-" * 10_000)


@pytest.mark.parametrize(
    ("typed", "telling"),
    [
        ("can stem cells cure ms", ("stem", "cells", "cure", "ms")),
        ("Is HSCT safe?", ("hsct", "safe")),
        ("how much does it cost", ("cost",)),
        ("what is it", ("what", "is", "it")),
    ],
)
def test_the_words_of_a_question_tell_nothing_unless_there_are_no_others(typed, telling):
    assert read(typed).telling == telling


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("hematopoietic", "haematopoietic"),
        ("anemia", "anaemia"),
        ("leukemia", "leukaemia"),
        ("hypoglycemia", "hypoglycaemia"),
        ("tumor", "tumour"),
        ("fetal", "foetal"),
        ("estrogen", "oestrogen"),
        ("pediatric", "paediatric"),
        ("diarrhea", "diarrhoea"),
        ("esophageal", "oesophageal"),
        ("celiac", "coeliac"),
        ("orthopedic", "orthopaedic"),
        ("randomized", "randomised"),
        ("mobilization", "mobilisation"),
        ("center", "centre"),
        ("favor", "favour"),
        ("signaling", "signalling"),
        ("neuron", "neurone"),
        ("leukapheresis", "leucapheresis"),
    ],
)
def test_both_sides_of_the_atlantic_spell_one_word(there, here):
    assert british(there) == british(here) == here
    assert american(here) == american(there) == there
    assert set(spellings(here)) == {there, here}


@pytest.mark.parametrize("word", ["systemic", "size", "sclerosis", "ms", "literature", "fever"])
def test_other_words_are_spelt_in_one_way(word):
    assert spellings(word) == (word,)


def test_spellings_of_one_name_have_one_key():
    for one, other in [
        ("CAR-T cells", "car t cell"),
        ("IL-6", "il 6"),
        ("Crohn’s disease", "crohns disease"),
        ("Hematopoietic stem cells", "haematopoietic stem-cell"),
        ("auto immune", "autoimmune"),
        ("type one diabetes", "Type 1 diabetes"),
        ("MSCs", "msc"),
    ]:
        assert name_key(words_of(one)) == name_key(words_of(other)), one


def test_a_title_calls_its_page_by_what_is_before_and_in_its_brackets():
    assert callings("Multiple sclerosis (MS)") == [
        "Multiple sclerosis (MS)",
        "Multiple sclerosis",
        "MS",
    ]
    assert callings("Lupus") == ["Lupus"]


# --- misspelt words -------------------------------------------------------------------------

COUNTS = "chronic 90 disease 170 crohn 40 lupus 60 placebo 20 place 50 haematopoietic 30"
MORE_COUNTS = "transplant 120 sclerosis 80 allogeneic 12 trial 9"
SITE = Vocabulary(
    counts={word: int(pages) for word, pages in batched(f"{COUNTS} {MORE_COUNTS}".split(), 2)},
    in_names=frozenset({"crohn", "disease", "lupus", "placebo", "sclerosis", "allogeneic"}),
    pairs=frozenset({("crohn", "disease")}),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("luppus", "lupus"),
        ("chrons disease", "crohn disease"),
        ("plasebo", "placebo"),
        ("allogenic transplent", "allogeneic transplant"),
        ("hematopoetic", "haematopoietic"),
        ("zclerosis", "sclerosis"),
    ],
)
def test_a_misspelt_word_becomes_the_nearest_word_of_the_site(typed, meant):
    assert " ".join(put_right(typed.split(), SITE)) == meant


@pytest.mark.parametrize(
    "word", ["lupus", "trials", "hematopoietic", "transplants", "ms", "lup", "il6", "2019", "квант"]
)
def test_what_exists_is_short_or_is_no_word_stays_as_it_is(word):
    assert SITE.corrected(word) == word


def test_a_word_that_is_near_nothing_stays():
    assert SITE.corrected("zebrafish") == "zebrafish"


# --- names ----------------------------------------------------------------------------------


def known(*groups: list[str]) -> Names:
    names = Names()
    for group in groups:
        names.add(group)
    return names


def test_the_longest_name_is_found_in_a_question():
    found = known(["Stem cell"], ["Bone marrow transplant", "HSCT"], ["Bone marrow"])

    runs = list(found.runs(words_of("is bone-marrow transplants safe")))

    assert [run.words for run in runs] == [("is",), ("bone", "marrow", "transplants"), ("safe",)]
    assert runs[1].others == (("hsct",),)


def test_a_name_of_two_things_means_both():
    found = known(["Alpha", "A1"], ["Beta", "A-1"])

    assert set(found.others(("a1",))) == {("alpha",), ("beta",)}


@pytest.mark.django_db
def test_names_come_from_tags_and_from_pages_and_lead_both_ways(disease, django_assert_num_queries):
    names.forget()
    disease.synonyms.create(name="MS")
    live_page("multiple-sclerosis", kind=Kind.DISEASE, tag=disease, title="Multiple sclerosis (MS)")
    live_term("mobilisation", title="Mobilisation", names=["Collection"])
    live_page("article", title="Zebra")
    Tag.objects.create(name="Old name", slug="old", kind=Tag.Kind.DISEASE, merged_into=disease)

    found = names_now()

    assert ("multiple", "sclerosis") in found.others(("ms",))
    assert ("ms",) in found.others(("multiple", "sclerosis"))
    assert ("ms",) in found.others(("old", "name"))
    assert found.others(("collection",)) == (("mobilisation",),)
    assert [page.is_own for page in found.pages(("multiple", "sclerosis"))] == [True]
    assert [page.is_own for page in found.pages(("old", "name"))] == [False]
    assert not found.knows(("zebra",))
    with django_assert_num_queries(1):
        assert names_now() is found


@pytest.mark.django_db
def test_names_are_read_again_when_something_public_has_changed(disease):
    names.forget()
    live_page("multiple-sclerosis", kind=Kind.DISEASE, tag=disease)
    before = names_now()
    live_term("relapse", title="Relapse", names=["Attack"])

    assert names_now() is not before
    assert names_now().knows(("attack",))
