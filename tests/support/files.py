"""Files as people add them: a letter as PDF, a photo of one, a picture."""

from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfWriter

BLUE = (20, 60, 160)


def pdf(writer: PdfWriter | None = None) -> bytes:
    """A PDF of one empty page, or what a writer holds."""
    if writer is None:
        writer = a_page()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def a_page() -> PdfWriter:
    """A writer that holds one empty page."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    return writer


def jpeg(size: tuple[int, int] = (60, 40), **how: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, BLUE).save(out, "JPEG", **how)
    return out.getvalue()


def png(size: tuple[int, int] = (60, 40), **how: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, BLUE).save(out, "PNG", **how)
    return out.getvalue()


def gps() -> Image.Exif:
    """What a phone writes into a photo: where it was taken, with which camera, and how it was held."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Fairphone", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 9.0, 18.0), 3: "E", 4: (5.0, 23.0, 12.0)})
    return exif
