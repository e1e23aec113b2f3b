"""Files that nobody should be able to put in a file, made by code: none of them lies on a disk."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from tests.support import files
from tests.support.bad_pdfs import bad_pdfs, object_stream, raw_pdf
from tests.support.clamd import EICAR

SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "/etc/passwd">]><a>&b;</a>'
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><l>&b;</l>'
NOUGHT = bytes(3_000_000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"V\0B\0A\0"


class Bad(NamedTuple):
    """A file as it is sent: what it is called, what the browser says it is, and what is in it."""

    name: str
    content_type: str
    content: bytes


@cache
def bad_files() -> dict[str, Bad]:
    """All of them, by what is wrong with them."""
    found: dict[str, Bad] = {}
    for number, (what, name, content) in enumerate([*_others(), *_packed(), *_names(), *_pictures()]):
        claims = ("application/pdf", "image/jpeg", "image/png", "text/html")[number % 4]
        found[what] = Bad(name, claims, content)
    found |= {f"pdf: {what}": Bad("brief.pdf", "application/pdf", content) for what, content in bad_pdfs().items()}
    return found


def _others() -> Iterator[tuple[str, str, bytes]]:
    yield "nothing in it", "brief.pdf", b""
    yield "one byte", "brief.pdf", b"%"
    yield "too large", "brief.pdf", b"%PDF-1.7\n" + b"\0" * (10 * 2**20)
    yield "far too large", "brief.pdf", b"%PDF-1.7\n" + b"\0" * (11 * 2**20)
    yield "html", "brief.html", b"<!doctype html>" + SCRIPT
    yield "html as pdf", "brief.pdf", b"<!doctype html>" + SCRIPT
    yield "html as png", "brief.png", b"\n\n<html>" + SCRIPT
    yield "svg with script", "foto.svg", SVG
    yield "svg as png", "foto.png", SVG
    yield "svg pressed", "foto.svgz", gzip.compress(SVG)
    yield "xml that reads a file", "brief.xml", XXE
    yield "xml that reads a file, as pdf", "brief.pdf", XXE
    yield "xml that swells", "brief.pdf", LAUGHS
    yield "program", "brief.exe", b"MZ\x90\0" + b"\0" * 200
    yield "program as pdf", "brief.pdf", b"MZ\x90\0" + b"\0" * 200
    yield "program of linux", "brief.pdf", b"\x7fELF\x02\x01\x01" + b"\0" * 60
    yield "shell", "brief.jpg", b"#!/bin/sh\nrm -rf /\n"
    yield "php", "foto.php.jpg", b"<?php system($_GET['c']); ?>"
    yield "python pickle", "brief.pdf", b"\x80\x04cos\nsystem\n(S'id'\ntR."
    yield "shortcut", "brief.pdf", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60
    yield "virus of the testers", "eicar.com", EICAR
    yield "virus of the testers as pdf", "brief.pdf", EICAR
    yield "old word", "brief.doc", OLE
    yield "old word as pdf", "brief.pdf", OLE
    yield "rich text with an object", "brief.rtf", rb"{\rtf1{\object\objdata 0105}}"
    yield "postscript", "brief.ps", b"%!PS-Adobe-3.0\n(r) file\n"
    yield "postscript as pdf", "brief.pdf", b"%!PS-Adobe-3.0 EPSF-3.0\n"
    yield "text", "brief.txt", b"Beste mevrouw,\n"
    yield "text of two bytes", "brief.pdf", "Beste mevrouw".encode("utf-16")
    yield "nothing but nought", "brief.png", b"\0" * 4096
    yield "gif", "foto.gif", b"GIF89a\x01\0\x01\0\0\0\0;"
    yield "gif that is a script", "foto.gif", b"GIF89a/*" + b"\0" * 8 + b"*/=1;alert(1);"
    yield "gif that is a pdf", "brief.pdf", b"GIF89a\x01\0\x01\0\0\0\0;\n" + files.pdf()
    yield "bitmap", "foto.bmp", b"BM" + b"\0" * 60
    yield "webp", "foto.webp", b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 24
    yield "tiff", "foto.tif", b"II*\0\x08\0\0\0" + b"\0" * 24
    yield "icon", "foto.ico", b"\0\0\x01\0\x01\0" + b"\0" * 24
    yield "heic", "foto.heic", b"\0\0\0\x18ftypheic" + b"\0" * 24
    yield "film", "film.mp4", b"\0\0\0\x18ftypisom" + b"\0" * 24
    yield "sound", "lied.mp3", b"ID3\x04\0\0\0\0\0\0"


def _packed() -> Iterator[tuple[str, str, bytes]]:
    yield "zip", "brief.zip", zipped({"brief.txt": b"x"})
    yield "zip as pdf", "brief.pdf", zipped({"brief.pdf": files.pdf()})
    yield "zip that swells", "brief.zip", zipped({"nul": NOUGHT})
    yield "zip that swells twice", "brief.pdf", zipped({"nul.zip": zipped({"nul": NOUGHT})})
    yield "zip that climbs out", "brief.zip", zipped({"../../../etc/cron.d/x": b"x"})
    yield "gzip that swells", "brief.pdf.gz", gzip.compress(NOUGHT)
    yield "tar", "brief.tar", _tar()
    yield "7z", "brief.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 26
    yield "rar", "brief.rar", b"Rar!\x1a\x07\x01\0" + b"\0" * 26
    yield "word", "brief.docx", zipped({"[Content_Types].xml": b"", "word/document.xml": b"<w/>"})
    yield "word with macro", "brief.docm", zipped({"word/document.xml": b"<w/>", "word/vbaProject.bin": OLE})
    yield "word with macro as pdf", "brief.pdf", zipped({"word/document.xml": XXE, "word/vbaProject.bin": OLE})
    yield "spreadsheet with macro", "lijst.xlsm", zipped({"xl/workbook.xml": b"<w/>", "xl/vbaProject.bin": OLE})
    yield "opendocument with macro", "brief.odt", zipped({"content.xml": b"<c/>", "Basic/x.xml": b"Shell"})
    yield "java", "brief.jar", zipped({"META-INF/MANIFEST.MF": b"Main-Class: X"})


def _names() -> Iterator[tuple[str, str, bytes]]:
    """Good content under a name that says something else."""
    yield "png named pdf", "brief.pdf", files.png()
    yield "pdf named html", "brief.html", files.pdf()
    yield "pdf named jpg", "brief.jpg", files.pdf()
    yield "two endings", "brief.pdf.exe", files.pdf()
    yield "two endings, a drawing", "foto.jpg.svg", files.jpeg()
    yield "name read from right to left", "brief\u202efdp.exe", files.pdf()
    yield "name with a nought in it", "brief.pdf\0.exe", files.pdf()
    yield "name that climbs out", "../../../etc/cron.d/brief.sh", files.pdf()
    yield "name of the web server", "..\\..\\web.asp", files.png()


def _pictures() -> Iterator[tuple[str, str, bytes]]:
    whole, photo = files.png((300, 200)), files.jpeg((300, 200))
    yield "png cut off", "foto.png", whole[: len(whole) // 2]
    yield "png of its first bytes", "foto.png", whole[:8]
    yield "png that is html", "foto.png", whole[:8] + b"<html>" + SCRIPT
    yield "png far too large", "foto.png", _png(100_000, 100_000, b"")
    yield "png that swells", "foto.png", _png(30_000, 30_000, zlib.compress(NOUGHT))
    yield "png with a broken sum", "foto.png", whole.replace(b"IHDR", b"IHDr", 1)
    yield "png with a text that swells", "foto.png", _with_text(whole, NOUGHT)
    yield "jpeg cut off", "foto.jpg", photo[: len(photo) // 2]
    yield "jpeg of its first bytes", "foto.jpg", photo[:3]
    yield "jpeg that is a script", "foto.jpg", b"\xff\xd8\xff/*\0*/=1;alert(1)//"
    yield "jpeg far too large", "foto.jpg", _resized(photo, 65_500)
    yield (
        "jpeg in thousands of layers",
        "foto.jpg",
        photo[:-2] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" * 5000 + photo[-2:],
    )
    yield "jpeg behind html", "foto.jpg", SCRIPT + photo


def zipped(inside: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in inside.items():
            folder.writestr(name, content)
    return out.getvalue()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as folder:
        folder.addfile(tarfile.TarInfo("/etc/passwd"))
    return out.getvalue()


def _png(width: int, height: int, data: bytes) -> bytes:
    """A picture of one bit a point, whatever is in it."""
    head = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return files.png()[:8] + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _with_text(png: bytes, text: bytes) -> bytes:
    end = png.index(b"IDAT") - 4
    return png[:end] + _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(text, 9)) + png[end:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def _resized(jpeg: bytes, side: int) -> bytes:
    """The same, but it says of itself that it is so large."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack("!HH", side, side) + jpeg[at + 4 :]


@cache
def good_files() -> dict[str, Bad]:
    """What must be taken all the same, so that refusing everything is no way through."""
    link = raw_pdf({4: b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://amfors.voorbeeld.test)>>>>"},
                   page=b"/Annots[4 0 R]")  # fmt: skip
    exif = files.gps()
    return {
        "pdf": Bad("brief.pdf", "application/pdf", files.pdf()),
        "pdf with a link": Bad("BRIEF.PDF", "application/pdf", link),
        "pdf with its lists pressed": Bad("brief.pdf", "", _pressed()),
        "pdf whose name climbs": Bad("../../../brief.pdf", "text/html", files.pdf()),
        "photo with its place": Bad("IMG_2041.JPG", "image/jpeg", files.jpeg((300, 200), exif=exif, comment=SCRIPT)),
        "photo in layers": Bad("foto.jpeg", "image/jpeg", files.jpeg((300, 200), progressive=True)),
        "photo with something behind it": Bad("foto.jpg", "image/jpeg", files.jpeg() + zipped({"x.html": SCRIPT})),
        "picture": Bad("scherm", "application/octet-stream", files.png()),
        "picture with html behind it": Bad("scherm.png", "image/png", files.png(exif=exif) + SCRIPT),
    }


def _pressed() -> bytes:
    """With an object that is pressed, as most writers do."""
    return raw_pdf({4: object_stream(b"<</Title(Brief)>>")})
