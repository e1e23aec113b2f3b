"""One filled-in form after another: from an honest filling to one in which anything may be wrong."""

import json
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote_plus

from tests.factories import PASSWORD
from tests.fuzzing.alphabet import Typed, evil_of, evil_text, whole_megabyte
from tests.fuzzing.pages import Field, Form

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=rand"
# How much more goes into an answer of several lines.
LONGER = 3
NOT_TOUCHED = {"csrfmiddlewaretoken", "once"}
HONEST = {
    "text": "Gewoon een antwoord", "textarea": "Gewoon een verhaal.", "email": "iemand@voorbeeld.test",
    "password": PASSWORD, "date": "2026-03-17", "time": "09:30", "number": "3", "search": "Samira", "tel": "0612345678",
}  # fmt: skip
Answers = dict[str, list[Typed]]


@dataclass
class Sent:
    """A form as it goes over the line."""

    answers: Answers
    body: bytes
    content_type: str = URLENCODED
    inputs: int = 1
    is_whole: bool = True  # all of it is answers that a form can read
    changed: set[str] = field(default_factory=set)


def honest(form: Form, known: dict[str, str], luck: Random) -> Answers:
    """What somebody would answer who only wants to get on: what stands there, and something where nothing does."""
    return {name: _honest(asked, known.get(name), luck) for name, asked in form.fields.items()}


def _honest(asked: Field, known: str | None, luck: Random) -> list[Typed]:
    if known is not None:
        return [Typed(known.encode())] if known else []
    if asked.values and asked.values[0].strip():
        return [Typed(value.removeprefix("\n").encode()) for value in asked.values]
    if asked.choices:
        real = [choice for choice in asked.choices if choice]
        return [Typed(luck.choice(real).encode())] if real and asked.kind != "checkbox" else []
    return [Typed(HONEST[asked.kind].encode())] if asked.kind in HONEST else []


def make_sent(form: Form, known: dict[str, str], luck: Random, *, together: int, ids: list[str]) -> Sent:
    """One input: honest in some answers, evil in others, now and then wrong as a whole."""
    answers = honest(form, known, luck)
    names = [name for name in form.fields if name not in NOT_TOUCHED]
    if form.buttons and (pressed := luck.choice(form.buttons))[0]:
        answers[pressed[0]] = [Typed(pressed[1].encode())]
    if luck.random() < (0.05 if names else 0.8):
        return _wrong_as_a_whole(answers, luck)
    texts = [name for name in names if form.fields[name].is_text]
    others = [name for name in names if name not in texts]
    only_texts = bool(texts) and luck.random() < 0.6
    chosen = [name for name in texts if luck.random() < 0.8] or texts[:1]
    if not only_texts:
        chosen += luck.sample(others, luck.randint(min(1, len(others)), min(3, len(others))))
    inputs = 0
    for name in chosen:
        typed = _evil(form.fields[name], luck, together, ids, only_texts)
        answers[name] = typed
        inputs += sum(each.inputs for each in typed)
    if not only_texts and luck.random() < 0.1:
        answers["onbekend"], inputs = [Typed("evil ﷽".encode())], inputs + 1
    return Sent(answers, encoded(answers), inputs=max(inputs, 1), changed=set(chosen))


def _evil(asked: Field, luck: Random, together: int, ids: list[str], only_texts: bool) -> list[Typed]:
    """Another answer; else none at all, or two."""
    chance = luck.random()
    if not only_texts and chance < 0.08:
        return []
    kind = "text" if asked.is_text and asked.kind != "email" else asked.kind
    room = together * LONGER if asked.kind == "textarea" else together
    made = evil_of(kind, luck, together=room, ids=ids)
    return [made, evil_text(luck, together=1)] if not only_texts and chance < 0.16 else [made]


def _wrong_as_a_whole(answers: Answers, luck: Random) -> Sent:
    """The answers in another dress than a form's, or cut off."""
    whole = encoded(answers)
    plain = {name: [each.sent.decode(errors="replace") for each in each_of] for name, each_of in answers.items()}
    first = next((name for name in answers if name not in NOT_TOUCHED), "text")
    bodies = [
        (json.dumps(plain).encode(), "application/json"),
        (whole, "text/plain"),
        (whole, "multipart/form-data"),
        (whole, MULTIPART),
        (b"--rand\r\nContent-Disposition: form-data; name=\"", MULTIPART),
        (_as_file(first, b"\x89PNG\r\n\x00\xff"), MULTIPART),
        (_as_file("file", b"PK\x03\x04\x00kapot"), MULTIPART),
        (b"\xff\xfe\x00" * 50, URLENCODED),
        (b"&=&=;&%&a&" * 30, URLENCODED),
        (b"&".join(b"a%d=1" % number for number in range(1100)), URLENCODED),
        (whole, "application/x-www-form-urlencoded; charset=utf-16"),
        (whole, "application/x-www-form-urlencoded; charset=evil"),
        (b"", URLENCODED),
    ]  # fmt: skip
    if luck.random() < 0.04:
        return _megabyte(answers, first)
    body, content_type = luck.choice(bodies)
    return Sent(answers, body, content_type, is_whole=False)


def _megabyte(answers: Answers, name: str) -> Sent:
    full = {**answers, name: [whole_megabyte()]}
    return Sent(full, encoded(full), changed={name})


def _as_file(name: str, content: bytes) -> bytes:
    head = f'--rand\r\nContent-Disposition: form-data; name="{name}"; filename="..\\evil\u202e=1.zip"\r\n\r\n'
    return head.encode() + content + b"\r\n--rand--\r\n"


def encoded(answers: Answers) -> bytes:
    """As a browser sends a form."""
    pairs = [f"{quote_plus(name)}={quote_plus(each.sent)}" for name, given in answers.items() for each in given]
    return "&".join(pairs).encode()
