"""A PDF from outside is gone through whole: it shows pages and does nothing else.

It is kept byte by byte, so that a signature in it stays worth something. So it must be a PDF and nothing else besides,
and it is looked at twice: as bytes, for who reads it otherwise than we do, and as the objects that a reader finds.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from foundation.received.wrong import Wrong

# Names that stand in a PDF that acts, sends, plays, or carries files; with them it needs no looking further.
ACTIVE = (
    "JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "AF", "Collection", "XFA", "RichMedia",
    "RichMediaContent", "Rendition", "Movie", "Sound", "3D", "ImportData", "SubmitForm", "GoToE", "GoToR", "Thread",
)  # fmt: skip
# Of these the short ones could stand by chance in what is pressed together; in the bytes only the long ones count.
_LONG = "|".join(name for name in ACTIVE if len(name) > 4 and name not in ("Movie", "Sound", "Thread", "Collection"))
_ACTIVE_BYTES = re.compile(rf"/(?:{_LONG}|XFA)(?![A-Za-z])".encode())
_LOCKED_BYTES = re.compile(rb"/Encrypt(?![A-Za-z])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# The first line, at most three remarks (the usual one is four bytes that say: not text), and the first object.
_HEAD = re.compile(rb"%PDF-[12]\.\d[ \t]*[\r\n]+(?:%[^\r\n<]{0,200}[\r\n]+){0,3}\s*\d+\s+\d+\s+obj\b")
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_OBJECT_STREAM = re.compile(rb"/ObjStm\b[^\x00]*?stream\r?\n(.*?)endstream", re.DOTALL)
_PAGE_OF_A_SITE = re.compile(rb"<(?:script|html|!doctype|svg|iframe|object|embed|\?php|\?xml|!entity)", re.IGNORECASE)
_BLANK = b"\x00\t\n\x0c\r "

MOST_OBJECTS = 200_000
MOST_IN_ONE, MOST_IN_ALL = 200 * 2**20, 1000 * 2**20
"""Bytes that come out of what is pressed together: a page of a scanner is a hundred megabytes at most."""
DEEPEST = 100


def checked(content: bytes) -> bytes:
    """Return the same PDF. Raises Wrong."""
    _look_at_bytes(content)
    try:
        _look_at_objects(PdfReader(BytesIO(content), root_object_recovery_limit=0))
    except (PyPdfError, RecursionError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError,
            zlib.error, AssertionError, NotImplementedError):  # fmt: skip
        raise Wrong("damaged") from None
    except MemoryError:
        raise Wrong("heavy") from None
    return content


def _look_at_bytes(content: bytes) -> None:
    if not _HEAD.match(content) or content.rpartition(b"%%EOF")[2].strip(_BLANK) or b"%%EOF" not in content:
        raise Wrong("damaged")
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
    for text in (content, plain, *_object_streams(content)):
        if _LOCKED_BYTES.search(text):
            raise Wrong("locked")
        if _ACTIVE_BYTES.search(text):
            raise Wrong("active")
    if _PAGE_OF_A_SITE.search(_STREAM.sub(b" ", content)):
        raise Wrong("active")


def _object_streams(content: bytes) -> Iterator[bytes]:
    """Objects that are pressed together, also those that no list points at: a reader that mends might take them."""
    for found in _OBJECT_STREAM.finditer(content):
        yield _ESCAPED.sub(lambda part: bytes([int(part[1], 16)]), _pressed_out(found[1], MOST_IN_ONE // 10))


def _pressed_out(pressed: bytes, most: int) -> bytes:
    """The beginning of it, or nothing when it is pressed in another way: then the reader's own look counts."""
    try:
        out = zlib.decompressobj().decompress(pressed, most + 1)
    except zlib.error:
        return b""
    if len(out) > most:
        raise Wrong("heavy")
    return out


def _look_at_objects(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise Wrong("locked")
    if len(reader.pages) < 1:
        raise Wrong("damaged")
    _look_at(reader.trailer, 0)
    left = MOST_IN_ALL
    for number, found in enumerate(_objects(reader)):
        if number > MOST_OBJECTS:
            raise Wrong("heavy")
        _look_at(found, 0)
        if isinstance(found, StreamObject):
            left -= _weigh(found)
            if left < 0:
                raise Wrong("heavy")


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object that the lists of the file know, whether a page leads to it or not."""
    numbers = {(generation, number) for generation, found in reader.xref.items() for number in found}
    for generation, number in sorted(numbers | {(0, number) for number in reader.xref_objStm}):
        if number:
            yield IndirectObject(number, generation, reader).get_object()


def _look_at(found: Any, depth: int) -> None:
    """Refuse what acts: as a key of a dictionary, or as what an action or an annotation is."""
    if depth > DEEPEST:
        raise Wrong("heavy")
    if isinstance(found, DictionaryObject):
        for key, value in found.items():
            word = str(value)[1:] if key in ("/S", "/Subtype", "/Type") else ""
            if key[1:] in ACTIVE or word in ACTIVE:
                raise Wrong("active")
            if not isinstance(value, IndirectObject):
                _look_at(value, depth + 1)
    elif isinstance(found, ArrayObject):
        for value in found:
            if not isinstance(value, IndirectObject):
                _look_at(value, depth + 1)


def _weigh(stream: StreamObject) -> int:
    """How many bytes come out of a stream. Raises Wrong for one that is pressed twice, or swells beyond any page."""
    if "/F" in stream:
        raise Wrong("active")  # its content lies in another file
    filters = stream.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, ArrayObject) else [str(filters)]
    if len(set(names)) < len(names) or "/Crypt" in names:
        raise Wrong("heavy")
    if names[0] not in ("/FlateDecode", "/Fl"):
        return len(stream._data)
    pieces, size, fresh = zlib.decompressobj(), 0, stream._data
    while fresh and not pieces.eof:
        size += len(pieces.decompress(fresh, 2**20))
        fresh = pieces.unconsumed_tail
        if size > MOST_IN_ONE:
            raise Wrong("heavy")
    return size
