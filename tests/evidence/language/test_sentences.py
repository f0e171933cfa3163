"""The labelled sentences themselves: sound, balanced, and two halves with nothing in common."""

import json
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "sentences"


def sentences(half: str) -> list[dict[str, str]]:
    lines = (FOLDER / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("half", ["tuning", "held"])
def test_a_half_is_large_balanced_and_well_formed(half):
    rows = sentences(half)
    labels = Counter(row["label"] for row in rows)
    assert all(set(row) == {"text", "label", "style"} for row in rows)
    assert set(labels) == {"hype", "careful"}
    assert len(rows) >= 330
    assert 0.40 <= labels["hype"] / len(rows) <= 0.50
    assert all(
        row["text"] == row["text"].strip() and len(row["text"].split()) <= 45 for row in rows
    )


def test_no_sentence_stands_twice_and_the_halves_share_no_style():
    tuning, held = sentences("tuning"), sentences("held")
    texts = Counter(row["text"].casefold() for row in tuning + held)
    assert [text for text, times in texts.items() if times > 1] == []
    assert {row["style"] for row in tuning}.isdisjoint(row["style"] for row in held)


def test_the_read_me_describes_every_style():
    read_me = (FOLDER / "README.md").read_text(encoding="utf-8")
    for half in ("tuning", "held"):
        for label, style in {(row["label"], row["style"]) for row in sentences(half)}:
            assert f"| {half} | {label} | {style} |" in read_me
