"""The bytes of an answer: made in pieces, held once, and sent in pieces."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Smaller ones gain nothing by it.
_LEAST_ZIPPED = 500
# Nor does what is compressed already: a zip, a picture.
_MOST_OF_PLAIN = 0.9
# Sent at a time: a client that reads slowly holds up no more than that.
_PIECE = 65_536
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class Body:
    """A body: `content`, by gzip where `zipped`; before that `length`, `digest` (32 hex digits)."""

    content: bytes
    zipped: bool
    length: int
    digest: str

    def size(self, zipped: bool) -> int:
        """Bytes of one form: compressed, which it must be held as, or plain."""
        return len(self.content) if zipped else self.length

    def pieces(self, zipped: bool) -> Iterator[bytes]:
        """One form of the bytes, in pieces of at most 64 kB."""
        pieces = (self.content[at : at + _PIECE] for at in range(0, len(self.content), _PIECE))
        return pieces if zipped == self.zipped else _inflate(pieces)


def pack(content: bytes | Iterable[bytes], level: int = 6) -> Body:
    """Pack a content, whole or in pieces, of which only the result is kept; `level`: 1 to 9."""
    pieces = (content,) if isinstance(content, bytes) else content
    digest, deflater = hashlib.sha256(), zlib.compressobj(level, zlib.DEFLATED, _GZIP)
    length, parts = 0, []
    for piece in pieces:
        digest.update(piece)
        length += len(piece)
        parts.append(deflater.compress(piece))
    body = b"".join([*parts, deflater.flush()])
    zipped = length >= _LEAST_ZIPPED and len(body) <= _MOST_OF_PLAIN * length
    if not zipped:
        body = content if isinstance(content, bytes) else zlib.decompress(body, _GZIP)
    return Body(body, zipped, length, digest.hexdigest()[:32])


def _inflate(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what compressed bytes stand for, little by little: few of them can be a long text."""
    inflater = zlib.decompressobj(_GZIP)
    for piece in pieces:
        while piece:
            yield inflater.decompress(piece, _PIECE)
            piece = inflater.unconsumed_tail
    if rest := inflater.flush():
        yield rest
