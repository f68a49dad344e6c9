"""Articles of a given length with marks all over them, a fifth of them overlapping: written past the API, for the annotator."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from typing import Any

ENGLISH = (
    "the of to a in said workers North Korean company officials sent ministry that for from factory contracts were by with China "
    "Russia sanctions resolution border earnings monthly returned dispatched state labour permits three hundred remained abroad"
)
ARABIC = (
    "قال المسؤولون إن العمال الكوريين الشماليين عادوا إلى بلادهم بعد قرار مجلس الأمن وما زال ثلاثمئة عامل في المصنع قرب الحدود"
)
CHINESE = "朝 鲜 工 人 在 中 国 的 工 厂 继 续 劳 动 据 消 息 人 士 称 联 合 国 安 理 会 决 议 要 求 遣 返 所 有 劳 工 但 仍 有 三 百 人"
PARAGRAPH = 670
SENTENCE = 14


@dataclass(frozen=True)
class Article:
    name: str
    characters: int
    marks: int
    words: str = ENGLISH
    joint: str = " "
    stop: str = ". "
    paragraph: int = PARAGRAPH
    limit: float | None = None  # ms until its marks stand on the page


ARTICLES = [
    Article("450 words, 40 marks", 2_700, 40, limit=200),
    Article("100,000 characters, 2,000 marks", 100_000, 2_000, limit=250),
    Article("500,000 characters, 5,000 marks", 500_000, 5_000, limit=300),
    Article("100,000 without a paragraph, 2,000 marks", 100_000, 2_000, paragraph=10**9, limit=250),
    Article("100,000 Chinese, 2,000 marks", 100_000, 2_000, CHINESE, "", "。", limit=250),
    Article("100,000 Arabic, 2,000 marks", 100_000, 2_000, ARABIC, limit=250),
]


def written(article: Article, dice: random.Random) -> tuple[str, list[tuple[int, int]]]:
    """The text, and where each of its words begins and ends."""
    vocabulary = article.words.split()
    pieces: list[str] = ["An article for measuring\n\n"]
    places: list[tuple[int, int]] = []
    at, since, count = len(pieces[0]), 0, 0
    while at < article.characters:
        word = dice.choice(vocabulary)
        count += 1
        end = "\n\n" if since > article.paragraph else article.stop if count % SENTENCE == 0 else article.joint
        since = 0 if end == "\n\n" else since + len(word) + len(end)
        places.append((at, at + len(word)))
        pieces.append(word + end)
        at += len(word) + len(end)
    return "".join(pieces).rstrip(), places


def stretches(article: Article, places: list[tuple[int, int]], dice: random.Random) -> list[tuple[int, int]]:
    """Four of five marks lie apart; each fifth begins inside another one, or around it."""
    apart = article.marks * 4 // 5
    step = len(places) // apart
    found = []
    for number in range(apart):
        first = number * step
        last = min(first + dice.randint(0, min(3, step - 2)), len(places) - 1)
        found.append((places[first][0], places[last][1], first))
    for start, end, first in dice.sample(found, article.marks - apart):
        last = min(first + dice.randint(2, 12), len(places) - 1)
        found.append((start, max(end, places[last][1]), first))
    return [(start, end) for start, end, _ in found]


def stored(article: Article, seed: int = 1) -> Any:
    """An open assignment of the annotator with all of it, in the demo corpus."""
    from django.contrib.auth import get_user_model

    from annotations.assign import open_for
    from annotations.models import Figure, Label, Span
    from corpus.models import Corpus
    from tests import factories

    dice = random.Random(seed)
    text, places = written(article, dice)
    corpus = Corpus.objects.get(slug="demo")
    made = factories.document(text, of=factories.article(corpus, article.name))
    assignment = open_for(get_user_model().objects.get(username="annotator"), made)[0]
    labels = Label.objects.filter(layer__scheme=assignment.scheme).select_related("layer")
    fitting = [label for label in labels if label.layer.kind in {"actor", "figure"}]
    spans = []
    for start, end in stretches(article, places, dice):
        label = dice.choice(fitting)
        words = {"fragments": [[start, end]], "quote": text[start:end]}
        spans.append(Span(id=uuid.uuid4(), assignment=assignment, label=label, kind=label.layer.kind, revision=0, **words))
    Span.objects.bulk_create(spans, batch_size=1_000)
    figures = [
        Figure(span=span, assignment=assignment, low=3, high=3, comparator="eq") for span in spans if span.kind == "figure"
    ]
    Figure.objects.bulk_create(figures, batch_size=1_000)
    return assignment
