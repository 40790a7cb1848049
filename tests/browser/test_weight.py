"""What a page and all that it loads weigh as they are served, and that nothing moves once it is drawn."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MOST = 100_000  # bytes, compressed
PAGES = [
    *("/", "/events", "/events?when=upcoming", "/events?sdg=9&year=2016", "/events?q=zzzz", "/events/unfccc-cop-2016"),
    *("/calendar/2016-11", "/calendar/2016", "/calendar/2027", "/map", "/coverage", "/coverage?year=2026", "/overlaps"),
    *("/changes", "/series", "/series/hlpf", "/series/itu-council", "/themes", "/themes/climate-change", "/sdgs"),
    *("/sdgs/9", "/subscribe", "/subscribe?sdg=13", "/about", "/api", "/submit", "/login", "/embed?count=50"),
]
STILL = ["/", "/events?when=upcoming", "/events/unfccc-cop-2016", "/calendar/2016-11", "/calendar/2016", "/map"]
STILL += ["/report/figures", "/coverage?year=2026", "/subscribe?sdg=13", "/series/hlpf"]
PAGES += ["/report/figures?from=2010&to=2034"]
PAGES += ["/report?from=2016-01-01&to=2016-12-31", "/report?from=2021-01-01&to=2025-12-31"]
STILL += ["/report?from=2016-06-03&to=2017-05-14"]
_WEIGHT = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, each) => sum + each.encodedBodySize, 0)"""
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  const observer = new PerformanceObserver((list) => { for (const each of list.getEntries()) sum += each.value; });
  observer.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 0)));
})"""


def test_every_page_weighs_less_than_100_kb(page: Page) -> None:
    found = {}
    for path in PAGES:
        page.goto(path, wait_until="load")
        # The length of what was sent, compressed as it was, of what is kept from another page too.
        found[path] = page.evaluate(_WEIGHT)
    assert {path: weighs for path, weighs in found.items() if not 1_000 < weighs < MOST} == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_once_it_is_drawn(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for path in STILL:
        page.goto(path, wait_until="load")
        found[path] = page.evaluate(SHIFTS)
    assert found == dict.fromkeys(STILL, 0)
