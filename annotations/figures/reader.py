"""From the words of a figure to its values. Each step takes its words away from the next.

Per-N ("for every 300 people"), what is counted and how the figure is used are the analyst's: they
follow from other marks.
"""

from __future__ import annotations

import re
from decimal import Decimal

from annotations.figures import amounts, bounds, eastern, hedges, labels, per_unit, period, residue, spelled, units
from annotations.figures.amounts import FigureAmount
from annotations.figures.currency import join_coins, take_currency
from annotations.figures.numerals import plain
from annotations.figures.reading import FigureReading
from annotations.figures.scan import Scan
from annotations.figures.shorthand import written_out
from annotations.figures.strangers import take_strangers
from annotations.scheme.view import SchemeView

# More than any amount in the world; what is larger is an error of the text or of the reader.
UNKNOWN_LETTERS = re.compile(r"[a-z]+(?![a-z])")
LARGEST = Decimal(10) ** 23
NEGATION, MULTIPLE, FOREIGN_UNIT = "a negation", "a multiple", "a unit that the scheme lacks"
RATIO, UNBOUNDED, LETTERS = "a ratio", "bounds that the words do not say", "letters that are not known"
NO_AMOUNT = {MULTIPLE, RATIO, UNBOUNDED}


def read(words: str, scheme: SchemeView, language: str = "en") -> FigureReading:
    """Values of a figure. `words` is the quote, with " … " between the fragments of a mark.

    `language` (BCP 47) decides how "45.000" is read, see numerals. Words without a number give a
    Reading without values; so do dates, ordinals and reference numbers, which `warnings` names.
    """
    scan = Scan(words.strip())
    scan.rest = in_digits(scan.rest, scheme, language)
    warnings = take_strangers(scan)
    # The order matters: "more or less" before "or less", "over a month" before "a month".
    approximate = hedges.take_approximate(scan)
    statistic = hedges.take_statistic(scan)
    warnings += hedges.take_compared(scan)
    amounts.mark_between(scan)
    hedges.drop_from(scan)
    comparators, understood = bounds.take_bounds(scan, scheme)
    per_period = period.take_period(scan)
    per_count_n = period.take_per_count(scan, language)
    money = take_currency(scan, scheme)
    is_money = bool(money.currency or money.warnings)
    per = per_unit.take_per_unit(scan, scheme, is_money=is_money)
    if is_money and per_unit.LEFT_OVER.search(scan.rest):
        warnings.append(per_unit.NOT_KNOWN)
    warnings += open_questions(scan, scheme, understood)
    values, unit, counter, is_converted = take_amounts(scan, scheme, language, is_money=is_money)
    if any(UNKNOWN_LETTERS.match(scan.rest, value.end) for value in values):
        warnings.append(LETTERS)
    if not values or not understood or NO_AMOUNT.intersection(warnings):
        return FigureReading(warnings=tuple(warnings))
    if any(abs(x.low) > LARGEST or abs(x.high) > LARGEST for x in values):
        return FigureReading(warnings=(*warnings, "too large"))
    is_bare = not (unit or counter or is_money or per_count_n)
    warnings += residue.doubts(scan.rest, values, is_bare=is_bare)
    amount, is_range, more = amounts.within(values, comparators) or amounts.combine(values, scan.rest)
    low, high, comparator = bounded(amount, comparators[0] if comparators else None, is_range)
    extra = ["more than one number"] if more else []
    return FigureReading(
        low=low,
        high=high,
        comparator=comparator,
        approximate=approximate or amount.vague,
        vague=amount.vague,
        statistic=statistic or "none",
        unit=unit,
        currency=money.currency,
        currency_basis=money.basis,
        per_currency=money.per,
        per_unit=per,
        per_period=per_period,
        per_count_n=per_count_n,
        label=labels.guess(
            scheme,
            currency=money.currency or ("XXX" if is_money else None),
            per_currency=money.per,
            unit=unit,
            counter=counter,
            period=per_period,
        ),
        is_converted=is_converted,
        warnings=(*warnings, *money.warnings, *extra),
    )


def open_questions(scan: Scan, scheme: SchemeView, understood: bool) -> list[str]:
    """What is there and not understood."""
    questions = {
        NEGATION: not understood,
        RATIO: bool(units.RATIO.search(scan.rest)),
        UNBOUNDED: bool(scan.take_all(units.UNBOUNDED)),
        MULTIPLE: units.take_multiple(scan),
        FOREIGN_UNIT: units.take_foreign(scan, scheme),
    }
    return [warning for warning, is_there in questions.items() if is_there]


def in_digits(text: str, scheme: SchemeView, language: str) -> str:
    """Numerals of East Asia and numbers in words are written as digits, for all that follows."""
    text = eastern.in_digits(text, language)
    text = written_out(text, scheme)
    text = spelled.in_digits(text, amounts.shares_of(scheme), units.begins_with_unit(scheme))
    return join_coins(text, scheme)


def take_amounts(
    scan: Scan, scheme: SchemeView, language: str, *, is_money: bool
) -> tuple[list[FigureAmount], str | None, str | None, bool]:
    """(amounts, unit, counter, whether the words have another unit). With a currency there is no unit: "$5m" are no metres."""
    shares = amounts.take_shares(scan, scheme)
    percent = units.take_percent(scan)
    measures = [] if is_money else units.take_units(scan, scheme)
    vague = amounts.take_vague(scan, scheme)
    counter = units.take_counter(scan)
    rest = scan.rest
    numbers = amounts.take_numbers(scan, language, money=is_money)
    unit = measures[0].unit if measures else None
    ordered = sorted([*shares, *vague, *numbers] or implied(rest, unit), key=lambda amount: amount.start)
    if shares or percent:
        return ordered, "%" if "%" in scheme.units else None, counter, False
    is_converted = any(measure.factor != 1 or measure.unit != unit for measure in measures)
    return *amounts.measured(ordered, measures, scan.rest), counter, is_converted


def implied(rest: str, unit: str | None) -> list[FigureAmount]:
    """ "a month", "half a year": the unit's article is the number."""
    words = rest.split()
    if unit is None or not set(words) <= {"half", "a", "an"} or not words:
        return []
    value = Decimal("0.5") if "half" in words else Decimal(1)
    return [FigureAmount(value, value, 0, len(rest))]


def bounded(amount: FigureAmount, comparator: str | None, is_range: bool) -> tuple[Decimal | None, Decimal | None, str]:
    """Low, high and comparator as FIG-01 wants them. A range outdoes "more than"."""
    low, high = plain(amount.low), plain(amount.high)
    if comparator in ("gt", "ge") and not is_range:
        return low, None, comparator
    if comparator in ("lt", "le") and not is_range:
        return None, high, comparator
    return low, high, "eq" if low == high else "between"
