"""Families of clients, by agents that servers have seen."""

import pytest

from calendar_app.web import clients

SEEN = [
    ("google", "Google-Calendar-Importer"),
    ("google", "Mozilla/5.0 (compatible; Google-Calendar-Importer)"),
    ("outlook", "Microsoft Exchange/15.20 (Windows NT 10.0; Win64; x64)"),
    ("outlook", "Microsoft.Exchange/15.20 (Windows NT 10.0; Win64; x64)"),
    ("outlook", "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.16327; Pro)"),
    (
        "outlook",
        "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Microsoft Outlook 16.0.9029; ms-office; MSOffice 16)",
    ),
    ("outlook", "Outlook-iOS/2.0"),
    ("apple", "iOS/26.6 (23G71) dataaccessd/1.0"),
    ("apple", "macOS/13.0 (22A380) dataaccessd/1.0"),
    ("apple", "Mac+OS+X/10.12.2 (16C67) CalendarAgent/384"),
    ("apple", "Mac_OS_X/10.9 (13A603) CalendarAgent/174"),
    ("apple", "CalendarStore/5.0 (1127); iCal/5.0 (1535); Mac OS X/10.7.1 (11B26)"),
    ("thunderbird", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Thunderbird/115.6.0"),
    ("icsx5", "ICSx5/2.4.3 (ical4j/3.2.19 okhttp/5.3.2 Android/16)"),
    ("icsx5", "DAVx5/4.3.3.2-ose (2023/09/12; dav4jvm; okhttp/4.11.0) Android/13"),
    ("nextcloud", "Nextcloud Webcal Service"),
    ("nextcloud", "Nextcloud Webcal Crawler"),
    ("nextcloud", "Nextcloud Server Crawler"),
    ("linux", "Evolution/3.60.2"),
    ("linux", "Mozilla/5.0 (X11; Linux x86_64) KIO/5.86 akonadi_davgroupware_resource_1/5.18.2 (21.08.2)"),
    ("yahoo", "YahooMailProxy"),
    ("crawler", "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)"),
    ("crawler", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
    ("crawler", "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/116.0.1938.76"),
    (
        "crawler",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.1; +https://openai.com/gptbot",
    ),
    ("crawler", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
    ("script", "curl/8.6.0"),
    ("script", "Wget/1.21.4"),
    ("script", "python-requests/2.32.3"),
    ("script", "Python-urllib/3.11"),
    ("script", "Python/3.12 aiohttp/3.9.5"),
    ("script", "Go-http-client/2.0"),
    ("script", "okhttp/4.12.0"),
    ("script", "Java/17.0.2"),
    ("script", "GuzzleHttp/7"),
    ("script", "axios/1.7.2"),
    ("script", "node"),
    ("script", "WordPress/7.1 ICS Calendar/12.1.3.1"),
    ("browser", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
    ("browser", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"),
    ("browser", "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0"),
    ("other", ""),
    ("other", "Fantastical/4.0 CFNetwork/1490 Darwin/23.2.0"),
    ("other", "a calendar of mine"),
    ("other", "\xff\x00\n"),
]


@pytest.mark.parametrize(("family", "agent"), SEEN)
def test_agent_belongs_to_a_family_whatever_its_capitals(family, agent):
    assert (clients.family(agent), clients.family(agent.upper())) == (family, family)


def test_every_family_is_seen_and_has_a_name():
    assert {family for family, _ in SEEN} == set(clients.NAMES)
    assert [*clients._FAMILIES, clients.OTHER] == list(clients.NAMES)


def test_agent_without_end_is_read_as_far_as_one_goes():
    assert clients.family("x" * 1_000_000 + " curl/8.6.0") == "other"
    assert clients.family("curl/8.6.0 " + "x" * 1_000_000) == "script"
