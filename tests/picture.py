"""Take the picture of README, `.github/dashboard.png`: the front page of 4 March 2019.

Run as `make picture`; needs Chromium.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, serve
from tests.conftest import ROOT


def main() -> None:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        [*_] = (_shoot(playwright, site) for site in serve(Path(folder) / "log"))


def _shoot(playwright, site: str) -> None:  # type: ignore[no-untyped-def]
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    page = browser.new_page(viewport={"width": 1280, "height": 830})
    page.goto(f"{site}/?as_of=2019-03-04&live=0")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=ROOT / ".github" / "dashboard.png")
    browser.close()


if __name__ == "__main__":
    main()
