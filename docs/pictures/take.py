"""Takes the picture of the annotator for the README, from a demo that is being served:

    .venv/bin/python docs/pictures/take.py http://127.0.0.1:8000

It logs in with the demo's password (in var/), opens the gold of the seed article and puts one mark in focus.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.chromium import find

ROOT = Path(__file__).parents[2]
PICTURE = Path(__file__).with_name("annotator.png")


def log_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("User name").fill("manager")
    page.get_by_label("Password").fill((ROOT / "var" / "demo-password").read_text("utf-8").strip())
    page.get_by_role("button", name="Sign in").click()


def open_gold(page: Page, address: str) -> None:
    page.goto(f"{address}/corpora/demo/")
    page.get_by_role("link", name="More North Korean factory workers").click()
    page.locator("a[href*='/annotate/']").first.click()
    box = page.locator("#text span", has_text=re.compile("^170$")).first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(500)


def take(address: str) -> None:
    program = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        log_in(page, address)
        open_gold(page, address)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
