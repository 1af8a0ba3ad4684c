"""Files in one zip: the same files give the same bytes."""

import io
import zipfile
import zlib
from collections.abc import Container, Mapping
from datetime import date

from stances.dataset.faults import BadInput


def zip_files(files: Mapping[str, bytes], day: date) -> bytes:
    """Files by name in a zip, all with the same day, in the order of their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, day.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def unzip(content: bytes, name: str, only: Container[str] | None = None) -> dict[str, bytes]:
    """Return a zip's files by name, or some `only`. Raises BadInput. `name`: what it is called."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [entry for entry in archive.namelist() if only is None or entry in only]
            return {entry: archive.read(entry) for entry in names}
    except (zipfile.BadZipFile, zlib.error) as error:
        raise BadInput(f"{name} is no zip: {error}") from None
