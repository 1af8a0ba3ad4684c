"""`desk`: what helps to keep the tracker alive."""

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances.answers.tracker import tracker_of
from stances.dataset.days import read_day
from stances.dataset.faults import BadInput
from stances.dataset.load import load
from stances.desk.alike import alike

TEXT = "name the known events that a text may be about"
_PUBLISHED = re.compile(r"^Published: *(\S+)$", re.MULTILINE)


def options(parser: ArgumentParser) -> None:
    """Take the text, and how many events to name."""
    about = "a text in UTF-8; its day is a line such as Published: 2019-03-04"
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

    day = None
    published = _PUBLISHED.search(text)
    if published:
        try:
            day = read_day(published[1])
        except ValueError:
            message = f"{arguments.alike} was published on no day such as 2019-03-04"
            raise BadInput(message, "--alike") from None

    data = load(arguments.data)
    events = alike(tracker_of(data), text, day, arguments.most)
    for event_id in events["event_id"]:
        print(event_id)
    return 0
