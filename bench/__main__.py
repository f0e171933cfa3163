"""Runs benchmarks, each in a process of its own, and keeps what they say.

    python -m bench                       every benchmark over 1,000 and 10,000 pages
    python -m bench search --pages 10000  one of them
    TEST_DATABASE_URL=postgres://… python -m bench --database postgresql

One JSON line a figure in bench/results/<date>.jsonl, and a table on the screen.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from bench import lines, scratch

NAMES = ("search", "web", "glossary")


def main() -> None:
    asked = _arguments()
    results = scratch.ROOT / "bench" / "results" / f"{datetime.now(UTC):%Y-%m-%d}.jsonl"
    results.parent.mkdir(exist_ok=True)
    for pages in asked.pages:
        print(f"{pages:,} pages on {asked.database}", file=sys.stderr)
        with scratch.site(pages, asked.database) as environment:
            for name in asked.names:
                about, found = lines.about_the_run(name, asked.database, pages), []
                with results.open("a") as file:
                    for line in _run(name, environment):
                        file.write(json.dumps(about | line) + "\n")
                        file.flush()
                        found.append(line)
                lines.show(f"{name}, {pages:,} pages, {asked.database}", about, found)
    print(f"Kept in {results.relative_to(scratch.ROOT)}.", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure the site.")
    parser.add_argument("names", nargs="*", default=NAMES, metavar="|".join(NAMES))
    parser.add_argument("--pages", default="1000,10000", help="made-up articles: 1000,10000")
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    asked.pages = [int(number) for number in asked.pages.split(",")]
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    return asked


def _run(name: str, environment: dict[str, str]) -> Iterator[dict]:
    """What one benchmark says, line by line."""
    command = [sys.executable, "-m", "bench.measure", name]
    with subprocess.Popen(  # noqa: S603 - our own modules
        command, cwd=scratch.ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        for line in child.stdout or ():
            yield json.loads(line)
    if child.returncode:
        sys.exit(f"The benchmark {name} stopped: it ended with {child.returncode}.")


if __name__ == "__main__":
    main()
