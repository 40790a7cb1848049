"""Finding events and taking them along, in a browser: three clicks, a panel that is followed, and picks."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

BACKWARDS = "The period ends on 1 January 2027, before it begins on 1 January 2028. Change one of the two."


def subscribe(page: Page, site: Site, feed: str) -> None:
    """Subscribes in two clicks at the most, the button and a client, and holds the client's link against a feed."""
    button = page.locator("a[href='#subscribe']:visible")
    if button.count():
        button.first.click()
    expect(page.locator("#subscribe")).to_be_in_viewport()
    expect(page.locator("#subscribe").get_by_role("link", name="Google Calendar")).to_be_in_viewport()
    client = page.get_by_role("link", name="Apple, Thunderbird")
    assert client.get_attribute("href") == f"webcal://{site.base.removeprefix('http://')}{feed}"
    # What the click hands over to the client, which is none of the browser's.
    client.evaluate("link => link.addEventListener('click', event => { event.preventDefault(); link.title = 'taken' })")
    client.click()
    assert client.get_attribute("title") == "taken"
    assert site.feed(feed).count(b"BEGIN:VEVENT") > 0


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("link", "feed"),
    [
        (r"^Climate change \d+$", "/feeds/theme/climate-change.ics"),
        ("^13 Climate Action$", "/feeds/sdg/13.ics"),
        ("^COP 32: UN Climate Change Conference 2027", "/feeds/series/unfccc-cop.ics"),
        (r"^UNFCCC COP \d+$", "/feeds/series/unfccc-cop.ics"),
    ],
)
def test_three_clicks_from_home_put_a_theme_a_goal_or_a_series_in_a_calendar(
    browser: Browser, site: Site, width: int, link: str, feed: str
) -> None:
    context = browser.new_context(base_url=site.base, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name=re.compile(link)).first.click()
    subscribe(page, site, feed)
    context.close()


def test_panel_is_followed_and_the_way_back_shows_what_was_before(page: Page, site: Site) -> None:
    page.goto("/events?when=upcoming")
    count, panel = page.locator("#head strong"), page.locator("#facets")
    before = count.inner_text()
    climate, goal = panel.get_by_label("Climate change"), panel.get_by_label("Climate Action")
    climate.check()
    expect(page).to_have_url(f"{site.base}/events?theme=climate-change&when=upcoming")
    expect(page.locator("#told")).to_have_text(re.compile(r"^\d+ events$"))
    expect(count).to_have_text(page.locator("#told").inner_text())
    expect(climate).to_be_focused()
    expect(page).to_have_title("Climate change, on now and coming – UN Forum Calendar")
    goal.check()
    expect(page).to_have_url(f"{site.base}/events?sdg=13&theme=climate-change&when=upcoming")
    address = page.get_by_label("Any other calendar: copy this address")
    expect(address).to_have_value(f"{site.base}/feeds/select.ics?sdg=13&theme=climate-change&when=upcoming")
    page.go_back()
    expect(goal).not_to_be_checked()
    expect(climate).to_be_checked()
    page.go_back()
    expect(count).to_have_text(before)
    expect(climate).not_to_be_checked()
    page.go_forward()
    expect(climate).to_be_checked()
    page.get_by_role("link", name="Take out: Theme: Climate change").click()
    expect(page).to_have_url(f"{site.base}/events?when=upcoming")
    expect(count).to_have_text(before)


def test_words_are_followed_while_they_are_typed_and_are_one_step_back(page: Page, site: Site) -> None:
    page.goto("/events")
    words = page.get_by_label("Find an event, a place, a body")
    words.press_sequentially("marrakesh", delay=20)
    expect(page).to_have_url(f"{site.base}/events?q=marrakesh")
    expect(words).to_be_focused()
    words.press_sequentially(" cop", delay=20)
    expect(page).to_have_url(f"{site.base}/events?q=marrakesh%20cop")
    expect(page.get_by_role("heading", level=1)).to_have_text("“marrakesh cop”")
    assert words.input_value() == "marrakesh cop"
    expect(page.locator("mark").first).to_be_visible()
    page.go_back()
    expect(words).to_have_value("")
    expect(page).to_have_url(f"{site.base}/events")


def test_period_that_can_not_be_is_told_at_its_field_and_mended_there(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.base)
    page = context.new_page()
    page.goto("/events?sdg=13")
    page.get_by_label("From").fill("2028-01-01")
    page.get_by_label("Until").fill("2027-01-01")
    expect(page.locator("#to-e")).to_have_text(BACKWARDS)
    expect(page.locator("#told")).to_have_text(BACKWARDS)
    expect(page.get_by_label("Until")).to_have_attribute("aria-invalid", "true")
    assert page.locator("#subscribe").count() == 0
    page.get_by_label("Until").fill("2029-01-01")
    expect(page.locator("#to-e")).to_be_empty()
    expect(page.locator("#subscribe")).to_have_count(1)
    expect(page).to_have_url(f"{site.base}/events?from=2028-01-01&sdg=13&to=2029-01-01")
    context.close()


def test_picks_are_kept_from_search_to_search(page: Page, site: Site) -> None:
    page.goto("/events?q=quito")
    page.locator(".pick input").first.check()
    bar, mine = page.locator("#picks"), page.locator("#mine")
    expect(bar.get_by_role("status")).to_have_text("One picked")
    page.goto("/events?q=hlpf&year=2016")
    page.locator(".pick input").first.check()
    expect(bar.get_by_role("status")).to_have_text("2 picked")
    expect(bar).to_be_in_viewport()
    expect(mine).to_have_text("My events (2)")
    page.goto("/events/igf-2016")
    page.get_by_role("link", name="Add to my events").click()
    expect(page.locator(".add")).to_have_text("Take out of my events 3 picked")
    page.goto("/")
    bar.get_by_role("button", name="Show my events").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 picked events")
    page.get_by_label(re.compile("Pick.*Internet Governance")).uncheck()
    expect(mine).to_have_text("My events (2)")
    page.get_by_role("button", name="Keep only the ticked ones").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 picked events")
    bar.get_by_role("link", name="Pick more").click()
    expect(page).to_have_url(f"{site.base}/events?when=upcoming")
    expect(bar.get_by_role("status")).to_have_text("2 picked")
    bar.get_by_role("link", name="Clear").click()
    expect(mine).to_be_hidden()


def test_sixty_first_pick_is_refused_in_words(page: Page) -> None:
    page.goto("/events?year=2016")
    page.evaluate("localStorage.setItem('picked', JSON.stringify([...Array(60).keys()].map(String)))")
    page.reload()
    box = page.locator(".pick input").first
    box.click()
    expect(box).not_to_be_checked()
    expect(page.locator("#picks [role=status]")).to_have_text(
        "60 events are the most that one selection takes. Take one out first."
    )


def test_picks_that_a_browser_kept_and_no_address_takes_are_left_out(page: Page, site: Site) -> None:
    page.goto("/events?q=quito")
    kept = ["igf-2016", "igf-2016", "\ud800", '"><img src=x onerror=alert(1)>', 1, *map(str, range(80))]
    page.evaluate("kept => localStorage.setItem('picked', kept)", json.dumps(kept))
    page.reload()
    expect(page.locator("#mine")).to_have_text("My events (60)")
    page.evaluate("localStorage.setItem('picked', JSON.stringify(['\\ud800', null, 'igf-2016']))")
    page.reload()
    page.get_by_role("link", name="My events (1)").click()
    expect(page).to_have_url(f"{site.base}/events?event=igf-2016")


def test_finding_works_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.base, java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto("/events?when=upcoming")
    page.locator("#facets").get_by_label("Climate change").check()
    page.get_by_role("button", name="Show this selection").click()
    expect(page).to_have_url(f"{site.base}/events?theme=climate-change&when=upcoming")
    page.locator(".pick input").first.check()
    expect(page.locator("#picks")).to_be_in_viewport()
    page.get_by_role("button", name="Show my events").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 picked event")
    page.get_by_role("link", name="Pick more").click()
    expect(page.get_by_text("One picked before")).to_be_visible()
    page.get_by_role("link", name="Find an event, a place, a body").click()
    page.get_by_label("Find an event, a place, a body").fill("hlpf")
    page.get_by_role("button", name="Find").click()
    page.locator(".pick input").first.check()
    page.get_by_role("button", name="Show my events").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 picked events")
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_results_come_first_and_the_field_for_words_waits_behind_a_link(
    browser: Browser, site: Site, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=site.base, viewport={"width": 360, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    for view in ("/events?when=upcoming", "/calendar/2026-11", "/calendar/2027", "/overlaps?year=2016"):
        page.goto(view)
        box = page.locator("#shown").bounding_box()
        assert box is not None
        assert box["y"] < 440, view
    page.goto("/events?when=upcoming")
    words = page.get_by_role("searchbox", name="Find an event, a place, a body")
    expect(words).to_have_count(0)
    page.get_by_role("link", name="Find an event, a place, a body").click()
    page.keyboard.type("geneva")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("“geneva”, on now and coming")
    expect(words).to_have_value("geneva")
    page.goto("/events?series=hlpf&city=quito")
    expect(page.get_by_role("heading", name="Nothing is in this selection")).to_be_visible()
    expect(words).to_be_visible()
    context.close()
