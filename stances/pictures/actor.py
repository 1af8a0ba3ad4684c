"""One actor as a picture: the sentence, what binds, the stance by domain, and how it came about."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from stances import words
from stances.answers.acts import IN_DOUBT
from stances.answers.binding import Binding, binding, binds_heading, binds_nothing, since_words
from stances.answers.history import chosen_events
from stances.answers.practice import use_words, used_heading
from stances.answers.profile import profile
from stances.answers.reasons import standing_of
from stances.answers.sentence import untold_doubt
from stances.answers.standing import OLD_EVIDENCE
from stances.answers.steps import due_text
from stances.answers.tracker import Tracker
from stances.charts.trends import line_alone
from stances.dataset.codebook import OVERALL
from stances.figures.theme import CLASS_COLORS
from stances.model.register import IN_FORCE
from stances.pictures.canvas import SIDE, Canvas, fill_of, no_position, swatch
from stances.pictures.charts import SCALE, put_figure
from stances.pictures.frame import Box
from stances.pictures.letters import PLAIN, STRONG, cut
from stances.pictures.letters import lines as in_lines
from stances.pictures.request import PictureRequest

_LEFT, _BESIDE = 500, 40
_HEADING, _LETTERS, _SMALL = 17, 15, 13.5
_HEAD_ROW, _ACT_ROW, _DOMAIN_ROW, _LINE = 28, 42, 25, 20
# From line to line of an act, in parts of its letters; and what two more of them take.
_LEADING = 1.15
_FURTHER = (_LETTERS + _SMALL) * _LEADING
_TO_TEXT, _APART = SIDE + 9, 16
_MONTH = timedelta(days=30)


def draw_actor(request: PictureRequest) -> Canvas:
    """Return the actor of the view, which must be one that takes a position."""
    tracker, actor, domain = request.tracker, request.view["actor"], request.domain
    mine = standing_of(tracker, actor, request.day)
    acts = binding(tracker, actor, request.day, domain)
    codebook = tracker.codebook
    where = "" if domain == OVERALL else f" {words.about_domain(codebook, domain)}"
    title = f"{tracker.names[actor]}{where}"
    said = profile(tracker, actor, request.day, domain)
    canvas, box = request.sheet(title, said.headline, untold_doubt(tracker, said, request.day))
    canvas.add_hatches()
    left = box._replace(width=_LEFT)
    domains = _HEAD_ROW + _DOMAIN_ROW * len(codebook.columns)
    end = _acts(canvas, left._replace(height=left.height - domains - _APART), request, acts)
    y = min(end + _APART, left.bottom - domains)
    _domains(canvas, left._replace(y=y, height=domains), request, mine)
    _over_time(canvas, box.cut_left(_LEFT + _BESIDE), request)
    return canvas


def _heading(canvas: Canvas, box: Box, text: str) -> Box:
    """Write a heading; what is left of the box under it."""
    text = cut(text, _HEADING, box.width, STRONG)
    canvas.text(box.x, box.y + _HEADING * 0.8, text, _HEADING, weight=STRONG)
    return box.cut_top(_HEAD_ROW)


def _acts(canvas: Canvas, box: Box, request: PictureRequest, acts: Sequence[Binding]) -> float:
    """Return what binds, as much of it as has room; where it ends."""
    tracker = request.tracker
    body = _heading(canvas, box, binds_heading(request.day, tracker.data.today))
    if not acts:
        name = tracker.names[request.view["actor"]]
        text = binds_nothing(tracker.codebook, name, request.domain, request.day)
        rows = in_lines(text, _LETTERS, box.width, most=3)
        for number, row in enumerate(rows, 1):
            canvas.text(body.x, body.y + _LINE * number - 5, row, _LETTERS, canvas.palette.muted)
        return body.y + _LINE * len(rows)
    # Each in two lines where all have room so.
    count = 2 if len(acts) * (_ACT_ROW + _FURTHER) <= body.height else 1
    high = _ACT_ROW + _FURTHER * (count - 1)
    most = int((body.height - _LINE) / high)
    visible = acts if len(acts) * high <= body.height else acts[:most]
    for number, act in enumerate(visible):
        _act(canvas, body.cut_top(number * high), tracker, act, count)
    end = body.y + len(visible) * high
    if len(acts) > len(visible):
        text = f"and {words.number(len(acts) - len(visible))} more"
        canvas.text(body.x + _TO_TEXT, end + _LETTERS * 0.8, text, _SMALL, canvas.palette.muted)
        end += _LINE
    return end


def _act(canvas: Canvas, box: Box, tracker: Tracker, act: Binding, most: int) -> None:
    """Draw an act's level and name; under it domain, beginning, deadline. `most`: lines of each."""
    codebook, palette = tracker.codebook, canvas.palette
    known = not math.isnan(act.level)
    fill = CLASS_COLORS[int(act.level)] if known else no_position(palette)
    swatch(canvas, box.x, box.y, fill, act.status == IN_FORCE)
    x, space = box.x + _TO_TEXT, box.width - _TO_TEXT
    title = in_lines(act.title, _LETTERS, space, most=most)
    for number, line in enumerate(title):
        canvas.text(x, box.y + _LETTERS * (0.86 + _LEADING * number), line, _LETTERS)
    practice = f"{used_heading(codebook)}: {use_words(act.use)}"
    # What is in doubt stands where no cut takes it.
    parts = (IN_DOUBT if act.doubt else "", codebook.domain_label(act.domain),
             practice if act.act_id else "", since_words(codebook, act._replace(doubt="")),
             due_text(codebook, act.steps))  # fmt: skip
    text = words.sentence_start("; ".join(filter(None, parts)))
    base = box.y + _LETTERS * (1 + _LEADING * (len(title) - 1)) + _SMALL + 2
    for number, line in enumerate(in_lines(text, _SMALL, space, most=most)):
        canvas.text(x, base + _SMALL * _LEADING * number, line, _SMALL, palette.muted)


def _domains(canvas: Canvas, box: Box, request: PictureRequest, mine: Mapping[str, Any]) -> None:
    """Draw where the actor stands overall and in each domain; what is shown stands out."""
    codebook, palette = request.tracker.codebook, canvas.palette
    body, middle = _heading(canvas, box, "Position by field"), box.x + box.width * 0.46
    framed = f"Framed: {words.holds_anywhere(codebook)}"
    end = box.right, box.y + _HEADING * 0.8
    canvas.text(*end, framed, _SMALL, palette.muted, anchor="end")
    for number, code in enumerate(codebook.columns):
        row, y = mine[code], body.y + number * _DOMAIN_ROW
        weight, base = STRONG if code == request.domain else PLAIN, y + SIDE / 2 + _LETTERS * 0.34
        label = cut(codebook.domain_label(code), _LETTERS, middle - body.x - 12, weight)
        canvas.text(body.x, base, label, _LETTERS, weight=weight)
        swatch(canvas, middle, y, fill_of(palette, row), row.act_in_force)
        text = words.label(codebook, row.stance) + (f", {OLD_EVIDENCE}" if row.old else "")
        x = middle + _TO_TEXT
        canvas.text(x, base, cut(text, _LETTERS, body.right - x, weight), _LETTERS, weight=weight)


def _over_time(canvas: Canvas, box: Box, request: PictureRequest) -> None:
    """Draw the stance since the year of the first event, with the events that made it."""
    tracker, actor, domain = request.tracker, request.view["actor"], request.domain
    label = tracker.codebook.domain_label(domain)
    where = "" if domain == OVERALL else f", {words.within(label)}"
    body = _heading(canvas, box, f"Position over time{where}")
    every = (tracker.codebook.first_date, request.day)
    events = chosen_events(tracker, [actor], domain, every)
    if events.empty:
        canvas.text(body.x, body.y + _LETTERS, "No scored event up to this day", _LETTERS,
                    canvas.palette.muted)  # fmt: skip
        return
    period = _period(events["date"].min().date(), request.day, every[0])
    figure = line_alone(tracker, actor, domain, period, canvas.palette.mode)
    put_figure(canvas, body, figure, SCALE)


def _period(first: date, last: date, beginning: date) -> tuple[date, date]:
    """Return the period from the start of the year of the first event, at least a month."""
    start = min(first.replace(month=1, day=1), last - _MONTH)
    return max(start, beginning) if beginning < last else start, last
