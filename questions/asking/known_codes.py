"""Codes that are asked for and that nothing can have: refused, since an empty answer to them would look like a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from annotations.scheme.view import Json
from corpus.models import Article, Outlet
from questions.address.question import AddressError
from questions.asking.asker import Asker, NotThere
from questions.wording.code_names import WORKPLACE, CodeNames

# Parameters whose codes are the choices of an attribute of the scheme.
OF_ATTRIBUTES = ("status", "polarity", "certainty", "use", "modality", "evidence", "reliability", "credibility")
CODED = (*OF_ATTRIBUTES, "figure", "tie", "currency", "attr", "part")
OF_PARTS, FURTHER_PARTS = ("status", "polarity", "use"), ("counted", "no_figure", "open")


def check_codes(asker: Asker) -> None:
    """Raises AddressError for a code that neither the scheme nor an article of the corpus has, NotThere for an outlet or article that the
    corpus does not have. Types, labels, measures and checks are looked up where they are asked for."""
    asked = asker.question.given
    if not asked.keys().isdisjoint(CODED):
        check_coded(asker, CodeNames(asker.scheme))
    check_articles(asker)


def check_coded(asker: Asker, names: CodeNames) -> None:
    """Raises AddressError."""
    asked = asker.question.given
    for name in (*OF_ATTRIBUTES, "figure", "tie", "currency"):
        if name in asked and asked[name] != "1":
            refuse_unknown(name, asker.question.codes(name), known(name, names))
    if "attr" in asked:
        for pair in asked["attr"].split(","):
            check_attribute("attr", pair, names.own)
    if "part" in asked:
        parts = (code for name in OF_PARTS for code in names.choices.get(name, {}))
        refuse_unknown("part", [asked["part"]], dict.fromkeys([*FURTHER_PARTS, *parts]))


def known(name: str, names: CodeNames) -> Collection[str]:
    """The codes that a parameter may have."""
    if name == "type":
        return names.types
    if name in ("label", "figure"):
        return names.labels
    if name == "tie":
        return [*names.scheme.places["roles"], WORKPLACE]
    return names.scheme.currencies if name == "currency" else names.choices.get(name, {})


def refuse_unknown(name: str, codes: Iterable[str], codes_known: Collection[str]) -> None:
    """Raises AddressError for the first code that is not known."""
    for code in codes:
        if code not in codes_known:
            raise AddressError(name, f"has no “{code}”; use one of {', '.join(codes_known) or 'none'}")


def check_attribute(name: str, pair: str, attributes: Mapping[str, Json]) -> None:
    """Of an attribute with choices, the value is one of them. Raises AddressError."""
    attribute, _, _value = pair.partition(":")
    refuse_unknown(name, [attribute], attributes)
    pairs = [f"{attribute}:{choice['code']}" for choice in attributes[attribute].get("choices") or []]
    if pairs:
        refuse_unknown(name, [pair], pairs)


def check_articles(asker: Asker) -> None:
    """Raises NotThere, AddressError."""
    asked, articles = asker.question.given, Article.objects.filter(corpus=asker.corpus).order_by()
    if "outlet" in asked and not Outlet.objects.filter(corpus=asker.corpus, name=asked["outlet"]).exists():
        raise NotThere("outlet")
    if "article" in asked and not articles.filter(pk=asked["article"]).exists():
        raise NotThere("article")
    for code in asker.question.codes("language"):
        if not articles.filter(language=code).exists():
            languages = articles.exclude(language="").values_list("language", flat=True).distinct().order_by("language")
            refuse_unknown("language", [code], list(languages))
