"""The gold of the seed out and in again through each format that goes both ways: equal for what it holds, the rest counted."""

import copy
import io
import json
from pathlib import Path

import pytest

from annotations.formats import FORMATS
from annotations.formats.base import Losses
from annotations.formats.middle.flat import Flat
from annotations.formats.middle.flatten import flatten
from annotations.formats.middle.lift import lift
from annotations.formats.middle.mapping import Mapping
from annotations.native.annotated import Annotated
from annotations.scheme.view import SchemeView
from tests.annotations.formats.comparing import comparable

DOMAIN = Path(__file__).parents[3] / "domain"
VIEW = SchemeView(json.loads((DOMAIN / "scheme.json").read_text(encoding="utf-8")))
GOLD = json.loads((DOMAIN / "gold_seed.json").read_text(encoding="utf-8"))
TEXT = (DOMAIN / "gold_seed.txt").read_bytes().decode()
EXACT = ["brat", "casjson", "conllu", "doccano", "labelstudio", "prodigy", "webannotation", "webannotsv", "xmi"]


@pytest.mark.parametrize("name", EXACT)
def test_what_the_format_holds_comes_back(name):
    chosen, losses, dropped = FORMATS[name], Losses(), Losses()
    flat = flatten(Annotated(copy.deepcopy(GOLD), TEXT, VIEW), chosen.HOLDS, losses)
    content = b"".join(chosen.write([flat], losses, {}))
    (back,) = chosen.read(io.BytesIO(content), f"seed{chosen.EXTENSION}", {})
    assert isinstance(back, Flat), back
    first = Losses()
    expected = lift(flat, VIEW, Mapping(), first)
    native = lift(back, VIEW, Mapping(), dropped)
    assert comparable(native) == comparable(expected)
    assert native["document"] == expected["document"]
    assert dropped.counts == first.counts
    print(name, losses.lines())
