"""What people, machines and attackers type: the evil alphabet. The same seed gives the same words."""

from random import Random
from typing import NamedTuple

# As bytes, because some of them are no text: that is how they come in over the line.
LONG = b"Lang verhaal. "
MEGABYTE = 1_000_000
PLACES = (
    "مرحبا \u202eomgekeerd\u202c einde",
    "😀👩🏽‍🦽🇳🇱𝔇𝕣𝕒𝕒𝕕 \U0010ffff",
    "Zoe\u0308 e\u0301e\u0301n Z\u0351\u036b\u0343alg\u0300o\u0301",
    "ǅ ﬁ İstanbul ß ſ Ω K",
    "\u200b\u2060\ufeff onzichtbaar",
    "\u2028\u2029 regels",
    "١٢٣ ４５６ ⅷ ²",
    "＜script＞ ％00",
)
LIVE = (
    "<script>evil()</script>",
    '"><img src=x onerror=evil()>',
    "' onmouseover='evil()",
    "</textarea></title><svg onload=evil()>",
    "javascript:evil()",
    "{{ 7|add:7 }}{% load evil %}{# ",
    "${7*7}#{7*7}%(evil)s{0.__class__}%s%n",
    "<!--#exec cmd=evil--><![CDATA[ &lt;evil&gt; &#60;evil",
)
FORMULAS = ("=1+1", "+31612345678", "-2+3", "@SUM(1)", "\t=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")')
QUOTES = (
    "'; DROP TABLE x; --",
    '"quoted" \\"',
    "\\",
    "`a`",
    "O'Neill & zonen <b>",
    "100% zeker_",
    "NULL",
    "None",
    "on",
)
LINES = ("een\r\ntwee", "een\ntwee", "een\rtwee", "a\tb", "\x0b\x0c", "\x1b[31m", "\x7f\x85")
NUL = ("nul\x00teken", "\x00")
BROKEN = (b"\xed\xa0\x80", b"\xff\xfe", b"\xc3(", b"\xf4\x90\x80\x80", b"%", b"%zz", b"\xc0\x80")
DATES = (
    "0001-01-01", "9999-12-31", "10000-01-01", "2025-02-29", "2024-02-29", "2026-03-29", "2026-10-25", "31-12-0001",
    "2026-02-30", "1-1-1", "2026-3-17T02:30", "17 maart 2026", "-2026-03-17", "٢٠٢٦-٠٣-١٧", "2026-W12-2", "0000-00-00",
    "01-01-00", "29-02-1900", "17/03/2026", "2026-03-17", "99999999999999999999-01-01", "1-1-20260",
)  # fmt: skip
NUMBERS = (
    "-1", "0", "1e309", "NaN", "Infinity", "-Infinity", "99999999999999999999999999", "2147483648", "-2147483649",
    "9223372036854775808", "1.5", "1,5", "0x10", "1_000", "٣", "½", " 7 ", "+7", "1e2", "32768", "00000000000000000009",
    "1" * 5000, "-0", "sNaN", "600", "1.000,00",
)  # fmt: skip
TIMES = ("24:00", "02:30", "25:61", "9", "09:00:00.000001", "-1:00", "٠٩:٠٠", "09:00+01:00", "99:99:99", "00:00")
IDS = (
    *NUL,
    "00000000-0000-0000-0000-000000000000", "{00000000000000000000000000000001}", "urn:uuid:", "1", "-1", "None",
    "../../etc/passwd", "a" * 300, "f90bdb27-0d8b-413d-a8c3-53ea63ed43d8.4ca979f5-cc0b-4005-8048-0ef9c02f7d70", ".",
)  # fmt: skip
ADDRESSES = ('"a b"@x.nl', "a@b", "a@" + "b" * 300 + ".nl", "a@xn--p1ai", "é@ü.nl", "a@b.nl\nBcc: c@d.nl", "a@[::1]")
TEXTS = (*PLACES, *LIVE, *FORMULAS, *QUOTES, *LINES)
OF_KIND = {
    "date": DATES, "number": NUMBERS, "time": TIMES, "email": ADDRESSES, "hidden": (*IDS, *NUMBERS, *DATES),
    "select": IDS, "radio": IDS, "checkbox": IDS,
}  # fmt: skip


class Typed(NamedTuple):
    """One answer: the bytes that go over the line, and of how many evil inputs it is made."""

    sent: bytes
    inputs: int = 1


def evil_text(luck: Random, *, together: int) -> Typed:
    """Some words in one answer, most often such that a form may take them; sometimes no text at all, or too much."""
    chance = luck.random()
    if chance < 0.06:
        return Typed(luck.choice(NUL).encode())
    if chance < 0.12:
        return Typed(b"Tekst " + luck.choice(BROKEN) + b" slot")
    if chance < 0.14:
        return Typed(LONG * luck.choice((20, 200, 1500)))
    if chance < 0.18:
        return Typed(luck.choice((*DATES, *NUMBERS, *IDS)).encode())
    count = luck.randint(1, together)
    return Typed(" ".join(luck.sample(TEXTS, count)).encode(), count)


def evil_of(kind: str, luck: Random, *, together: int, ids: list[str]) -> Typed:
    """One answer to a question of this kind: what nearly fits, what fits another question, or any text."""
    known = OF_KIND.get(kind)
    if known is None or luck.random() < 0.15:
        return evil_text(luck, together=together)
    if known is IDS and ids and luck.random() < 0.4:
        return Typed(luck.choice(ids).encode())
    return Typed(luck.choice(known).encode())


def whole_megabyte() -> Typed:
    """A book in one answer."""
    return Typed((LONG * (MEGABYTE // len(LONG) + 1))[:MEGABYTE])
