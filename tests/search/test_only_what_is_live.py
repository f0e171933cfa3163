"""What is not live is nowhere: not among results, suggestions, counts, lists, tags or feeds."""

import pytest

from editorial.actions import start_version
from editorial.publishing import publish_exempt
from editorial.states import Kind
from search import rebuilding
from tests.live_pages import begin, live_page, live_term, write

pytestmark = pytest.mark.django_db

HIDDEN = "okapi"
WALKED = (
    "/",
    "/search/",
    f"/search/?q={HIDDEN}",
    f"/search/?q={HIDDEN}s&exact=1",
    f"/search/?q={HIDDEN[:-1]}",
    "/search/?disease=multiple-sclerosis",
    "/search/?kind=article&kind=term&kind=disease&kind=therapy",
    f"/search/suggest/?q={HIDDEN[:3]}",
    f"/search/suggest/?q={HIDDEN}",
    "/articles/",
    f"/articles/?q={HIDDEN}",
    "/articles/?tag=multiple-sclerosis",
    "/diseases/",
    "/therapies/",
    "/glossary/",
    "/tags/multiple-sclerosis/",
    "/tags/autologous-hsct/",
    "/evidence/",
    "/claims/",
    "/sitemap.xml",
    *(f"/feeds/{kind}.atom" for kind in ("articles", "diseases", "therapies", "glossary")),
    *(f"/feeds/tags/{tag}.atom" for tag in ("multiple-sclerosis", "autologous-hsct")),
)


@pytest.fixture
def draft(draft, author, now):
    draft.rewrite(by=author, now=now, text={"title": "Okapi scheduled"})
    return draft


@pytest.fixture
def site(index, scheduled, disease, therapy, author, publisher, now):
    """One page of each way of not being live, all called an okapi; and one that is live."""
    tags = [disease, therapy]
    write(begin("draft", title="Okapi draft"), tags=tags)
    write(begin("a-term", kind=Kind.TERM, title="Okapi term"), tags=tags)
    write(begin("a-therapy", kind=Kind.THERAPY, tag=therapy, title="Okapi therapy"), tags=tags)
    left = live_term("left", title="Okapi left", names=["okapi"], tags=tags)
    left.withdraw(by=publisher, now=now, reason="Wrong.")
    was = live_page("changed", title="Okapi once", body="<p>An okapi.</p>", tags=tags)
    changed = start_version(was.page, by=author, now=now)
    changed.rewrite(by=author, now=now, text={"title": "Zebra", "body": "<p>A zebra.</p>"})
    publish_exempt(changed, now=now, reason="Written for a test.")


def walk(client) -> list[str]:
    """The addresses that tell of an okapi. Those that are not there yet tell of nothing."""
    telling = []
    for address in WALKED:
        response = client.get(address)
        assert response.status_code in (200, 404), address
        # What was asked is said again on the page: it is taken out before looking.
        text = response.content.decode().lower()
        for said in (
            f": {HIDDEN}",
            f"“{HIDDEN}”",
            f"q={HIDDEN}",
            f'value="{HIDDEN}"',
            f'data-words="{HIDDEN}',
        ):
            text = text.replace(said, "")
        if HIDDEN in text.replace(f"{HIDDEN}s", ""):
            telling.append(address)
    return telling


def counted(client) -> dict[str, dict[str, int | None]]:
    facets = client.get("/search/").context["filter"].facets
    return {
        facet.name: {choice.value: choice.count for choice in facet.choices if choice.value}
        for facet in facets
    }


def test_what_is_not_live_is_nowhere_also_after_a_rebuild(client, site):
    assert walk(client) == []
    before = counted(client)

    rebuilding.rebuild()

    assert walk(client) == []
    assert counted(client) == before
    assert before["kind"] == {"article": 1}
    assert before["disease"] == {"multiple-sclerosis": 1}


def test_the_walk_would_notice(client, site):
    live_page("seen", title="Okapi seen")

    assert {"/", "/articles/", f"/search/?q={HIDDEN}"} <= set(walk(client))
