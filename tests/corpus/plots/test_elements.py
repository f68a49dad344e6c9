"""Elements are written so that nothing in them is anything but text, and no more digits than are seen."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.plots.elements import FORBIDDEN, element, link, markup, number, path, text
from tests.plots import HOSTILE

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def written_and_read(words):
    return ET.fromstring(markup(element("a", words, class_=words)))


@given(ANY_TEXT)
def test_any_text_comes_back_without_what_xml_forbids(words):
    root = written_and_read(words)
    expected = FORBIDDEN.sub("", words)
    assert (root.text or "") == expected
    assert root.get("class") == expected
    assert len(root) == 0


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_text(words):
    written = markup(text(1, 2, words, "name"))
    assert written.startswith('<text x="1" y="2" class="name"')
    assert re.search("<(?!/?text)", written) is None
    assert ET.fromstring(written).tag == "text"


def test_a_template_does_not_escape_what_is_written_already():
    from django.utils.html import conditional_escape

    written = markup(element("text", "5 < 6"))
    assert conditional_escape(written) == "<text>5 &lt; 6</text>"
    assert conditional_escape(written + "<b>") != written + "<b>", "what is added to it is text again"


@pytest.mark.parametrize("name", ["script", "style", "foreignObject", "image", "use", "a b", "animate"])
def test_an_element_that_can_run_or_load_something_is_refused(name):
    with pytest.raises(ValueError, match=f"<{name}> is not an element of plots"):
        element(name)


@pytest.mark.parametrize("key", ["style", "onload", "onclick", 'x" onload', "xlink:href"])
def test_an_attribute_that_can_run_something_is_refused(key):
    with pytest.raises(ValueError, match="is not an attribute of plots"):
        element("rect", **{key: "1"})


@pytest.mark.parametrize("href", ["/corpora/demo/ask/events/?a=1&b=2#x", "?from=2017-08-01", "#m", "https://example.org/a"])
def test_an_address_is_followed(href):
    root = ET.fromstring(markup(link(href, "20 workers")))
    assert (root.tag, root.get("href"), root.findtext("title")) == ("a", href, "20 workers")


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example",
     "/\\evil.example", "java\nscript:alert(1)", "/a\n", "file:///etc/passwd", ""],
)  # fmt: skip
def test_an_address_that_runs_or_leads_astray_is_no_link(href):
    root = ET.fromstring(markup(link(href, "20 workers")))
    assert (root.tag, root.get("href"), root.findtext("title")) == ("g", None, "20 workers")


@given(st.floats(-1e6, 1e6))
def test_a_number_has_two_decimals_at_the_most(value):
    written = number(value)
    assert re.fullmatch(r"-?\d+(\.\d{0,1}[1-9])?", written)
    assert written != "-0"
    assert abs(float(written) - value) <= 0.00501


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_coordinate_is_refused(value):
    with pytest.raises(ValueError, match="must be finite"):
        element("rect", x=value)


def test_a_path_has_no_space_that_is_not_needed():
    assert path("M", 1, 2.504, "h", -4, 0.25, "z") == "M1 2.5h-4 0.25z"


def test_a_tree_is_data_that_can_be_compared():
    assert element("rect", class_="count", stroke_width=2, x=None) == ("rect", {"class": "count", "stroke-width": "2"}, ())
