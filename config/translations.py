"""The texts of the interface: found in the code, translated in locale/, built for Django. No gettext tools needed."""

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.environment import ROOT

PACKAGES = ("config", "foundation", "organisations", "participants", "trajectories", "guidance", "reporting")
# Functions of Django that take a text, and where in their arguments it stands.
KEYWORDS: dict[str, Any] = {
    name + lazy: places
    for name, places in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
} | {"gettext_noop": None, "_": None}
# Ours to translate; the source of the code is English, so English needs no list.
LANGUAGES = ("nl",)
# Of each .po. Nothing in it changes by itself, so that a diff of a .po shows texts only.
HEADER = """# {english} translations for Draad.
# Under the same licence as Draad: EUPL-1.2.
#
msgid ""
msgstr ""
"Project-Id-Version: Draad\\n"
"Language: {code}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


class Found(NamedTuple):
    """One text in the code. A plural is a pair; the context tells apart what English writes the same."""

    file: str
    line: int
    text: str | tuple[str, str]
    context: str | None


def catalogue(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def build() -> None:
    """Make each .mo whose .po is newer; Django reads nothing else."""
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        with draft.open("wb") as handle:
            write_mo(handle, _read(source))
        draft.replace(target)


def find() -> Iterator[Found]:
    """Every text to translate, in Python and in templates."""
    for file in _modules():
        yield from _texts(file, file.read_text())
    for folder in ("templates", *(f"{package}/templates" for package in PACKAGES)):
        for file in sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in {".html", ".txt"}):
            # Django turns a template into something like Python. In brackets its indentation means nothing, and
            # the first bracket stays on the first line, so that the numbers of the lines stay right.
            yield from _texts(file, "(" + templatize(file.read_text()) + "\n)")


def _modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (file for file in sorted((ROOT / package).rglob("*.py")) if "migrations" not in file.parts)


def _texts(file: Path, source: str) -> Iterator[Found]:
    name = str(file.relative_to(ROOT))
    for line, text, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        # An empty text is the catalogue's own header, not something to translate.
        if isinstance(text, str) and text:
            yield Found(name, line, text, context)
        elif isinstance(text, (tuple, list)):
            yield Found(name, line, (str(text[0]), str(text[1])), context)


def wrong(language: str) -> list[str]:
    """What is missing, fuzzy or left over in a language, a line each."""
    path = catalogue(language)
    if not path.exists():
        return [f"{path.relative_to(ROOT)} is missing"]
    known = _read(path)
    faults = [*_unheard()]
    wanted: set[tuple[str | None, str]] = set()
    for found in find():
        key = (found.context, found.text if isinstance(found.text, str) else found.text[0])
        if key not in wanted and known.get(key[1], context=key[0]) is None:
            faults.append(f"{found.file}:{found.line}: not in {path.relative_to(ROOT)}: {key[1]!r}")
        wanted.add(key)
    for message in known:
        if message.id:
            faults += [f"{path.relative_to(ROOT)}:{message.lineno}: {fault}" for fault in _faults(message, wanted)]
    return faults


def _unheard() -> Iterator[str]:
    """Functions under a name of one's own: what they are given would stay English, and nothing would say so."""
    for file in _modules():
        for name, own in re.findall(r"\b(\w*gettext\w*) as (\w+)", file.read_text()):
            if own not in KEYWORDS:
                yield f"{file.relative_to(ROOT)}: texts in {own}() are not found; import {name} by its name, or as _"


def _faults(message: Message, wanted: set[tuple[str | None, str]]) -> Iterator[str]:
    plain = message.id if isinstance(message.id, str) else message.id[0]
    translations = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if (message.context, plain) not in wanted:
        yield f"no longer in the code: {plain!r}"
    elif message.fuzzy:
        yield f"fuzzy: {plain!r}"
    elif not all(translations):
        yield f"not translated: {plain!r}"
    else:
        names = _placeholders(message.id if isinstance(message.id, str) else message.id[-1])
        for translation in translations:
            if surplus := _placeholders(translation) - names:
                yield f"the translation fills in {', '.join(sorted(surplus))}, which the text does not: {plain!r}"


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)|(?<!\{)\{\w+\}", text))


def update(language: str) -> None:
    """Bring the .po up to date: new texts in, old ones out, what was translated kept. Guesses nothing."""
    path = catalogue(language)
    known = _read(path) if path.exists() else Catalog()
    fresh = Catalog(locale=language, project="Draad", charset="utf-8", fuzzy=False)
    for found in find():
        text = found.text if isinstance(found.text, str) else tuple(found.text)
        fresh.add(text, locations=[(found.file, found.line)], context=found.context)
    for message in fresh:
        plain = message.id if isinstance(message.id, str) else message.id[0] if message.id else ""
        before = known.get(plain, context=message.context) if plain else None
        if before and isinstance(before.id, str) == isinstance(message.id, str):
            message.string = before.string
            message.user_comments = before.user_comments
            message.flags |= before.flags & {"fuzzy"}
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, language, fresh)


def _write(path: Path, language: str, known: Catalog) -> None:
    english = Locale.parse(language).get_display_name("en")
    with path.open("wb") as handle:
        handle.write(HEADER.format(english=english, code=language, plural=known.plural_forms).encode())
        write_po(handle, known, width=110, omit_header=True, sort_by_file=True, include_lineno=False)


def _read(path: Path) -> Catalog:
    with path.open("rb") as handle:
        return read_po(handle, abort_invalid=True)


if __name__ == "__main__":
    for each in LANGUAGES:
        update(each)
        remaining = wrong(each)
        print("\n".join([*remaining, f"{each}: {len(remaining)} to translate or repair"]))
        sys.exit(bool(remaining))
