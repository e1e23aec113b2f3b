"""A picture from outside is opened and drawn anew: only its points are left.

Gone are the place where it was taken, the camera, remarks, a small picture of an earlier version, and whatever was
hung behind it or hidden between its parts.
"""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from foundation.received.wrong import Wrong

MOST_POINTS = 50_000_000
"""A large camera of a phone. One point takes up to four bytes of memory."""
LONGEST_SIDE = 3508
"""Points of A4 at 300 to the inch: a letter reads well, and a picture of it stays a few megabytes."""
MOST_SCANS = 64
"""A JPEG in layers has ten or so; one with thousands is made to keep a reader busy."""
QUALITY = 85

_FORMATS = {"jpeg": ("JPEG",), "png": ("PNG",)}
# What each may be drawn in; everything else becomes the last one.
_MODES = {"jpeg": ("L", "RGB"), "png": ("1", "L", "LA", "RGBA", "RGB")}


def drawn_anew(kind: str, content: bytes) -> bytes:
    """Return a new picture with the same points. Raises Wrong."""
    if kind == "jpeg" and content.count(b"\xff\xda") > MOST_SCANS:
        raise Wrong("heavy")
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = MOST_POINTS
        try:
            return _saved(kind, _opened(kind, content))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise Wrong("pixels") from None
        except MemoryError:
            raise Wrong("heavy") from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError):
            raise Wrong("damaged") from None


def _opened(kind: str, content: bytes) -> Image.Image:
    """The points of it, upright, in a way that both formats know, without anything beside them."""
    with Image.open(BytesIO(content), formats=_FORMATS[kind]) as found:
        if found.width * found.height > MOST_POINTS:
            raise Wrong("pixels")
        found.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG can be opened at half its size
        found.load()
        picture = ImageOps.exif_transpose(found)
        modes = _MODES[kind]
        if "transparency" in picture.info and kind == "png":
            picture = picture.convert("RGBA")
        if picture.mode not in modes:
            picture = picture.convert(modes[-1])
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        picture.info = {}
        return picture


def _saved(kind: str, picture: Image.Image) -> bytes:
    out = BytesIO()
    if kind == "jpeg":
        picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    else:
        picture.save(out, "PNG", compress_level=6)
    return out.getvalue()
