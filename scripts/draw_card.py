"""Draw static/site/card.png, which messengers show beside a link, out of scripts/card.svg.

Run by hand when the drawing changes: it needs Chromium, and its result is kept.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SIZE = {"width": 1200, "height": 630}
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


def main() -> None:
    drawing = (ROOT / "scripts" / "card.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        page = browser.new_page(viewport=SIZE)
        page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawing}")
        page.screenshot(path=ROOT / "static" / "site" / "card.png")
        browser.close()


if __name__ == "__main__":
    main()
