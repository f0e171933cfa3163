"""Live pages go through their checks again: what fails by now stands on the desk."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from editorial import checks, clock, desk
from editorial.checks import Finding, Level
from editorial.models import Rendering


@pytest.fixture
def failing_check(monkeypatch):
    """A check that every text fails, from now on."""

    def fails(version):
        yield Finding("P12", Level.BLOCK, "Its source was retracted.", "NHS content standard")
        yield Finding("P13", Level.WARN, "A word is long.", "NHS content standard")

    monkeypatch.setattr(checks, "listed_checks", lambda: (fails,))


def on_the_desk(person, now) -> list[tuple[str, str]]:
    section = next(it for it in desk.SECTIONS if it.key == "failing")
    return [(version.title, version.remark) for version in section.rows(person, now.date())]


def test_what_blocks_by_now_is_on_the_desk_with_its_reason(
    live_version, author, editor, second_author, now, failing_check
):
    assert on_the_desk(editor, now) == []

    clock.publish_due(now=now)

    expected = [("Resetting immunity", "Its source was retracted.")]
    assert on_the_desk(editor, now) == on_the_desk(author, now) == expected
    assert on_the_desk(second_author, now) == []


def test_what_passes_again_leaves_the_desk_after_a_day(live_version, editor, now, monkeypatch):
    Rendering.objects.update(failing="Its source was retracted.", checked_at=now)

    clock.publish_due(now=now + timedelta(hours=23))
    assert len(on_the_desk(editor, now)) == 1

    clock.publish_due(now=now + timedelta(hours=25))
    assert on_the_desk(editor, now) == []


def test_what_was_checked_within_the_day_is_left_alone(live_version, now, monkeypatch):
    clock.publish_due(now=now)
    checked = []
    monkeypatch.setattr(clock, "recheck", lambda version, *, now: checked.append(version))

    clock.publish_due(now=now + timedelta(minutes=1))

    assert checked == []


def test_check_pages_tells_the_desk(live_version, editor, now, failing_check):
    with pytest.raises(SystemExit):
        call_command("check_pages")

    assert len(on_the_desk(editor, now)) == 1
