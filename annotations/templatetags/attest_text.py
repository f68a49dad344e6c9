"""Text into HTML, character by character: what a browser reads back is what was stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotations.text.page_blocks import Block, Chunk

register = template.Library()

# Where a page is cut in two. Nobody else's words can say it: they are escaped.
SEAM = mark_safe("<>")


@register.filter
def exact(text: str) -> SafeString:
    """Escaped, with carriage returns as references: a parser of HTML turns bare ones into line feeds."""
    return mark_safe(escape(text).replace("\r", "&#13;"))  # noqa: S308 - escaped in this very line


@register.simple_tag
def paper(chunks: Iterable[Chunk]) -> SafeString:
    """The text in its chunks and blocks. No template: a long text has a thousand blocks."""
    return mark_safe("\n".join(map(section, chunks)))  # noqa: S308 - all that is anybody's is escaped below


def section(chunk: Chunk) -> str:
    return "\n".join([f'<section class="chunk" data-h="{chunk.height}">', *map(paragraph, chunk.blocks), "</section>"])


def paragraph(block: Block) -> str:
    """No white space between the tags of a block: it would count as text."""
    facts = f'data-start="{block.start}" data-kind="{escape(block.kind)}" data-block="{block.number}"'
    gap = f'<span class="gap">{exact(block.gap)}</span>' if block.gap else ""
    return f'<p dir="auto" {facts}{' class="continued"' if block.continued else ""}>{exact(block.text)}{gap}</p>'


def data_block(text: str) -> SafeString:
    """JSON for a script element of that type: nothing in it can end the element or begin a comment."""
    return mark_safe(text.replace("<", "\\u003c"))  # noqa: S308 - no tag is left
