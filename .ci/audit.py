"""Known vulnerabilities of what the product needs to run, as far as the registry tells of any.

Exit status: 0 none is known, or nobody could be asked (one line says so); 1 some are known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements.txt"
_SECONDS = 120
_COMMAND = [
    sys.executable, "-m", "pip_audit", "--requirement", str(_REQUIREMENTS), "--format", "json",
    "--progress-spinner", "off", "--timeout", "10",
]  # fmt: skip


def main() -> int:
    """Ask, tell, and return the exit status."""
    try:
        run = subprocess.run(
            _COMMAND, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return _skipped(f"no answer within {_SECONDS} s")
    try:
        packages = json.loads(run.stdout)["dependencies"]
    except (ValueError, KeyError):
        return _skipped((run.stderr.strip().splitlines() or ["no answer"])[-1])
    known = [package for package in packages if "vulns" in package]
    if not known:
        return _skipped("the registry tells of no package whether it is vulnerable")
    lines = [line for package in known for line in _lines(package)]
    counted = f"pip-audit: {len(known)} of {len(packages)} packages looked up"
    sys.stdout.write("\n".join([*lines, f"{counted}, vulnerabilities: {len(lines)}"]) + "\n")
    return 1 if lines else 0


def _lines(package: dict[str, Any]) -> list[str]:
    name = f"{package['name']} {package['version']}"
    return [
        f"{name}: {vulnerability['id']}, fixed in "
        f"{', '.join(vulnerability['fix_versions']) or 'no version yet'}"
        for vulnerability in package["vulns"]
    ]


def _skipped(why: str) -> int:
    sys.stdout.write(f"pip-audit skipped: {why}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
