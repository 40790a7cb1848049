"""The hours of a meeting by the clock of the browser, and the way to another zone without scripts."""

import pytest
from playwright.sync_api import Browser, expect

from calendar_app import desk
from calendar_app.store import Store
from tests.browser.conftest import EMAIL, Site
from tests.browser.test_access import _WHOLE, AXE, _problems
from tests.browser.test_weight import SHIFTS
from tests.conftest import NOW

pytestmark = pytest.mark.browser

BRIEFING = {
    "title": "Briefing on AI",
    "dates": "9 November 2027",
    "start_time": "10:00",
    "end_time": "13:00",
    "timezone": "Europe/Zurich",
    "city": "Geneva",
    "country": "CH",
    "source": "A note verbale",
    "parts": "9 November 2027, 12:00-13:00: Questions",
}


@pytest.fixture(scope="module")
def briefing(site: Site) -> str:
    """The address of a meeting with hours and a part with its own."""
    store = Store(site.folder / "events.db")
    event = desk.add(store, BRIEFING, actor=EMAIL, now=NOW)
    store.close()
    return f"/events/{event.slug}"


@pytest.mark.parametrize(
    ("zone", "meeting", "part"),
    [
        (
            "America/New_York",
            "04:00–07:00 your time (America/New_York, UTC−5)",
            "06:00–07:00 your time (America/New_York, UTC−5)",
        ),
        (
            "Pacific/Kiritimati",
            "9 November 2027, 23:00 – 10 November 2027, 02:00 your time (Pacific/Kiritimati, UTC+14)",
            "10 November 2027, 01:00–02:00 your time (Pacific/Kiritimati, UTC+14)",
        ),
        ("Europe/Zurich", "your time too (Europe/Zurich, UTC+1)", "your time too (Europe/Zurich, UTC+1)"),
        ("UTC", "09:00–12:00 your time (UTC, UTC+0)", "11:00–12:00 your time (UTC, UTC+0)"),
    ],
)
def test_reader_is_told_their_own_time(browser: Browser, site: Site, briefing, zone, meeting, part) -> None:
    context = browser.new_context(base_url=site.base, timezone_id=zone, viewport={"width": 360, "height": 900})
    page = context.new_page()
    page.goto(briefing)
    expect(page.locator(".clock")).to_have_text([meeting, part])
    expect(page.locator(".big")).to_have_text("9 November 2027 10:00–13:00 in Geneva (CET, UTC+1)")
    # The longest zones at the narrowest screen take a line more than is kept for them.
    assert page.evaluate(SHIFTS) < 0.01
    page.get_by_label("Show the time in another zone").fill("Tokyo")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".clock").first).to_have_text("18:00–21:00 in Asia/Tokyo (JST, UTC+9)")
    context.close()


def test_days_are_the_same_wherever_one_reads(browser: Browser, site: Site) -> None:
    found = []
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        context = browser.new_context(base_url=site.base, timezone_id=zone)
        page = context.new_page()
        page.goto("/events/unfccc-cop-2019")
        found.append(page.locator("main").inner_text())
        context.close()
    assert found[0] == found[1]


def test_zone_can_be_asked_for_without_scripts(browser: Browser, site: Site, briefing) -> None:
    context = browser.new_context(base_url=site.base, timezone_id="Asia/Tokyo", java_script_enabled=False)
    page = context.new_page()
    page.goto(briefing)
    expect(page.locator(".clock").first).to_have_text("09:00–12:00 UTC")
    page.get_by_label("Show the time in another zone").fill("Nowhere")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#zone")).to_be_focused()
    expect(page.locator("#zone")).to_have_value("Nowhere")
    page.locator("#zone").fill("Quito")
    page.keyboard.press("Enter")
    expect(page.locator(".clock").first).to_have_text("04:00–07:00 in America/Guayaquil (UTC−5)")
    context.close()


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in tests/interop")
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_page_with_hours_has_no_violation(browser: Browser, site: Site, briefing, width, scheme) -> None:
    context = browser.new_context(
        base_url=site.base, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    asked = (briefing, f"{briefing}?zone=Tokyo", f"{briefing}?zone=nowhere", "/calendar/2027-11")
    assert {path: _problems(page, path, _WHOLE) for path in asked} == {path: [] for path in asked}
    context.close()
