"""Every place that leans on what nobody promises is in `seams`, says so, and has a probe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.folders import ROOT

PACKAGE = ROOT / "stances"
SEAMS = sorted(
    path for path in (PACKAGE / "seams").iterdir() if path.is_file() and path.name != "__init__.py"
)
HEAD = ("Leans on: ", "Fails: ", "Then: ")
# What only a seam may name: the place that Streamlit draws in, test ids, classes that Streamlit and
# plotly generate, what plotly keeps to itself, their modules and arguments that are not public, the
# garbage collector, and scripts in messages.
UNPROMISED = re.compile(
    r"data-testid|\.st[A-Z][a-z]|st-emotion|streamlit-embedded|_validate|js-plotly|main-svg|"
    r"svg-container|plot-container|updatemenu-|modebar-|\.modebar\b|\.scattergeo|choroplethlocation|"
    r"\b(?!player\b)[a-z]+layer\b|__data__|_fullLayout|_transitionData|"
    r"streamlit\.(?:runtime|proto|web|elements|delta_generator)|gc\.get_|unsafe_allow_javascript|"
    r"PlotlyChart\.|__streamlit|_stcore|subprotocols|\[aria-labelledby|#root\b|\"root\""
)
# The class of what has a key is promised alone: not what lies in it, such as a button, or beside.
WITHIN_KEY = re.compile(
    r"\.st-key-[\w-]+\)? *[>+~]|[>+~] *(?::is\()?\.st-key-|"
    r"\.st-key-[^{},]*[ >](?:button|input|select|label|svg)\b"
)
SHIPPED = [
    ROOT / "dashboard.py",
    *(
        path
        for kind in ("py", "js", "css")
        for path in sorted(PACKAGE.rglob(f"*.{kind}"))
        if path.parent.name != "seams"
    ),
]


def head_of(path: Path) -> str:
    """The docstring or comment at the top of a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        return re.match(r"(?://.*\n)*", text)[0].replace("// ", "")  # type: ignore[index]
    end = {".py": '"""', ".css": "*/"}[path.suffix]
    return text[3 : text.index(end, 3)]


@pytest.mark.parametrize("path", SEAMS, ids=lambda path: path.name)
def test_a_seam_says_what_it_leans_on_how_it_fails_and_what_to_do_then(path: Path) -> None:
    text = [
        (start, line.strip().removeprefix(start))
        for line in head_of(path).splitlines()
        for start in HEAD
        if line.strip().startswith(start)
    ]
    assert tuple(start for start, _ in text) == HEAD
    assert all(len(rest) > 20 for _, rest in text)


@pytest.mark.parametrize("path", SEAMS, ids=lambda path: path.name)
def test_a_seam_has_a_probe_of_its_name(path: Path) -> None:
    probe = Path(__file__).with_name(f"test_{path.stem}.py")
    assert re.search(r"^def test_", probe.read_text(encoding="utf-8"), re.MULTILINE)


def test_a_probe_has_a_seam() -> None:
    probes = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert probes - {"seams"} == {path.stem for path in SEAMS}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_else_leans_on_what_is_not_promised(path: Path) -> None:
    named = [
        f"{path.name}:{number}: {result[0]}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for result in [UNPROMISED.search(line)]
        if result
    ]
    assert not named, named


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_else_leans_on_what_lies_in_or_beside_a_key(path: Path) -> None:
    # What is said in it has commas, too.
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not WITHIN_KEY.findall(text), path.name


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_length_is_measured_to_a_part_of_a_pixel(path: Path) -> None:
    """Sizes are ours, on steps of the letters; what has such parts was measured off another's."""
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"(?<!border: )(?<![\d.])\d*\.\d+px.*", text)


def test_no_place_is_kept_by_a_height_of_its_own() -> None:
    """Hold pieces of the dashboard as high on both, by the sizes of the sheet that they share."""
    for path in (PACKAGE / "pages").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"\d(?:px|r?em)\b|\bspace\([^)]*\d.*", text), path.name
    high = re.compile(r"(?:height|padding-top|margin-(?:top|bottom)):[^;}]*\d{2,}px")
    for path in (PACKAGE / "render").glob("*.css"):
        rules = re.findall(r":where\(\.live\)[^}]*}", path.read_text(encoding="utf-8"))
        assert not [rule for rule in rules if high.search(rule)], path.name


def test_the_list_knows_what_a_seam_needs() -> None:
    needy = {path.name for path in SEAMS if UNPROMISED.search(path.read_text(encoding="utf-8"))}
    assert needy >= {
        "buttons.js", "chrome.css", "first_words.js", "hatching.py",
        "recolour.js", "reveal.js", "runs.py",
    }  # fmt: skip
