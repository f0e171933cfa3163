"""One stylesheet for readers, folded out of its parts when static files are collected."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from stemcell_site.stylesheets import FoldedStaticFilesStorage, fold

STATIC = Path(settings.BASE_DIR) / "static"
SHEETS = STATIC / "site" / "css"
# Sheets of pages that no reader opens.
APART = {"preview.css", "styleguide.css"}


@pytest.fixture
def parts(tmp_path):
    (tmp_path / "all.css").write_text(
        '/* Why. */\n@layer one, two;\n@import url("a.css");\n@import url("b.css") print;\n'
    )
    (tmp_path / "a.css").write_text('@layer one {\n  a {\n    background: url("x.svg");\n  }\n}\n')
    (tmp_path / "b.css").write_text("@layer two {\n  b {\n    color: red;\n  }\n}\n")
    (tmp_path / "x.svg").write_text("<svg/>")
    return FileSystemStorage(tmp_path)


def test_each_import_becomes_what_it_names_in_its_place_and_for_its_medium(parts):
    folded = fold(parts, "all.css")

    assert "@import" not in folded
    assert folded.index("@layer one, two;") < folded.index("url(") < folded.index("@media print {")
    assert folded.count("{") == folded.count("}")


def test_what_is_collected_is_one_file_whose_name_changes_with_any_part(parts, tmp_path):
    def collected():
        storage = FoldedStaticFilesStorage(location=tmp_path / "out", base_url="/static/")
        paths = {name: (parts, name) for name in ("all.css", "a.css", "b.css", "x.svg")}
        return {name: hashed for name, hashed, _ in storage.post_process(paths) if hashed}

    first = collected()
    (tmp_path / "b.css").write_text("@layer two {\n  b {\n    color: blue;\n  }\n}\n")
    second = collected()

    css = (tmp_path / "out" / first["all.css"]).read_text()
    assert "@import" not in css
    assert re.search(r'url\("x\.\w{12}\.svg"\)', css)
    assert first["all.css"] != second["all.css"]


def test_the_sheet_of_the_site_holds_every_part_and_names_each_layer_first():
    folded = fold(FileSystemStorage(SHEETS), "site.css")
    named = set(re.search(r"@layer ([\w, -]+);", folded)[1].split(", "))

    written = set(re.findall(r"@layer ([\w-]+) \{", folded))
    joined = set(re.findall(r'@import url\("([\w-]+\.css)"\)', (SHEETS / "site.css").read_text()))

    assert "@import" not in folded
    assert written <= named
    assert {path.name for path in SHEETS.glob("*.css")} - APART - joined == {"site.css"}


def test_every_rule_of_the_site_lies_in_a_layer_and_every_token_is_one():
    folded = fold(FileSystemStorage(SHEETS), "site.css")
    plain = re.sub(r"/\*.*?\*/", "", folded, flags=re.DOTALL)
    outside, depth = [], 0
    for line in plain.splitlines():
        if depth == 0 and line.endswith("{") and not line.startswith(("@layer", "@media")):
            outside.append(line)
        depth += line.count("{") - line.count("}")

    used = set(re.findall(r"var\((--[\w-]+)\)", plain))
    defined = set(re.findall(r"(--[\w-]+):", plain))

    assert outside == []
    assert used - defined == set()
    assert defined - used == set()


# Left and right turn round in a script that runs the other way.
PHYSICAL = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|"
    r"(?:min-|max-)?(?:width|height)|float:\s*(?:left|right)|text-align:\s*(?:left|right))\b\s*:?",
    re.MULTILINE,
)


def test_lengths_and_sides_are_logical():
    folded = fold(FileSystemStorage(SHEETS), "site.css")

    assert [found.strip() for found in PHYSICAL.findall(folded)] == []
