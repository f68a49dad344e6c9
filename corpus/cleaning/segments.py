"""What each stretch of a clean text is for: title, lead, paragraph or caption; and what in it
is never marked: credits and markers.

Only signs in the text itself are read, from the table below; no outlet's name is in it.

title      the first block, if it is one line that does not end a sentence, of 200 code points
           or fewer, with another block behind it.
caption    a block of 600 code points or fewer that begins with a marker (▲ and its like, alone: where
           neighbouring blocks begin so too it is a list), or ends with a credit ("Image: …",
           "사진=…", "(Photo: …)"), or begins with the word for a picture and a colon.
lead       the first block after the title that is not a caption, if a paragraph comes after it; of a
           list its first line.
           A text without a title has no lead: its first paragraph may be anything.
paragraph  everything else. A block that keeps its breaks is one paragraph if it is verse or a
           table; of a list or of long lines each line is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from corpus.cleaning.blocks import Block, blocks

TITLE_MAX = 200
CAPTION_MAX = 600
LONG_LINE = 80

MARKERS = "▲△▼▽◀▶◁▷◄►↑↓←→"
# Words that stand before the name of a photographer, an agency or an outlet under a picture.
CREDIT_WORDS = """
Image|Images|Photo|Photos|Photograph|Photography|Picture|Pictures|Graphic|Graphics|Credit|Courtesy
Photo credit|Image credit|Picture credit|Photo courtesy|Image courtesy|Photo by|Photograph by|Image by
Courtesy of|Photo courtesy of|Image courtesy of|Crédit photo|Crédits photo|Photographie|Illustration
Foto|Fotos|Bild|Bildquelle|Quelle|Imagen|Fotografía|Crédito|Imagem|Fotografia|Immagine|Beeld
Фото|Фотография|Изображение|Зображення|사진|사진제공|사진 제공|사진출처|사진 출처|이미지|이미지 출처|그래픽
写真|写真提供|画像|提供|图片|图片来源|图|图源|供图|摄影|圖片|圖片來源|圖|攝影|صورة|الصورة|تصوير|عکس|תמונה|צילום|Ảnh|Hình|ภาพ
""".strip().replace("\n", "|")

_WORDS = "|".join(sorted(map(re.escape, CREDIT_WORDS.split("|")), key=len, reverse=True))
# The name after the word: 80 code points at most, and no sentence in it.
_NAME = r"[^\n.。!?！？:：=]{0,79}[^\s.。!?！？:：=)\]）】]"
_LINK = r"\s?[:：=＝]\s?"
_CREDIT_TAILS = (
    re.compile(rf"(?<![^\W_])(?i:{_WORDS}){_LINK}{_NAME}\.?\Z"),
    re.compile(rf"(?<![^\W_])(?:{_WORDS}) (?<=by |of ){_NAME}\.?\Z"),
    re.compile(rf"[(\[（【/]\s?(?i:{_WORDS}){_LINK}{_NAME}[)\]）】]?\.?\Z"),
    re.compile(rf"[(\[（【](?:{_NAME}[ /])?(?:{_WORDS})(?:[ /]{_NAME})?[)\]）】]\.?\Z"),
)
_CAPTION_HEAD = re.compile(rf"(?:\(|\[|（|【)?(?i:caption|{_WORDS})\s?[:：=＝]")
_MARKER_HEAD = re.compile(rf"[{MARKERS}](?=\s|\w)")
_SENTENCE_END = re.compile(r"[.。।۔;；:：]['\"’”»）)\]」』]*\Z")


@dataclass(frozen=True, slots=True)
class TextSegment:
    """`text[start:end]` with one function. Code points."""

    id: str
    kind: str
    start: int
    end: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class TextZone:
    """Words inside a segment that are never marked; `quote` is `text[start:end]`."""

    kind: str
    segment: str
    start: int
    end: int
    quote: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def segment(text: str, known: Sequence[tuple[str, int, int]] = ()) -> tuple[TextSegment, ...]:
    """The segments of a clean text, in order. Between them is only white space.

    `known`: (kind, start, end) of titles and captions that the source names; they come before all signs.
    """
    text_blocks = list(blocks(text))
    kinds = _kinds(text, text_blocks, [_known_kind(block, known) for block in text_blocks])
    return _numbered(
        ("paragraph" if kind == "lead" and n else kind, start, end)
        for kind, block in zip(kinds, text_blocks, strict=True)
        for n, (start, end) in enumerate(_stretches(kind, block))
    )


def plain_segments(text: str) -> tuple[TextSegment, ...]:
    """A paragraph for each block of whole lines, white space at their ends included."""
    return _numbered(("paragraph", b[0].full_start, b[-1].full_end) for b in blocks(text))


def zones(text: str, segments: Sequence[TextSegment]) -> tuple[TextZone, ...]:
    """The credits and markers of the captions, in order."""
    return tuple(
        TextZone(kind, part.id, start, end, text[start:end])
        for part in segments
        if part.kind == "caption"
        for kind, start, end in _marks(text, part)
    )


def _marks(text: str, part: TextSegment) -> Iterator[tuple[str, int, int]]:
    quote = text[part.start : part.end]
    marked = _MARKER_HEAD.match(quote)
    if marked:
        yield "marker", part.start, part.start + 1
    credit = _credit(quote)
    if credit:
        yield "credit", part.start + credit[0], part.start + credit[1]


def _credit(quote: str) -> tuple[int, int] | None:
    """Where the credit at the end of a caption is, or None."""
    tail = max(0, len(quote) - 160)
    starts = [match.start() for rule in _CREDIT_TAILS if (match := rule.search(quote, tail))]
    return (min(starts), len(quote)) if starts else None


def _known_kind(block: Block, known: Sequence[tuple[str, int, int]]) -> str:
    start, end = block[0].start, block[-1].end
    return next((kind for kind, a, b in known if a <= start and end <= b), "")


def _kinds(text: str, text_blocks: Sequence[Block], known: Sequence[str]) -> list[str]:
    quotes = [text[block[0].start : block[-1].end] for block in text_blocks]
    marked = [bool(_MARKER_HEAD.match(quote)) for quote in quotes]
    kinds = [known[n] or ("caption" if _is_caption(quote, marked, n) else "paragraph") for n, quote in enumerate(quotes)]
    if len(text_blocks) > 1 and (kinds[0] == "title" or (kinds[0] == "paragraph" and _is_title(text_blocks[0], quotes[0]))):
        kinds[0] = "title"
        bodies = [n for n, kind in enumerate(kinds) if kind == "paragraph"]
        if len(bodies) > 1:
            kinds[bodies[0]] = "lead"
    return kinds


def _is_title(block: Block, quote: str) -> bool:
    return len(block) == 1 and len(quote) <= TITLE_MAX and not _SENTENCE_END.search(quote[-8:])


def _is_caption(quote: str, marked: Sequence[bool], n: int) -> bool:
    if len(quote) > CAPTION_MAX:
        return False
    in_list = marked[n] and (True in marked[max(0, n - 1) : n] or True in marked[n + 1 : n + 2])
    alone = marked[n] and not in_list
    return alone or bool(_CAPTION_HEAD.match(quote)) or _credit(quote) is not None


def _stretches(kind: str, block: Block) -> Iterator[tuple[int, int]]:
    apart = any(line.is_item for line in block[1:]) or all(line.width > LONG_LINE or line.ends_clause for line in block)
    if len(block) > 1 and apart and kind != "caption":
        yield from ((line.start, line.end) for line in block)
    else:
        yield block[0].start, block[-1].end


_PREFIX = {"caption": "cap", "paragraph": "p"}


def _numbered(parts: Iterable[tuple[str, int, int]]) -> tuple[TextSegment, ...]:
    counts = dict.fromkeys(_PREFIX, 0)
    made = []
    for kind, start, end in parts:
        code = kind
        if kind in counts:
            counts[kind] += 1
            code = f"{_PREFIX[kind]}{counts[kind]}"
        made.append(TextSegment(code, kind, start, end))
    return tuple(made)
