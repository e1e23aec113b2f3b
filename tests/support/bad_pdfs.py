"""PDFs that act, carry something, are something else as well, or cannot be read in one way only."""

import zlib
from collections.abc import Mapping

from tests.support import files

JS = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
PAGE = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
ROOT = b"/Type/Catalog/Pages 2 0 R"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def raw_pdf(
    more: Mapping[int, bytes] | None = None,
    *,
    root: bytes = b"",
    page: bytes = b"",
    pages: bytes = PAGES,
    trailer: bytes = b"",
    head: bytes = b"",
    between: bytes = b"",
) -> bytes:
    """A PDF of one page put together by hand, with what a writer would never put in."""
    objects = {1: b"<<" + ROOT + root + b">>", 2: pages, 3: b"<<" + PAGE + page + b">>", **(more or {})}
    out, places = b"%PDF-1.7\n" + head + b"%\xe2\xe3\xcf\xd3\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body) + between
    start, last = len(out), max(objects)
    rows = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(1, last + 1)]
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1) + b"".join(rows)
    return out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, trailer, start)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), more, data)


def swelling(megabytes: int) -> bytes:
    """A few bytes out of which so many come: one piece, pressed once and repeated."""
    press = zlib.compressobj(9)
    first, next_one = (press.compress(bytes(2**20)) + press.flush(zlib.Z_FULL_FLUSH) for _piece in range(2))
    return first + next_one * (megabytes - 1)


def object_stream(body: bytes) -> bytes:
    inside = b"9 0 " + body
    return stream(zlib.compress(inside), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")


def locked(password: str) -> bytes:
    writer = files.a_page()
    writer.encrypt(user_password=password, owner_password="eigenaar", algorithm="AES-256")
    return files.pdf(writer)


def carrying() -> bytes:
    writer = files.a_page()
    writer.add_attachment("x.exe", b"MZ\x90\0")
    return files.pdf(writer)


def bad_pdfs() -> dict[str, bytes]:
    """All of them, by what is wrong with them."""
    return {**_acting(), **_hiding(), **_besides(), **_broken()}


def _acting() -> dict[str, bytes]:
    return {
        "script at opening": raw_pdf(root=b"/OpenAction" + JS),
        "script by name": raw_pdf({4: JS}, root=b"/Names<</JavaScript<</Names[(a) 4 0 R]>>>>"),
        "script at a page": raw_pdf(page=b"/AA<</O" + JS + b">>"),
        "script at a field": raw_pdf({4: b"<</FT/Tx/T(a)/AA<</K" + JS + b">>>>"}, root=b"/AcroForm<</Fields[4 0 R]>>"),
        "starts a program": raw_pdf(root=b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
        "sends a form": raw_pdf(root=b"/OpenAction<</S/SubmitForm/F(https://x.test)>>"),
        "fetches data": raw_pdf(root=b"/OpenAction<</S/ImportData/F(x.fdf)>>"),
        "opens another file": raw_pdf(root=b"/OpenAction<</S/GoToR/F(//server/share)/D[0/Fit]>>"),
        "opens a file in it": raw_pdf(root=b"/OpenAction<</S/GoToE/T<</R/C/N(a)>>>>"),
        "plays": raw_pdf(root=b"/OpenAction<</S/Rendition/JS(x)/OP 0>>"),
        "plays sound": raw_pdf(root=b"/OpenAction<</S/Sound/Sound 3 0 R>>"),
        "plays a film": raw_pdf({4: b"<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]>>"}, page=b"/Annots[4 0 R]"),
        "shows flash": raw_pdf({4: b"<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>"}, page=b"/Annots[4 0 R]"),
        "form of xml": raw_pdf({4: stream(b"<xdp/>")}, root=b"/AcroForm<</Fields[]/XFA 4 0 R>>"),
        "carries a program": carrying(),
        "carries a file at a page": raw_pdf({4: stream(b"MZ", b"/Type/EmbeddedFile")}, page=b"/AF[4 0 R]"),
        "is a case of files": raw_pdf(root=b"/Collection<</View/D>>"),
        "lies in another file": raw_pdf({4: stream(b"", b"/F(//server/share)")}, page=b"/Contents 4 0 R"),
    }


def _hiding() -> dict[str, bytes]:
    """A script, where who looks quickly does not see it."""
    spelt = JS.replace(b"/JavaScript", b"/J#61vaScr#69pt").replace(b"/JS(", b"/J#53(")
    earlier = raw_pdf(root=b"/OpenAction" + JS)
    later = b"1 0 obj\n<<%s>>\nendobj\n" % ROOT
    at = len(earlier)
    update = b"xref\n1 1\n%010d 00000 n \ntrailer\n<</Size 4/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        at, earlier.rindex(b"xref\n0"), at + len(later),
    )  # fmt: skip
    return {
        "script spelt in numbers": raw_pdf(root=b"/OpenAction" + spelt),
        "script pressed": raw_pdf({4: object_stream(JS)}),
        "script pressed and spelt": raw_pdf({4: object_stream(spelt)}),
        "script in an object of nobody": raw_pdf({7: JS}),
        "script in an earlier version": earlier + later + update,
        "script deep inside": raw_pdf(root=b"/X[[[[<</Y[<</Next" + JS + b">>]>>]]]]"),
    }


def _besides() -> dict[str, bytes]:
    """A PDF, and something else too."""
    html, plain = b"<html><script>alert(1)</script></html>", files.pdf()
    return {
        "html before it": html + plain,
        "html in its head": raw_pdf(head=b"%" + html + b"\n"),
        "html between its parts": raw_pdf(between=html + b"\n"),
        "html behind it": plain + html,
        "zip behind it": plain + b"PK\x03\x04" + b"\0" * 30,
        "program behind it": plain + b"MZ\x90\0",
        "php in a remark": raw_pdf(between=b"%<?php system('id'); ?>\n"),
        "a virus of the testers behind it": plain + b"\nX5O!P%@AP",
    }


def _broken() -> dict[str, bytes]:
    plain, nought = files.pdf(), swelling(210)
    return {
        "locked": locked("geheim"),
        "locked without a word": locked(""),
        "locked by hand": raw_pdf(trailer=b"/Encrypt 3 0 R"),
        "cut off": plain[: len(plain) // 2],
        "its head only": b"%PDF-1.7\n",
        "its head and end only": b"%PDF-1.7\n%%EOF\n",
        "a program under its head": b"%PDF-1.7\nMZ\x90\0" + b"\0" * 200 + b"%%EOF",
        "without pages": raw_pdf(pages=b"<</Type/Pages/Kids[]/Count 0>>"),
        "pages in a ring": raw_pdf(pages=b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        "without a beginning": raw_pdf().replace(b"/Root 1 0 R", b"/Root 9 0 R"),
        "endless lists": raw_pdf(root=b"/X" + b"[" * 3000 + b"]" * 3000),
        "swells": raw_pdf({4: stream(nought, b"/Filter/FlateDecode")}, page=b"/Contents 4 0 R"),
        "swells twice": raw_pdf(
            {4: stream(zlib.compress(nought, 9), b"/Filter[/FlateDecode/FlateDecode]")}, page=b"/Contents 4 0 R"
        ),
    }
