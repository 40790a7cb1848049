"""Every page at 320 and 1280 px, light and dark, and its sizes at 768 px: no axe violation, nothing wider than it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import EMAIL, PASSWORD, Site

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "interop" / "node_modules" / "axe-core" / "axe.min.js"
# Every rule is run in full; what passes, megabytes of a long list, is neither described nor sent here.
AXE_RUN = "async (rules) => (await axe.run(document, { ...rules, resultTypes: ['violations'] })).violations"
# The builder at /subscribe has a test of its own.
PAGES = [
    "/",
    "/events?when=upcoming",
    "/events?theme=artificial-intelligence&theme=wsis-follow-up&from=2020-01-01",
    "/events?q=nothing-like-it",
    "/events?q=geneva&pick=igf-2016",
    "/events?event=igf-2016&event=hlpf-2016",
    "/events?from=2016-02-30&q=cop",
    "/events/igf-2016",
    "/events/unfccc-cop-2019",
    "/events/ai-for-good-2020",
    "/events/igf-2027",
    "/calendar/2016-11",
    "/calendar/2016-05",
    "/calendar/2018-01?series=igf",
    "/calendar/2016",
    "/calendar/2026",
    "/calendar/2027?theme=climate-change",
    "/calendar/2020?series=igf&city=Lillestr%C3%B8m",
    "/map",
    "/map?when=upcoming",
    "/coverage?year=2026",
    "/coverage?when=upcoming&sdg=9&sdg=13",
    "/report?from=2016-01-01&to=2016-12-31",
    "/report?from=2016-06-03&to=2017-05-14",
    "/report?from=itu-council-2015&to=itu-council-2016",
    "/report?from=2016-02-30&to=x",
    "/report/figures",
    "/report/figures?from=2010&to=2034",
    "/overlaps?year=2016",
    "/overlaps?event=itu-council-2016&against-when=all",
    "/overlaps?show=possible",
    "/changes?since=itu-council-2016",
    "/changes?since=council+2016&sdg=9",
    "/series",
    "/series?kind=inter-agency-mechanism&role=observer",
    "/series/hlpf",
    "/series/unfccc-cop",
    "/series/ungis",
    "/series/cstd",
    "/partners",
    "/partners?kind=company&q=ibm",
    "/partners/gsma",
    "/themes",
    "/themes/climate-change",
    "/sdgs",
    "/sdgs/13",
    "/about",
    "/api",
    "/submit",
    "/submit?event=igf-2016",
    "/login",
    "/embed?when=past",
    "/embed?sdg=99",
    "/no-such-page",
]
DESK_PAGES = ["/desk", "/desk/feeds", "/desk/verify", "/desk/events/igf-2016", "/submit?event=igf-2016"]
DESK_PAGES += ["/desk/series", "/desk/series/new", "/desk/series/hlpf", "/desk/events/igf-2016/split"]
DESK_PAGES += ["/desk/partners", "/desk/partners/new", "/desk/partners/gsma"]
DESK_PAGES += ["/desk/events/hlpf-2016/engagement", "/desk/events/hlpf-2016/side-event", "/desk/series/hlpf/engagement"]
DESK_PAGES += ["/desk/engagements/859b670c-3575-5180-a0c3-c4c0c9e037ca"]
DESK_PAGES += ["/desk/import", "/desk/bulk?series=hlpf"]
DESK_PAGES += ["/desk/log", "/desk/log?from=x&what=cancelled"]
DESK_PAGES += ["/desk/report?from=2016-01-01&to=2016-12-31", "/desk/report/places?event=igf-2016", "/desk/figures"]
DESK_PAGES += ["/account", "/desk/accounts", "/desk/accounts/1"]
_WHOLE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What depends on the width or the colours; the structure is the same at every width.
_SEEN = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
# What depends on the colours alone: a page is looked at again in the other scheme, not fetched and laid out again.
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# What depends on the width alone: between the widths the same is seen in the same colours.
_SIZES = {"runOnly": {"type": "rule", "values": ["target-size"]}}


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in tests/interop")
@pytest.mark.parametrize(
    ("width", "first", "rules"), [(320, "light", _WHOLE), (768, "light", _SIZES), (1280, "dark", _WHOLE)]
)
def test_pages_have_no_violation(browser: Browser, site: Site, width: int, first: str, rules: dict) -> None:
    context = browser.new_context(
        base_url=site.base, viewport={"width": width, "height": 900}, color_scheme=first, bypass_csp=True
    )
    page = context.new_page()
    private = _propose_change(page)
    found = {
        path: problems
        for path in [*PAGES, private, f"{private}/edit"]
        if (problems := _in_both_schemes(page, path, rules, first))
    }
    _sign_in(page)
    change = page.get_by_role("link", name="Change of").first.get_attribute("href") or ""
    found |= {
        path: problems for path in [*DESK_PAGES, change] if (problems := _in_both_schemes(page, path, rules, first))
    }
    context.close()
    assert found == {}


def test_story_works_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/submit")
    page.get_by_label("Title").fill("Plain Forum")
    page.get_by_role("button", name="Send to the editors").click()
    assert page.get_by_label("Title").input_value() == "Plain Forum"
    assert page.get_by_text("2 things to put right").is_visible()
    context.close()


def _in_both_schemes(page: Page, path: str, rules: dict, first: str) -> list[str]:
    """What the rules find in one scheme, and what of the colours is wrong in the other."""
    other = {"light": "dark", "dark": "light"}[first]
    if rules == _SIZES:
        return _problems(page, path, rules)
    page.emulate_media(color_scheme=first)
    found = [f"{first}: {each}" for each in _problems(page, path, rules)]
    page.emulate_media(color_scheme=other)
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (other == "dark")
    return found + [f"{other}: {each}" for each in _violations(page, _COLOURS)]


def _problems(page: Page, path: str, rules: dict) -> list[str]:
    page.goto(path)
    # What a bar at the foot of the screen half covers depends on how far one has scrolled, not on the page.
    page.add_style_tag(content=".picks, .told { position: static !important }")
    page.add_script_tag(path=str(AXE))
    problems = _violations(page, rules)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return problems + ([f"{wider} px wider than the screen"] if wider > 0 else [])


def _violations(page: Page, rules: dict) -> list[str]:
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in page.evaluate(AXE_RUN, rules)]


def _propose_change(page: Page) -> str:
    """Proposes a change of an event; gives the address of the private page."""
    page.goto("/submit?event=igf-2016")
    page.get_by_label("Venue").fill("Expo Guadalajara")
    page.get_by_role("button", name="Send to the editors").click()
    page.get_by_text("Received. An editor will read it").wait_for()
    return page.url


def _sign_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
