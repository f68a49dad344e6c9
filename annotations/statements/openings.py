"""Who says it, and how: "An unnamed manager told Daily NK that", "Daily NK reported in its headline that".

Pure. The words for modalities and kinds of evidence are the scheme's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.native.view import Object
from annotations.statements.clauses import spelled
from annotations.statements.names import BRACKETED, Phrase, described, is_, is_plural, listed, of_entity, plain, proper, takes

TELLS = ("told", "tells")
NOWHERE = "The article (outlet not recorded)"
PLACES = {"title": "in its headline", "caption": "in a caption"}
PLAIN = ("", "asserted", "reported")  # modalities that need no word of their own
NO_SOURCE, NOT_CHOSEN, NOT_ATTRIBUTED = "no source named", "source not chosen", "not attributed"


@dataclass(frozen=True)
class Opening:
    """`who`, `verb` and `how` make "Daily NK reported, on the basis of a photograph," and `bracket` closes the sentence.

    `utterance`: "an allegation", where it is more than a statement.
    """

    who: str
    verb: str
    how: str = ""
    bracket: str = ""
    modality: str = ""
    utterance: str = ""

    @property
    def is_present(self) -> bool:
        """Of an article whose outlet nobody knows, which is there to be read."""
        return self.who == NOWHERE

    def that(self, manner: str = "") -> str:
        """`manner`: "in general terms"."""
        if not self.verb:
            return f"According to {self.who},{f' {self.how},' if self.how else ''}{f' {manner},' if manner else ''}"
        return f"{first_upper(self.who)} {self.verb}{f' {manner}' if manner else ''}{f', {self.how},' if self.how else ''} that"

    def mentions(self) -> str:
        """With a verb that asserts nothing, in place of its own."""
        verb = "mentions" if self.is_present else "mentioned"
        if self.utterance:
            verb = f"{'speaks' if self.is_present else 'spoke'}, in {self.utterance}, of"
        return f"{first_upper(self.who)} {verb}{f', {self.how},' if self.how else ''}"

    def utters(self) -> str:
        """The words before a quotation: "The ministry denied", "Daily NK carried a statement:"."""
        clause = self.that().removesuffix(" that")
        return f"{clause}:" if self.verb.startswith("carrie") else clause

    def gives(self) -> str:
        return f"{first_upper(self.who)} {'gives' if self.is_present else 'gave'} the figure of"


def opening(view: DocumentView, claim: Object, offset: int) -> Opening:
    """Of what stands at `offset`, under its claim."""
    if is_narrated(view, claim):
        return narrated(view, claim, offset)
    modality = spelled(claim.get("modality"))
    source = source_of(view, claim)
    utterance = "" if modality in PLAIN else str(words(view, "carried").get(modality, ""))
    if source is None:
        return replace(without_source(view, claim, offset), modality=modality, utterance=utterance)
    how = str(words(view, "evidence").get(str(claim.get("evidence")), ""))
    if is_document(view, claim):
        how = "" if claim.get("evidence") == "document" else how
        return Opening(
            source.text, "" if modality in PLAIN else verb_of(view, modality), how, modality=modality, utterance=utterance
        )
    if source.key and source.key == view.facts.get("outlet"):
        verb = "reported" if modality in ("asserted", "reported") else verb_of(view, modality)
        return Opening(source.text, verb, how, modality=modality, utterance=utterance)
    hearer = view.once("hearer", str(claim.get("id")), lambda: told_to(view, claim)) if modality == "asserted" else ""
    verb = f"told {hearer}" if hearer else verb_of(view, modality)
    return Opening(source.text, verb, how, modality=modality, utterance=utterance)


def words(view: DocumentView, name: str) -> Mapping[str, Any]:
    patterns: Mapping[str, Any] = view.scheme.sentences.get(name) or {}
    return patterns


def verb_of(view: DocumentView, modality: str) -> str:
    """ "alleged"; empty where nobody said how it was put."""
    return str(words(view, "said").get(modality) or modality)


def is_narrated(view: DocumentView, claim: Object) -> bool:
    default = view.doc.get("default_attribution") or {}
    return not claim or claim.get("id") == default.get("id")


def narrated(view: DocumentView, claim: Object, offset: int) -> Opening:
    """What no claim covers stands in the article. That its outlet says so in its own words is for a person to say: by a claim."""
    kind = next((segment["kind"] for segment in view.segments if segment["start"] <= offset < segment["end"]), "")
    where = PLACES.get(kind, "")
    modality = spelled(claim.get("modality"))
    verb = verb_of(view, modality) if modality not in PLAIN else ""
    if not view.outlet:
        return Opening(NOWHERE, f"{verb or 'states'} {where}".strip(), modality=modality)
    return Opening(view.outlet, f"{verb or 'reported'} {where}".strip(), bracket=NOT_ATTRIBUTED, modality=modality)


def without_source(view: DocumentView, claim: Object, offset: int) -> Opening:
    """ "Daily NK carried a prediction that … (no source named)"; what nobody has given a source is not the outlet's word either."""
    modality = spelled(claim.get("modality"))
    is_none = claim.get("source_basis") == "none"
    if is_none and modality in PLAIN:
        return replace(narrated(view, claim, offset), bracket=NO_SOURCE)
    noun = str(words(view, "carried").get(modality) or "a statement")
    verb = f"{'carried' if view.outlet else 'carries'} {noun}"
    return Opening(view.outlet or NOWHERE, verb, bracket=NO_SOURCE if is_none else NOT_CHOSEN)


def source_of(view: DocumentView, claim: Object) -> Phrase | None:
    """The source by name; one that is unnamed as the register or the text describes it."""
    entity, mention = view.entity(claim.get("source_entity")), view.span(claim.get("source_mention"))
    if entity and is_document(view, claim):
        return issued(view, entity, mention)
    if entity and not entity.get("anonymous"):
        return proper(view, entity) if not BRACKETED.fullmatch(str(entity.get("name"))) else of_entity(view, entity)
    if entity:
        name = plain(view, entity).removeprefix("the ").removeprefix("an ").removeprefix("a ")
        plural = is_plural(view, name, str(entity.get("type")))
        return Phrase(f"{'' if plural else 'an '}unnamed {name}", plural, name, str(entity["id"]))
    return described(view, mention, {}) if mention else None


def is_document(view: DocumentView, claim: Object) -> bool:
    """Whether the source is no speaker: one is told "according to" it."""
    return takes(view, "document", (view.entity(claim.get("source_entity")) or {}).get("type"))


def issued(view: DocumentView, document: Object, mention: Object | None) -> Phrase:
    """ "a report by the Panel of Experts": by its name, else in the words of the text, and by whoever somebody said that it is."""
    is_named = mention is None or is_(view, mention, "name")
    phrase = of_entity(view, document) if is_named else described(view, mention or {}, document)
    by = listed(
        proper(view, issuer) for issuer in view.issuers.get(str(document["id"]), []) if str(issuer["name"]) not in phrase.text
    )
    return replace(phrase, text=f"{phrase.text} by {by.text}") if by else phrase


def told_to(view: DocumentView, claim: Object) -> str:
    """Whom it was told, where the cue is "told" and an actor's mark follows it at once."""
    ends = [part["end"] for part in claim.get("cue") or [] if view.text[part["start"] : part["end"]].lower() in TELLS]
    for mention in view.spans() if ends else ():
        start = mention["fragments"][0]["start"]
        if view.scheme.kind(mention["layer"]) == "actor" and any(view.text[end:start].isspace() for end in ends if end < start):
            entity = view.meant({"mention": mention["id"]})
            return (proper(view, entity) if entity else described(view, mention, {})).text
    return ""


def first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
