"""Values of figures, read from their words: numerals → money, units, periods → one reading."""

from annotations.figures.places import values_under_label
from annotations.figures.reader import read
from annotations.figures.reading import FigureReading
from annotations.figures.strangers import non_figure_kind
from annotations.figures.touching import touching, words_of
from annotations.figures.use import WordedUse, worded_use

__all__ = ["FigureReading", "WordedUse", "non_figure_kind", "read", "touching", "values_under_label", "worded_use", "words_of"]
