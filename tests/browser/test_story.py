"""The whole story: browse, filter, copy the feed's address, propose, approve, see it in the feed."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import EMAIL, PASSWORD, Site
from tests.interop import ical_js

pytestmark = [pytest.mark.browser, pytest.mark.node]

TITLE = "Interoperability Forum 2027"


@pytest.mark.skipif(not ical_js.available(), reason=ical_js.MISSING)
def test_proposal_reaches_the_copied_feed(page: Page, browser: Browser, site: Site) -> None:
    path = _copied_address(page).removeprefix(site.base)
    assert path == "/feeds/select.ics?sdg=9&theme=cybersecurity&when=upcoming"
    private = _propose(page)
    assert TITLE not in [event["summary"] for event in ical_js.parse(site.feed(path))]

    _approve(browser.new_context(base_url=site.base).new_page())

    found = [event for event in ical_js.parse(site.feed(path)) if event["summary"] == TITLE]
    assert len(found) == 1
    told = {name: found[0][name] for name in ("start", "end", "allday", "status", "location")}
    assert told == {
        "start": "2027-07-08",
        "end": "2027-07-12",
        "allday": True,
        "status": "CONFIRMED",
        "location": "Geneva, Switzerland",
    }
    assert sorted(found[0]["categories"]) == ["Cybersecurity and cybercrime", "SDG 9"]
    page.goto(private)
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def _copied_address(page: Page) -> str:
    """Browses to a theme and a goal, and copies the address that carries exactly that."""
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\w+day\s*\d+ \w+ \d{4}"))
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Events").click()
    facets = page.get_by_role("form", name="Choose events")
    facets.get_by_text(re.compile(r"^\d+ more$")).first.click()
    facets.get_by_label("Cybersecurity and cybercrime").check()
    facets.get_by_label("9 Industry, Innovation and Infrastructure").check()
    page.get_by_role("button", name="Show this selection").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cybersecurity and cybercrime, SDG 9")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    return str(page.evaluate("navigator.clipboard.readText()"))


def _propose(page: Page) -> str:
    """Proposes an event, first with dates nobody can read; gives the address of the private page."""
    page.get_by_role("link", name="Add an event").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("When").fill("8/7-11/7/2027")
    page.get_by_label("City", exact=True).fill("Genève")
    page.get_by_label("Country", exact=True).select_option("Switzerland")
    page.get_by_label("Source").first.fill("https://www.itu.int/interop")
    page.get_by_label("Cybersecurity and cybercrime").check()
    page.get_by_label("9 Industry, Innovation and Infrastructure").check()
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.locator("#problems")).to_be_focused()
    expect(page.get_by_label("When")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("When")).to_have_value("8/7-11/7/2027")
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    page.get_by_label("When").fill("8-11 July 2027")
    page.get_by_role("button", name="See how it will read").click()
    expect(page.get_by_text("8–11 July 2027")).to_be_visible()
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_text("Received. An editor will read it")).to_be_visible()
    return page.url


def _approve(page: Page) -> None:
    """Signs in as an editor and publishes what waits."""
    page.goto("/desk")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Publish it so").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.context.close()


def test_climate_events_are_two_clicks_from_google_calendar(page: Page) -> None:
    page.goto("/")
    page.locator("#themes ~ ul").get_by_role("link", name="Climate change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Climate change")
    google = page.get_by_role("link", name="Google Calendar").get_attribute("href") or ""
    assert google.startswith("https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F")
    assert google.endswith("%2Ffeeds%2Ftheme%2Fclimate-change.ics")
