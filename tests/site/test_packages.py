"""What runs is what was locked: each package by its exact version, with hashes."""

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement

ROOT = Path(settings.BASE_DIR)
FILES = ("requirements", "requirements-dev")


def pinned(name: str) -> dict[str, tuple[str, str]]:
    """Package → (version, the lines of its hashes), for those that this machine takes."""
    text = (ROOT / f"{name}.txt").read_text("utf-8")
    found = {}
    for block in re.split(r"\n(?=[A-Za-z])", re.sub(r"(?m)^\s*#.*\n", "", text)):
        line, *rest = block.strip().split("\n")
        if not line:
            continue
        wanted = Requirement(line.rstrip("\\ "))
        if wanted.marker is None or wanted.marker.evaluate():
            found[wanted.name.lower()] = (str(wanted.specifier), "\n".join(rest))
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_pinned_to_one_version_with_hashes(name):
    packages = pinned(name)
    assert len(packages) > 10
    for package, (wanted, hashes) in packages.items():
        assert re.fullmatch(r"==[^,*]+", wanted), package
        assert "--hash=sha256:" in hashes, package


@pytest.mark.parametrize("name", FILES)
def test_every_package_that_is_wanted_is_locked_and_says_why_it_is_here(name):
    wanted = [
        line
        for line in (ROOT / f"{name}.in").read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "-"))
    ]
    for line in wanted:
        package, _, why = line.partition("  # ")
        assert why, line
        assert Requirement(package).name.lower() in pinned(name), line


def test_what_is_installed_is_what_was_locked():
    wrong = {}
    for package, (wanted, _) in pinned("requirements").items():
        try:
            found = version(package)
        except PackageNotFoundError:
            found = "none"
        if f"=={found}" != wanted:
            wrong[package] = (wanted, found)
    assert wrong == {}
