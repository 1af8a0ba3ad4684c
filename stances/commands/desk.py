"""`desk`: what helps to keep the tracker alive."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances.answers.tracker import tracker_of
from stances.dataset.days import first_day
from stances.dataset.faults import BadInput
from stances.dataset.load import load
from stances.desk.alike import alike
from stances.desk.attach import read_text

TEXT = "name the known events that a text may be about"


def options(parser: ArgumentParser) -> None:
    """Take the text, and how many events to name."""
    about = "a text in UTF-8; its day is a line at its top such as Published: 2019-03-04"
    parser.add_argument("--alike", metavar="FILE", required=True, help=about)
    parser.add_argument("--most", metavar="N", type=int, default=10, help="default: 10")


def run(arguments: Namespace) -> int:
    """Print the ids of the events that the text is most alike, the likest first."""
    if arguments.most < 1:
        raise BadInput(f"{arguments.most} is not 1 or more", "--most")
    content = Path(arguments.alike).read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{arguments.alike} is not UTF-8", "--alike") from None

    cells = read_text(text)
    published = cells["published"]
    day = first_day(published) if published else None
    data = load(arguments.data)
    tracker = tracker_of(data)
    events = alike(tracker, text, day, arguments.most)
    for event_id in events["event_id"]:
        print(event_id)
    return 0
