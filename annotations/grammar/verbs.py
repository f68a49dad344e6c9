"""English verbs in reported speech: what a status, a polarity and a certainty make of one.

Pure. A verb is written "force" where it is regular, "send|sent|sent" where it is not, with a fourth form where the gerund
doubles a letter ("ship|shipped|shipped|shipping"); "be sent" is a passive; "~own" is a state, which has no -ing form while it goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

VOWEL_Y = re.compile(r"[aeiou]y$")
FORM = re.compile(r"[a-z]+(?:[ -][a-z]+)*")


class BadVerb(ValueError):
    """Says what is wrong with the forms of a verb."""


@dataclass(frozen=True)
class EventState:
    """How an event stands. Each is a code of the scheme; empty where nobody chose, or the text does not say."""

    status: str = ""
    polarity: str = ""
    certainty: str = ""
    modality: str = ""

    @property
    def is_open(self) -> bool:
        return not self.status or not self.polarity

    @property
    def negative(self) -> bool:
        return self.polarity == "negative"


@dataclass(frozen=True)
class Verb:
    base: str
    past_form: str
    participle: str
    gerund: str
    is_state: bool = False

    def past(self, *, plural: bool) -> str:
        """ "sent", "were sent"."""
        return re.sub(r"^was\b", "were", self.past_form) if plural else self.past_form

    @property
    def is_be(self) -> bool:
        return self.base.split(" ")[0] == "be"


@lru_cache(maxsize=1024)
def verb(written: str) -> Verb:
    """Raises BadVerb."""
    is_state = written.startswith("~")
    forms = written.removeprefix("~").split("|")
    if not all(FORM.fullmatch(form) for form in forms):
        raise BadVerb(f"verb {written!r} should be in lower case, like send|sent|sent")
    base = forms[0]
    head, _, rest = base.partition(" ")
    if head == "be":
        if len(forms) > 1:
            raise BadVerb(f"verb {written!r}: the forms of “be” are known; write [{base}]")
        past, participle, gerund = (f"{form} {rest}".rstrip() for form in ("was", "been", "being"))
        return Verb(base, past, participle, gerund, is_state)
    if len(forms) not in (1, 3, 4):
        raise BadVerb(f"verb {written!r} is missing a form: write base|past|participle, or base|past|participle|gerund")
    past, participle = forms[1:3] if len(forms) > 1 else (regular_past(base), regular_past(base))
    return Verb(base, past, participle, forms[3] if len(forms) == 4 else regular_gerund(base), is_state)


def regular_past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if base.endswith("y") and not VOWEL_Y.search(base) else f"{base}ed"


def regular_gerund(base: str) -> str:
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    return f"{base[:-1]}ing" if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else f"{base}ing"


# What stands for a verb in a clause


def finite(of: Verb, state: EventState, *, plural: bool) -> str:
    """ "had not been sent", "were likely to be sent": in the tense of “X said that …”. The state is not open."""
    return FINITE[state.status](of, state, "were" if plural else "was", plural)


def gerund(of: Verb, state: EventState) -> str:
    """ "being sent", "not being sent": what is only mentioned."""
    return f"not {of.gerund}" if state.negative else of.gerund


def infinitive(of: Verb, state: EventState) -> str:
    return f"not to {of.base}" if state.negative else f"to {of.base}"


def knows(status: str) -> bool:
    return status in FINITE


def joined(*words: str) -> str:
    return " ".join(filter(None, words))


def no(state: EventState) -> str:
    return "not" if state.negative else ""


def probably(state: EventState) -> str:
    return "probably" if state.certainty == "probable" else ""


def happened(of: Verb, state: EventState, be: str, plural: bool) -> str:
    if state.certainty == "possible":
        return joined("might", no(state), "have", of.participle)
    return joined("had", probably(state), no(state), of.participle)


def ongoing(of: Verb, state: EventState, be: str, plural: bool) -> str:
    if of.is_state:
        return simple(of, state, be, plural)
    if state.certainty == "possible":
        return joined("might", no(state), "be", of.gerund)
    return joined(be, probably(state), no(state), of.gerund)


def expected(of: Verb, state: EventState, be: str, plural: bool) -> str:
    if state.certainty == "possible":
        return joined("might", no(state), of.base)
    if state.modality == "predicted":
        return joined("would", probably(state), no(state), of.base)
    if state.certainty == "probable":
        return joined(be, "unlikely" if state.negative else "likely", "to", of.base)
    return joined(be, "expected", no(state), "to", of.base)


def unrealised(of: Verb, state: EventState, be: str, plural: bool) -> str:
    adverb = {"probable": "probably", "possible": "possibly"}.get(state.certainty, "")
    return joined(be, adverb, no(state), "to", of.base)


def simple(of: Verb, state: EventState, be: str, plural: bool) -> str:
    """The past of a habit or a state: "were not sent", "did not pay"."""
    if state.certainty == "possible":
        return joined("might", no(state), of.base)
    if not state.negative:
        return joined(probably(state), of.past(plural=plural))
    rest = of.base.removeprefix("be").lstrip()
    return (
        joined(be, probably(state), "not", rest) if of.is_be else joined("probably" * bool(probably(state)), "did not", of.base)
    )


FINITE = {"happened": happened, "ongoing": ongoing, "expected": expected, "unrealised": unrealised, "general": simple}
