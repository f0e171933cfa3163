"""The index itself: what it holds of a page, how it counts, and that odd questions do no harm."""

from datetime import date, timedelta

import pytest

from editorial.models import Tag
from search import engine, following
from search.asking import Asked
from search.documents import plain_text
from search.finding import find, suggest
from search.snippets import snippet
from search.tokens import fold, prepare
from tests.live_pages import NOW, live_page, live_term


def slugs(found) -> list[str]:
    return [hit.url.split("/")[2] for hit in found.hits]


# --- words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("IL-6", "il6"),
        ("CD34+ cells", "cd34 cells"),
        ("anti-TNF", "Anti TNF"),
        ("CAR-T cells", "CAR T cells"),
        ("type 1 diabetes", "TYPE-1 diabetes"),
        ("Crohn’s disease", "crohn's disease"),
        ("Sjögren’s", "SJOGREN"),
        ("stem-cell", "stem cell"),
        ("TNF-α", "tnf alpha"),
    ],
)
def test_one_thing_is_one_word_however_it_is_written(written, asked):
    assert prepare(written) == prepare(asked)


@pytest.mark.parametrize("text", ["", "\x00", "İstanbul ẞ ﬁn", "👩‍⚕️ Sjögren", "ά" * 5000])
def test_folding_keeps_every_letter_in_its_place(text):
    assert len(fold(text)) == len(text)


def test_the_engine_stems_but_keeps_medical_words_whole():
    assert engine.stem("transplants") == engine.stem("transplant")
    assert [engine.stem(word) for word in ("il6", "cd34", "antitnf")] == ["il6", "cd34", "antitnf"]


def test_text_of_a_body_has_no_tags_and_no_citations():
    body = '<h2>One</h2><p>CD34<sup>+</sup> &lt;b&gt;<cite data-source="x">x</cite></p><p>Two</p>'

    assert plain_text(body) == "One CD34+ <b> Two"


# --- snippets -----------------------------------------------------------------------------


def test_a_snippet_marks_words_as_they_stand_there_and_escapes_the_rest():
    text = "x " * 200 + "<script>A study of Sjögren’s & IL-6</script> " + "y " * 200

    shown = snippet(text, "Something else.", ["studies", "sjogren", "il6"])

    assert "&lt;script&gt;A <mark>study</mark> of" in shown
    assert "<mark>Sjögren’s</mark> &amp;" in shown
    assert "<mark>IL-6</mark>&lt;/script&gt;" in shown
    assert shown.startswith("… ")
    assert len(shown) < 400


def test_a_summary_that_holds_every_word_is_the_snippet():
    shown = snippet("Lupus again.", "About lupus & more.", ["lupus"])

    assert shown == "About <mark>lupus</mark> &amp; more."


# --- one index ----------------------------------------------------------------------------


@pytest.fixture
def site(index):
    """Three diseases' worth of pages, one tag below another."""
    ms = Tag.objects.create(name="MS", slug="ms", kind=Tag.Kind.DISEASE)
    rare = Tag.objects.create(name="Rare MS", slug="rare-ms", kind=Tag.Kind.DISEASE, parent=ms)
    lupus = Tag.objects.create(name="Lupus", slug="lupus", kind=Tag.Kind.DISEASE)
    hsct = Tag.objects.create(name="Transplant", slug="hsct", kind=Tag.Kind.THERAPY)
    claim = {"statement": "It may help.", "therapy_id": hsct.pk, "disease_id": ms.pk}
    claim |= {"outcome": "relapse", "direction": "benefit"}
    live_page("one", title="Zebra one", tags=[ms, hsct], now=NOW)
    live_page(
        "two",
        title="Zebra two",
        tags=[rare],
        now=NOW + timedelta(days=1),
        parts={"claims": [claim | {"certainty": "low"}, claim | {"certainty": "high"}]},
    )
    live_page("three", title="Zebra three", tags=[lupus, hsct])
    live_term("four", title="Okapi", names=["forest giraffe"])
    return following.current()


def test_facets_are_counted_under_every_filter_but_their_own(site):
    free = find(Asked("zebra"))
    assert (free.total, free.engine) == (3, "index")
    assert free.facets["disease"] == {"ms": 2, "rare-ms": 1, "lupus": 1}
    assert free.facets["therapy"] == {"hsct": 2}
    assert free.facets["tag"] == {"ms": 2, "rare-ms": 1, "lupus": 1, "hsct": 2}
    assert free.facets["kind"] == {"article": 3}
    assert free.facets["certainty"] == {"low": 1, "high": 1}
    assert free.facets["reviewed"] == {"6": 0, "12": 0, "24": 0}

    chosen = find(Asked("zebra", diseases=("ms",)))
    assert sorted(slugs(chosen)) == ["one", "two"]
    assert chosen.facets["disease"] == free.facets["disease"]
    assert chosen.facets["therapy"] == {"hsct": 1}

    both = find(Asked(diseases=("ms", "lupus"), therapies=("hsct",)))
    assert sorted(slugs(both)) == ["one", "three"]
    assert both.facets["disease"] == {"ms": 1, "lupus": 1}
    assert both.facets["therapy"] == {"hsct": 3 - 1}


def test_a_hit_says_what_a_result_shows(site):
    (hit,) = find(Asked("zebra", certainties=("high",))).hits

    assert (hit.title, hit.url, hit.kind) == ("Zebra two", "/articles/two/", "article")
    assert hit.certainty == "low"
    assert hit.reviewed_on is None


def test_the_order_can_be_chosen(site):
    assert slugs(find(Asked("zebra", sort="title"))) == ["one", "three", "two"]
    assert slugs(find(Asked("zebra", sort="newest")))[0] == "two"
    assert slugs(find(Asked(sort="title", offset=1, size=1))) == ["one"]
    assert slugs(find(Asked(size=2))) == ["four", "one"]


def test_pages_are_suggested_by_the_beginnings_of_their_names(site):
    assert [found.url for found in suggest("forest gi")] == ["/glossary/four/"]
    assert [found.url for found in suggest("okpai")] == ["/glossary/four/"]
    assert suggest("") == suggest("\x00 ?") == []
    assert len(suggest("zeb", limit=2)) == 2


def test_whatever_is_typed_is_answered(site):
    odd = [
        '"',
        "zebra AND (",
        "title:zebra^9",
        "-zebra",
        "*" * 50,
        "x" * 10_000,
        "\x00",
        "🙂",
        "x~[",
    ]
    for words in odd:
        assert find(Asked(words)).engine == "index", words
        assert len(suggest(words)) < 4, words


def test_pages_are_counted_by_the_day_they_were_reviewed(index, live_version):
    snapshot = following.current()
    day = date(2026, 3, 2).toordinal()
    since = {"then": day, "later": day + 1, "before": day - 9}

    counts = snapshot.count(engine.every_page(), ["kind"], {"reviewed": since})

    assert counts == {"kind": {"article": 1}, "reviewed": {"then": 1, "later": 0, "before": 1}}
    assert find(Asked(reviewed_since=date(2026, 3, 2))).total == 1
    assert find(Asked(reviewed_since=date(2026, 3, 3))).total == 0


def test_following_many_pages_and_searching_cost_few_queries(index, django_assert_max_num_queries):
    for number in range(12):
        live_page(f"page-{number}", title=f"Zebra {number}")

    with django_assert_max_num_queries(20):
        assert following.catch_up() == 12
    find(Asked("zebra"))
    with django_assert_max_num_queries(3):
        find(Asked("zebra"))
