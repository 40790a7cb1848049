"""Pages on paper: a year on one sheet, and the report as a document."""

import re

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("year", [2016, 2027])
def test_year_is_one_a3_sheet_and_its_table_follows(page: Page, year: int) -> None:
    """A sheet that did not fit below what stands above it would leave an empty page before it."""
    page.goto(f"/calendar/{year}")
    printed = page.pdf(prefer_css_page_size=True)
    widths = [float(width) for width in re.findall(rb"/MediaBox \[0 0 ([0-9.]+)", printed)]
    large = [round(width / 72 * 25.4) == 420 for width in widths]
    assert (large[0], any(large[1:]), len(large) > 1) == (True, False, True)


def test_report_is_a_document_on_a4_without_what_chooses_its_period(page: Page) -> None:
    page.goto("/report?from=2016-01-01&to=2016-12-31")
    page.emulate_media(media="print")
    parts = (".band", "#head", ".compared", "footer", "article")
    shown = {part: page.locator(part).first.is_visible() for part in parts}
    assert shown == {".band": False, "#head": False, ".compared": False, "footer": False, "article": True}
    printed = page.pdf(prefer_css_page_size=True)
    sizes = {tuple(map(float, size)) for size in re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", printed)}
    assert {tuple(round(side / 72 * 25.4) for side in size) for size in sizes} == {(210, 297)}
