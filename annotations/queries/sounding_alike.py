"""Entities whose name in another script sounds like the words: 김정은 and Kim Jong Un. An offer, below all that are spelled alike.

The matcher of names compares (`registry.names`); only names with the same first sound are fetched for it, since it takes its time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import connection

from annotations.kinds import entity
from annotations.queries.entity_candidates import UNNAMED, Proposal
from registry.names import STRONG, analyse, compare_analysed
from registry.names.parts import AnalysedName
from registry.names.script import SYLLABIC, script_of
from registry.names.sound_classes import hangul_initials, latin_initials, spellings

COMPARED, MOST = 300, 5
LONGEST = 60  # letters; a longer name is a sentence
KINDS = {"PERSON": "person", "VESSEL": "craft", **dict.fromkeys(("COMPANY", "STATE_BODY", "INTL_BODY", "MEDIA", "ORG"), "body")}
NAMES = """
SELECT id, name, type FROM (
    SELECT e.id, e.name, e.plain, e.type FROM registry_entity e WHERE {of_entity} AND e.plain ~ %(initials)s
    UNION ALL
    SELECT e.id, n.name, n.plain, e.type FROM registry_entityname n JOIN registry_entity e ON e.id = n.entity_id
    WHERE {of_entity} AND n.plain ~ %(initials)s
) known ORDER BY {first}, plain, id LIMIT %(compared)s
"""
# Which come first where there are more: in Latin letters those spelled most like it, in Hangul and Han those of as many syllables.
MOST_LIKE = "greatest(similarity(plain, %(korean)s), similarity(plain, %(chinese)s)) DESC"
AS_LONG = "abs(length(plain) - %(syllables)s)"
HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
WHOLE = entity.SELECT.replace("{where}", "m.id = ANY(%(ids)s::uuid[])")


def sounding_alike(corpus: Any, types: list[str], without: set[str]) -> list[Proposal]:
    """For the words of `corpus` (one of `entity_candidates.asking`), the likest first; never one of the ids `without`."""
    words = corpus.words.strip()
    initials = sought(words) if corpus.asked and len(words) <= LONGEST else ""
    if not initials:
        return []
    scores: dict[str, tuple[int, str]] = {}
    for pk, name, kind in fetched(corpus.pk, types, words, initials):
        if pk not in without and (score := likeness(words, name, KINDS.get(kind, "any"))) >= STRONG:
            scores[pk] = max(scores.get(pk, (0, "")), (score, name))
    best = sorted(scores, key=lambda pk: (-scores[pk][0], pk))[:MOST]
    objects = whole(best)
    return [Proposal("sounds", scores[pk][1], "", objects[pk], unnamed=False) for pk in best]


def sought(words: str) -> str:
    """A pattern of names that may sound like the words; empty where none can."""
    syllables = hangul_initials(words)
    letters = latin_initials(words) if is_syllabic(words) else ""
    patterns = [f"(^|[ -])[{letters}]" if letters else "", f"^[{syllables}]" if syllables else ""]
    return "|".join([*filter(None, patterns), HAN]) if any(patterns) else ""


def is_syllabic(words: str) -> bool:
    return any(script_of(sign) in SYLLABIC for sign in words)


def fetched(corpus: Any, types: list[str], words: str, initials: str) -> list[tuple[str, str, str]]:
    of_entity = f"e.corpus_id = %(corpus)s AND NOT ({UNNAMED})" + (" AND e.type = ANY(%(types)s)" if types else "")
    query = NAMES.format(of_entity=of_entity, first=MOST_LIKE if is_syllabic(words) else AS_LONG)
    korean, mandarin = spellings(words)
    values: dict[str, Any] = {"korean": korean, "chinese": mandarin, "syllables": len(words.replace("-", " ").split())}
    with connection.cursor() as cursor:
        cursor.execute(query, {"corpus": corpus, "types": types, "initials": initials, "compared": COMPARED, **values})
        return [(str(pk), name, kind) for pk, name, kind in cursor.fetchall()]


def likeness(words: str, name: str, kind: str) -> int:
    """From 0 to 100."""
    return compare_analysed(analysed(words, kind), analysed(name, kind)).score


@lru_cache(maxsize=5_000)
def analysed(name: str, kind: str) -> AnalysedName:
    return analyse(name, kind)


def whole(ids: list[str]) -> dict[str, Any]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, {"ids": ids})
        return {item["id"]: item for (item,) in cursor.fetchall()}
