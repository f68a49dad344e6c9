"""What a printed page says, and whether one thing lies upon another."""

from contextlib import closing
from itertools import combinations

import pypdfium2

SAME_LINE = 0.5  # points
LETTER = 4  # points


def words_of(pdf):
    """All text, in one line. A hyphen at the end of a line is one that was there before."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join("\n".join(pages).replace("\ufffe", "-").split())


def letters_of(pdf):
    """Without any space: a long address is broken over lines."""
    return "".join(words_of(pdf).split())


def pages_of(pdf):
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return len(document)


def piled(pdf):
    """Pairs of words that lie upon each other."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [pair for page in document for pair in piled_on(page.get_textpage())]


def piled_on(text):
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    pairs = [(one, other) for one, other in combinations(boxes, 2) if is_piled(one, other)]
    return [(text.get_text_bounded(*one), text.get_text_bounded(*other)) for one, other in pairs]


def is_piled(one, other):
    """More than letters of one line, which overlap by themselves. A box: left, bottom, right, top, in points."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width > LETTER and height > LETTER and abs(one[1] - other[1]) > SAME_LINE
