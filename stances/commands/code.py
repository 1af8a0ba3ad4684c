"""`code`: the score that a coder gives an event, beside those of others."""

from argparse import ArgumentParser, Namespace

from stances.commands.add import dry_run_option, finish
from stances.dataset.load import load
from stances.dataset.write import Change

TEXT = "add the score that a coder gives an event"
# What is written as an empty cell.
_CONTEXT = "none"


def options(parser: ArgumentParser) -> None:
    """Take the event, its score, who gives it and why."""
    score = f"a point of the scale, or {_CONTEXT}: context, counted nowhere"
    extent = "what the coder had before them: all, or the sources alone (default: all)"
    parser.add_argument("event", metavar="EVENT", help="the id of an event")
    parser.add_argument("--score", metavar="N", required=True, help=score)
    parser.add_argument("--coder", metavar="NAME", required=True, help="who gives the score")
    parser.add_argument("--why", metavar="TEXT", required=True, help="the reason, on one line")
    parser.add_argument("--seen", default="all", choices=("all", "sources"), help=extent)
    dry_run_option(parser)


def run(arguments: Namespace) -> int:
    """Judge the coding with the whole folder, show what changes, and write it."""
    score = "" if arguments.score == _CONTEXT else arguments.score
    change = Change(load(arguments.data), coder=arguments.coder)
    change.code(arguments.event, score, arguments.why, arguments.seen)
    finish(change, arguments.dry_run)
    return 0
