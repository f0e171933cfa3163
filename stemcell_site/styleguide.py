"""Every piece of the site in its states, on one page: /styleguide/, which exists under DEBUG alone.

What is shown is made up here, so that the page needs no content. A new piece in templates/_partials
gets a line in PIECES; a test asks for it.
"""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html

from articles.models.facts import TherapyFacts
from articles.rows import Row
from evidence.models import Claim, RegulatoryStatus
from evidence.models.claim import Direction, Verdict

DAY = date(2026, 3, 2)
TEXT = "A sentence or two, as long as a summary is, so that one sees how the lines run."


class Thing(SimpleNamespace):
    """Stands in for a row: it has a name and an address, and whatever else is said of it."""

    def __str__(self) -> str:
        return getattr(self, "name", "A thing")

    def get_absolute_url(self) -> str:
        return "#"


def rows(*things: Any) -> Thing:
    return Thing(all=list(things))


@dataclass(frozen=True)
class Piece:
    """One partial, and what it is handed each time that it is shown."""

    name: str
    contexts: tuple[dict[str, Any], ...] = ({},)
    about: str = ""


def source(**told: Any) -> Thing:
    shown = {
        "title": "The title of a study",
        "name": "Author 2025",
        "short_name": "Author 2025",
        "authors": "Author A, Author B",
        "publisher": "A journal",
        "year": 2025,
        "design": "rct",
        "get_design_display": "randomised trial",
        "people": 55,
        "funder": "a public funder",
        "names_its_funder": True,
        "status": "stands",
        "get_status_display": "stands",
        "stands": True,
        "verification": "full",
        "finding": "What it found, in one sentence.",
        "caveat": "What it cannot show.",
        "doi": "10.1000/182",
        "subjects": "people",
        "is_private": False,
    }
    return Thing(**{**shown, **told})


FALLEN = source(
    status="retracted",
    get_status_display="retracted",
    stands=False,
    status_note="Its publisher took it back.",
    status_changed_on=DAY,
)
CORRECTED = source(status="corrected", get_status_display="corrected")
UNCHECKED = source(verification="unverified")
THERAPY, DISEASE = Thing(name="A therapy", slug="a"), Thing(name="A disease", slug="b")
CITED = Thing(number=1, place="Table 2", source=source())
CITED_FALLEN = Thing(number=2, place="", source=FALLEN)


def claim(direction: str, certainty: str, **counts: int) -> Thing:
    real = Claim(direction=direction, certainty=certainty, outcome="What was counted", **counts)
    return Thing(
        direction=direction,
        get_direction_display=real.get_direction_display,
        certainty=certainty,
        get_certainty_display=real.get_certainty_display,
        certainty_reason="Why it was rated so.",
        certainty_by=None,
        outcome=real.outcome,
        statement="What was found, in one sentence with its numbers.",
        therapy=THERAPY,
        disease=DISEASE,
        comparator="usual drugs",
        follow_up="2 years",
        numbers=real.numbers,
        citations=rows(CITED, CITED_FALLEN),
    )


CLAIMS = [
    claim(
        "benefit",
        "moderate",
        events_treated=3,
        people_treated=55,
        events_compared=34,
        people_compared=55,
    ),
    claim("no_difference", "high"),
    claim("mixed", "low"),
    claim("harm", "not_rated", events_treated=8, people_treated=79),
]
CHECKED = [
    Thing(
        pk=place,
        verdict=verdict,
        get_verdict_display=label,
        quote="words that go round",
        why="What the studies say of it.",
        citations=rows(CITED),
        version=Thing(title="The page that argues it"),
    )
    for place, (verdict, label) in enumerate(Verdict.choices)
]
VERSION = Thing(
    title="The title of a page",
    number=3,
    summary=TEXT,
    key_messages=rows(*[Thing(text="One thing to take away.")] * 3),
    checked_claims=rows(*CHECKED),
    claims=rows(*CLAIMS),
    also_called=rows("Another name", "A third"),
    codes=rows(Thing(system="A classification", code="A12", label="what it calls it")),
    tags=rows(Thing(name="A tag"), Thing(name="Another tag")),
    page=Thing(kind="article", get_kind_display="article"),
    get_how_made_display="written by people",
    reviewed_on=DAY,
    review_due_on=date(2027, 3, 2),
    evidence_searched_on=DAY,
    published_at=DAY,
    corrected_on=DAY,
    result=Thing(sureness=Thing(value="low", label="low"), rank=1, is_promoted=True, snippet=TEXT),
)
UNREVIEWED = Thing(**{**vars(VERSION), "reviewed_on": None, "result": None})
ROWS = [
    Row("#", VERSION.title, "article", TEXT, format_html("<li>{}</li>", "A tag"), rank=1, **told)
    for told in ({"is_promoted": True, "sureness": VERSION.result.sureness}, {})
]
PERSON = Thing(name="A name", credentials="their credentials", is_demonstration=False)
SIGNED = Thing(
    writers=[PERSON],
    sign_offs=[Thing(role="medical", contributor=PERSON, signed_at=DAY, is_demonstration=False)],
    is_overdue=True,
)
EXEMPT = Thing(writers=[], sign_offs=[], exemption=Thing(reason="Why it is live all the same."))


def side(direction: str, certainty: str) -> Thing:
    return Thing(direction=direction, certainty=certainty, is_of_tests_only=False)


CELL = Thing(
    therapy=THERAPY,
    disease=DISEASE,
    is_shown=True,
    effect=side("benefit", "moderate"),
    harm=side("harm", "not_rated"),
    sides=[side("benefit", "moderate"), side("harm", "not_rated")],
)
EMPTY = Thing(therapy=THERAPY, disease=DISEASE, is_shown=False, is_left_out=True)
MAP = Thing(
    diseases=[DISEASE] * 2,
    rows=[Thing(heading=Thing(name="A therapy", depth=0), cells=[CELL, EMPTY])],
)
STATUSES = [
    Thing(
        status=status,
        get_status_display=label,
        get_jurisdiction_display="United Kingdom",
        disease=DISEASE,
        note="What was decided.",
        number=1,
        decided_on=DAY,
        how_checked=how,
        checked_on=DAY,
    )
    for (status, label), how in zip(
        RegulatoryStatus.Status.choices, ["lately", "overdue", "never", "lately"], strict=False
    )
]
PLACES = [
    Thing(name="United Kingdom", statuses=[STATUSES[:1]], check="lately", checked_on=DAY),
    Thing(name="United States", statuses=[], check="never"),
]
FACET = Thing(
    name="kind",
    label="Kind of page",
    takes_several=True,
    choices=[
        Thing(value="article", label="article", count=12, is_chosen=True),
        Thing(value="term", label="term", count=3, is_chosen=False),
    ],
)
FILTER = Thing(
    form=[Thing(name="q", value="words")], facets=[FACET], words="words", words_alone="q=words"
)
PAGES = Thing(
    has_other_pages=True,
    has_previous=True,
    has_next=True,
    previous_page_number=1,
    next_page_number=3,
    number=2,
    paginator=Thing(num_pages=9),
)
CHIPS = [Thing(label="article", url="#")]
MARKS = [
    *Direction.choices,
    *Verdict.choices,
    *TherapyFacts.Status.choices,
    *RegulatoryStatus.Status.choices,
]
STANDARD = Thing(
    name="A standard",
    about="What it asks.",
    groups=[
        Thing(answer=Thing(label=label), names=["A criterion"], how="How we know.")
        for label in ("met", "not met", "not assessed")
    ],
)

PIECES = {
    "Marks": [
        Piece("mark.html", tuple({"name": name, "label": label} for name, label in MARKS)),
        Piece(
            "content/certainty.html",
            tuple({"claim": claim("benefit", rated)} for rated in ("high", "low", "not_rated")),
        ),
        Piece("sureness.html", ({"sureness": VERSION.result.sureness},)),
        Piece("review_mark.html", ({"version": VERSION}, {"version": UNREVIEWED})),
        Piece("tags.html", ({"tags": VERSION.tags.all},)),
    ],
    "What a reader must know": [
        Piece(
            "provenance_notice.html",
            (
                {"provenance": EXEMPT},
                {"provenance": SIGNED, "version": VERSION},
                {"provenance": Thing(is_demonstration=True)},
            ),
        ),
        Piece(
            "content/changed_sources.html",
            ({"changed_sources": [Thing(source=FALLEN, change="It was taken back.")]},),
        ),
        Piece(
            "content/help_boxes.html",
            ({"help": Thing(guide="#", harms=1, charged=2), "questions_address": "#"},),
        ),
        Piece("content/unmet.html", ({"unmet": ["A patient reads it."]},)),
    ],
    "Pages in lists": [
        Piece("page_card.html", ({"version": VERSION, "show_kind": True},)),
        Piece("page_rows.html", ({"rows": ROWS, "show_kind": True},)),
        Piece("quote_card.html", ({"claim": CHECKED[0]},)),
        Piece(
            "therapy_row.html",
            (
                {
                    "version": Thing(
                        title="A therapy",
                        therapy_facts=Thing(status="trials_only", get_status_display="in trials"),
                    )
                },
            ),
        ),
        Piece("related.html", ({"tags": VERSION.tags.all, "related": [VERSION, UNREVIEWED]},)),
    ],
    "Finding": [
        Piece("search_box.html", ({"id": "guide-q"},)),
        Piece("facet.html", ({"facet": FACET},)),
        Piece(
            "filters.html", ({"filter": FILTER, "label": "Search the articles", "chips": CHIPS},)
        ),
        Piece(
            "listing_notes.html", ({"ignored": ["A note on what was ignored."], "chips": CHIPS},)
        ),
        Piece("found.html", ({"page_obj": [], "filter": FILTER},)),
        Piece("pagination.html", ({"page_obj": PAGES},)),
        Piece("letters.html", ({"groups": [("A", []), ("M", []), ("S", [])]},)),
        Piece("nothing.html"),
        Piece("browse.html"),
        Piece("ways_on.html"),
    ],
    "Reading": [
        Piece("also_called.html", ({"version": VERSION},)),
        Piece(
            "provenance_line.html",
            ({"provenance": SIGNED, "version": VERSION, "reading_minutes": 4},),
        ),
        Piece("content/codes.html", ({"version": VERSION},)),
        Piece("content/key_messages.html", ({"version": VERSION},)),
        Piece(
            "content/contents.html",
            ({"document": Thing(contents=[("a", "A heading", 2)]), "version": VERSION},),
        ),
        Piece(
            "content/claim_groups.html",
            ({"groups": [Thing(grouper=DISEASE, list=CLAIMS)], "about": True},),
        ),
        Piece("content/claims_note.html"),
        Piece("content/checked.html", ({"version": VERSION},)),
        Piece("content/places.html", ({"places": PLACES},)),
        Piece("content/countries.html", ({"statuses": STATUSES},)),
        Piece(
            "content/map_line.html", ({"shown": [CELL], "empty": [("Not searched yet.", [EMPTY])]},)
        ),
        Piece("map_in_small.html", ({"map": MAP},)),
        Piece("content/references.html", ({"cited": [source(), CORRECTED, FALLEN, UNCHECKED]},)),
        Piece(
            "provenance.html",
            (
                {"provenance": SIGNED, "version": VERSION},
                {"provenance": EXEMPT, "version": UNREVIEWED},
            ),
        ),
        Piece("content/how_made.html", ({"standards": [STANDARD], "held_on": DAY},)),
        Piece("print_head.html", ({"version": VERSION},)),
        Piece("reading_words.html"),
    ],
    "A source": [
        Piece("source_name.html", ({"source": source()},)),
        Piece("source_status.html", ({"source": source()}, {"source": FALLEN})),
        Piece(
            "source_resting.html",
            (
                {
                    "pages": [("Articles", [VERSION])],
                    "total": 1,
                    "claims": [[Thing(**{**vars(CLAIMS[0]), "version": VERSION})]],
                    "checked_claims": CHECKED[:1],
                },
            ),
        ),
    ],
}


TOKENS = {
    "Grounds": ["paper", "surface", "tint", "tint-deep", "blush", "night"],
    "Text and lines": ["ink", "ink-soft", "line", "line-strong"],
    "Acting": ["brand", "link", "link-hover", "visited", "eosin", "eosin-soft"],
    "Saying": ["good", "good-soft", "bad", "bad-soft", "mixed", "mixed-soft", "even", "even-soft"],
}
ICONS = sorted(
    path.stem for path in (settings.BASE_DIR / "templates/_partials/icons").glob("*.svg")
)


def styleguide(request: HttpRequest) -> HttpResponse:
    groups = [
        (
            heading,
            [
                (
                    piece.name,
                    [
                        render_to_string(f"_partials/{piece.name}", context, request)
                        for context in piece.contexts
                    ],
                )
                for piece in pieces
            ],
        )
        for heading, pieces in PIECES.items()
    ]
    return render(request, "styleguide.html", {"groups": groups, "tokens": TOKENS, "icons": ICONS})
