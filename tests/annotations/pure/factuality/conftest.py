"""One call for "what do these words say of the event": its trigger stands in brackets."""

import pytest

from annotations.factuality import read


@pytest.fixture
def reads(scheme):
    """Words with a bracketed trigger → the attributes that are read."""

    def call(marked, label="DISPATCH", language="en"):
        return {code: reading.value for code, reading in of(scheme, marked, label, language).items() if reading.value is not None}

    return call


@pytest.fixture
def offers(scheme):
    """Words with a bracketed trigger → what is offered, by attribute."""

    def call(marked, label="DISPATCH", language="en"):
        found = of(scheme, marked, label, language)
        return {code: [offer.value for offer in reading.offers] for code, reading in found.items() if reading.offers}

    return call


@pytest.fixture
def shown(scheme):
    """Words with a bracketed trigger → the words that decided each attribute."""

    def call(marked, label="DISPATCH", language="en"):
        text = marked.replace("[", "").replace("]", "")
        found = of(scheme, marked, label, language)
        return {
            code: [text[start:end] for start, end in reading.words]
            for code, reading in found.items()
            if reading.value is not None
        }

    return call


def of(scheme, marked, label, language):
    """Several brackets are the fragments of one trigger."""
    text, fragments = "", []
    for part in marked.split("["):
        words, closed, rest = part.partition("]")
        if closed:
            fragments.append((len(text), len(text) + len(words)))
        text += words + rest
    return read(text, [fragments], scheme, label, language)
