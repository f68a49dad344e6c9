"""LST-02: links to sanctions lists, and how far an entity was looked for in them, go together."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.native.view import Context, Object
from annotations.rules.finding import Finding, finding, name_of

WITHOUT_MATCH = ("no_match", "not_applicable")


def lst_02(entity: Object, context: Context) -> Iterator[Finding]:
    """No entity has a match that stands and none at the same time."""
    links = [link for link in entity.get("list_links") or [] if link.get("match") != "rejected"]
    if links and entity.get("screening") in WITHOUT_MATCH:
        screening, link = entity["screening"], links[0]
        detail = f"screening is {screening!r} beside the link {link['list']} {link['entry']}, which is {link['match']}"
        yield finding(context, "LST-02", detail, name_of(entity), at="screening")
