"""A plot that stands alone looks as on the page in the light theme; on the page it is legible in both."""

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from config.environment import ROOT
from corpus.plots import files
from corpus.plots.bars import CountBar, bars
from corpus.plots.files import LOOKS, UNSEEN, as_file
from corpus.plots.frame import LIMIT
from corpus.plots.lanes import Lane
from corpus.plots.matrix import Cell, matrix
from corpus.plots.network import Edge, Node, network
from corpus.plots.ranges import FigureRange, ranges
from corpus.plots.shapes import Tone
from corpus.plots.timeline import timeline
from tests.plots import HOSTILE, DrawnItem

STYLES = (ROOT / "static/css/plots.css").read_text()
TOKENS = (ROOT / "static/css/tokens.css").read_text()
RULE = re.compile(r"((?:\.plot \.[\w-]+,?\s*)+)\{([^}]*)\}")
SVG = "{http://www.w3.org/2000/svg}"
# What a style sheet says and an attribute cannot, or says elsewhere.
ON_PAGES_ONLY = {"forced-color-adjust"}


def screen_rules():
    """The declarations of each class, without those for other media."""
    styles = re.sub(r"/\*.*?\*/", "", STYLES.partition("@media")[0], flags=re.DOTALL)
    rules = {}
    for selectors, body in RULE.findall(styles):
        declared = dict(re.findall(r"([\w-]+):\s*([^;]+);", body))
        for look in re.findall(r"\.plot \.([\w-]+)", selectors):
            rules.setdefault(look, {}).update(declared)
    return rules


def resolve(value, theme):
    """The value of a variable in the light (0) or dark (1) theme."""
    while match := re.fullmatch(r"var\((--[\w-]+)\)", value):
        [value] = re.findall(rf"^\s*{match[1]}:\s*([^;]+);", TOKENS + STYLES.partition("@media")[0], re.MULTILINE)[:1]
    if match := re.fullmatch(r"light-dark\((.*), (.*)\)", value):
        return resolve(match[theme + 1], theme)
    return value.removesuffix("px")


def test_the_style_sheet_and_the_file_have_the_same_looks():
    rules = {look: {key: resolve(value, 0) for key, value in rule.items()} for look, rule in screen_rules().items()}
    assert set(rules) - {UNSEEN} == set(LOOKS) - {"plot", "wide"}
    assert {look: rule for look, rule in rules.items() if look != UNSEEN} == {
        look: values for look, values in LOOKS.items() if look not in ("plot", "wide")
    }


def test_the_file_has_the_font_of_the_site():
    [font] = re.findall(r"--font: (.*);", TOKENS)
    assert files.FONT.replace("'", '"') == font


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_and_shapes_stand_out_from_their_ground(theme):
    rules, surface = screen_rules(), resolve("var(--surface)", theme)
    for look, rule in rules.items():
        if "font-size" in rule and look != "number-inverse":
            assert contrast(resolve(rule["fill"], theme), surface) >= 4.5, look
    for look in [*Tone, "exact", "approximate", "vague", "zero", *(f"edge-{number}" for number in range(1, 6))]:
        assert contrast(resolve(rules[look]["stroke"], theme), surface) >= 3, look
    for number in range(1, 6):
        digits = rules["number" if number <= 3 else "number-inverse"]["fill"]
        assert contrast(resolve(digits, theme), resolve(rules[f"shade-{number}"]["fill"], theme)) >= 4.5, number


def every_plot(words="workers", href="/annotate/1"):
    day = date(2017, 9, 4)
    items = [
        DrawnItem(words, href, day, last, inferred, tone, words)
        for tone in Tone
        for last in (day, None)
        for inferred in (False, True)
    ]
    nodes = [Node("a", words, words, href), Node("b", words, words, href)]
    edges = [Edge("a", end, f"{words} {number}", number, words, href) for end in "ab" for number in range(1, 7)]
    return [
        timeline([Lane(words, items), Lane("many", items * 50), Lane("undated", [DrawnItem(words, href, None, None)])], words),
        ranges([FigureRange(words, words, words, href, Decimal(1), end) for end in (Decimal(1), None, Decimal(0))], words, words),
        network(nodes, edges, words),
        matrix(
            [
                Cell(f"{words} {row}", f"{words} {column}", row * column + 1, words, href)
                for row in range(30)
                for column in range(9)
            ],
            words,
        ),
        bars([CountBar(words, 5, words, href)], words),
    ]


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("words", HOSTILE)
def test_a_file_is_well_formed_and_has_no_class(number, words):
    root = ET.fromstring(as_file(every_plot(words)[number]))
    assert root.tag == f"{SVG}svg"
    assert not [each for each in root.iter() if "class" in each.attrib or "style" in each.attrib or each.tag == f"{SVG}style"]


def test_a_file_has_a_margin():
    plot = every_plot()[4]
    root = ET.fromstring(as_file(plot))
    width, height = (int(plot.attributes[side]) + 32 for side in ("width", "height"))
    assert (root.get("viewBox"), root.get("width"), root.get("height")) == (f"-16 -16 {width} {height}", str(width), str(height))
    assert root.find(f"{SVG}rect").attrib == {
        "x": "-16",
        "y": "-16",
        "width": str(width),
        "height": str(height),
        "fill": "#ffffff",
    }


def test_without_an_origin_a_file_has_no_links_and_hides_nothing():
    for plot in every_plot():
        root = ET.fromstring(as_file(plot))
        assert root.get("role") == "img"
        assert root.find(f"{SVG}title").text == plot.attributes["aria-label"]
        assert not list(root.iter(f"{SVG}a"))
        assert "workers" in [each.text for each in root.iter(f"{SVG}title")], "what a pointer shows stays"


def test_with_an_origin_links_lead_there():
    root = ET.fromstring(as_file(every_plot()[4], "https://attest.example.org"))
    assert [each.get("href") for each in root.iter(f"{SVG}a")] == ["https://attest.example.org/annotate/1"]


def test_the_measures_of_an_element_stay():
    [broad] = [each for each in ET.fromstring(as_file(every_plot()[2])).iter() if each.get("stroke-width") == "6"][:1]
    assert (broad.get("fill"), broad.get("stroke")) == ("none", files.BLUE)


def test_files_are_as_small_as_plots():
    figures = [
        FigureRange(
            "manager of a factory in Dandong", "5,000 to 7,000", "x" * 100, "/annotate/" + "x" * 80, Decimal(1), Decimal(2)
        )
    ]
    assert len(as_file(ranges(figures * 500, "people", "x"))) <= LIMIT
    assert all(len(as_file(plot)) <= LIMIT for plot in every_plot())
