"""`sentences`: the sentence of every actor on a day, as the data has it and as the program does."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import date

from stances.answers.arguments import valid_value
from stances.answers.profile import profile
from stances.answers.sentence import Sentence, compose
from stances.answers.tracker import Tracker
from stances.commands.dataset import actors_option, dataset_of, day_option, release_options
from stances.commands.streams import OK

TEXT = "list the sentence of every actor on a day, as written and as the program makes it"


def options(command: ArgumentParser) -> None:
    """Take the day and the actors."""
    release_options(command)
    day_option(command)
    actors_option(command)


def run(arguments: Namespace) -> int:
    """Write the sentences of each actor, each with the rows that it rests on."""
    tracker = Tracker(dataset_of(arguments))
    data, actors = tracker.data, _actors(tracker, arguments.actor)
    day = data.day(arguments.as_of or data.opening_day)
    for actor in actors:
        sys.stdout.writelines(f"{line}\n" for line in _lines(tracker, actor, day))
    return OK


def _actors(tracker: Tracker, codes: Sequence[str] | None) -> Sequence[str]:
    """Return the actors that are named, else all. Raises BadInput."""
    for actor in codes or ():
        valid_value("actor", actor, tracker.model.actors, tracker.short_names)
    return codes or tracker.model.actors


def _lines(tracker: Tracker, actor: str, day: date) -> Iterator[str]:
    """Yield the written sentence, where one holds, above that of the program."""
    sentence, made = profile(tracker, actor, day), compose(tracker, actor, day)
    yield f"{actor}  {tracker.names[actor]}, {day}"
    if sentence.written:
        yield from _sentence_lines("written", sentence)
    yield from _sentence_lines("program", made)


def _sentence_lines(by: str, sentence: Sentence) -> Iterator[str]:
    yield f"  {by}: {sentence.text}"
    yield f"    rests on: {', '.join([*sentence.act_ids, *sentence.event_ids]) or 'nothing'}"
