"""Attack strings of the shared data in every word and address of every plot: they are text, or nothing."""

import re
from xml.etree import ElementTree as ET

from corpus.plots.elements import element, link, markup, text
from corpus.plots.files import as_file
from corpus.plots.lanes import Lane
from corpus.plots.timeline import timeline
from tests.conformance.material import cases
from tests.plots import DrawnItem, read


def payloads():
    return [case.payload for case in cases("xss.txt")]


def test_attacks_in_words_and_addresses_are_text_or_nothing():
    attacks = payloads()
    assert len(attacks) >= 29
    for attack in attacks:
        written = markup(element("g", text(0, 0, attack, "name"), link(attack, attack)))
        assert set(re.findall(r"</?(\w+)", written)) <= {"g", "text", "title", "a"}
        root = ET.fromstring(written)
        assert all(re.match(r"https?://|[/?#]", each.get("href")) for each in root.iter("a"))


def test_attacks_in_a_whole_plot_and_its_file():
    for attack in payloads():
        items = [DrawnItem(attack, "/annotate/1", None, None, caption=attack)]
        plot = timeline([Lane(attack, items)], attack)
        read(plot)
        assert not {each.tag.rpartition("}")[2] for each in ET.fromstring(as_file(plot)).iter()} & {
            "script",
            "style",
            "image",
            "a",
        }
