"""What marks the words sought, and what else of an event holds them."""

from calendar_app.web import found


def test_a_word_that_is_typed_with_other_signs_is_looked_for_once():
    assert found._once("un un. cop-30 un, (un) cop/30") == "(un) cop/30"


def test_signs_at_a_word_do_not_keep_it_from_being_marked():
    assert found.marker("forum, (cop-30)")("COP30 forum") == "<mark>COP30</mark> <mark>forum</mark>"


def test_words_of_a_script_without_spaces_are_each_marked():
    assert found.marker("中文 大会")("中文大会 2016") == "<mark>中文大会</mark> 2016"


def test_what_is_sought_and_what_it_is_sought_in_are_escaped():
    assert found.marker('"><b>')('x"><b>y') == "x&#34;&gt;&lt;<mark>b</mark>&gt;y"
    assert found.marker("")("<b>") == "&lt;b&gt;"
