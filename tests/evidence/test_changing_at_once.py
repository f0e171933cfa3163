"""Two editors mark at the same moment: nothing is lost, nothing is done twice."""

import pytest

from editorial import ledger
from editorial.models import Event
from evidence.changing import mark, still_holds
from evidence.models import ReviewFlag, Source
from tests.editorial.test_at_once import at_once, the_one_refusal
from tests.live_pages import live_page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sources():
    made = [Source.objects.create(key=key, kind="trial", title=key) for key in ("one", "two")]
    cites = "".join(f'<p>x<cite data-source="{it.key}" data-place=""></cite></p>' for it in made)
    for slug in ("first", "second"):
        live_page(slug, body=cites)
    return [Source.objects.get(pk=it.pk) for it in made]


def test_of_two_who_mark_a_source_one_succeeds(sources, editor, second_editor, now):
    source = sources[0]
    copies = [Source.objects.get(pk=source.pk) for _ in range(2)]
    outcomes = at_once(
        lambda: mark(copies[0], "retracted", by=editor, now=now, note="Retracted."),
        lambda: mark(copies[1], "corrected", by=second_editor, now=now, note="Corrected."),
    )
    assert "Somebody else has just changed" in str(the_one_refusal(outcomes))
    assert ReviewFlag.objects.count() == 2
    assert len({flag.change for flag in ReviewFlag.objects.all()}) == 1
    assert Event.objects.filter(verb="source changed").count() == 3


def test_two_sources_of_one_page_marked_at_once_both_show(sources, editor, second_editor, now):
    one, two = sources
    outcomes = at_once(
        lambda: mark(one, "retracted", by=editor, now=now, note="Of the first."),
        lambda: mark(two, "retracted", by=second_editor, now=now, note="Of the second."),
    )
    assert outcomes == [None, None]
    for flag in ReviewFlag.objects.select_related("page"):
        (version,) = flag.page.versions.live().select_related("rendering")
        assert "Of the first." in version.rendering.html
        assert "Of the second." in version.rendering.html
    assert len(list(ledger.walk_chain())) == Event.objects.count() == 6


def test_of_two_who_answer_one_succeeds(sources, editor, medic, now):
    flag = mark(sources[0], "retracted", by=editor, now=now, note="Retracted.")[0]
    copies = [ReviewFlag.objects.get(pk=flag.pk) for _ in range(2)]
    outcomes = at_once(
        lambda: still_holds(copies[0], by=editor, now=now, reason="It does."),
        lambda: still_holds(copies[1], by=medic, now=now, reason="It does."),
    )
    assert "Somebody else has just answered" in str(the_one_refusal(outcomes))
    assert Event.objects.filter(verb="page still holds").count() == 1
