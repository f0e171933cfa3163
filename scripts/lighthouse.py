"""Lighthouse's scores of eight types of page, on a phone, into docs/lighthouse.md.

    make lighthouse

Asks npm for Lighthouse into a folder of its own, and measures a demonstration site as `make run`
serves it: compressed, DEBUG off. Each page is measured three times, and the median kept, as
Lighthouse's own guide advises: performance sways with what else the machine does.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.demonstration import Site, chromium_here, served, set_up  # noqa: E402
from tests.browser.public_pages import WEIGHED, PageType, named  # noqa: E402

TARGET = ROOT / "docs" / "lighthouse.md"
TOOLS = ROOT / "var" / "lighthouse"
PACKAGE = "lighthouse@12"
TIMES = 3
# From here on Lighthouse itself calls an audit good.
GREEN = 0.9
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest paint",
    "total-blocking-time": "blocked",
    "cumulative-layout-shift": "layout shift",
    "total-byte-weight": "weight",
}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
HEAD = """# Lighthouse

Scores out of 100 on a phone, as Lighthouse imitates one: a slow processor, a slow line. Median of
{times} runs each, {day}, Lighthouse {lighthouse}, Chromium {chromium}; the production
server of `make run` with the starter content. Made by `make lighthouse`.

| page | performance | accessibility | best practices | SEO | {figures} |
|---|---|---|---|---|{lines}|
"""


def lighthouse() -> Path:
    tool = TOOLS / "node_modules" / ".bin" / "lighthouse"
    if not tool.exists():
        TOOLS.mkdir(parents=True, exist_ok=True)
        subprocess.run(  # noqa: S603 - a fixed command
            ["npm", "install", "--no-save", "--silent", PACKAGE],  # noqa: S607
            cwd=TOOLS,
            env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"},
            check=True,
        )
    return tool


def measure(tool: Path, address: str) -> dict:
    answer = subprocess.run(  # noqa: S603 - our own addresses
        [tool, address, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"],
        env={**os.environ, "CHROME_PATH": str(chromium_here())},
        check=True,
        capture_output=True,
    )
    return json.loads(answer.stdout)


def shortfalls(report: dict) -> set[str]:
    """What cost points, in Lighthouse's words."""
    return {
        f"{name}: {report['audits'][one['id']]['title']}"
        for name in CATEGORIES
        for one in report["categories"][name]["auditRefs"]
        if one["weight"] and falls_short(report["audits"][one["id"]])
    }


def falls_short(audit: dict) -> bool:
    """An audit that does not apply to a page has no score."""
    return audit["score"] is not None and audit["score"] < GREEN


def row(tool: Path, site: Site, page: PageType, times: int) -> tuple[str, dict]:
    reports = [measure(tool, site.of(page)) for _ in range(times)]
    scores = [
        round(100 * median(one["categories"][name]["score"] for one in reports))
        for name in CATEGORIES
    ]
    last = reports[-1]
    figures = [last["audits"][name]["displayValue"].replace("\xa0", " ") for name in FIGURES]
    print(page.name, *scores, *figures, *sorted(shortfalls(last)), flush=True)
    return f"| `{page.address}` | {' | '.join(map(str, scores))} | {' | '.join(figures)} |", last


def write(rows: list[tuple[str, dict]], times: int) -> None:
    last = rows[-1][1]
    head = HEAD.format(
        times=times,
        day=f"{datetime.now(UTC):%d %B %Y}",
        lighthouse=last["lighthouseVersion"],
        chromium=last["environment"]["hostUserAgent"].partition("Chrome/")[2].split(" ")[0],
        figures=" | ".join(FIGURES.values()),
        lines="|".join("---" for _ in FIGURES),
    )
    TARGET.write_text(head + "\n".join(line for line, _last in rows) + "\n", "utf-8")
    print(f"Written to {TARGET}.")


def main(only: list[str]) -> None:
    tool = lighthouse()
    with tempfile.TemporaryDirectory() as data:
        set_up(Path(data))
        with served(Path(data)) as site:
            rows = [row(tool, site, named(name), TIMES) for name in only or WEIGHED]
    if not only:
        write(rows, TIMES)


if __name__ == "__main__":
    main(sys.argv[1:])
