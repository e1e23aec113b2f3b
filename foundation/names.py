"""Names as they are sorted and searched: lower case, without diacritics."""

import unicodedata

_SPECIAL = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})


def fold(text: str) -> str:
    """Return ``text`` in lower case, without diacritics and double spaces ("Şahin" -> "sahin")."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.translate(_SPECIAL).split())
