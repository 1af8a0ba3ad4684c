"""A brief as PDF, set by typst."""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from importlib.resources import files
from typing import Any

import typst

from stances.figures.theme import LIGHT
from stances.pictures.letters import is_known
from stances.pictures.png import fonts

# Frozen source: what a brief says comes in as data, and typst reads nothing of it.
_SOURCE = files("stances.render").joinpath("brief.typ").read_bytes()
_INKS = ("ink", "muted", "grid", "accent", "outline")
# Tagged so that a screen reader can tell headings, tables and pictures (ISO 14289-1).
_FOR_ALL = "ua-1"
# How typst names a text for which it has no typeface, and how it writes a letter by its number.
_NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)+)"`')
_BY_NUMBER = re.compile(r"\\u\{([0-9a-f]+)\}")


_SIGN = "[\N{HORIZONTAL ELLIPSIS}]"
_SIGNS = re.compile(rf"{re.escape(_SIGN)}(?:\s*{re.escape(_SIGN)})+")
# Marks, variation selectors, tags and skin tones belong to the letter before; a joiner binds the
# next one to it, and two letters of the regions are a flag.
_MARK = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31"
    "\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302f\u3099\u309a"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
_REGION = "[\U0001f1e6-\U0001f1ff]"
_GRAPHEME = re.compile(
    rf"(?:{_REGION}{{2}}|[^{_MARK}])[{_MARK}]*(?:\u200d(?:[^{_MARK}][{_MARK}]*)?)*|[{_MARK}]+",
    re.DOTALL,
)
_NOT_READ = {"fill", "stripe", "kind", "image", "link", "note_link", "size", "look"}
_LETTERS = (
    f"{_SIGN} stands for letters that no typeface at hand has; the dashboard shows them, and a "
    "brief made on a machine with such a typeface."
)


def pdf(brief: Mapping[str, Any]) -> bytes:
    """Return the bytes of a brief, as JSON can have it: the same for the same brief."""
    try:
        return _set(brief, [_FOR_ALL])
    except typst.TypstError as error:
        # The standard wants a glyph for every letter, and East Asia's may be on no machine.
        brief = _with_signs(brief, _without_glyph(error))
    try:
        return _set(brief, [_FOR_ALL])
    except typst.TypstError:
        # Tagged all the same; what else is wrong is said again.
        return _set(brief, [])


def _without_glyph(error: typst.TypstError) -> set[str]:
    """Return the texts for which no typeface here has all: a letter, or the parts of one."""
    messages = _NO_GLYPH.findall(error.diagnostic)
    return {_BY_NUMBER.sub(lambda match: chr(int(match[1], 16)), text) for text in messages}


def _set(brief: Mapping[str, Any], standards: list[Any]) -> bytes:
    inks = {name: getattr(LIGHT, name) for name in _INKS}
    return typst.compile(
        _SOURCE,
        font_paths=fonts(),
        sys_inputs={"brief": json.dumps({**brief, "look": inks})},
        format="pdf",
        pdf_standards=standards,
    )


def _with_signs(brief: Mapping[str, Any], missing: Collection[str]) -> dict[str, Any]:
    """Return a brief with a sign for each run of letters that are missing and of others of their
    scripts, explained in the last of its notes: what has room then may show more of them.
    """
    if not missing:
        return dict(brief)
    letters = {letter for text in missing for letter in text if not is_known(letter)}
    scripts = set(map(_script, letters))
    every = set(json.dumps(brief, ensure_ascii=False))
    others = {sign for sign in every if not is_known(sign) and _script(sign) in scripts}
    foreign = letters | others

    def mark_signs(text: str) -> str:
        marked = (
            _SIGN if foreign.intersection(cluster) else cluster for cluster in graphemes(text)
        )
        return _SIGNS.sub(_SIGN, "".join(marked))

    result: dict[str, Any] = _in_texts(brief, mark_signs)
    parts = [part for page in result["pages"] for part in page["parts"] if "notes" in part]
    # The last page of a group has a chart alone.
    parts[-1]["notes"].append({"label": "Letters", "text": _LETTERS, "link": ""})
    return result


def graphemes(text: str) -> list[str]:
    """Return a text in what a reader takes for a letter: one with its marks and signs of how it is
    drawn, and what is joined to it. A part of it alone would say something else.
    """
    return _GRAPHEME.findall(text)


def _script(letter: str) -> str:
    """Return what the name of a letter begins with: its script, as far as it has one."""
    return unicodedata.name(letter, letter).partition(" ")[0]


def _in_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Return a value as JSON has it with each of its texts changed, and nothing that is not read:
    colours, addresses, names of kinds and of pictures.
    """
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {
            name: item if name in _NOT_READ else _in_texts(item, change)
            for name, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_in_texts(item, change) for item in value]
    return value
