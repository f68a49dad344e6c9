"""Words that are searched for, found by their index. No pattern of a user ever runs over texts: the index gives the passages
that may hold it, and of these at most 2,000 are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Coalesce, Substr

from corpus.models import Corpus, SearchPassage
from corpus.words.matches import matches
from corpus.words.patterns import Pattern, PatternError, as_beginning, read_pattern
from corpus.words.queries import WordQuery, is_beginning, like, word_query
from corpus.words.tokens import folded

MOST_MEANINGS, MOST_PASSAGES = 500, 2_000
MEANINGS = """
SELECT asked.word, known.word FROM unnest(%(words)s::text[], %(shapes)s::text[]) AS asked (word, shape) CROSS JOIN LATERAL (
    SELECT word FROM corpus_searchword WHERE corpus_id = %(corpus)s AND word LIKE asked.shape LIMIT %(most)s) AS known
"""


MOST_NEAREST = 5
# Trigrams of a short word change nearly all when two of its letters change places: such words are looked up as they are.
NEAREST = """
SELECT asked.word, known.word FROM unnest(%(words)s::text[]) WITH ORDINALITY AS asked (word, number) LEFT JOIN LATERAL (
    SELECT word, max(likeness) AS likeness FROM (
        SELECT word, similarity(word, asked.word) AS likeness FROM corpus_searchword WHERE corpus_id = %(corpus)s AND word %% asked.word
        UNION ALL SELECT word, 1 FROM corpus_searchword JOIN unnest(%(slips)s::text[], %(slips_of)s::text[]) AS slip (written, of)
            ON corpus_id = %(corpus)s AND word = slip.written AND slip.of = asked.word) each
    GROUP BY word ORDER BY likeness DESC, word LIMIT %(most)s) AS known ON true
WHERE NOT EXISTS (SELECT FROM corpus_searchword WHERE corpus_id = %(corpus)s AND word = asked.word)
ORDER BY asked.number, known.likeness DESC, known.word
"""


class Occurrence(NamedTuple):
    """Code points of the text or title."""

    start: int
    end: int


def articles_with(corpus: Corpus, search: str) -> QuerySet[Any, Any] | set[UUID]:
    """Keys of the articles that have the words in their title or in a text, for `pk__in`. Raises PatternError.

    What the index answers exactly is left to it; only of words with gaps between them the passages are read.
    """
    pattern = as_beginning(read_pattern(search))
    query = query_for(corpus, pattern)
    candidates = candidates_for(corpus, query)
    return candidates.values("article") if query.is_exact else verified(candidates, pattern)


def query_for(corpus: Corpus, pattern: Pattern) -> WordQuery:
    """Raises PatternError where a wildcard stands for too many words."""
    return word_query(pattern, meanings_of(corpus, pattern))


def meanings_of(corpus: Corpus, pattern: Pattern) -> dict[str, list[str]]:
    """The words of the corpus that each wildcard stands for, but for beginnings, which the index has in their order."""
    wild = sorted(word for word in pattern.wild if not is_beginning(word))
    meanings: dict[str, list[str]] = {word: [] for word in wild}
    if wild:
        values: dict[str, Any] = {
            "corpus": corpus.pk,
            "words": wild,
            "shapes": [like(word) for word in wild],
            "most": MOST_MEANINGS + 1,
        }
        with connection.cursor() as cursor:
            cursor.execute(MEANINGS, values)
            for word, meaning in cursor.fetchall():
                meanings[word].append(meaning)
    for word, words in meanings.items():
        if len(words) > MOST_MEANINGS:
            raise PatternError(f"“{word}” stands for more than {MOST_MEANINGS} words: enter more letters.")
    return meanings


def nearest_words(corpus: Corpus, pattern: Pattern) -> dict[str, list[str]]:
    """By each word of the pattern that no text or title has, up to five words of the corpus whose letters are most like its own.

    A character that stands by itself has none, nor has a wildcard.
    """
    words = list(dict.fromkeys(folded(word) for word in pattern.plain))
    slips = [(slip, word) for word in words for slip in slips_of(word)]
    values = {"slips": [slip for slip, _ in slips], "slips_of": [word for _, word in slips]}
    nearest: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, {"corpus": corpus.pk, "words": words, "most": MOST_NEAREST, **values})
        for word, other in cursor.fetchall():
            nearest.setdefault(word, []).extend([other] if other else [])
    return nearest


def slips_of(word: str) -> set[str]:
    """The word with two neighbouring letters in each other's place, or without one of its letters."""
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return (swapped | {word[:at] + word[at + 1 :] for at in range(len(word))}) - {word, ""}


def candidates_for(corpus: Corpus, query: WordQuery) -> QuerySet[SearchPassage]:
    """Passages that may hold the pattern; of an exact query all that do."""
    rows = SearchPassage.objects.filter(corpus=corpus)
    return rows.filter(words__matches=query.text) if query.text else rows.none()


def verified(candidates: QuerySet[SearchPassage], pattern: Pattern) -> set[UUID]:
    """Keys of the articles whose passages hold the pattern. Raises PatternError for too many candidates."""
    rows = list(with_text(candidates)[: MOST_PASSAGES + 1])
    if len(rows) > MOST_PASSAGES:
        raise PatternError(f"More than {MOST_PASSAGES:,} passages contain all of these words: add a word or remove the gaps.")
    return {row.article_id for row in rows if next(occurrences_in(row, pattern), None)}


def with_text(rows: QuerySet[SearchPassage]) -> QuerySet[Any]:
    """Passages with their `text`, without fetching the whole of the article's."""
    whole = Coalesce("document__text", "article__title", output_field=TextField())
    return rows.annotate(text=Substr(whole, F("start") + 1, F("end") - F("start"))).defer("words")


def occurrences_in(passage: Any, pattern: Pattern) -> Iterator[Occurrence]:
    """The occurrences that begin in a passage `with_text`, each in one passage only."""
    for first, end in matches(pattern, passage.text):
        if passage.start + first < passage.next:
            yield Occurrence(passage.start + first, passage.start + end)
