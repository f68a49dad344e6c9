"""Whom or what a mark or entity means, named so that a line can stand alone.

Pure. A name is the register's; a description is the text's own words, with its article; a pronoun, or one bare word, gives
way to the fullest description of the same entity in the article, and that to the register's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.native.view import Object

BRACKETED = re.compile(r"\s{0,9}\([^()]{0,300}\)")
CLAUSE = re.compile(r",?\s{1,9}(?:who|that|which|whose)\s.*", re.DOTALL)
DETERMINER = re.compile(r"\b(the|an?|some|several|many|various|most|all)\s+$", re.IGNORECASE)
TAIL = re.compile(
    r"\s(?:of|in|at|from|with|for|to|on|under|by|near|against|between|familiar|remaining|photographed|known|based|working)\s.*",
    re.DOTALL,
)
PLURALS = ("people", "police", "personnel", "staff", "crew", "donju", "men", "women", "children", "data")
MASS = ("imagery", "footage", "correspondence")  # no "an" before these
SINGULAR = re.compile(r"(?:ss|us|is)$")
VOWEL = re.compile(r"[aeiouAEIOU]")
# Names that take "the", whatever kind of entity they are of.
ARTICLED = re.compile(
    r"(?:United (?!Nations\b)|Netherlands\b|Philippines\b|Republic of|Democratic |European Union\b|Russian Federation\b)"
)


@dataclass(frozen=True)
class Phrase:
    """`text`: with its article. `bare`: without. `key`: of the entity, else of the mark; the same one is not named twice."""

    text: str
    plural: bool = False
    bare: str = ""
    key: str = ""

    @property
    def noun(self) -> str:
        return self.bare or self.text


def noun_phrase(view: DocumentView, reference: Any) -> Phrase | None:
    """None for a reference that leads nowhere."""
    if not isinstance(reference, Mapping):
        return None
    mention = view.span(reference.get("mention"))
    entity = view.meant(reference)
    if mention is None:
        return of_entity(view, entity) if entity else None
    if entity and (is_(view, mention, "name") or (is_open(view, mention) and not entity.get("anonymous"))):
        return proper(view, entity)
    if is_(view, mention, "pronoun") or single(view, mention):
        fuller = fullest(view, entity)
        return described(view, fuller, entity) if fuller else of_entity(view, entity) if entity else quoted(view, mention)
    return described(view, mention, entity)


def is_by_others(view: DocumentView, reference: Any) -> bool:
    """Whether the other marks of the entity decide how it is called here: by its fullest description, or by a name."""
    mention = view.span(reference.get("mention"))
    return mention is None or (not is_(view, mention, "name") and (is_(view, mention, "pronoun") or single(view, mention)))


def calling(view: DocumentView, entity: Object) -> list[Object]:
    """The marks of an entity that may decide how it is called where it has no words, or one."""
    marks = mentions_of(view, entity)
    return [mark for mark in marks if is_(view, mark, "name") or (is_(view, mark, "description") and not single(view, mark))]


def of_entity(view: DocumentView, entity: Object) -> Phrase:
    """An entity by its fullest description where the article never names it, else by the register's name."""
    if not entity.get("anonymous") or any(is_(view, mention, "name") for mention in mentions_of(view, entity)):
        return proper(view, entity)
    name = plain(view, entity)
    plural = is_plural(view, name, str(entity.get("type")))
    return Phrase(name if plural else with_article(name), plural, name, str(entity["id"]))


def proper(view: DocumentView, entity: Object) -> Phrase:
    name = BRACKETED.sub("", str(entity.get("name") or "")).strip()
    articled = takes(view, "the", entity.get("type")) and (" " in name or name.isupper())
    articled = articled or takes(view, "always_the", entity.get("type"))
    the = "the " if (articled or ARTICLED.match(name)) and not name.lower().startswith("the ") else ""
    return Phrase(the + name, takes(view, "plural", entity.get("type")), name, str(entity.get("id")))


def described(view: DocumentView, mention: Object, entity: Object) -> Phrase:
    words = " ".join(view.quote(mention["fragments"]).split())
    match = DETERMINER.search(view.text, max(0, mention["fragments"][0]["start"] - 10), mention["fragments"][0]["start"])
    article = match[1].lower() if match else ""
    plural = is_plural(view, words, str(mention["label"])) and article not in ("a", "an")
    if not plural and article not in ("the", "a", "an"):
        text = with_article(words)
    elif plural and article == "the" and not takes(view, "the", mention["label"]):
        text = words
    else:
        text = f"{article} {words}".strip()
    return Phrase(text, plural, words, str(entity.get("id") or mention["id"]))


def quoted(view: DocumentView, mention: Object) -> Phrase:
    """Words that nobody has tied to anything: they are the text's, and say so."""
    words = view.quote(mention["fragments"])
    return Phrase(f"“{words}”", is_plural(view, words, str(mention["label"])), "", str(mention["id"]))


def fullest(view: DocumentView, entity: Object) -> Object | None:
    """The longest description of several words; None where there is none."""
    longest: Object | None = view.once("fullest", str(entity.get("id")), lambda: longest_description(view, entity))
    return longest


def longest_description(view: DocumentView, entity: Object) -> Object | None:
    descriptions = [m for m in mentions_of(view, entity) if is_(view, m, "description") and not single(view, m)]
    return max(descriptions, key=lambda mention: len(view.quote(mention["fragments"])), default=None)


def mentions_of(view: DocumentView, entity: Object) -> list[Object]:
    return view.meaning.get(str(entity.get("id")), []) if entity else []


def is_(view: DocumentView, mention: Object, form: str) -> bool:
    """Whether it is a "name", a "description" or a "pronoun", as the scheme codes them."""
    forms = view.scheme.mention_forms
    return bool(forms) and (mention.get("attributes") or {}).get(forms["attribute"]) == forms[form]


def is_open(view: DocumentView, mention: Object) -> bool:
    """Nothing says whether it is a name: letters without capitals do not show it."""
    forms = view.scheme.mention_forms
    return bool(forms) and not (mention.get("attributes") or {}).get(forms["attribute"])


def single(view: DocumentView, mention: Object) -> bool:
    """One bare word: "workers", "individuals"."""
    words = view.quote(mention["fragments"]).split()
    return len(words) == 1 and not is_(view, mention, "name") and words[0].isascii()


def plain(view: DocumentView, entity: Object) -> str:
    """The register's name of something unnamed, as it stands inside of a sentence: no brackets, no relative clause.

    A first word that the article has in small letters too is no name.
    """
    name = CLAUSE.sub("", BRACKETED.sub("", str(entity.get("name") or ""))).strip(" \"“”'‘’")
    first, _, rest = name.partition(" ")
    small = first and has_word(view.text, first.lower())
    return f"{first.lower()} {rest}".strip() if small else name


def has_word(text: str, word: str) -> bool:
    if word.isalnum():
        return word in words_of(text)
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


@lru_cache(maxsize=4)
def words_of(text: str) -> frozenset[str]:
    """Of one text many names are looked for, one after the other."""
    return frozenset(re.findall(r"\w+", text))


def with_article(words: str) -> str:
    if words.lower().startswith(("the ", "a ", "an ")) or words.lower().endswith(MASS):
        return words
    return f"{'an' if VOWEL.match(words) else 'a'} {words}"


def takes(view: DocumentView, noun: str, label: Any) -> bool:
    """Whether names of that kind of actor take "the" (of several words, or "always_the"), are of several people ("plural"),
    of places "at" which something happens, or of documents ("document").
    """
    return label in (view.scheme.sentences.get("nouns") or {}).get(noun, ())


def is_plural(view: DocumentView, words: str, label: str) -> bool:
    """Of several people, or where the head of the words is in the plural."""
    head = TAIL.sub("", f"{words} ").split()
    last = head[-1].lower() if head else ""
    return last in PLURALS or (last.endswith("s") and not SINGULAR.search(last)) or takes(view, "plural", label)


def listed(phrases: Iterable[Phrase], word: str = "and") -> Phrase | None:
    """Several as one: "A, B and C", each entity once."""
    once = list({phrase.key or phrase.text: phrase for phrase in phrases}.values())
    if not once:
        return None
    if len(once) == 1:
        return once[0]
    text = f"{', '.join(phrase.text for phrase in once[:-1])} {word} {once[-1].text}"
    bare = f"{', '.join(phrase.noun for phrase in once[:-1])} {word} {once[-1].noun}"
    return Phrase(text, plural=True, bare=bare, key=" ".join(sorted(phrase.key for phrase in once)))
