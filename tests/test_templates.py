"""The templates: every word goes through gettext, and every form that posts carries a token."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

TEMPLATES = sorted((Path(__file__).parents[1] / "templates").glob("*.html"))
# Names, and dates as they are written in every language of the form.
SAME_EVERYWHERE = {
    "_form.html": {'aria-invalid="true" aria-describedby="'},  # a macro's attributes, no words
    "about.html": {"GeoNames", "CC BY 4.0"},
    "submit.html": {"17 May 2027", "18-22 April 2016", "30 October - 4 November 2027", "November 2027"},
}
TOLD = ("placeholder", "aria-label", "aria-description", "title", "alt", "content", "label", "data-done", "summary")
_HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"


class Words(HTMLParser):
    """The text of a template and the attributes that people read, each with its holes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # What the browser reads of a meta element is not for people, but for its description.
        machine = tag == "meta" and ("name", "description") not in attrs
        self.attributes += [(name, value or "") for name, value in attrs if name in TOLD and not machine]

    def handle_data(self, data: str) -> None:
        self.texts.append(" ".join(data.split()))


def plain(template: Path) -> str:
    """A template's own letters, in order, with a hole where an expression stands; what is translated is a hole too."""
    return "".join(_pieces(parsed(template.read_text("utf-8"))))


def parsed(source: str) -> nodes.Template:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.newstyle_gettext = True
    return environment.parse(source)


def _pieces(node: nodes.Node) -> Iterator[str]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.Expr):
            yield _HOLE if isinstance(node, nodes.Output) else ""
        else:
            yield from _pieces(child)


def words(text: str) -> Words:
    found = Words()
    found.feed(text)
    found.close()
    return found


def untranslated(text: str) -> list[str]:
    return [piece.strip() for piece in text.split(_HOLE) if re.search(r"[^\W\d_]", piece)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_says_nothing_that_is_not_translated(template):
    found = {piece for text in words(plain(template)).texts for piece in untranslated(text)}
    assert found == SAME_EVERYWHERE.get(template.name, set())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_attributes_say_nothing_that_is_not_translated(template):
    found = words(plain(template)).attributes
    assert [(name, value) for name, value in found if untranslated(value)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_translates_whole_texts_without_tags(template):
    calls = [
        argument.value
        for call in parsed(template.read_text("utf-8")).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext"}
        for argument in call.args
        if isinstance(argument, nodes.Const) and isinstance(argument.value, str)
    ]
    assert [text for text in calls if re.search(r"[<>\n]", text) or text != text.strip()] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_gives_every_form_that_posts_a_token(template):
    forms = re.findall(r"<form\b.*?</form>", template.read_text("utf-8"), re.DOTALL)
    posting = [form for form in forms if re.search(r'<form\b[^>]*\bmethod="post"', form)]
    token = '<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'
    assert [form.count(token) for form in posting] == [1] * len(posting)
    assert [form[:80] for form in forms if form not in posting and "csrf_token" in form] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p>{{ _("Hello") }}, you</p>', [", you"]),
        ("<p>{% trans %}Hello{% endtrans %}</p>", []),
        ("<p>{% trans count=2 %}One{% pluralize %}{{ count }} of them{% endtrans %}: 2016–2020</p>", []),
        ("{% macro x() %}{% if a %}{% for b in c %}<b>deep</b>{% endfor %}{% endif %}{% endmacro %}", ["deep"]),
    ],
)
def test_untranslated_words_are_found_wherever_they_stand(source, found):
    text = "".join(_pieces(parsed(source)))
    assert [piece for each in words(text).texts for piece in untranslated(each)] == found


def test_untranslated_attributes_are_found():
    text = "".join(_pieces(parsed('<input {% if a %}placeholder="Name"{% endif %} title="{{ _("Name") }}" alt="">')))
    assert [pair for pair in words(text).attributes if untranslated(pair[1])] == [("placeholder", "Name")]
