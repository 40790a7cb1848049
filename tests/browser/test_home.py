"""Home in a browser: the ways from it."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


def test_home_leads_to_every_view(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.base)
    page.goto("/")
    links = page.locator("nav[aria-labelledby=calendars] a")
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    assert {address.partition("?")[0].split("/")[1] for address in addresses} == {
        *("calendar", "map", "coverage", "overlaps", "changes")
    }
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
    page.close()
