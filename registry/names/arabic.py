"""Arabic and Persian names: their consonants, which Latin spellings share whatever vowels they write."""

from __future__ import annotations

import re
from functools import lru_cache

# One letter for each consonant that Latin spellings do not keep apart. Vowels, hamza and ain are left out.
CONSONANTS = dict(zip("بتثجخدذرزسشصضطظغفقكلمنپچژگکڤ", "bttjxddrzsssdtzgfkklmnbsjgkf", strict=True))
UNIFIED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه"})
SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]")
ARTICLE = re.compile("^(?:وال|ال)(?=..)")
# ibn, bint, article, family, or, known as, son
UNCOUNTED = frozenset("بن ابن بنت ال آل او عرف ولد".split())
# The same for Latin spellings, English and French ones (Djamel, Akkacha, Lounici), in this order.
LATIN = (
    ("dj", "j"), ("kh", "x"), ("gh", "g"), ("sh", "s"), ("th", "t"), ("dh", "d"), ("zh", "j"), ("tch", "s"), ("ch", "s"), ("ce", "se"), ("ci", "si"),
    ("ph", "f"), ("q", "k"), ("v", "f"), ("p", "b"),
)  # fmt: skip
# The servant of: Arabic writes it apart, Latin spellings with the article that follows it.
SERVANT_CONSONANTS = "bd"
SERVANT = frozenset({"abd", "abdoul", *(f"abd{vowel}{letter}" for vowel in "uaeo" for letter in "lrsnztd")})
# The same written with the next word: Abdelkader, Abdurrahman, Abdirashid. Abdullah is one word, and so are names made of it.
SERVANT_OF = re.compile("abd(?:ou|[aeiou])(?=.{3})")
OF_GOD = re.compile("l?l?(?:ah?i?|ahi.*|a?[ey]e?.*|a[ey]v.*)")
# Of the religion: Jalaluddin, Nour Eddine.
RELIGION = frozenset("din deen dine uddin eddin addin uddeen eddine addeen iddin".split())
OF_RELIGION = re.compile("(.{3,}?)(?:[aeou]dd(?:in|een|ine|yn)|ud(?:in|een|ine))")
COMMON = frozenset({"abd", "din", "عبد"})  # in very many names
NATIVE_SERVANT = re.compile("عبد(?=ال(?!له).{3})")
LONG_I, SIGNS_OF_I = re.compile("(?<=.)(?:ei|ey|ai|ay|ee)(?=.)"), re.compile("[يئءع]")
DOUBLED = re.compile(r"(.)\1+")


def unified(word: str) -> str:
    """A word without vowel signs, and with one letter for those that differ by keyboard."""
    return SIGNS.sub("", word).translate(UNIFIED)


@lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """Of a word in Arabic letters; empty for an article and for ibn."""
    word = SIGNS.sub("", word)
    if word in UNCOUNTED:
        return ""
    return DOUBLED.sub(r"\1", "".join(CONSONANTS.get(letter, "") for letter in ARTICLE.sub("", word)))


@lru_cache(maxsize=50_000)
def latin_consonants(form: str) -> str:
    """Of a word in Latin letters."""
    if form in SERVANT:
        return SERVANT_CONSONANTS
    for letters, consonant in LATIN:
        form = form.replace(letters, consonant)
    return DOUBLED.sub(r"\1", re.sub("[aeiouywh]", "", form))


@lru_cache(maxsize=50_000)
def compound(word: str) -> tuple[tuple[int, str], ...]:
    """Two words that are written as one: where each begins and what it is; empty for one word. The article between them is none.

    abdelkader → abd, kader; jalaluddin → jalal, din; عبدالقادر → عبد, القادر.
    """
    if native := NATIVE_SERVANT.match(word):
        return (0, native[0]), (native.end(), word[native.end() :])
    if servant := SERVANT_OF.match(word):
        own = servant.end()
        is_doubled = word[own] == word[own + 1] and word[own] in "rsnztd"
        if OF_GOD.fullmatch(word, own):
            return ()
        own += is_doubled or (word[own] == "l" and len(word) > own + 3)
        return (0, "abd"), (own, word[own:])
    if faith := OF_RELIGION.fullmatch(word):
        return (0, faith[1]), (faith.end(1), "din")
    return ()


@lru_cache(maxsize=50_000)
def lacks_long_vowel(word: str, form: str) -> bool:
    """Whether Latin letters have a long i or a diphthong for which the Arabic ones have no sign: حسن is Hasan, and not Hussein."""
    return bool(LONG_I.search(form)) and not SIGNS_OF_I.search(ARTICLE.sub("", unified(word)))
