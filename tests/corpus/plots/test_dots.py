"""Values between 0 and 1 with their intervals, and lines at values to be reached."""

from corpus.plots.curves import Level
from corpus.plots.dots import LEFT, RIGHT, Dot, dots
from corpus.plots.elements import markup

LEVELS = [Level(0.667, "0.667: tentative conclusions"), Level(0.8, "0.800: reliable")]


def test_a_dot_stands_at_its_value_with_its_interval_and_is_read_aloud():
    drawing = str(markup(dots([Dot("Labels, actor", 0.75, 0.7, 0.8, "Labels, actor: 0.750")], "Alpha", LEVELS)))
    at = LEFT + (RIGHT - LEFT) * 0.75
    assert f'cx="{at:g}"' in drawing
    assert "<title>Labels, actor: 0.750</title>" in drawing
    assert f"M{LEFT + (RIGHT - LEFT) * 0.7:g} " in drawing
    assert "<title>0.667: tentative conclusions</title>" in drawing
    assert "0.800" in drawing


def test_what_is_below_zero_stands_at_zero_with_its_value():
    drawing = str(markup(dots([Dot("Figures", -0.24, None, None, "Figures: -0.240")], "Alpha")))
    assert f'cx="{LEFT:g}"' in drawing
    assert "-0.240" in drawing


def test_more_than_there_is_room_for_are_counted():
    many = [Dot(f"Measure {number}", 0.5, 0.4, 0.6, f"Measure {number}: 0.500") for number in range(150)]
    assert "and 50 more values" in str(markup(dots(many, "Alpha")))
