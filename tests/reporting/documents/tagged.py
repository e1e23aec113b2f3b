"""Looks into a tagged PDF: its structure tree, as a reader with a screen reader gets it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader


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
