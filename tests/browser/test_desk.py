"""A day at the desk, by the keyboard alone on a phone: what is told after each step, and where the next key goes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import EMAIL, PASSWORD, Site

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
MAIL = """Dear colleagues,
- Forum on Quiet Networks, 4-6 May 2041, Geneva
- Congress of Small Antennas: 9 June 2041, Nairobi
Best regards"""
# What has the focus, as its label, its name or its words tell it.
_FOCUSED = """() => {
  const it = document.activeElement;
  const words = it.labels?.[0]?.innerText || it.getAttribute("aria-label") || it.innerText || "";
  return words.replace(/\\s+/g, " ").trim();
}"""


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone on which an editor is signed in; nothing is wider than its screen."""
    page = _signed_in(browser, site)
    yield page
    page.context.close()


def test_line_is_published_in_five_keys(phone: Page) -> None:
    _publish(phone, "Summit on Spectrum, 22-23 September 2041, Vienna")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Summit on Spectrum")


def test_line_without_dates_comes_back_with_what_is_wrong_at_its_place(phone: Page) -> None:
    phone.goto("/desk")
    _paste(phone, "Summit sometime next autumn, Vienna")
    phone.keyboard.press("Enter")
    expect(phone.locator("#problems")).to_be_focused()
    _tab_to(phone, "When:")
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile("#dates$"))
    phone.keyboard.press("Tab")
    expect(phone.get_by_label("Title")).to_have_value("Summit sometime next autumn")
    expect(phone.get_by_label("City", exact=True)).to_have_value("Vienna")


def test_summit_moves_is_undone_and_is_split(phone: Page) -> None:
    _publish(phone, "Summit on Cables, 2-4 February 2041, Vienna")
    _tab_to(phone, "Cancel, postpone, undo")
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile("/desk/events/"))
    _tab_to(phone, "It moved")
    phone.keyboard.press("Space")
    _retype(phone, "City", "Nairobi")
    _tab_to(phone, "Country")
    phone.keyboard.type("Kenya")
    _retype(phone, "Why", "The host changed")
    _retype(phone, "Where you read it", "Note verbale")
    phone.keyboard.press("Enter")
    _told(phone, "Recorded: It moved: other dates, another place, or online")
    expect(phone.get_by_text("2–4 February 2041, Nairobi, Kenya.")).to_be_visible()

    _tab_to(phone, "Set it")
    _retype(phone, "Why", "Wrong summit")
    # Enter in the field would have to guess which change.
    phone.keyboard.press("Enter")
    _tab_to(phone, "Undo")
    phone.keyboard.press("Enter")
    _told(phone, "Undone, as a new change in the history.")
    expect(phone.get_by_text("2–4 February 2041, Vienna, Austria.")).to_be_visible()

    _tab_to(phone, "Split it into parts")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Split into parts")
    _retype(phone, "Part 1: When", "2 February 2041")
    _retype(phone, "Part 2: Title", "Summit on Cables, second part")
    _retype(phone, "Part 2: When", "March 2041")
    _retype(phone, "Why", "Two hosts")
    _retype(phone, "Source", "Another note verbale")
    phone.keyboard.press("Enter")
    _told(phone, "Split. The parts are in the calendar now.")


def test_lines_of_a_mail_are_imported_and_undone(phone: Page) -> None:
    phone.goto("/desk/import")
    _retype(phone, "Or paste a text", MAIL)
    _retype(phone, "Source", "E-mail of the liaison office")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("This is what would come of each row.")).to_be_focused()
    expect(phone.get_by_role("link", name="New 2")).to_be_visible()
    _tab_to(phone, "Import what is ticked")
    phone.keyboard.press("Enter")
    _told(phone, "Imported.")
    _tab_to(phone, "What it wrote, and undo")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("2 events added, 0 changed.")).to_be_visible()
    _retype(phone, "Why", "The wrong list")
    phone.keyboard.press("Enter")
    _told(phone, "Undone: E-mail of the liaison office")


def test_theme_is_given_to_many_and_taken_back(phone: Page) -> None:
    phone.goto("/desk/bulk?series=hlpf")
    _tab_to(phone, "Add a theme")
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.type("Oceans")
    _retype(phone, "Why", "All of them touch it")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Nothing is changed yet.")).to_be_focused()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    _told(phone, "Changed: Add a theme: Oceans")
    _retype(phone, "Why", "The wrong theme")
    phone.keyboard.press("Enter")
    _told(phone, "Undone: Add a theme: Oceans")


def test_second_of_two_editors_is_shown_what_the_first_changed(phone: Page, browser: Browser, site: Site) -> None:
    _publish(phone, "Summit on Masts, 5 February 2041, Vienna")
    other = _signed_in(browser, site)
    form = f"/submit?event={phone.url.rpartition('/')[2]}"
    for page in (phone, other):
        page.goto(form)
    _retype(phone, "Venue", "Hofburg")
    phone.keyboard.press("Enter")
    _told(phone, "Saved and public: Summit on Masts")
    _retype(other, "City", "Graz")
    other.keyboard.press("Enter")
    expect(other.locator("#problems")).to_be_focused()
    expect(other.get_by_role("row", name="Venue Hofburg")).to_be_visible()
    expect(other.get_by_label("City", exact=True)).to_have_value("Graz")
    other.context.close()


def test_events_are_verified_with_one_key_each(phone: Page) -> None:
    phone.goto("/desk/verify")
    _retype(phone, "The source you are reading", "The sites of the conveners")
    _tab_to(phone, "Confirm")
    for _ in range(3):
        confirmed = str(phone.evaluate(_FOCUSED)).removeprefix("Confirm : ")
        phone.keyboard.press("Enter")
        expect(phone.locator("#just-done")).to_have_text(f"Confirmed: {confirmed}")
        expect(phone.locator("button:focus")).to_contain_text("Confirm")


def _signed_in(browser: Browser, site: Site) -> Page:
    page = browser.new_context(base_url=site.base, viewport=PHONE).new_page()
    page.set_default_timeout(10_000)
    page.goto("/login")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Paste an event")).to_be_focused()
    return page


def _paste(page: Page, line: str) -> None:
    expect(page.get_by_label("Paste an event")).to_be_focused()
    page.keyboard.insert_text(line)
    page.keyboard.press("Tab")
    page.keyboard.insert_text("Note verbale")


def _publish(page: Page, line: str) -> None:
    """Publishes a line: paste, Tab, paste, Enter, Enter."""
    page.goto("/desk")
    _paste(page, line)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save and publish").first).to_be_focused()
    page.keyboard.press("Enter")
    _told(page, f"Published: {line.partition(',')[0]}")


def _tab_to(page: Page, words: str) -> None:
    """Presses Tab until what begins with these words has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if str(page.evaluate(_FOCUSED)).startswith(words):
            return
    raise AssertionError(f"Tab never comes to {words!r} on {page.url}")


def _retype(page: Page, label: str, text: str) -> None:
    """Goes to a field by Tab and types over what is in it."""
    _tab_to(page, label)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def _told(page: Page, words: str) -> None:
    """What was done is told, and the next key goes on from there; nothing is wider than the screen."""
    expect(page.locator("#just-done")).to_have_text(words)
    expect(page.locator("#just-done")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
