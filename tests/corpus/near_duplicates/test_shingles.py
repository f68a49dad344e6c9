"""How alike two texts are, exactly and from small sketches."""

from __future__ import annotations

import random
import struct
from hashlib import blake2b

import numpy as np
import pytest

from corpus.cleaning.clean import clean
from corpus.near_duplicates.shingles import BANDS, SIZE, bands, estimate, shingles, signature, similarity, tokens
from tests import factories

SEED = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
WORDS = [f"w{n}" for n in range(2_000)]


def mixed(share: float, seed: int) -> tuple[str, str]:
    """Two texts of which about this share of words, in long runs, is the same."""
    chance = random.Random(seed)
    common = [chance.choice(WORDS) for _ in range(int(600 * share))]
    rest = [[chance.choice(WORDS) for _ in range(600 - len(common))] for _ in range(2)]
    return " ".join(common + rest[0]), " ".join(common + rest[1])


def test_case_width_and_quotation_marks_do_not_count() -> None:
    assert tokens("“Ｔｈｅ Party”, it’s") == tokens('"the party", it\'s')
    assert similarity(SEED, SEED.replace("“", '"').replace("”", '"').replace("’", "'").upper()) == 1


def test_tokens_of_ascii_are_those_of_every_script() -> None:
    dice = random.Random(5)
    signs = [chr(number) for number in range(128)]
    for _ in range(300):
        text = "".join(dice.choices(signs, k=dice.randrange(40)))
        assert tokens(text) == tokens(f"{text} ü")[:-1]


def test_scripts_without_spaces_are_compared_sign_by_sign() -> None:
    assert tokens("北朝鮮の労働者300人") == ["北", "朝", "鮮", "の", "労", "働", "者", "300", "人"]
    one = "丹東市の繊維工場では北朝鮮労働者300人のうち170人が帰国させられた。"
    assert similarity(one, one.replace("170", "130")) > 0.6


@pytest.mark.parametrize("text", ["", " ", "one", "one two", "…"])
def test_short_texts_are_compared_as_wholes(text: str) -> None:
    assert len(shingles(text)) <= 1
    assert signature(text).shape == (SIZE,)
    assert similarity(text, "something else entirely") == 0


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_a_sketch_tells_the_likeness_within_its_error(share: float) -> None:
    for seed in range(5):
        one, other = mixed(share, seed)
        guess = estimate(signature(one), signature(other)[None, :])[0]
        assert abs(guess - similarity(one, other)) < 4 * 0.045


def test_copies_share_a_band_and_strangers_do_not() -> None:
    met = sum(
        bool(set(bands(signature(one), 1)) & set(bands(signature(other), 1)))
        for one, other in (mixed(0.75, seed) for seed in range(20))
    )
    assert met >= 19
    strangers = sum(
        bool(set(bands(signature(one), 1)) & set(bands(signature(other), 1)))
        for one, other in (mixed(0.05, seed) for seed in range(20))
    )
    assert strangers <= 1


def test_bands_of_different_corpora_never_meet() -> None:
    minima = signature(SEED)
    assert len(bands(minima, 1)) == BANDS
    assert not set(bands(minima, 1)) & set(bands(minima, 2))


def test_a_sketch_is_the_same_tomorrow() -> None:
    """It is stored: a changed one would be compared with those of yesterday."""
    first = signature("Bank A was listed on Monday, the ministry said.")[:4].tolist()
    assert first == [
        193157058,
        749365942,
        418109764,
        28760119,
    ]


@pytest.mark.parametrize("salt", [0, 1, 12_345, 9_999_999_999_999_999])
def test_bands_are_the_same_tomorrow(salt: int) -> None:
    """They are stored, in corpora and in lakes: each is BLAKE2b of four minima, salted with the corpus and its own number."""
    for minima in (signature(SEED), signature(""), signature(SEED)[::-1]):
        plain = [struct.pack("<4I", *minima[at : at + 4].tolist()) for at in range(0, SIZE, 4)]
        digests = [blake2b(row, digest_size=8, salt=f"{salt}.{n}".encode()[:16]).digest() for n, row in enumerate(plain)]
        assert bands(minima, salt) == [int.from_bytes(digest, "little", signed=True) for digest in digests]
    assert bands(signature("Bank A was listed on Monday, the ministry said."), 1)[:2] == [
        -2630372912575756146,
        7010950129269813234,
    ]


def test_a_near_copy_of_the_seed_article_is_one_and_reports_of_the_same_matter_are_not() -> None:
    blocks = clean(SEED).text.replace("“", '"').replace("”", '"').split("\n\n")
    copy = "\n\n".join([block for block in blocks if not block.startswith("▲")] + ["Copyright Example Wire"])
    assert similarity(SEED, copy) > 0.85
    report = "Photos show more than 20 North Korean workers waiting for a train at Dandong Railway Station on the morning of September 4, 2017, a source in China told Daily NK."
    assert similarity(SEED, report) < 0.05
    assert np.all(signature(SEED) == signature(SEED))
