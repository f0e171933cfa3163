"""The command, and the five first documents read through it."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

DOCUMENTS = Path(settings.BASE_DIR).parent / "shared" / "documents"

# The errors of the fact-check that words can show, as (document, rule, words of the finding).
ERRORS = {
    "E1": ("000", "RF34", "brain cell or a blood"),
    "E2": ("001", "RF34", "substance"),
    "E3": ("004", "RF34", "migrate to the affected"),
    "E4": ("001", "RF34", "Injecting healthy stem cells"),
    "E4, again": ("004", "RF34", "infusion of healthy stem cells"),
    "E5": ("000", "RF15", "only treatment possibility was"),
    "E6": ("003", "RF10", "root cause"),
    "E6, again": ("001", "RF10", "at their source"),
    "E7": ("001", "RF09", "rheumatoid arthritis study"),
    "E8": ("001", "RF23", "better intestinal health"),
    "E9": ("003", "RF22", "effectively suppress"),
    "E10": ("001", "RF30", "reputable clinics"),
    "E11": ("002", "RF01", "cure"),
    "E12": ("000", "RF24", "ALS"),
    "E14": ("000", "RF33", "at least 80"),
    "E14, again": ("003", "RF33", "over 80"),
}
# E13 and the table of omissions: what each document does not say.
ALWAYS_MISSING = {"RF41", "RF42", "RF43", "RF44", "RF48", "RF49", "RF52", "RF53", "RF55"}
MISSING = {
    "000": ALWAYS_MISSING | {"RF46", "RF47", "RF50", "RF54", "RF56"},
    "001": ALWAYS_MISSING | {"RF46", "RF47", "RF54"},
    "002": ALWAYS_MISSING | {"RF50", "RF54", "RF56"},
    "003": ALWAYS_MISSING | {"RF46", "RF47", "RF50", "RF51", "RF56"},
    "004": ALWAYS_MISSING | {"RF45", "RF50", "RF51", "RF54", "RF56"},
}


def check(*arguments: str) -> str:
    out = io.StringIO()
    call_command("check_text", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def documents() -> dict[str, list[dict]]:
    if not DOCUMENTS.is_dir():
        pytest.skip("the first documents are not here")
    return {
        path.name[:3]: json.loads(check("--json", str(path))) for path in DOCUMENTS.glob("*.txt")
    }


def test_every_error_that_words_can_show_is_found(documents):
    missed = [
        error
        for error, (document, rule, words) in ERRORS.items()
        if not any(
            found["rule"] == rule and words in found["text"] for found in documents[document]
        )
    ]
    assert missed == []


def test_every_statement_that_is_missing_is_named(documents):
    for name, expected in MISSING.items():
        found = {finding["rule"] for finding in documents[name]}
        assert {rule for rule in found if "RF41" <= rule <= "RF56"} == expected, name


def test_a_finding_has_the_shape_of_the_contract(tmp_path):
    path = tmp_path / "advert.txt"
    text = "We cure lupus."
    path.write_text(text, encoding="utf-8")
    finding = next(one for one in json.loads(check("--json", str(path))) if one["rule"] == "RF01")
    assert set(finding) == {"rule", "level", "start", "end", "text", "reason", "standard"}
    assert finding["level"] == "block"
    assert text[finding["start"] : finding["end"]] == finding["text"] == "cure"


def test_each_line_is_a_text_and_gives_one_list(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_text("We cure lupus.\n\nIt is not a cure.\n", encoding="utf-8")
    lists = [json.loads(line) for line in check("--json", "--lines", str(path)).splitlines()]
    assert [bool(found) for found in lists] == [True, False, False]


def test_it_reads_what_is_piped_in(monkeypatch):
    piped = io.TextIOWrapper(io.BytesIO(b"A miracle for lupus."), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", piped)
    assert "“miracle”" in check("-")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00caf\xe9"])
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(tmp_path, content):
    path = tmp_path / "text.txt"
    if content:
        path.write_bytes(content)
    with pytest.raises(CommandError, match="could not be read"):
        check(str(path))


def test_a_short_text_leaves_nothing_out(tmp_path):
    path = tmp_path / "short.txt"
    path.write_text("Stem cells are studied in MS.", encoding="utf-8")
    assert not [found for found in json.loads(check("--json", str(path))) if "RF4" in found["rule"]]
