"""The charts of one actor: the history of its policy level, and all its events."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from stances import words
from stances.answers.history import HISTORY, history_alt, history_subtitle
from stances.answers.own_events import no_events
from stances.answers.own_history import OwnHistory
from stances.answers.reasons import timeline_alt, timeline_subtitle
from stances.answers.tracker import Tracker
from stances.charts.chart import Chart, Key, class_keys, with_nearer_rows
from stances.figures.history import policy_history
from stances.figures.timeline import event_timeline
from stances.links.parameters import DAY, actor_of

EVENTS = "All events"


def history_chart(tracker: Tracker, own: OwnHistory, mode: str) -> Chart:
    """Return the policy level of an actor over time, in each domain that has scored events."""
    codebook = tracker.codebook
    names = {code: codebook.domain_label(code) for code in own.scored_domains}
    figure = policy_history(own.series, own.acts, names, codebook, mode, own.period)
    return Chart(
        _titled(own, HISTORY),
        history_subtitle(codebook, own.period),
        history_alt(codebook, own.name, own.ends()),
        figure,
        within=partial(with_nearer_rows, figure),
    )


def timeline_chart(tracker: Tracker, own: OwnHistory, mode: str) -> Chart:
    """All events of an actor, context too."""
    names = {code: tracker.codebook.domain_label(code) for code in own.counts}
    scored, context = zip(*own.counts.values(), strict=True)
    marks = (
        Key("Act", "mark square"),
        Key("Words", "mark"),
        Key("Context, not counted", "mark hollow"),
    )
    return Chart(
        _titled(own, EVENTS),
        timeline_subtitle((sum(scored), sum(context)), own.domain, own.elsewhere),
        timeline_alt(tracker.codebook, own.name, own.counts),
        event_timeline(own.events[::-1], names, mode, own.period),
        (*marks, *class_keys(tracker, mode)),
    )


def _titled(own: OwnHistory, heading: str) -> str:
    return f"{own.name}: {words.within(heading)}"


def history_of(tracker: Tracker, view: Mapping[str, Any], mode: str) -> Chart:
    """Return the history of the actor of a view; words where it has no scored event."""
    own = _history_of(tracker, view)
    if own is None or own.events.empty or not own.scored_domains:
        return _nothing(tracker, view)
    return history_chart(tracker, own, mode)


def timeline_of(tracker: Tracker, view: Mapping[str, Any], mode: str) -> Chart:
    """Return the events of the actor of a view; words where it has none."""
    own = _history_of(tracker, view)
    if own is None or own.events.empty:
        return _nothing(tracker, view)
    return timeline_chart(tracker, own, mode)


def _history_of(tracker: Tracker, view: Mapping[str, Any]) -> OwnHistory | None:
    """Return the history of the actor of a view; a group has none."""
    actor = actor_of(tracker, view)
    if actor in tracker.groups:
        return None
    return OwnHistory(tracker, actor, view[DAY], view["domain"])


def _nothing(tracker: Tracker, view: Mapping[str, Any]) -> Chart:
    actor = actor_of(tracker, view)
    return Chart(no_events(tracker, actor, view[DAY], view["domain"]))
