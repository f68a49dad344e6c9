"""Polarity and modality of real news against what is read from the words around the triggers.

The data say of each event whether it is asserted or other, negative or positive. An event is asserted here where its status is
happened or ongoing and its certainty certain; other where one of the two says otherwise: expected, unrealised or general,
probable or possible. Nothing else is comparable, so status and certainty are judged together, and only where both are read or
one of them settles it. Sentences are halved by the hash of their words; one half was shut while the rules were made.
"""

import hashlib
import json
from collections import Counter

import pytest

from annotations.factuality import read
from annotations.scheme.view import SchemeView
from config.environment import ROOT

FILE = ROOT.parent / "shared" / "data" / "news_events" / "commodity_events.json"
SCHEME = SchemeView(json.loads((ROOT / "domain" / "scheme.json").read_text(encoding="utf-8")))
# A type without attributes of its own; the events of the data are none of ours.
LABEL = "DISPATCH"
REALISED = {"happened", "ongoing"}
pytestmark = pytest.mark.others("data", "news_events", instead="tests/annotations/pure/factuality/test_sentences_in_doubt.py")


def cases():
    """(shut?, sentence, place of the trigger, polarity, modality), words joined by blanks as the data have them."""
    for row in json.loads(FILE.read_text(encoding="utf-8")):
        words, places, text = row["words"], [], ""
        for word in words:
            places.append((len(text), len(text) + len(word)))
            text += f"{word} "
        is_shut = hashlib.sha256(row["sentence"].encode()).digest()[0] % 2 == 1
        for event in row["golden-event-mentions"]:
            first, last = event["trigger"]["start"], event["trigger"]["end"] - 1
            yield is_shut, text, (places[first][0], places[last][1]), event["polarity"].lower(), event["modality"].lower()


def modality(status, certainty):
    """asserted, other, or None where the two do not settle it."""
    if status in ("expected", "unrealised", "general") or certainty in ("probable", "possible"):
        return "other"
    return "asserted" if status in REALISED and certainty == "certain" else None


def first(reading):
    return None if reading is None else reading.value if reading.value is not None else reading.offers[0].value


@pytest.fixture(scope="module")
def counts():
    found = Counter()
    for is_shut, text, trigger, polarity, asserted in cases():
        readings = read(text, [[trigger]], SCHEME, LABEL, "en")
        values = {code: reading.value for code, reading in readings.items()}
        firsts = {code: first(reading) for code, reading in readings.items()}
        judge(found, (is_shut, "polarity"), polarity, values.get("polarity"), firsts.get("polarity"))
        modalities = (modality(of.get("status"), of.get("certainty")) for of in (values, firsts))
        judge(found, (is_shut, "modality"), asserted, *modalities)
    for is_shut in (False, True):
        for code in ("polarity", "modality"):
            print("shut" if is_shut else "open", code, {key[2]: n for key, n in found.items() if key[:2] == (is_shut, code)})
    return found


def judge(found, name, truth, value, offer):
    if value is not None:
        found[*name, "read right" if value == truth else "read wrong"] += 1
    elif offer is not None:
        found[*name, "offered right" if offer == truth else "offered wrong"] += 1
    else:
        found[*name, "silent"] += 1


def share(counts, state, **half):
    right = sum(n for key, n in counts.items() if key[2] == f"{state} right" and key[0] in half.values())
    wrong = sum(n for key, n in counts.items() if key[2] == f"{state} wrong" and key[0] in half.values())
    return right / (right + wrong)


@pytest.mark.parametrize("is_shut", [False, True])
def test_what_is_read_is_right(counts, is_shut):
    assert share(counts, "read", half=is_shut) >= 0.97


@pytest.mark.parametrize("is_shut", [False, True])
def test_what_is_offered_first_is_right(counts, is_shut):
    assert share(counts, "offered", half=is_shut) >= 0.9
