"""The releases over HTTP: which there are, each as it was published, and what two have apart."""

import hashlib
import logging
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus

from starlette.requests import Request

from stances.answers.release_diff import diff_records, release_diff
from stances.answers.tracker import Tracker
from stances.answers.typed_table import versions
from stances.dataset.days import day_at_start
from stances.dataset.descriptions import file_stem
from stances.dataset.faults import BadInput, DataFaults, inline
from stances.dataset.plain import most_bytes, read_plain
from stances.dataset.release import archive_path
from stances.dataset.releases import formula_of, release_of, releases
from stances.dataset.tables import Dataset
from stances.dataset.zips import unzip
from stances.routes.answers import JSON, MINUTES, TEXT, YEAR, ZIP, Answer, Problem
from stances.routes.body import pack
from stances.routes.data import MEDIA, data_links, licence_link, to_json
from stances.routes.query import Query

_LOG = logging.getLogger(__name__)
DIFF_PARAMETERS = ("old", "new", "actor", "as_of")
_ENDING = ".zip"


def releases_answer(request: Request, tracker: Tracker) -> Answer:
    """`/releases.json`: every release that has an archive and what is in it, the newest first; by
    name alone one whose archive cannot be used.
    """
    data = tracker.data
    Query(request, data, ())
    there = releases(data.folder)
    rows, unusable = [], []
    for name in there.names:
        try:
            rows.append(_release(data, name, there.aliases))
        except (BadInput, DataFaults, OSError):
            _LOG.exception("The archive of release %s cannot be used", name)
            unusable.append(name)
    text = {**versions(data), "count": len(rows), "rows": rows, "unusable": unusable}
    return Answer(pack(to_json(text)), JSON, MINUTES, links=data_links(data, "Releases"))


def _release(data: Dataset, name: str, aliases: Mapping[str, str]) -> dict[str, object]:
    content = _archive(data, name)
    files = unzip(content, name).items()
    return {
        "version": name,
        "day": str(day_at_start(name)),
        "model_version": str(formula_of(data.folder, name).number),
        "aliases": sorted(alias for alias, of in aliases.items() if of == name),
        "address": f"releases/{name}{_ENDING}",
        **_checksums(content),
        "files": [
            {"name": file, "address": f"releases/{name}/{file}", **_checksums(inside)}
            for file, inside in files
        ],
    }


def _checksums(content: bytes) -> dict[str, object]:
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def release_answer(request: Request, tracker: Tracker) -> Answer:
    """`/releases/{version}.zip` and `/releases/{version}/{file}`: bytes that never change."""
    data = tracker.data
    Query(request, data, ())
    name, names = request.path_params["name"], releases(data.folder).names
    version, slash, file = name.partition("/")
    version = version if slash else name.removesuffix(_ENDING)
    if version not in names or not (slash or name.endswith(_ENDING)):
        allowed = ", ".join(f"{release}{_ENDING}" for release in names) or "none"
        detail = f"no release {inline(name)}; there are: {allowed}"
        raise Problem(HTTPStatus.NOT_FOUND, detail, "version")
    content, media, saved = _archive(data, version), ZIP, name
    try:
        files = unzip(content, version)
    except BadInput as damaged:
        # What stays for a year is never another's bytes.
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, str(damaged), "version") from None
    if slash:
        if file not in files:
            detail = f"no file {inline(file)} in {version}; there are: {', '.join(files)}"
            raise Problem(HTTPStatus.NOT_FOUND, detail, "file")
        content, media, saved = files[file], _media(file), f"{version}_{file}"
    return Answer(pack(content), media, YEAR, f"{file_stem(data)}_{saved}", licence_link(data))


def _media(file: str) -> str:
    """Return the media type of a file of a release; one of a kind that is not known is text."""
    return MEDIA.get(file[file.rindex(".") :], TEXT) if "." in file else TEXT


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
    return Answer(pack(to_json(text)), JSON, MINUTES, links=data_links(data, "ReleaseDiff", "../"))


def _is_before(name: str, data: Dataset) -> bool:
    """Say whether a release came before a dataset: of those of its day, any other."""
    return name != data.version and day_at_start(name) <= data.recorded
