"""The pages in a real browser: Debian's chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from conftest import RunningServer
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Debian's chromium (apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, seed_server: RunningServer) -> Iterator[Page]:
    context = browser.new_context(base_url=seed_server.url)
    opened = context.new_page()
    complaints: list[str] = []
    foreign: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("request", lambda request: foreign.append(request.url))
    yield opened
    context.close()
    # Chromium notes the status of a page that explains a mistake; anything else is a fault.
    assert [text for text in complaints if "status of 400" not in text] == []
    assert all(url.startswith(seed_server.url) for url in foreign)


def test_from_the_home_page_to_a_record_to_its_country(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="The National Social Protection Strategy").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("officially launched")
    expect(page.locator("main")).to_contain_text("Prime Minister of Lao PDR")
    expect(page.locator("main")).to_contain_text("Lao Federation of Trade Union")
    expect(page.locator("main")).to_contain_text("No project is linked")
    page.get_by_role("link", name="Lao People's Democratic Republic").first.click()
    expect(page.locator("main")).to_contain_text("South-eastern Asia")


def test_a_question_is_asked_and_answered(page: Page) -> None:
    page.goto("/sparql")
    page.get_by_role("textbox").first.fill("SELECT ?code { ?o og:code ?code }")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("cell", name="LAO226")).to_be_visible()


def test_a_mistake_in_a_question_is_explained(page: Page) -> None:
    page.goto("/sparql")
    page.get_by_role("textbox").first.fill("SELECT ?code {")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("body")).to_contain_text("Line 1")


def test_it_can_be_used_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 720})
    for path in ("/", "/record/LAO226-2020-21-8.1.1", "/sparql", "/country/LAO"):
        page.goto(path)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, path
