"""The scripts that a new machine runs first, and the pinned packages."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9_.-]*)(\[[^\]]*\])?")


@pytest.fixture
def write_env(tmp_path):
    """Runs scripts/write_env.py as if the repository lay in a folder of the test's own."""
    script = tmp_path / "scripts" / "write_env.py"
    script.parent.mkdir()
    shutil.copy(REPOSITORY / "scripts" / "write_env.py", script)

    def run(*arguments: str) -> str:
        subprocess.run([sys.executable, script, *arguments], check=True)  # noqa: S603
        return (tmp_path / ".env").read_text("utf-8")

    return run


def test_the_first_env_holds_a_key_of_its_own_and_is_for_this_machine(write_env, tmp_path):
    text = write_env("8123")

    assert re.search(r"^SECRET_KEY=\S{50,}$", text, re.MULTILINE)
    assert "SITE_URL=http://127.0.0.1:8123\n" in text
    assert "DEMO=1\n" in text
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


def test_an_env_that_is_there_is_never_written_over(write_env, tmp_path):
    (tmp_path / ".env").write_text("SECRET_KEY=mine\n", "utf-8")

    assert write_env() == "SECRET_KEY=mine\n"


def executable(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


# Answers as python does where make_venv.sh asks it.
GOOD = 'case "$1" in -c) exit 0;; --version) echo "Python 3.13.9";; -m) mkdir -p "$3/bin";; esac'
NAMES = ("python3.14", "python3.13", "python3.12", "python3")


@pytest.fixture
def make_venv(tmp_path):
    """Runs scripts/make_venv.sh where only these Pythons exist: name → script."""

    def run(pyenv: dict[str, str] | None = None, **pythons: str) -> subprocess.CompletedProcess:
        for name in NAMES:
            script = pythons.get(name.replace(".", "_"), "exit 127")
            executable(tmp_path / "bin" / name, script)
        for version, script in (pyenv or {}).items():
            executable(tmp_path / "pyenv" / "versions" / version / "bin" / "python", script)
        return subprocess.run(  # noqa: S603
            ["/bin/sh", str(REPOSITORY / "scripts" / "make_venv.sh"), str(tmp_path / "venv")],
            env={
                "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin",
                "PYENV_ROOT": str(tmp_path / "pyenv"),
                "HOME": str(tmp_path),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_shim_that_leads_nowhere_is_passed_over(make_venv, tmp_path):
    shim = 'echo "pyenv: python3.14: command not found" >&2; exit 127'

    result = make_venv(python3_14=shim, python3_13=GOOD)

    assert result.returncode == 0, result.stderr
    assert "Python 3.13.9" in result.stdout
    assert (tmp_path / "venv" / "bin").is_dir()


def test_an_old_python_is_executed_and_refused(make_venv, tmp_path):
    old = f'echo asked >> "{tmp_path}/asked"; exit 1'

    result = make_venv(python3=old, pyenv={"3.12.4": GOOD})

    assert result.returncode == 0, result.stderr
    assert (tmp_path / "asked").read_text() == "asked\n"


def test_the_first_that_answers_is_taken(make_venv):
    newer = GOOD.replace("3.13.9", "3.14.0")

    assert "Python 3.14.0" in make_venv(python3_14=newer, python3_12=GOOD).stdout


def test_one_that_fails_half_way_leaves_nothing_and_the_next_is_tried(make_venv, tmp_path):
    half = (
        'case "$1" in -c) exit 0;; --version) echo "Python 3.14.0";; '
        '-m) mkdir -p "$3/half"; exit 1;; esac'
    )

    result = make_venv(python3_14=half, python3=GOOD)

    assert result.returncode == 0
    assert not (tmp_path / "venv" / "half").exists()


def test_without_any_python_it_says_what_to_install(make_venv, tmp_path):
    result = make_venv()

    assert result.returncode == 1
    assert "No Python 3.12 or newer was found" in result.stderr
    assert "apt-get install" in result.stderr
    assert not (tmp_path / "venv").exists()


def wanted(name: str) -> dict[str, str]:
    """The direct requirements of a file, each with the reason beside it."""
    found = {}
    for line in (REPOSITORY / name).read_text("utf-8").splitlines():
        if match := NAME.match(line):
            found[match[1].lower()] = line.partition(" # ")[2].strip()
    return found


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_each_direct_requirement_says_why_it_is_here(name):
    reasons = wanted(name)

    assert reasons
    assert [package for package, reason in reasons.items() if not reason] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_package_is_pinned_with_hashes(name):
    text = (REPOSITORY / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    packages = [line for line in lines if not line.lstrip().startswith("#")]

    pinned = {NAME.match(line)[1].lower() for line in packages}
    assert all(re.match(r"^[A-Za-z0-9_.-]+(\[[^\]]+\])?==\S+ ", line) for line in packages)
    assert all("--hash=sha256:" in line for line in packages)
    assert set(wanted(f"{name}.in")) <= pinned


def make(*arguments: str) -> str:
    return subprocess.run(  # noqa: S603
        ["make", "--dry-run", "--always-make", *arguments],  # noqa: S607
        cwd=REPOSITORY,
        env={**os.environ, "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")
def test_make_run_does_everything_in_order_and_listens_on_this_machine_only():
    text = make("run", "PORT=8123")

    steps = (
        "make_venv.sh",
        "--require-hashes",
        "write_env.py 8123",
        "manage.py",
        "gunicorn --config gunicorn.conf.py --bind 127.0.0.1:8123",
    )
    places = [text.index(step) for step in steps]
    assert places == sorted(places)
    assert text.count("--bind") == 1
