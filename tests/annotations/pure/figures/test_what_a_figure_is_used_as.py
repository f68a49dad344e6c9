"""Caps, quotas and the N of "for every N": forty sentences, written before anything read them; one half was shut while it was made."""

from hashlib import sha256
from pathlib import Path

from annotations.figures import worded_use

LINES = Path(__file__).parents[3] / "fixtures" / "uses" / "sentences.tsv"
SENTENCES = [line.split("\t")[1:] for line in LINES.read_text("utf-8").splitlines()]


def is_shut(sentence):
    return sha256(sentence.encode()).digest()[0] % 2 == 1


def said(sentence):
    """The use, and the words that say it. Brackets are around the figure."""
    before, _, rest = sentence.partition("[")
    figure, _, behind = rest.partition("]")
    text = f"{before}{figure}{behind}"
    use = worded_use(text, [{"start": len(before), "end": len(before) + len(figure), "quote": figure}])
    return use and (use.value, text[slice(*use.words)])


def wrong(*, shut):
    of = [(wanted, sentence) for wanted, sentence in SENTENCES if is_shut(sentence) == shut]
    found = [(wanted, said(sentence), sentence) for wanted, sentence in of]
    misses = [each for each in found if (each[1][0] if each[1] else "-") != each[0]]
    print("shut" if shut else "open", len(of) - len(misses), "of", len(of), *misses, sep="\n")
    return misses


def test_the_open_half():
    assert wrong(shut=False) == []


def test_the_half_that_was_shut():
    assert wrong(shut=True) == []
