"""Pages that editors put first for given words: how they are set, and that they come first."""

import pytest

from editorial.models import Event, Ledger
from editorial.refusals import NotAllowed, NotReady
from search.asking import Asked
from search.finding import find
from search.models import Promotion
from tests.live_pages import begin, live_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return live_page("judging-a-clinic", title="Judging a clinic").page


def test_a_promoted_page_comes_first_and_is_marked(index, page, editor, now):
    live_page("side-effects", title="Side effects")
    Promotion.promote("Side  effects", page, by=editor, now=now)

    hits = find(Asked("side-effect")).hits

    assert [hit.url for hit in hits] == ["/articles/judging-a-clinic/", "/articles/side-effects/"]
    assert [hit.is_promoted for hit in hits] == [True, False]
    assert not any(hit.is_promoted for hit in find(Asked("side effects of drugs")).hits)


def test_promoting_moves_the_stamp_and_is_written_down(page, editor, now):
    before = Ledger.objects.get(pk=1).stamp

    Promotion.promote("side effects", page, by=editor, now=now)

    assert Ledger.objects.get(pk=1).stamp > before
    event = Event.objects.latest("number")
    assert (event.verb, event.comment) == ("promoted a page", "first for “side effects”")


def test_the_next_promotion_for_the_same_words_takes_the_next_place(page, editor, now):
    for number in range(2):
        other = live_page(f"page-{number}").page
        Promotion.promote("MSC", other, by=editor, now=now)

    assert Promotion.promote("mscs", page, by=editor, now=now).position == 3
    with pytest.raises(NotReady, match="places for these words are taken"):
        Promotion.promote("MSC", live_page("one-more").page, by=editor, now=now)


def test_what_cannot_be_promoted_is_refused_with_the_reason(page, editor, author, now):
    with pytest.raises(NotAllowed, match="Only an editor"):
        Promotion.promote("clinic", page, by=author, now=now)
    with pytest.raises(NotReady, match="Give the words"):
        Promotion.promote("  \x00", page, by=editor, now=now)
    with pytest.raises(NotReady, match="publish it first"):
        Promotion.promote("clinic", begin("a-draft").page, by=editor, now=now)
    Promotion.promote("clinic", page, by=editor, now=now)
    with pytest.raises(NotReady, match="already"):
        Promotion.promote("Clinics", page, by=editor, now=now)


def test_a_page_that_left_is_promoted_no_more(page, editor, now):
    Promotion.promote("clinic", page, by=editor, now=now)
    page.versions.update(state="superseded")

    assert not Promotion.objects.for_words("clinic")


def test_an_editor_promotes_in_the_admin_and_takes_it_back(client, page, editor):
    client.force_login(editor)
    told = {"words": "Red flags", "page": page.pk, "position": 1}

    assert client.post("/admin/search/promotion/add/", told).status_code == 302
    again = client.post("/admin/search/promotion/add/", told | {"words": "red-flag"})
    assert "This page is promoted for these words already" in again.text
    promotion = Promotion.objects.get()
    client.post(f"/admin/search/promotion/{promotion.pk}/delete/", {"post": "yes"})

    assert list(Event.objects.order_by("number").values_list("verb", flat=True))[-2:] == [
        "promoted a page",
        "stopped promoting a page",
    ]
