"""The charts of one actor: the history of its policy level, and all its events."""

from functools import partial

from stances import words
from stances.answers.actor_history import ActorHistory, no_events
from stances.answers.history import HISTORY, history_alt, history_subtitle
from stances.answers.reasons import timeline_alt, timeline_subtitle
from stances.answers.tracker import Tracker
from stances.charts.chart import Chart, Key, class_keys, with_nearer_rows
from stances.figures.history import policy_history
from stances.figures.timeline import event_timeline
from stances.links.view import View

EVENTS = "All events"


def history_chart(tracker: Tracker, history: ActorHistory, mode: str) -> Chart:
    """Return the policy level of an actor over time, in each domain that has scored events."""
    codebook = tracker.codebook
    names = {code: codebook.domain_label(code) for code in history.scored_domains}
    figure = policy_history(history.series, history.acts, names, codebook, mode, history.period)
    return Chart(
        _title(history, HISTORY),
        history_subtitle(codebook, history.period),
        history_alt(codebook, history.name_within, history.ends()),
        figure,
        within=partial(with_nearer_rows, figure),
    )


def timeline_chart(tracker: Tracker, history: ActorHistory, mode: str) -> Chart:
    """All events of an actor, context too."""
    names = {code: tracker.codebook.domain_label(code) for code in history.counts}
    scored, context = zip(*history.counts.values(), strict=True)
    marks = (
        Key("Act", "mark square"),
        Key("Words", "mark"),
        Key("Context, not counted", "mark hollow"),
    )
    return Chart(
        _title(history, EVENTS),
        timeline_subtitle((sum(scored), sum(context)), history.domain, history.elsewhere),
        timeline_alt(tracker.codebook, history.name_within, history.counts),
        event_timeline(history.events[::-1], names, mode, history.period),
        (*marks, *class_keys(tracker, mode)),
    )


def _title(history: ActorHistory, heading: str) -> str:
    return f"{history.name}: {words.within(heading)}"


def history_of(view: View) -> Chart:
    """Return the history of the actor of a view; words where it has no scored event."""
    history = _history_of(view)
    if history is None or history.events.empty or not history.scored_domains:
        return _nothing(view)
    return history_chart(view.tracker, history, view.mode)


def timeline_of(view: View) -> Chart:
    """Return the events of the actor of a view; words where it has none."""
    history = _history_of(view)
    if history is None or history.events.empty:
        return _nothing(view)
    return timeline_chart(view.tracker, history, view.mode)


def _history_of(view: View) -> ActorHistory | None:
    """Return the history of the actor of a view; a group has none."""
    if view.actor in view.tracker.groups:
        return None
    return ActorHistory(view.tracker, view.actor, view.day, view.domain)


def _nothing(view: View) -> Chart:
    return Chart(no_events(view.tracker, view.actor, view.day, view.domain))
