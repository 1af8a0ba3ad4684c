"""`desk`: a place where the tracker is kept alive, for who edits it, on their own machine."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances.answers.tracker import tracker_of
from stances.commands.serve import listen
from stances.dataset.days import first_day
from stances.dataset.faults import BadInput
from stances.dataset.load import load
from stances.desk import candidates
from stances.desk.alike import alike
from stances.desk.attach import read_text

TEXT = "open the desk, or name the known events that a text may be about"
_HOST = "127.0.0.1"


def options(parser: ArgumentParser) -> None:
    """Take where candidates lie, or a text and how many events to name."""
    parser.add_argument("--candidates", metavar="FOLDER", help="events that wait for a decision")
    parser.add_argument("--port", default=8501, type=int, help="default: 8501")
    about = "a text in UTF-8; its day is a line at its top such as Published: 2019-03-04"
    parser.add_argument("--alike", metavar="FILE", help=f"open nothing, name events: of {about}")
    parser.add_argument("--most", metavar="N", type=int, default=10, help="default: 10")


def run(arguments: Namespace) -> int:
    """Serve the desk to this machine; with `--alike` print the ids of events instead."""
    if arguments.alike:
        _print_alike(arguments)
        return 0

    if arguments.candidates:
        folder = Path(arguments.candidates)
        if not folder.is_dir():
            raise BadInput(f"{folder} is no folder", "--candidates")
        candidates.chosen_folder = folder.resolve()
    print(f"The desk: http://{_HOST}:{arguments.port}/desk", flush=True)
    listen("stances.desk.app:app", arguments.data, _HOST, arguments.port)
    return 0


def _print_alike(arguments: Namespace) -> None:
    """Print the ids of the events that a text is most alike, the likest first."""
    if arguments.most < 1:
        raise BadInput(f"{arguments.most} is not 1 or more", "--most")
    try:
        text = Path(arguments.alike).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{arguments.alike} is not UTF-8", "--alike") from None

    # Empty of a text that does not say its day.
    published = read_text(text)["published"]
    day = first_day(published) if published else None
    tracker = tracker_of(load(arguments.data))
    events = alike(tracker, text, day, arguments.most)
    for event_id in events["event_id"]:
        print(event_id)
