"""Importing in a browser: a table's columns, the preview, a long import that goes on by itself, and undo."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import EMAIL, PASSWORD, Site
from tests.browser.test_access import AXE, AXE_RUN

pytestmark = pytest.mark.browser

ROWS = [f"Meeting of group {number};{1 + number % 28} June {2040 + number // 28};Geneva" for number in range(300)]
TABLE = "\n".join(["Name;When;City", *ROWS, "High-level Political Forum 2027;6-15 July 2027;New York", "Bad;soon;"])


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in tests/interop")
def test_table_is_mapped_previewed_imported_and_undone(page: Page, tmp_path: Path) -> None:
    _sign_in(page)
    file = tmp_path / "list.csv"
    file.write_text(TABLE, "utf-8")
    page.goto("/desk/import")
    page.get_by_label("A file").set_input_files(file)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("When")).to_have_value("dates")
    _accessible(page)
    page.get_by_role("button", name="Go on").click()
    # The second piece is compared without a click.
    expect(page.get_by_role("button", name="Import what is ticked")).to_be_visible()
    expect(page.get_by_text("300 rows are ticked")).to_be_visible()
    page.get_by_role("link", name="New 301").click()
    page.get_by_role("button", name="4", exact=True).click()
    expect(page.get_by_role("radio", name="Leave it out")).to_be_checked()
    _accessible(page)
    page.get_by_role("button", name="Import what is ticked").click()
    page.get_by_role("link", name="What it wrote, and undo").click()
    expect(page.get_by_text("300 events added, 0 changed.")).to_be_visible()
    _accessible(page)
    page.get_by_label("Why").fill("The wrong list")
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_text("It is undone.")).to_be_visible(timeout=30_000)


def test_long_import_goes_on_without_scripts_by_a_button(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.base, java_script_enabled=False)
    page = context.new_page()
    _sign_in(page)
    page.goto("/desk/import")
    page.get_by_label("Or paste a text").fill("\n".join(row.replace(";", ", ") for row in ROWS))
    page.get_by_label("Source", exact=True).fill("E-mail")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("250 of 300")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Import what is ticked")).to_be_visible()
    page.get_by_role("button", name="Throw this import away").click()
    context.close()


def _sign_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _accessible(page: Page) -> None:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(AXE_RUN, {})
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found] == []
