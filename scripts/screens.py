"""Pictures of every type of page into docs/screens, on a phone and on a desk, some in the dark.

    make screens                      all of them
    make screens ONLY="home map"      these

WebP by Chromium itself, from the top of the page down to a length that still tells something.
"""

import base64
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.demonstration import FLAGS, chromium_here, served, set_up  # noqa: E402
from tests.browser.public_pages import PAGES  # noqa: E402

FOLDER = ROOT / "docs" / "screens"
QUALITY = 60
# Width, colours, and how much of the page is shown.
LOOKS = {
    "phone": (390, "light", 2200),
    "desk": (1280, "light", 1600),
    "phone-dark": (390, "dark", 1600),
    "desk-dark": (1280, "dark", 1200),
}
IN_THE_DARK = {"home", "therapy", "map", "claims", "search"}


def shoot(page: Page, target: Path, height: int) -> None:
    page.evaluate("document.fonts.ready")
    length = page.evaluate("document.documentElement.scrollHeight")
    width = page.viewport_size["width"]
    shown = {"x": 0, "y": 0, "width": width, "height": min(length, height), "scale": 1}
    taken = page.context.new_cdp_session(page).send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": shown},
    )
    target.write_bytes(base64.b64decode(taken["data"]))


def main(only: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [page for page in PAGES if not only or page.name in only]
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        set_up(Path(data))
        with served(Path(data)) as site:
            browser = playwright.chromium.launch(executable_path=chromium_here(), args=FLAGS)
            for look, (width, colours, height) in LOOKS.items():
                context = browser.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=colours
                )
                page = context.new_page()
                for one in wanted:
                    if colours == "dark" and one.name not in IN_THE_DARK:
                        continue
                    context.clear_cookies()
                    if one.is_signed_in:
                        context.add_cookies([site.cookie])
                    page.goto(site.of(one))
                    shoot(page, FOLDER / f"{one.name}-{look}.webp", height)
                context.close()
            browser.close()
    weight = sum(picture.stat().st_size for picture in FOLDER.glob("*.webp"))
    print(f"{len(list(FOLDER.glob('*.webp')))} pictures, {weight / 1e6:.1f} MB in {FOLDER}.")


if __name__ == "__main__":
    main(sys.argv[1:])
