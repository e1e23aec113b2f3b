"""What came of an input: whether the site broke, whether something lives in the page, and where the words went."""

import re
import unicodedata
from html import unescape

from tests.fuzzing.pages import Form, forms_of

_QUOTED = re.compile(r'="[^"]*"')
_ALIVE = re.compile(
    r"<script(?![^>]*\ssrc=)|<[^<>]*\son\w+\s*=|<(?:iframe|object|embed|base|evil)\b|<img|<svg onload|<!--#",
    re.IGNORECASE,
)
_LEADS_TO_SCRIPT = re.compile(r'\s(?:href|src|action|formaction)="\s*(?:javascript|data):', re.IGNORECASE)
_MAIN = re.compile(r"<main.*</main>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
# What somebody looks for is cut off here, and shown as it was looked for.
LONGEST_SEARCH = 200


def main_of(html: str) -> str:
    """What a page is about, without the bars around it."""
    found = _MAIN.search(html)
    return found[0] if found else html


def alive(html: str) -> str:
    """Return what a browser would run of what somebody typed; nothing of ours runs from a page itself."""
    found = _LEADS_TO_SCRIPT.search(html) or _ALIVE.search(_QUOTED.sub("=", html))
    return html[max(0, found.start() - 40) : found.end() + 80] if found else ""


def shown_words(html: str) -> str:
    """Everything that a page says, in its text and in its fields, with one space for each white space."""
    main = main_of(html)
    fields = " ".join(re.findall(r'\svalue="([^"]*)"', main))
    return flat(unescape(f"{_TAG.sub(' ', main)} {fields}"))


def flat(text: str) -> str:
    """As a page shows a text: white space is white space, and an accent is an accent."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def as_typed(sent: bytes) -> str:
    """What a form understands of bytes: what is no UTF-8 becomes the sign for that."""
    return sent.decode(errors="replace")


def as_read(kind: str, text: str) -> str:
    """An answer as the site reads it in a field of this kind."""
    return text.strip()[:LONGEST_SEARCH] if kind == "search" else text


def lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def form_again(html: str, names: set[str]) -> Form | None:
    """The form that came back: the one on the page with most of these fields."""
    forms = [form for form in forms_of(main_of(html)) if names & form.fields.keys()]
    return max(forms, key=lambda form: len(names & form.fields.keys()), default=None)


def lost_again(html: str, form: Form, typed: dict[str, str]) -> list[str]:
    """Return the answers that a refused form does not show again as they were typed."""
    back = form_again(html, set(typed))
    if back is None:
        return [] if not typed else ["(no form)"]
    return [name for name, text in typed.items() if not _stands_in(back, name, text)]


def _stands_in(back: Form, name: str, text: str) -> bool:
    asked = back.fields.get(name)
    if asked is None:
        return False
    # A browser leaves the first line break of a text area out; ours stands before what was typed.
    values = [value.removeprefix("\n") if asked.kind == "textarea" else value for value in asked.values]
    return any(lines(value).strip() == lines(text).strip() for value in values)
