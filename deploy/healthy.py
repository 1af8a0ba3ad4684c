"""Waits until a replica answers: `python deploy/healthy.py PORT [SECONDS]`.

Exit status 0 with valid data, 1 with the reason where there is none or no answer in time.
"""

import os
import sys
import time
import urllib.error
import urllib.request

# Where replicas listen; asked by its name, 0.0.0.0 is this machine too.
_ADDRESS = os.environ.get("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
_PAUSE_SECONDS = 0.2


def reason(port: int, seconds: float) -> str:
    """Why the replica on `port` is not healthy, empty where it is; waits `seconds` for it."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://{_ADDRESS}:{port}/readyz", timeout=10):
                return ""
        except urllib.error.HTTPError as refused:
            return refused.read().decode()
        except OSError as error:
            if time.monotonic() >= until:
                return f"no answer on port {port}: {error}"
        time.sleep(_PAUSE_SECONDS)


if __name__ == "__main__":
    sys.exit(reason(int(sys.argv[1]), float((*sys.argv[2:], 0)[0])) or 0)
