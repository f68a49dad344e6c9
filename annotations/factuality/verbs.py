"""Forms of English verbs: which ones a word can be, and all of a verb."""

from __future__ import annotations

import re
from functools import lru_cache

from annotations.factuality.lexicon import IRREGULAR

BASE, PRESENT, PAST, PARTICIPLE, GERUND = "base", "present", "past", "participle", "gerund"
Forms = frozenset[str]

# fit → fitted, cancel → cancelled: a last consonant after one short vowel is doubled, or may be.
DOUBLES = re.compile(r"[^aeiou][aeiou][bdglmnprt]$")


def irregular_forms() -> dict[str, set[str]]:
    forms: dict[str, set[str]] = {}
    for bases, pasts, participles in IRREGULAR:
        for words, form in ((bases, BASE), (pasts, PAST), (participles, PARTICIPLE)):
            for word in words:
                forms.setdefault(word, set()).add(form)
    return forms


KNOWN = {word: frozenset(forms) for word, forms in irregular_forms().items()}
OF_BASE = {bases[0]: (pasts, participles) for bases, pasts, participles in IRREGULAR}
NO_GERUNDS = frozenset(
    "during nothing anything something everything morning evening beijing king ring thing spring sterling string".split()
)
NO_PASTS = frozenset("need bed red shed feed seed breed hundred united indeed speed exceed proceed succeed".split())


@lru_cache(maxsize=4096)
def forms_of(word: str) -> Forms:
    """What a word in small letters can be as a verb. A base may be a noun as well, and so may a present."""
    if word in KNOWN:
        return KNOWN[word]
    if word.endswith("ing") and len(word) > 4 and word not in NO_GERUNDS:
        return frozenset((GERUND,))
    if word.endswith("ed") and len(word) > 3 and word not in NO_PASTS:
        return frozenset((PAST, PARTICIPLE))
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return frozenset((PRESENT,))
    return frozenset((BASE,)) if word.isalpha() or "-" in word else frozenset()


@lru_cache(maxsize=4096)
def inflected(phrase: str) -> tuple[str, ...]:
    """A verb in all its forms; of several words the first is the verb ("lay off")."""
    verb, _, rest = phrase.partition(" ")
    return tuple(f"{form} {rest}".strip() for form in dict.fromkeys(all_forms(verb)))


def all_forms(verb: str) -> list[str]:
    if verb == "be":
        return ["be", "am", "is", "are", "was", "were", "been", "being", "'re"]
    if verb == "have":
        return ["have", "has", "had", "having", "'ve"]
    pasts, participles = OF_BASE.get(verb, ([], []))
    regular = [] if pasts else [f"{stem}ed" for stem in stems(verb, "ed")]
    return [verb, third(verb), *pasts, *participles, *regular, *(f"{stem}ing" for stem in stems(verb, "ing"))]


def third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


def stems(verb: str, ending: str) -> list[str]:
    """What stands before -ed or -ing; two where both spellings are in use (cancelled, canceled)."""
    if verb.endswith("e") and (ending == "ed" or not verb.endswith(("ee", "oe", "ye"))):
        return [verb[:-1]]
    if ending == "ed" and re.search(r"[^aeiou]y$", verb):
        return [f"{verb[:-1]}i"]
    if DOUBLES.search(verb):
        return [verb + verb[-1], verb]
    return [verb]
