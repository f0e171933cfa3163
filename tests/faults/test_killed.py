"""kill -9 in the middle of what must not be done by halves."""

import random
import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db
ROOMS = ("editorial", "evidence", "glossary", "articles", "search", "stemcell_site")
POINT = re.compile(r'faults\.point\("([a-z_.]+)"\)')
# Which deed passes which moments. Those after which what was done stands are marked.
PUBLISH = [
    *("publish.prepared", "publish.superseded", "publish.live", "publish.rendered"),
    *("publish.noted", "publish.recorded"),
    *("publish.committed!", "follow.read!", "follow.written!"),
]
IMPORT = [
    *("import.read", "import.source", "import.draft", "import.text", "import.recorded"),
    "import.committed!",
]
RENDER = ["render.made", "render.stored", "render.committed", "render.all"]
INDEX = ["index.fresh", "index.filled", "index.caught_up", "index.linked", "index.in_place"]
BACKUP = [
    *("backup.begun", "backup.copied", "backup.database", "backup.media", "backup.finished"),
    "backup.in_place!",
]
RESTORE = ["restore.begun", "restore.copied", "restore.checked", "restore.media"]
RESTORED = ["restore.in_place!"]


def names(points: list[str]) -> set[str]:
    return {point.rstrip("!") for point in points}


def die_at(site, point: str, deed: str, *arguments) -> bool:
    """Whether what was done must stand. It must have come to this moment, and died there."""
    answer = site.ask(deed, *arguments, at=point.rstrip("!"))
    assert answer["killed"], f"{point} was not reached: {site.said_aside()}"
    return point.endswith("!")


def test_every_named_moment_is_one_of_these():
    named = set()
    for room in ROOMS:
        for path in Path(settings.BASE_DIR, room).rglob("*.py"):
            named |= set(POINT.findall(path.read_text()))
    assert named == names([*PUBLISH, *IMPORT, *RENDER, *INDEX, *BACKUP, *RESTORE, *RESTORED])


def test_a_process_that_nobody_kills_passes_them_all(site):
    before = site.do("look")
    site.do("publish")
    assert site.do("read_in", 0) == "created"
    site.do("render")
    site.do("index")
    site.do("backup", "unhurt")
    found = site.do("look")
    assert (found["text"], found["documents"]) == (before["text"] + 1, before["documents"] + 1)


def test_a_publication_is_done_or_not(site):
    text = site.do("look")["text"]
    for point in PUBLISH:
        # Whoever was interrupted goes on with the draft as it was left.
        text += die_at(site, point, "publish")
        assert site.do("look")["text"] == text, point


def test_a_document_is_read_in_or_not(site):
    documents = site.do("look")["documents"]
    for point in IMPORT:
        documents += die_at(site, point, "read_in", 100)
        assert site.do("look")["documents"] == documents, point
    assert site.do("read_in", 100) == "exists"


def test_pages_are_rendered_again_or_not(site):
    before = site.do("look")
    for point in RENDER:
        die_at(site, point, "render")
        assert site.do("look") == before, point


def test_the_index_in_place_answers_until_another_is_whole(site):
    before = site.do("look")
    for point in INDEX:
        die_at(site, point, "index")
        assert site.do("look") == before, point


def test_a_backup_is_whole_or_not_there(site):
    for point in BACKUP:
        # Each clears away what the one before has left.
        stands = die_at(site, point, "backup", "killed")
        assert site.do("look_at_backup", "killed") is stands, point
    assert not list(site.folder.glob("killed.unfinished"))


def test_a_restored_site_is_the_old_one_or_the_new_one(site, databases):
    is_sqlite = databases.made == []
    site.do("backup", "earlier")
    earlier = site.do("look")
    site.do("publish")
    before = site.do("look")
    for point in [*RESTORE, *RESTORED]:
        if point == "restore.copied" and is_sqlite:
            continue  # One file there, whose copying is no stage of ours.
        stands = die_at(site, point, "restore", str(site.folder / "earlier"), True)
        assert site.do("look") == (earlier if stands else before), point
    site.do("restore", str(site.folder / "earlier"), True)
    assert site.do("look")["events"] == earlier["events"] + 1


def die_at_random(site, times: int, seed: int) -> int:
    """How often it was killed before it was done."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    deeds = [
        ("publish", [], 0.4),
        ("read_in", None, 0.2),
        ("render", [], 0.1),
        ("index", [], 0.2),
        ("backup", None, 0.2),
    ]
    killed = 0
    before = site.do("look")
    for number in range(times):
        deed, arguments, longest = dice.choice(deeds)
        if arguments is None:
            arguments = [1000 * seed + number] if deed == "read_in" else [f"random-{seed}-{number}"]
        killed += site.ask(deed, *arguments, after=dice.uniform(0, longest))["killed"]
        found = site.do("look")
        assert found["text"] - before["text"] in (0, int(deed == "publish")), deed
        assert found["documents"] - before["documents"] in (0, int(deed == "read_in")), deed
        if deed == "backup":
            site.do("look_at_backup", *arguments)
        before = found
    return killed


def test_killed_at_any_moment_the_site_is_whole(site):
    assert die_at_random(site, 4, seed=1) > 0


@pytest.mark.faults
def test_killed_at_fifty_moments_the_site_is_whole(site):
    assert die_at_random(site, 50, seed=2) >= 25
