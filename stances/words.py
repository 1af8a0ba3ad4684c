"""The kit of wording: a figure, a day, a plural, a list. Nothing of a page."""

import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.days import first_day, last_day
from stances.escapes import isolate
from stances.model.stance import level_of

MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
TIMES = "\N{MULTIPLICATION SIGN}"
ACT_IN_FORCE, OPEN_CASE = "act in force", "open case"
# Of an act or a case alike: an agreement lapses though nobody ends it.
ACT_ENDED = "an act ended or lapsed"
# What heads of tables call an actor, a domain and a stance before readers.
WHO, FIELD, POSITION = "Country or body", "Field", "Position"
_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


class Dated(NamedTuple):
    """The day of an event, and how much of it is known: `precision` is day, month or year."""

    day: date
    precision: str


Day = date | datetime | Dated  # a pandas Timestamp is a datetime


def partial_date(partial: str) -> Dated:
    """Return an ISO day, month or year as it stands in a table, with how much of it is known."""
    return Dated(first_day(partial), {4: "year", 7: "month"}.get(len(partial), "day"))


def figure(value: float, decimals: int = 1) -> str:
    """Return a stance as it is printed: sign, decimals, a true minus; a zero has no sign."""
    if math.isnan(value):
        return DASH
    text = f"{abs(value):.{decimals}f}"
    if not text.strip("0."):
        return text
    return f"{'+' if value > 0 else MINUS}{text}"


def figure_or_none(stance: float) -> str:
    """Return a stance as it is printed with two decimals, or that there is none."""
    return "no position" if math.isnan(stance) else figure(stance, 2)


def band(low: float, high: float) -> str:
    """Return the coding band, from lower to higher end; empty where print shows no width."""
    ends = figure(low, 2), figure(high, 2)
    return "" if ends[0] == ends[1] else " to ".join(ends)


def day(value: Day) -> str:
    """Return a day in words, no more exactly than it is known: 4 March 2019, March 2019, 2019."""
    return _in_words(value, "%B")


def short_day(value: Day) -> str:
    """Return a day where space is short: 4 Mar 2019."""
    return _in_words(value, "%b")


def on_day(value: Day) -> str:
    """Say when something was: on 4 March 2019, in March 2019, in 2019."""
    exact = not isinstance(value, Dated) or value.precision == "day"
    return f"{'on' if exact else 'in'} {day(value)}"


def unknown_day_note(value: Day, on: date) -> str:
    """Return what stands beside the month or year of an event on a day within it; empty elsewhere:
    such an event is counted from the first day on.
    """
    open_yet = isinstance(value, Dated) and last_day(iso_day(value)) > on
    return " (day not known)" if open_yet else ""


def _in_words(value: Day, month: str) -> str:
    whole, precision = value if isinstance(value, Dated) else (value, "day")
    if precision == "year":
        return f"{whole:%Y}"
    words = f"{whole:{month} %Y}"
    return words if precision == "month" else f"{whole.day} {words}"


def iso_day(value: Dated) -> str:
    """Return the known part of an ISO date: 2019-03-04, 2019-03, 2019."""
    return f"{value.day:%Y-%m-%d}"[: iso_precision(value.precision)]


def number(count: int, start: bool = False) -> str:
    """Return a count in words to twelve, else in figures; `start`: with a capital."""
    word = _WORDS[count] if count < len(_WORDS) else f"{count:,}"
    return word.capitalize() if start else word


def some(count: int, start: bool = False) -> str:
    """Return a count that stands for those counted: none, one, 12."""
    words = number(count) if count else "none"
    return words.capitalize() if start else words


def plural(count: int, noun: str, start: bool = False) -> str:
    """Return a count with its noun: one event, 12 events."""
    return f"{number(count, start)} {noun}{'' if count == 1 else 's'}"


def listing(items: Sequence[str]) -> str:
    """Items as a list in a sentence: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


# Those who share a place and are all named.
_TOGETHER = 3


def together(names: Sequence[str]) -> str:
    """Name those who share a place in an order, while they are few: A, B and six others."""
    if len(names) <= _TOGETHER:
        return listing(names)
    return listing([*names[: _TOGETHER - 1], f"{number(len(names) - _TOGETHER + 1)} others"])


def be(names: Sequence[str], one: str, several: str) -> str:
    """Return the form of a verb that goes with one name or with several."""
    return one if len(names) == 1 else several


def label(codebook: Codebook, value: float) -> str:
    """Return the label of a stance, or that there is none."""
    return NO_POSITION if math.isnan(value) else codebook.scale.labels[int(level_of(value))]


def within_line(codebook: Codebook, value: float) -> str:
    """Return a stance's label after a colon, with its capital, or that there is none."""
    return within(NO_POSITION) if math.isnan(value) else label(codebook, value)


def with_label(codebook: Codebook, value: float) -> str:
    """Return a stance as label and figure, or that there is none."""
    text = label(codebook, value)
    return text if math.isnan(value) else f"{isolate(text)} {beside_label(value)}"


def beside_label(value: float) -> str:
    """Return a stance where its label stands beside it: two decimals, and four where two would lie
    on the other side of the border between two classes.
    """
    return figure(value, 2 if level_of(two_decimals(value)) == level_of(value) else 4)


def about_domain(codebook: Codebook, domain: str) -> str:
    """Return what the figures of a page are about, for the end of a sentence."""
    if domain == OVERALL:
        return "in all fields"
    label = codebook.domain_label(domain)
    return f"in {within(label)}"


def holds(codebook: Codebook, domain: str) -> str:
    """Return what a binding act is while it holds: an act in force or an open case."""
    return OPEN_CASE if codebook.domains[domain].open_case else ACT_IN_FORCE


# What tables from before the register say in place of that there is no rule.
NO_REGISTER = "rules are not recorded in these tables"


def none_holds(codebook: Codebook, domain: str, when: str = "") -> str:
    """Return that nothing which binds in a domain, or overall, is recorded, within a sentence: that
    there is nothing is not known. `when`: where and as of when, after a blank.
    """
    return f"no {ACT_IN_FORCE if domain == OVERALL else holds(codebook, domain)}{when} is recorded"


def holds_anywhere(codebook: Codebook) -> str:
    """Return what a binding act is while it holds, whatever its domain."""
    cases = any(domain.open_case for domain in codebook.domains.values())
    return f"{ACT_IN_FORCE} or {OPEN_CASE}" if cases else ACT_IN_FORCE


def alt_above_table(alt: str) -> str:
    """Return the text of a chart for those who cannot see it, above a table of its figures."""
    return f"{alt} The same figures stand in the table below."


def share(value: float) -> str:
    """Return a share in whole percent."""
    return f"{round(100 * value)} %"


_CONTEXT = "Context: not counted"


def iso_precision(precision: str) -> int:
    """Return how many characters of an ISO date are known."""
    return {"year": 4, "month": 7}.get(precision, 10)


def score_label(codebook: Codebook, score: float) -> str:
    """Return the score of an event with its label; missing: context."""
    if math.isnan(score):
        return _CONTEXT
    return f"{figure(score, 0)} {codebook.scale.labels[int(score)]}"


def possessive(name: str) -> str:
    """Return a name as an owner: Bulgaria's, the United States'."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def sentence_start(text: str) -> str:
    """Return a text as the beginning of a sentence: with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def within(text: str) -> str:
    """Return a text within a sentence: without its capital."""
    return f"{text[:1].lower()}{text[1:]}"


def shorten(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut at a blank where it is longer."""
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rpartition(' ')[0] or text[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def on_one_line(text: str) -> str:
    """Return a text without breaks and double blanks."""
    return " ".join(text.split())


def quote(words: str) -> str:
    """Words of a reader in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def alternatives(items: Sequence[str]) -> str:
    """Join items of which one must hold: a, b or c."""
    return f"{', '.join(items[:-1])} or {items[-1]}" if len(items) > 1 else "".join(items)


# An alt text names so many of the rows of a figure.
MOST_LISTED = 5


def have(count: int) -> str:
    """Has or have, by how many do."""
    return "has" if count == 1 else "have"


def of_them_have(count: int) -> str:
    """Return the verb after `some`: none of them has, two of them have."""
    return "has" if count < 2 else "have"


def parts(values: Sequence[float], whole: float, decimals: int) -> list[float]:
    """Return the parts of a whole, rounded to so many decimals, that add up to the whole as it is
    printed.

    `values` add up to `whole` within half of the last digit. The largest remainder: each part is
    rounded down, and what is missing goes to those that lost most, of two alike to the larger in
    size, in whatever order they come. So none is off by a whole last digit, none that is 0 becomes
    anything else, and order is kept.
    """
    unit = 10**decimals
    # Sums in another order differ by less than this.
    exact = [round(value * unit, 6) for value in values]
    printed = [math.floor(value) for value in exact]
    missing = round(float(f"{whole:.{decimals}f}") * unit) - sum(printed)
    pairs = zip(printed, exact, strict=True)
    lost = [(round(count - value, 6), -abs(value)) for count, value in pairs]
    most_lost = sorted(range(len(exact)), key=lambda place: lost[place])
    for place in most_lost[:missing]:
        printed[place] += 1
    return [count / unit for count in printed]


def portions(percents: Sequence[float]) -> list[str]:
    """Return the parts of what counts in whole percent, which add up as printed; none of them is
    told as nothing, and none as all where it is less.
    """
    whole = parts(percents, sum(percents), 0)
    return [_portion(exact, near) for exact, near in zip(percents, whole, strict=True)]


def portion(percent: float) -> str:
    """Return one part of a hundred in whole percent: 57 %, less than 1 %."""
    return portions([percent])[0]


def _portion(exact: float, whole: float) -> str:
    if exact < 1:
        return "less than 1 %"
    return "more than 99 %" if 99 < exact < 100 else f"{whole:.0f} %"


def percent(value: float) -> str:
    """Return a part of a hundred to one decimal: 57.1 %."""
    return f"{value:.1f} %"


def two_decimals(value: float) -> float:
    """Return a figure as printed with two decimals, to add up so; missing stays missing."""
    return float(f"{value:.2f}") + 0.0


def printed_move(then: float, now: float) -> float:
    """Return the move between two figures as they are printed; NaN where one is missing."""
    return round(two_decimals(now) - two_decimals(then), 2) + 0.0


def it(count: int) -> str:
    """Return it or they, by how many are meant."""
    return "it" if count == 1 else "they"
