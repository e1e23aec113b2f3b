"""Looks into a tagged PDF: its structure tree, as a reader with a screen reader gets it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader

PAINTING = {b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"EI"}
KNOWN_ROLES = set(
    "/Document /Part /Sect /Div /Span /P /H1 /H2 /H3 /TOC /TOCI /Reference /Link /Table /THead /TBody /TFoot /TR /TH "
    "/TD /Caption /Figure /L /LI /Lbl /LBody".split()
)


@dataclass(frozen=True)
class Element:
    """One element of the structure tree, with what stands right below it."""

    role: str
    alt: str
    title: str
    attributes: dict[str, Any]
    children: tuple["Element", ...]

    def everything(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.everything()

    def all(self, role: str) -> list["Element"]:
        return [each for each in self.everything() if each.role == role]


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def catalog(pdf: bytes) -> Any:
    return opened(pdf).trailer["/Root"]


def structure(pdf: bytes) -> Element:
    root = catalog(pdf)["/StructTreeRoot"]
    return Element("/Root", "", "", {}, tuple(_below(root.get("/K"))))


def untagged(page: PageObject) -> list[str]:
    """What is drawn on a page outside of every tag and not as decoration."""
    depth, found = 0, []
    stream = page.get_contents()
    assert stream is not None
    for _operands, operator in stream.operations:
        if operator in (b"BDC", b"BMC"):
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in PAINTING and not depth:
            found.append(operator.decode())
    return found


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in opened(pdf).pages)


def _below(node: Any) -> Iterator[Element]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _below(each)
    elif isinstance(node, dict) and "/S" in node:
        children = tuple(_below(node["/K"])) if "/K" in node else ()
        yield Element(node["/S"], str(node.get("/Alt", "")), str(node.get("/T", "")), _attributes(node), children)


def _attributes(node: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in node.get("/A", []):
        found.update(each.get_object())
    return found
