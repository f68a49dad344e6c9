"""A native document to read from: what marks, roles and references say in words.

Pure. Takes what is derived (`triggers`, `attribution`) as it stands in the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from annotations.derived.rates import conversions
from annotations.native.annotated import Annotated, is_draft
from annotations.native.view import NativeContext, Object
from annotations.unstated.answers import is_stated

GAP = " … "  # between the fragments of a quotation
REFERENCES = ("mention", "entity", "event", "measure_ref", "figure")


class DocumentView(NativeContext):
    def __init__(self, annotated: Annotated) -> None:
        super().__init__(annotated.native, annotated.text, annotated.view)
        self.sentences: dict[tuple[str, str], str] = {}  # what `statements` has made already
        self.worked_out: dict[tuple[str, str], Any] = {}  # what it has looked up already, by what it is and of what

    def once(self, name: str, pk: str, look_up: Callable[[], Any]) -> Any:
        """Looked up once for an object: the document does not change."""
        key = (name, pk)
        if key not in self.worked_out:
            self.worked_out[key] = look_up()
        return self.worked_out[key]

    # The document

    @property
    def draft(self) -> bool:
        """Whether the marks are not submitted."""
        return is_draft(self.doc)

    @property
    def facts(self) -> Object:
        return self.doc.get("document") or {}

    @cached_property
    def key(self) -> str:
        """How the corpus calls the text."""
        return str(self.facts.get("key") or self.facts.get("id") or "")

    @cached_property
    def outlet(self) -> str:
        """Its name; the document has the id of an entity where there is one for it."""
        outlet = self.facts.get("outlet")
        return str((self.entity(outlet) or {}).get("name") or outlet or "")

    @cached_property
    def publisher(self) -> str:
        """The outlet; a name that is only claimed says by whom."""
        return self.outlet or self.only_claimed("outlet", self.facts.get("claimed_outlet"))

    @cached_property
    def address(self) -> str:
        """Where it was published; an address that is only claimed says by whom."""
        return str(self.facts.get("url") or "") or self.only_claimed("address", self.facts.get("claimed_url"))

    def only_claimed(self, what: str, claim: Any) -> str:
        return f"{claim} ({what} as claimed by {self.facts.get('claimed_by') or 'somebody'})" if claim else ""

    @property
    def published(self) -> Object:
        return self.facts.get("published") or {}

    # Words

    def quote(self, fragments: Iterable[Mapping[str, Any]]) -> str:
        return GAP.join(self.text[part["start"] : part["end"]] for part in fragments)

    def words(self, reference: Any) -> str:
        """What a reference ({"mention": id}, {"entity": id}, …) points at: the words in the text, else a name."""
        if not isinstance(reference, Mapping):
            return ""
        kind, pk = target(reference)
        if kind == "entity":
            return str((self.entity(pk) or {}).get("name", ""))
        if kind == "event":
            return self.trigger_words(self.event(pk) or {})
        mark = self.citation(pk) if kind == "measure_ref" else self.span(pk)
        return self.quote(mark["fragments"]) if mark else ""

    def trigger_words(self, event: Object) -> str:
        return "; ".join(self.words({"mention": pk}) for pk in event.get("triggers") or [])

    def meant(self, reference: Any) -> Object:
        """The entity that a reference means, itself or by its mark; {} where there is none."""
        if not isinstance(reference, Mapping):
            return {}
        mention = self.span(reference.get("mention")) or {}
        pk = reference.get("entity") or (mention.get("attributes") or {}).get("entity")
        return self.entity(pk) or {}

    @cached_property
    def meaning(self) -> dict[str, list[Object]]:
        """The marks that mean an entity, by its id, in the order of the document."""
        marks: dict[str, list[Object]] = {}
        for mention in self.spans():
            if pk := (mention.get("attributes") or {}).get("entity"):
                marks.setdefault(str(pk), []).append(mention)
        return marks

    @cached_property
    def conversions(self) -> set[str]:
        """Figures that only restate another one in a second currency."""
        return conversions(self)

    @cached_property
    def filled(self) -> dict[str, list[Object]]:
        """The events in which a mark fills a role, by the id of the mark."""
        fillers: dict[str, list[Object]] = {}
        for event in self.events():
            for pk in dict.fromkeys(argument.get("mention") for argument in event["arguments"]):
                fillers.setdefault(str(pk), []).append(event)
        return fillers

    # Who says so

    def claimed(self, pk: str | None) -> Object:
        """The claim of that id, which may be the narrator's; {} for none."""
        default: Object = self.doc.get("default_attribution") or {}
        return default if pk and pk == default.get("id") else self.claim(pk) or {}

    @cached_property
    def claims_of_marks(self) -> set[str]:
        """The claims that are the innermost one of a figure or a trigger: the others say something in their own words alone."""
        events = {pk for event in self.events() for pk in event.get("attributions") or ()}
        return events | {str(mention["attribution"]) for mention in self.spans() if mention.get("attribution")}

    @cached_property
    def issuers(self) -> dict[str, list[Object]]:
        """Of a document, by its id, the entities that issued it, as people related them."""
        types = {each["code"] for each in self.scheme.entity_relations if each.get("origin")}
        issuers: dict[str, list[Object]] = {}
        for relation in self.relations():
            if relation["type"] in types and (issuer := self.entity(relation["target"])):
                issuers.setdefault(str(relation["source"]), []).append(issuer)
        return issuers

    def source(self, claim: Object) -> str:
        """The entity that says it, by name; empty where the text names no source."""
        return str((self.entity(claim.get("source_entity")) or {}).get("name", "")) or self.narrated(claim)

    def narrated(self, claim: Object) -> str:
        default = self.doc.get("default_attribution") or {}
        return self.outlet if claim and claim.get("id") == default.get("id") else ""

    def described(self, claim: Object) -> str:
        """The source as the text describes it; where another place does, its name."""
        return self.words({"mention": claim.get("source_mention")}) or self.source(claim)

    # Where

    @cached_property
    def _segments(self) -> list[tuple[Object, str]]:
        """Each segment with its name: "title", "paragraph 3"; one that is alone in its kind has no number."""
        kinds = [segment["kind"] for segment in self.segments]
        return [
            (segment, kind if kinds.count(kind) == 1 else f"{kind} {kinds[: index + 1].count(kind)}")
            for index, (segment, kind) in enumerate(zip(self.segments, kinds, strict=True))
        ]

    def paragraph(self, offset: int) -> str:
        return next((name for segment, name in self._segments if segment["start"] <= offset < segment["end"]), "")

    def choice_name(self, attribute: str, value: Any, among: Iterable[Object]) -> str:
        """A choice by its name in the scheme; of "average / mean" the first, of "loan (lender = payer)" what stands outside.
        Nothing where it is open or not stated."""
        if not is_stated(value):
            return ""
        definition = next((entry for entry in among if entry["code"] == attribute), {})
        choices = definition.get("choices") or []
        return (
            next((str(choice["name"]) for choice in choices if choice["code"] == value), str(value))
            .split(" / ")[0]
            .split(" (")[0]
        )


def target(reference: Mapping[str, Any]) -> tuple[str, str | None]:
    """The kind and the id of what is pointed at; of several, the first that is given."""
    return next(((kind, reference[kind]) for kind in REFERENCES if reference.get(kind)), ("", None))
