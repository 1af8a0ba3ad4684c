"""The releases over HTTP: which there are, each as it was published, and what two have apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus

from starlette.requests import Request

from stances.answers.release_diff import diff_records, release_diff
from stances.answers.tracker import Tracker
from stances.answers.typed import versions
from stances.dataset.descriptions import file_stem
from stances.dataset.faults import inline
from stances.dataset.plain import most_bytes, read_plain
from stances.dataset.release import archive_path
from stances.dataset.releases import day_of, formula_of, release_of, releases
from stances.dataset.tables import Dataset
from stances.routes.answers import JSON, MINUTES, YEAR, ZIP, Answer, Problem
from stances.routes.body import packed
from stances.routes.data import data_links, licence_link, to_json
from stances.routes.query import Query

DIFF_PARAMETERS = ("old", "new", "actor", "as_of")
_ENDING = ".zip"


def releases_answer(request: Request, tracker: Tracker) -> Answer:
    """`/releases.json`: every release that has an archive, the newest first."""
    data = tracker.data
    Query(request, data, ())
    there = releases(data.folder)
    rows = [_release(data, name, there.aliases) for name in there.names]
    text = {**versions(data), "count": len(rows), "rows": rows}
    return Answer(packed(to_json(text)), JSON, MINUTES, links=data_links(data, "Release"))


def _release(data: Dataset, name: str, aliases: Mapping[str, str]) -> dict[str, object]:
    content = _archive(data, name)
    return {
        "version": name,
        "day": str(day_of(name)),
        "model_version": str(formula_of(data.folder, name).number),
        "aliases": sorted(alias for alias, of in aliases.items() if of == name),
        "address": f"releases/{name}{_ENDING}",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def release_answer(request: Request, tracker: Tracker) -> Answer:
    """`/releases/{version}.zip`: the archive of a release, whose bytes never change."""
    data = tracker.data
    Query(request, data, ())
    name, names = request.path_params["name"], releases(data.folder).names
    if name.removesuffix(_ENDING) not in names or not name.endswith(_ENDING):
        allowed = ", ".join(f"{each}{_ENDING}" for each in names) or "none"
        detail = f"no release {inline(name)}; there are: {allowed}"
        raise Problem(HTTPStatus.NOT_FOUND, detail, "version")
    content = _archive(data, name.removesuffix(_ENDING))
    return Answer(packed(content), ZIP, YEAR, f"{file_stem(data)}_{name}", licence_link(data))


def _archive(data: Dataset, name: str) -> bytes:
    return read_plain(archive_path(data.folder, name), most_bytes())


def diff_answer(request: Request, tracker: Tracker) -> Answer:
    """`/releases/diff.json`: what two releases have apart, in rows and in figures."""
    data = tracker.data
    query = Query(request, data, DIFF_PARAMETERS)

    def release(text: str) -> Dataset:
        return release_of(data.folder, text, data.today)

    new = query.read("new", release) or data
    earlier = [name for name in releases(data.folder).names if _is_before(name, new)]
    old = query.read("old", release) or (release(earlier[0]) if earlier else new)
    known = sorted({*old.actors["actor"], *new.actors["actor"]})
    actors = query.several("actor", known, HTTPStatus.NOT_FOUND) or ()

    def day(text: str) -> date:
        return new.day(text)

    diff = release_diff(old, new, query.read("as_of", day) or new.opening_day, actors)
    text = {**versions(new), **diff_records(diff)}
    return Answer(
        packed(to_json(text)), JSON, MINUTES, links=data_links(data, "ReleaseDiff", "../")
    )


def _is_before(name: str, data: Dataset) -> bool:
    """Say whether a release came before a dataset: of those of its day, any other."""
    return name != data.version and day_of(name) <= data.recorded
