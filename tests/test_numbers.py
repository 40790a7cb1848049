"""The number of an edition, as its title tells it: in its own words, of its own series, or not at all."""

import pytest

from calendar_app import cadence, catalogue

SERIES = {each.key: each for each in catalogue.parse().series}


@pytest.mark.parametrize(
    ("key", "title", "number"),
    [
        ("statistical-commission", "Statistical Commission, 46th session", "46th session"),
        ("unfccc-cop", "Climate Change Conference COP 22", "COP 22"),
        ("csw", "CSW59: Commission on the Status of Women, session 59", "CSW59"),
        ("itu-wtsa", "World Telecommunication Standardization Assembly 2016 (WTSA-16)", "WTSA-16"),
        (
            "itu-wrc",
            "Radiocommunication Assembly (RA-27) and World Conference (WRC-27)",
            "WRC-27",
        ),
        ("habitat", "Habitat III", "Habitat III"),
        ("igf", "11th Annual Internet Governance Forum", "11th"),
        ("sti-forum", "Second annual STI Forum", "Second"),
        ("lldc-conference", "LLDC3: Third UN Conference on Landlocked Developing Countries", "LLDC3"),
        ("un-ocean-conference", "First UN Ocean Conference", "First"),
        ("wipo-assemblies", "WIPO Assemblies, 55th series of meetings", "55th series of meetings"),
        ("broadband-commission", "Broadband Commission spring meeting 2016 (13th meeting)", "13th meeting"),
        ("unga", "Opening of the 71st session of the General Assembly", "71st session"),
        ("hrc", "Human Rights Council, 43rd session (first part)", "43rd session"),
        ("ncd-task-force", "UNIATF on NCDs, sixteenth meeting", "sixteenth meeting"),
        # Numbers of something else, or of a year.
        ("cstd", "CSTD Working Group on Enhanced Cooperation, first meeting", ""),
        ("copuos", "COPUOS Legal Subcommittee, 54th session", ""),
        ("ceb", "CEB, first regular session of 2016", ""),
        ("un-gwg-big-data", "Third International Conference on Big Data for Official Statistics", ""),
        ("hlpf", "High-Level Political Forum for Sustainable Development (HLPF) 2016", ""),
        ("wsis-review", "WSIS+10 high-level meeting of the General Assembly", ""),
        ("itu-council", "ITU Council 2020: first virtual consultation of councillors", ""),
        ("wmo-congress", "World Meteorological Congress, extraordinary session 2025", ""),
        ("hlpf", "", ""),
    ],
)
def test_number_is_what_the_title_says_of_its_own_series(key, title, number):
    series = SERIES[key]
    assert cadence.number(title, series.short_name, series.name) == number


def test_numbers_of_the_catalogue_are_words_of_their_titles():
    told = {
        event.title: cadence.number(event.title, SERIES[event.series].short_name, SERIES[event.series].name)
        for event in catalogue.parse().events
        if event.series
    }
    assert all(number in title for title, number in told.items())
    assert sum(map(bool, told.values())) == 251
