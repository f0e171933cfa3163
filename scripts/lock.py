"""Pin every package with hashes: requirements.in → requirements.txt, and the same for -dev.

Each direct requirement keeps the comment that says why it is here.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"^([A-Za-z0-9_.-]+)")


def reasons(source: Path) -> dict[str, str]:
    """The reason for each direct requirement, by its normalised name."""
    found = {}
    for line in source.read_text("utf-8").splitlines():
        match = NAME.match(line)
        if match and "  # " in line:
            found[match[1].lower().replace("_", "-")] = line.split("  # ", 1)[1].strip()
    return found


def lock(name: str) -> None:
    source, target = ROOT / f"{name}.in", ROOT / f"{name}.txt"
    subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
            *("--python-version", "3.12", "--generate-hashes", "--no-emit-index-url"),
            *("--no-annotate", "--custom-compile-command", "make lock"),
            *(str(source.name), "-o", str(target.name)),
        ],
        check=True,
        cwd=ROOT,
    )
    why = reasons(source)
    lines = []
    for line in target.read_text("utf-8").splitlines():
        match = NAME.match(line)
        if match and (reason := why.get(match[1].lower().replace("_", "-"))):
            lines.append(f"# {reason}")
        lines.append(line)
    target.write_text("\n".join(lines) + "\n", "utf-8")


for requirements in ("requirements", "requirements-dev"):
    lock(requirements)
