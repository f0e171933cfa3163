"""The case of darvadstrocel, at the moment before: ADMIRE-CD stands, and a page cites it."""

import pytest

from evidence.changing import mark
from evidence.models import Source
from tests.live_pages import live_page

# As in articles/starter/sources: the European Medicines Agency, December 2024.
NOTE = (
    "The larger ADMIRE-CD II trial showed no benefit over placebo, and Alofisel was withdrawn "
    "from the European Union market, the European Medicines Agency says."
)
CITED = '<p>x<cite data-source="panes-2016-admire" data-place="Table 2"></cite></p>'


@pytest.fixture
def admire():
    return Source.objects.create(
        key="panes-2016-admire",
        kind="trial",
        title="Cx601 for complex perianal fistulas in Crohn’s disease",
        short_name="ADMIRE-CD",
        design="randomised_trial",
        people=212,
        verification="verified",
    )


@pytest.fixture
def admire_two():
    return Source.objects.create(
        key="admire-cd-ii",
        kind="trial",
        title="ADMIRE-CD II: darvadstrocel for complex perianal fistulas",
        short_name="ADMIRE-CD II",
        design="randomised_trial",
        people=568,
        verification="verified",
    )


@pytest.fixture
def cited(admire):
    """ADMIRE-CD, with one live page that cites it."""
    live_page("by-text", body=CITED, title="By its text")
    return admire


@pytest.fixture
def flag(cited, editor, now):
    (flag,) = mark(cited, "retracted", by=editor, now=now, note=NOTE)
    return flag
