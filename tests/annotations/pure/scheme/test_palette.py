"""The colours of the scheme: readable, told apart by all kinds of sight, and the same in the style sheet."""

import math
import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from annotations.scheme.check import contrast
from tests.annotations.pure.conftest import SCHEME

CSS = Path(__file__).parents[4] / "static" / "css"
MODES = ("light", "dark")
STEPS = 4

# Full loss of one kind of cone, in linear light: Machado, Oliveira, Fernandes, “A Physiologically-based Model for
# Simulation of Color Vision Deficiency”, IEEE TVCG 15 (6), 2009, table 1, severity 1.0.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# Ottosson, “A perceptual color space for image processing”, 2020: linear sRGB to cones, their roots to Oklab.
TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_OKLAB = ((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099), (0.0259040371, 0.7827717662, -0.8086757660))  # fmt: skip
# CSS Color Module Level 4, section 13 (gamut mapping): 0.02 in Oklab is just noticeable. Here times 100.
NOTICEABLE = 2
# Of the lines, which carry the layer: nine times as much.
CLEAR = 18


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def linear(color):
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]


def seen(color, sight):
    inside = [min(1.0, max(0.0, x)) for x in times(SIGHTS[sight], linear(color))]
    return times(TO_OKLAB, [max(0.0, x) ** (1 / 3) for x in times(TO_CONES, inside)])


def distance(one, other, sight):
    return 100 * math.dist(seen(one, sight), seen(other, sight))


def colors(mode, what):
    """Layer → its four steps."""
    return {layer["code"]: [label["color"][mode][what] for label in layer["labels"][:STEPS]] for layer in SCHEME["layers"]}


@pytest.fixture(params=[(mode, sight) for mode in MODES for sight in SIGHTS], ids=" ".join)
def view(request):
    return request.param


def test_each_label_can_be_read_on_its_tint_and_its_line_seen_on_the_page():
    for layer in SCHEME["layers"]:
        for label in layer["labels"]:
            for mode in MODES:
                color, page = label["color"][mode], SCHEME["color_pages"][mode]["page"]
                assert contrast(color["ink"], color["background"]) >= 4.5
                assert contrast(color["line"], page) >= 3


def test_the_contrasts_that_the_scheme_states_are_the_measured_ones():
    for layer in SCHEME["layers"]:
        for label in layer["labels"]:
            color = label["color"]
            measured = {f"{mode}_ink_on_background": contrast(color[mode]["ink"], color[mode]["background"]) for mode in MODES}
            measured |= {
                f"{mode}_line_on_page": contrast(color[mode]["line"], SCHEME["color_pages"][mode]["page"]) for mode in MODES
            }
            assert color["contrast"] == pytest.approx(measured, abs=0.006)


def test_lines_of_two_layers_are_told_apart(view):
    mode, sight = view
    for one, other in combinations(colors(mode, "line").values(), 2):
        assert min(distance(a, b, sight) for a in one for b in other) >= CLEAR


@pytest.mark.parametrize("what", ["background", "line"])
def test_neighbouring_steps_of_a_layer_are_told_apart(what, view):
    mode, sight = view
    for steps in colors(mode, what).values():
        assert min(distance(a, b, sight) for a, b in pairwise([*steps, steps[0]])) >= NOTICEABLE


def test_tints_are_told_from_those_of_other_layers_and_from_the_page(view):
    mode, sight = view
    tints = colors(mode, "background")
    page = SCHEME["color_pages"][mode]["page"]
    for one, other in combinations([*tints.values(), [page]], 2):
        assert min(distance(a, b, sight) for a in one for b in other) >= NOTICEABLE


def test_labels_take_the_steps_in_turn_so_that_neighbours_differ():
    for layer in SCHEME["layers"]:
        for place, label in enumerate(layer["labels"]):
            same = layer["labels"][place % STEPS]["color"]
            assert {mode: label["color"][mode] for mode in MODES} == {mode: same[mode] for mode in MODES}


def test_the_style_sheets_have_the_colours_of_the_scheme():
    marks = pairs("marks.css")
    for layer in SCHEME["layers"]:
        for step in range(STEPS):
            color = layer["labels"][step]["color"]
            name = layer["code"].lower()
            assert marks[f"{name}-{step}"] == tuple(color[mode]["line"] for mode in MODES)
            assert marks[f"{name}-tint-{step}"] == tuple(color[mode]["background"] for mode in MODES)
    tokens, pages = pairs("tokens.css"), SCHEME["color_pages"]
    assert tokens["sheet"] == tuple(pages[mode]["page"] for mode in MODES)
    assert tokens["ink"] == tuple(pages[mode]["body_text"] for mode in MODES)
    inks = {tuple(label["color"][mode]["ink"] for mode in MODES) for layer in SCHEME["layers"] for label in layer["labels"]}
    assert inks == {tokens["ink"]}


def pairs(sheet):
    """Variable → (light, dark), as a style sheet has them."""
    found = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", (CSS / sheet).read_text("utf-8"))
    return {name: (light.upper(), dark.upper()) for name, light, dark in found}
