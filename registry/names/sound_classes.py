"""First sounds of names across scripts: which letters and which syllables may begin a name that sounds like another. Pure.

Wider than any system of romanisation is: what it lets through is compared by the matcher, what it keeps out never is.
"""

from __future__ import annotations

from anyascii import anyascii

from registry.names import chinese
from registry.names.korean import FIRST_SYLLABLE, LAST_SYLLABLE
from registry.names.script import SYLLABIC, script_of

# Letters that write one first sound; Mandarin reads some characters of a Korean name with another one.
CLASSES = ("kgcq", "jczqs", "tdcz", "pbf", "sxcz", "lrniyaeou", "mv", "hxk", "aeiouwy")
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
OF_LETTERS = {
    **dict.fromkeys("kgq", "ㄱㄲㅋ"), "c": "ㄱㄲㅋㅈㅉㅊㅅㅆ", **dict.fromkeys("jz", "ㅈㅉㅊ"), **dict.fromkeys("td", "ㄷㄸㅌ"),
    **dict.fromkeys("pbf", "ㅂㅃㅍ"), **dict.fromkeys("sx", "ㅅㅆ"), **dict.fromkeys("lr", "ㄹㅇㄴ"), "n": "ㄴㄹㅇ", **dict.fromkeys("mv", "ㅁ"),
    "h": "ㅎ", **dict.fromkeys("aeiouwy", "ㅇㄹㄴ"),
}  # fmt: skip
NORTHERN_STARTS = {"g": "k", "d": "t", "b": "p"}
SYLLABLES_OF_INITIAL = (LAST_SYLLABLE - FIRST_SYLLABLE + 1) // len(INITIALS)


def latin_initials(words: str) -> str:
    """Letters that may begin a word of the name in Latin letters, for words in Hangul or Han."""
    first = next((sign for sign in words if script_of(sign) in SYLLABIC), "")
    starts = {anyascii(reading).lower()[:1] for reading in readings(first)} - {""}
    return "".join(sorted({each for letters in CLASSES if starts & set(letters) for each in letters}))


def hangul_initials(words: str) -> str:
    """Ranges of syllables that may begin the name in Hangul, for words in Latin letters, of which the family name may be the last, or in Han."""
    if any(script_of(sign) in SYLLABIC for sign in words):
        words = " ".join(readings(words.strip()[:1]))
    letters = {anyascii(word).lower()[:1] for word in words.split()}
    consonants = {each for letter in letters for each in OF_LETTERS.get(letter, "")}
    return "".join(syllables(consonant) for consonant in sorted(consonants))


def readings(sign: str) -> list[str]:
    """A syllable of Hangul; a Chinese character, and the syllables as which Koreans read it."""
    return [sign, *chinese.han(sign).korean] if sign and script_of(sign) == "han" else [sign]


def spellings(words: str) -> tuple[str, str]:
    """How words in Hangul or Han may be written in Latin letters, roughly: as in the north of Korea, and as in China."""
    korean = [anyascii(readings(sign)[-1 if len(readings(sign)) == 1 else 1]).lower() for sign in words if sign.strip()]
    return " ".join(map(northern, korean)), " ".join(anyascii(sign).lower() for sign in words if sign.strip())


def northern(syllable: str) -> str:
    """Gim → kim, jeong → jong, bag → pak."""
    plain = syllable.replace("eo", "o").replace("eu", "u")
    plain = plain[:-1] + "k" if plain.endswith("g") and not plain.endswith("ng") else plain
    return NORTHERN_STARTS.get(plain[:1], plain[:1]) + plain[1:]


def syllables(consonant: str) -> str:
    """The range of syllables that begin with it: ㄱ → 가-깋."""
    start = FIRST_SYLLABLE + INITIALS.index(consonant) * SYLLABLES_OF_INITIAL
    return f"{chr(start)}-{chr(start + SYLLABLES_OF_INITIAL - 1)}"
