"""The builder in a browser: the count follows the choice with a script, and comes with the button without one."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from calendar_app.topics import THEMES
from tests.browser.conftest import Site
from tests.browser.test_access import _SEEN, _WHOLE, AXE, AXE_RUN

pytestmark = pytest.mark.browser

LONG = "&".join(f"theme={slug}" for slug in sorted(THEMES)[:14])


def test_choice_is_counted_at_once_with_a_script(page: Page, site: Site) -> None:
    page.goto("/subscribe")
    count, all_of_them = page.locator("#count"), page.locator("#count").inner_text()
    page.get_by_text("On a phone: scan it").click()
    page.get_by_label("Climate change").check()
    expect(count).not_to_have_text(all_of_them)
    expect(page.locator("#told")).to_have_text(re.compile(r"^\d+ events, \d+ entries in the calendar$"))
    expect(page.get_by_label("Climate change")).to_be_focused()
    expect(page).to_have_url(f"{site.base}/subscribe?theme=climate-change")
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    address = page.get_by_label("Copy the address").input_value()
    assert address == f"{site.base}/feeds/theme/climate-change.ics"
    assert f"{site.feed('/feeds/theme/climate-change.ics').count(b'BEGIN:VEVENT')} entries" in (
        page.locator("#told").inner_text()
    )
    page.get_by_label("Remind me").select_option("1 week before, at 9 in the morning")
    expect(page).to_have_url(f"{site.base}/subscribe?alarm=P6DT15H&theme=climate-change")
    expect(page.get_by_label("Copy the address")).to_have_value(re.compile("alarm=P6DT15H"))
    panel = page.get_by_role("complementary", name="Your address")
    panel.get_by_role("button", name="Copy").click()
    expect(panel.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Copy the address").input_value()
    page.reload()
    expect(page.get_by_label("Climate change")).to_be_checked()


def test_what_can_not_be_is_said_in_place_of_the_address(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.base, bypass_csp=True)
    page = context.new_page()
    page.goto("/subscribe?from=2027-02-01")
    page.get_by_label("Until").fill("2026-02-01")
    words = "The period ends on 1 February 2026, before it begins on 1 February 2027. Change one of the two."
    expect(page.locator("#subscribe")).to_have_text(words)
    expect(page.locator("#told")).to_have_text(words)
    page.get_by_label("Until").fill("2028-02-01")
    expect(page.locator("#count")).to_be_visible()
    context.close()


def test_choice_is_counted_by_the_button_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/subscribe")
    all_of_them = page.locator("#count").inner_text()
    page.get_by_label("Climate change").check()
    page.get_by_label("When an event is cancelled").select_option("Leave it out")
    page.get_by_role("button", name="Make the address").click()
    expect(page).to_have_url(f"{site.base}/subscribe?cancelled=hide&theme=climate-change#subscribe")
    expect(page.locator("#count")).not_to_have_text(all_of_them)
    context.close()


def test_long_selection_gets_a_short_address_from_a_list(page: Page, site: Site) -> None:
    page.goto(f"/events?{LONG}")
    page.get_by_role("button", name="Make a short address").click()
    expect(page).to_have_url(f"{site.base}/subscribe?{LONG}#subscribe")
    address = page.get_by_label("Copy the address").input_value()
    assert re.fullmatch(rf"{site.base}/feeds/s/[a-z2-7]{{16}}\.ics", address)
    assert site.feed(address.removeprefix(site.base)).count(b"BEGIN:VEVENT") > 0
    page.goto(f"/events?{LONG}")
    assert page.get_by_label("Any other calendar: copy this address").input_value() == address


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in tests/interop")
@pytest.mark.parametrize(
    ("width", "scheme", "rules"),
    [(320, "light", _WHOLE), (320, "dark", _SEEN), (1280, "light", _SEEN), (1280, "dark", _WHOLE)],
)
def test_builder_has_no_violation(browser: Browser, site: Site, width: int, scheme: str, rules: dict) -> None:
    context = browser.new_context(
        base_url=site.base, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    for query in ("", f"{LONG}&theme=youth", "event=igf-2016&lang=fr&when=upcoming"):
        page.goto(f"/subscribe?{query}")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        page.add_script_tag(path=str(AXE))
        found = page.evaluate(AXE_RUN, rules)
        assert [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()
