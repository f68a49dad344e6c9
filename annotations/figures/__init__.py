"""Values of figures, read from their words: numerals → money, units, periods → one reading."""

from annotations.figures.places import values_under_label
from annotations.figures.reader import read
from annotations.figures.reading import FigureReading
from annotations.figures.strangers import non_figure_kind
from annotations.figures.touching import touching, words_of

__all__ = ["FigureReading", "non_figure_kind", "read", "touching", "values_under_label", "words_of"]
