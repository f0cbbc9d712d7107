"""The pages in a real browser: Debian's chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import RunningServer, running_server
from playwright.sync_api import Browser, Page, expect, sync_playwright

from outcome_graph.access import TokenBook
from outcome_graph.pipeline import OutcomeGraph

pytestmark = pytest.mark.browser

SEED = Path(__file__).parents[2] / "data" / "outcomes" / "LAO226-2020-21-8.1.1.txt"
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
    for path in (
        *("/", "/results", "/queries/outcomes", "/sparql", "/validate", "/load", "/review"),
        *("/catalog", "/country/LAO", "/sdg/1.3", "/concept/step/1", "/ontology", "/shapes"),
        *("/record/LAO226-2020-21-8.1.1", "/record/LAO226-2020-21-8.1.1/history"),
    ):
        page.goto(path)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, path


def test_a_result_is_found_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox", name="Find results").focus()
    page.keyboard.type("laos strategy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 result")).to_be_visible()
    page.get_by_label("Country").focus()
    page.keyboard.type("Lao")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="1.3").click()
    expect(page.locator("main")).to_contain_text("SDG target 1.3")
    # The address is all that is needed to share what was found.
    page.go_back()
    assert "words=laos+strategy" in page.url
    page.reload()
    expect(page.get_by_role("heading", name="1 result")).to_be_visible()


def test_what_was_found_is_downloaded(page: Page) -> None:
    page.goto("/results?words=launched")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "LAO226-2020-21-8.1.1" in Path(download.value.path()).read_text("utf-8")


def test_a_page_that_is_wrong_is_mended(page: Page) -> None:
    text = SEED.read_text("utf-8").replace("01.04.2020", "31.02.2020")
    page.goto("/validate")
    page.get_by_label("Text of the page").fill(text)
    page.get_by_role("button", name="Validate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Does not conform")
    expect(page.locator("main")).to_contain_text("31.02.2020 does not exist")
    page.get_by_label("Text of the page").fill(text.replace("31.02.2020", "01.04.2020"))
    page.get_by_role("button", name="Validate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Conforms")


def test_files_are_validated(page: Page) -> None:
    page.goto("/validate?lang=fr")
    page.get_by_label("ou fichiers").set_input_files([SEED])
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Conforme")
    expect(page.locator("main")).to_contain_text("Aucun projet")


def test_a_steward_tries_and_stores_a_page(browser: Browser, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with OutcomeGraph.open(store) as graph:
        graph.initialise()
    secret = TokenBook(store / "tokens.json").create("steward")[1]
    with running_server(store) as server:
        page = browser.new_context(base_url=server.url, locale="en").new_page()
        page.goto("/")
        page.get_by_role("link", name="Load", exact=True).click()
        for button, said in (
            ("Try: store nothing", "1 record would be stored."),
            ("Store", "1 record was stored."),
        ):
            page.get_by_label("or files").set_input_files([SEED])
            page.get_by_label("Your access token").fill(secret)
            page.get_by_role("button", name=button, exact=True).click()
            expect(page.get_by_role("status")).to_contain_text(said)
        page.get_by_role("link", name="LAO226-2020-21-8.1.1").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("officially launched")
        page.context.close()


def test_the_language_stays_from_page_to_page(page: Page) -> None:
    page.goto("/results?lang=fr")
    page.get_by_role("link", name="République démocratique populaire lao").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "République démocratique populaire lao"
    )
    page.get_by_role("link", name="Résultats", exact=True).click()
    assert "lang=fr" in page.url


@pytest.mark.parametrize(
    ("locale", "search", "found", "achieved"),
    [
        ("fr-SN", "Chercher des résultats", "1 résultat", "1er avril 2020"),
        ("es-PE", "Buscar resultados", "1 resultado", "1 de abril de 2020"),
    ],
)
def test_a_reader_finds_a_result_in_the_browsers_language(
    browser: Browser,
    seed_server: RunningServer,
    locale: str,
    search: str,
    found: str,
    achieved: str,
) -> None:
    context = browser.new_context(base_url=seed_server.url, locale=locale)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox", name=search).fill("STRATEGY laos")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=found)).to_be_visible()
    page.get_by_role("link", name="The National Social Protection Strategy").click()
    expect(page.locator(".kicker")).to_contain_text(achieved)
    # The text is in English, and so marked; nothing was asked for in the address.
    assert page.locator("h1").get_attribute("lang") == "en"
    assert "lang=" not in page.url
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator(".kicker")).to_contain_text("1 April 2020")
    page.get_by_role("link", name="Results", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Find results")
    context.close()


def test_everything_is_reached_with_the_tab_key(page: Page) -> None:
    page.goto("/results")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 20)"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", seen[-1]
        if seen[-1] == "CSV":
            break
    order = ["Outcome Graph", "Results", "Rules", "English", "Español", "Find", "CSV"]
    places = [seen.index(name) for name in order]
    assert places == sorted(places)


def test_a_record_prints_without_what_is_for_the_screen(page: Page) -> None:
    page.goto("/record/LAO226-2020-21-8.1.1")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for gone in ("header nav", "footer", ".formats"):
        expect(page.locator(gone).first).to_be_hidden()
    ink = page.evaluate("getComputedStyle(document.querySelector('.prose p')).color")
    assert ink == "rgb(0, 0, 0)"


def test_pages_need_no_script(browser: Browser, seed_server: RunningServer) -> None:
    context = browser.new_context(base_url=seed_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/results")
    page.get_by_label("Biennium").select_option("2020-21")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="1 result")).to_be_visible()
    context.close()
