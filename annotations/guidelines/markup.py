"""Markdown of a guideline as HTML.

Only the shapes below come through; HTML in the text is text, an image is its description, and a link leads to a page of
Attest or to http(s). Everything that a person wrote is escaped by Django.
"""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
SHAPES = {
    "paragraph": "<p>{}</p>",
    "bullet_list": "<ul>{}</ul>",
    "ordered_list": "<ol>{}</ol>",
    "list_item": "<li>{}</li>",
    "blockquote": "<blockquote>{}</blockquote>",
    "strong": "<strong>{}</strong>",
    "em": "<em>{}</em>",
    "table": '<table class="table">{}</table>',
    "thead": "<thead>{}</thead>",
    "tbody": "<tbody>{}</tbody>",
    "tr": "<tr>{}</tr>",
    "th": '<th scope="col">{}</th>',
    "td": "<td>{}</td>",
}
LITERALS = {
    "code_inline": "<code>{}</code>",
    "code_block": "<pre><code>{}</code></pre>",
    "fence": "<pre><code>{}</code></pre>",
}
# The page has the first level and the title of the guideline the second.
HIGHEST_HEADING, LOWEST_HEADING = 3, 6
SAFE_ADDRESS = re.compile(r"https?://|/(?!/)", re.IGNORECASE)


def html_of(body: str) -> str:
    """The text as HTML for a template."""
    return html(SyntaxTreeNode(PARSER.parse(body)))


def html(node: SyntaxTreeNode) -> str:
    """One node with all in it."""
    if node.type in LITERALS:
        return format_html(LITERALS[node.type], node.content)
    if node.type == "hr":
        return format_html("<hr>{}", "")
    if node.type == "hardbreak":
        return format_html("<br>{}", "")
    if node.type == "softbreak":
        return "\n"
    if not node.children:
        return format_html("{}", node.content)
    inner = format_html_join("", "{}", ((html(child),) for child in node.children))
    if node.type == "heading":
        level = min(HIGHEST_HEADING - 1 + int(node.tag[1:]), LOWEST_HEADING)
        return format_html("<h{}>{}</h{}>", level, inner, level)
    if node.type == "link" and SAFE_ADDRESS.match(address := str(node.attrs.get("href", ""))):
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', address, inner)
    # A list without blank lines has paragraphs that are not to be seen.
    if node.type == "paragraph" and node.hidden:
        return inner
    return format_html(SHAPES.get(node.type, "{}"), inner)
