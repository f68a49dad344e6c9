"""What a page of the web says of itself: title, byline, outlet, language, address, day of publication.

What the page states in so many words for machines (JSON-LD of schema.org, then Open Graph and `meta`)
comes first; then what it shows. Only the date may be inferred, and then says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import htmldate
from trafilatura.metadata import examine_meta, extract_author, extract_meta_json, extract_sitename, extract_title

from corpus.provenance.sites import same_author

# schema.org: Article and what is one.
_ARTICLE = re.compile(r"(?:News|Blog|Report|Analysis|Opinion|Review|Background|Ask|Tech|Social)?\w*(?:Article|Posting|Report)\Z")
# Left over from XHTML.
WRAPPED = re.compile(r"^\s*+(?:/\*|//)?\s*+<!\[CDATA\[(?:\s*+\*/)?|(?:(?:/\*|//)\s*+)?\]\]>(?:\s*+\*/)?\s*+$")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d])")
_DATES = (
    "//meta[@property='article:published_time' or @name='article:published_time' or @property='og:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='DC.date.issued' or @name='dcterms.created' or @name='pubdate' or @name='publishdate' or @name='publish-date']/@content",
)
# Parts of a page that speak of other things than its article.
_WORDS = ("menu", "nav", "sidebar", "login", "account", "comment", "related")
_ELSEWHERE = "//nav | //aside | //footer" + "".join(
    f" | //*[self::div or self::ul or self::section][contains(@class, '{word}') or contains(@id, '{word}')]" for word in _WORDS
)
TITLE_MAX = 300
# Letters and digits of a heading that is no button.
LEAST = 6


@dataclass(frozen=True, slots=True)
class Facts:
    """Blank where the page does not say."""

    title: str = ""
    byline: str = ""
    outlet: str = ""
    language: str = ""
    url: str = ""
    claimed: str = ""
    """An address of another site than `url`, that the page names as its own."""
    published: str = ""
    published_basis: str = ""


def facts_of(tree: Any, url: str) -> Facts:
    """`tree`: of lxml.html. `url`: where the page was found, blank where that is not known."""
    stated = next(articles(tree), {})
    known = known_to_trafilatura(tree)
    own, claimed = address(tree, url)
    published, basis = day_of(tree, stated, url)
    return Facts(
        title=title_of(tree, stated, known.title or extract_title(tree) or ""),
        byline=" ".join((names(stated.get("author")) or known.author or author(tree)).split()),
        outlet=" ".join((names(stated.get("publisher")) or site(tree, known.sitename or "")).split()),
        language=first(tree, "/html/@lang")
        or first(tree, "//meta[@http-equiv='content-language' or @http-equiv='Content-Language']/@content"),
        url=own,
        claimed=claimed,
        published=published,
        published_basis=basis,
    )


def author(tree: Any) -> str:
    """As the page shows it, beside the article: a menu's "Username" and the author of another article are none of its own."""
    page = deepcopy(tree)
    for node in page.xpath(_ELSEWHERE):
        node.drop_tree()
    return extract_author(page) or ""


def known_to_trafilatura(tree: Any) -> Any:
    """What its `extract_metadata` takes from `meta` and JSON-LD. All of that function costs as much as finding the text: mostly for
    what we ask only where the page states none (day, author), and for what we do not ask (categories, tags, licence).
    """
    known = examine_meta(tree)
    if known.author and " " not in known.author:
        known.author = None  # an account, not a name
    with suppress(AttributeError, LookupError, TypeError, ValueError):  # it stumbles over much of the web's JSON-LD
        known = extract_meta_json(tree, known)
    known.clean_and_trim()
    return known


def site(tree: Any, known: str) -> str:
    return first(tree, "//meta[@property='og:site_name']/@content") or (known or extract_sitename(tree) or "").lstrip("@")


def articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The articles among the JSON-LD of the page."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            parsed = json.loads(WRAPPED.sub("", script), strict=False)
        except (ValueError, RecursionError):
            continue  # much of the web's JSON-LD is broken; the page says the same elsewhere
        yield from (node for node in nodes(parsed) if is_article(node))


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    todo = [value]
    while todo:
        at = todo.pop(0)
        if isinstance(at, list):
            todo += at
        elif isinstance(at, dict):
            yield at
            todo += [at[key] for key in ("@graph", "mainEntity") if key in at]


def is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.match(kind) for kind in kinds)


def names(value: Any) -> str:
    """Of persons and organisations, as schema.org has them: text, an object, or several of these."""
    several = value if isinstance(value, list) else [value]
    candidates = [one.get("name") if isinstance(one, dict) else one for one in several]
    return "; ".join(dict.fromkeys(name for name in candidates if isinstance(name, str) and name and "://" not in name))


def first(tree: Any, path: str) -> str:
    return next((" ".join(str(value).split()) for value in tree.xpath(path) if str(value).strip()), "")


# The title


def title_of(tree: Any, stated: dict[str, Any], known: str) -> str:
    """The heading that the page's own title has in it, best in front: it comes without the name of the outlet."""
    window = [first(tree, "//title/text()"), first(tree, "//meta[@property='og:title']/@content"), known]
    headings = [" ".join("".join(node.itertext()).split()) for node in tree.iter("h1", "h2")]
    headline = stated.get("headline")
    headline = " ".join(headline.split()) if isinstance(headline, str) else ""
    inside = [
        heading
        for heading in (headline, *headings)
        if len(letters(heading)) >= LEAST and len(heading) <= TITLE_MAX and title_position(heading, window)
    ]
    if inside:
        return min(inside, key=lambda heading: (title_position(heading, window), -len(heading)))
    return headline[:TITLE_MAX] or " ".join(known.split()) or window[0]


def title_position(heading: str, titles: list[str]) -> int:
    """0: in none of the titles, 1: in front of one, 2: elsewhere in one."""
    plain = [letters(title) for title in titles]
    wanted = letters(heading)
    return 1 if any(title.startswith(wanted) for title in plain) else 2 * any(wanted in title for title in plain)


def letters(content: str) -> str:
    return re.sub(r"[\W_]+", "", content).lower()


# The day


def day_of(tree: Any, stated: dict[str, Any], url: str) -> tuple[str, str]:
    """EDTF and how it is known: the page states it, or it is inferred from what else stands there."""
    for value in (stated.get("datePublished"), *(first(tree, path) for path in _DATES)):
        if published := day(value):
            return published, "stated"
    inferred = htmldate.find_date(tree, url=url or None, original_date=True, extensive_search=True)
    return (inferred, "inferred") if inferred else ("", "")


def day(value: Any) -> str:
    """Year, month and day as far as they are given; the hour of publication is of no use to a report."""
    match = _DAY.match(value.strip()) if isinstance(value, str) else None
    return "-".join(part for part in match.groups() if part) if match and 1900 <= int(match[1]) <= 2100 else ""


# The address


def address(tree: Any, url: str) -> tuple[str, str]:
    """The address of the page, and the one of another author that it names as its own. `url`: where it was found."""
    href = first(tree, "//link[@rel='canonical']/@href") or first(tree, "//meta[@property='og:url']/@content")
    canonical = urljoin(url, href) if href else ""
    parts = urlsplit(canonical)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return url, ""
    return (canonical[:2000], "") if not url or same_author(canonical, url) else (url, canonical[:2000])
