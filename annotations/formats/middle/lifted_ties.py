"""What ties between the things of a file mean to us: links, roles, sources and cues of claims, what figures count. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.formats.middle.flat import Tie
from annotations.formats.middle.mapping import FIGURE_TIES, OVERLAYS, ROLE

if TYPE_CHECKING:
    from annotations.formats.middle.lift import Lifting

Object = dict[str, Any]
FILLERS = {"actor": "mention", "figure": "mention", "event": "event", "measure_ref": "measure_ref"}
UNMEANT = "relations without a counterpart in the scheme"


class Ties:
    def __init__(self, lifting: Lifting) -> None:
        self.lifting = lifting
        self.lifted, self.book, self.view = lifting.lifted, lifting.book, lifting.view
        self.lose = lifting.lose

    def links(self) -> list[Object]:
        """Puts roles and pointers where they belong; gives the links."""
        for frame in self.lifting.flat.frames:
            for word, filler in frame.arguments:
                self.argue(frame.id, self.book.meant_role(word), word, filler)
        by_ends: dict[tuple[str, str, str], Object] = {}
        claimed: set[str] = set()
        for tie in self.lifting.flat.ties:
            link = self.link_of(tie, claimed)
            if link:
                by_ends[link["source"], link["type"], link["target"]] = link
        for cue in self.lifting.cues.keys() - claimed:
            self.lose("cues without a claim", cue)
        return list(by_ends.values())

    def link_of(self, tie: Tie, claimed: set[str]) -> Object | None:
        meaning = self.book.meant_tie(tie.type)
        if meaning and meaning.startswith(ROLE):
            self.argue(tie.source, meaning.removeprefix(ROLE), tie.type, tie.target)
            return None
        if meaning == "cue" and tie.target in self.lifting.cues and self.kind(tie.source) == "claim":
            claimed.add(tie.target)
            self.lifted[tie.source][1]["cue"] += self.lifting.cues[tie.target]
            return None
        if meaning and self.points(meaning, tie):
            return None
        if meaning and (link := self.link(meaning, tie)):
            return link
        self.lose(UNMEANT, f"{tie.source} {tie.type} {tie.target}")
        return None

    def kind(self, pk: str) -> str:
        return self.lifted[pk][0] if pk in self.lifted else ""

    def argue(self, source: str, role: str | None, word: str, filler: str) -> None:
        if self.kind(source) != "event" or self.kind(filler) not in FILLERS:
            self.lose("roles of events that are left out, or whose filler is", f"{source} {word} {filler}")
            return
        event, (kind, record) = self.lifted[source][1], self.lifted[filler]
        if role not in self.view.roles(event["type"]):
            self.lose("roles of events that are not in the scheme", f"{source} {word} {filler}")
            return
        event["arguments"].append({"role": role, FILLERS[kind]: record["id"]})

    def points(self, meaning: str, tie: Tie) -> bool:
        """A tie that is an attribute of ours."""
        ends = (self.kind(tie.source), self.kind(tie.target))
        source, target = (self.lifted.get(end, ("", {}))[1] for end in (tie.source, tie.target))
        if meaning in FIGURE_TIES and ends in (("figure", "actor"), ("figure", "figure")):
            return self.measured(meaning, source["attributes"], target["id"], ends[1])
        if meaning == "source" and ends == ("claim", "actor"):
            source["source_mention"] = target["id"]
            if not source.get("source_entity"):
                source["source_entity"] = target["attributes"].get("entity")
            return True
        if meaning == "parent" and ends == ("claim", "claim"):
            source["parent"] = target["id"]
            return True
        return False

    @staticmethod
    def measured(meaning: str, attributes: Object, target: str, kind: str) -> bool:
        """Of how many it is said must be known already: the tie alone does not say."""
        if meaning == "per_count":
            if "per_count" in attributes:
                attributes["per_count"]["figure" if kind == "figure" else "mention"] = target
            return "per_count" in attributes
        attributes[meaning] = {"mention": target}
        return True

    def link(self, meaning: str, tie: Tie) -> Object | None:
        kinds = [self.kind(end) for end in (tie.source, tie.target)]
        if kinds not in (["figure", "figure"], ["event", "event"], ["claim", "claim"]):
            return None
        layers = [self.layer(kind, self.lifted[end][1]) for kind, end in zip(kinds, (tie.source, tie.target), strict=True)]
        if meaning not in [link["code"] for link in self.view.link_types(*layers)]:
            return None
        ends = [self.lifted[end][1]["id"] for end in (tie.source, tie.target)]
        return None if ends[0] == ends[1] else {"type": meaning, "source": ends[0], "target": ends[1]}

    def layer(self, kind: str, record: Object) -> str:
        return OVERLAYS[0] if kind == "claim" else str(record["layer"]) if kind == "figure" else self.view.layer_of("event")
