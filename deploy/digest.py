"""Hand the letter of the past seven days to a mail server, as stances-digest.service does.

It ends with 0 where nothing is new, and else as `python -m stances digest` does. What it takes:
STANCES_DIGEST_TO and STANCES_DIGEST_FROM, an address of mail each; STANCES_DIGEST, further options
of `digest` such as `--group EU`; STANCES_SMTP, the mail server (localhost:25).
"""

from __future__ import annotations

import os
import shlex
import smtplib
import subprocess
import sys
from datetime import date, timedelta

NOTHING_NEW = 3
WEEK, ONE_DAY = timedelta(days=7), timedelta(days=1)


def main() -> int:
    """Write the letter, and send it if there is one."""
    sender, recipient = (os.environ.get(f"STANCES_DIGEST_{end}", "") for end in ("FROM", "TO"))
    if not sender or not recipient:
        sys.stderr.write("STANCES_DIGEST_FROM and STANCES_DIGEST_TO must name an address each\n")
        return 2
    # Up to yesterday: what is told today belongs to the letter of next week.
    days = ["--since", str(date.today() - WEEK), "--until", str(date.today() - ONE_DAY)]
    mail = ["--format", "eml", "--from", sender, "--to", recipient]
    more = shlex.split(os.environ.get("STANCES_DIGEST", ""))
    command = [sys.executable, "-m", "stances", "digest", *days, *mail, *more]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        return 0 if done.returncode == NOTHING_NEW else done.returncode
    host, _, port = os.environ.get("STANCES_SMTP", "localhost").partition(":")
    # By the name of the sender, so that nobody is asked for that of this machine.
    own = sender.rpartition("@")[2]
    with smtplib.SMTP(host, int(port or 25), own, timeout=60) as server:
        server.sendmail(sender, [recipient], done.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
