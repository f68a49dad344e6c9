"""Native documents for the tests of formats that take them: the gold, and one full of what is hostile."""

import copy
import json
import tracemalloc

from annotations.derived.document_view import DocumentView
from annotations.formats.base import Losses
from annotations.native.annotated import Annotated
from annotations.scheme.view import SchemeView
from config.environment import ROOT

VIEW = SchemeView(json.loads((ROOT / "domain/scheme.json").read_text("utf-8")))
TEXT = (ROOT / "domain/gold_seed.txt").read_text("utf-8")
GOLD = json.loads((ROOT / "domain/gold_seed.json").read_text("utf-8"))


def gold(**changes):
    return Annotated(copy.deepcopy(GOLD) | changes, TEXT, VIEW)


def view(annotated=None):
    return DocumentView(annotated or gold())


def written(module, documents=None, **options):
    """The file, and what was lost."""
    losses = Losses()
    whole = b"".join(module.write(iter(documents if documents is not None else [gold()]), losses, options))
    return whole, losses


def hostile(words):
    """The gold with `words` wherever people type: title, names, notes, and as the first marked words of the text."""
    native = copy.deepcopy(GOLD)
    native["document"] |= {"title": words, "url": words, "key": words}
    native |= {"annotator": words, "adjudication_notes": [words]}
    for entity in native["entities"]:
        entity |= {"name": words, "aliases": [words, words], "note": words}
    for event in native["events"]:
        event["note"] = words
    for claim in native["attributions"]:
        claim["rating_note"] = words
    for mention in native["mentions"]:
        if "attributes" in mention:
            mention["attributes"] |= {"note": words} if mention["layer"] == "FIGURE" else {}
    text = words + TEXT[len(words) :] if len(words) < 395 else TEXT
    for mention in native["mentions"][:1]:
        mention["fragments"] = [{"start": 0, "end": min(len(words), 300) or 1, "quote": text[: min(len(words), 300) or 1]}]
    return Annotated(native, text, VIEW)


def growth(module, **options):
    """Bytes by which the peak of memory rises from 2 documents to 12."""

    def peak(number):
        tracemalloc.start()
        for _ in module.write((gold() for _ in range(number)), Losses(), options):
            pass
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(2)  # what is made once
    return peak(12) - peak(2)
