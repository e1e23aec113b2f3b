"""The forms on a page as a browser sees them: fields, what stands in them, and where they are sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# What a browser does not send, or sends only for the button that was pressed.
BUTTONS = {"submit", "button", "reset", "image"}
WITHOUT_END = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
Attributes = dict[str, str]


@dataclass
class Field:
    """One name in a form: how it is asked, what stands there and what can be chosen."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    css: str = ""

    @property
    def is_text(self) -> bool:
        return self.kind in {"text", "textarea", "search", "email", "password", "tel", "url"}


@dataclass
class Form:
    """A form: where it goes, how, and its fields in the order of the page."""

    action: str
    method: str
    enctype: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    other_actions: list[str] = field(default_factory=list)  # of buttons that send it elsewhere


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.now: Form | None = None
        self.area: Field | None = None
        self.select: Field | None = None
        self.is_multiple = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now = Form(found.get("action", ""), found.get("method", "get").lower(), found.get("enctype", ""))
            self.forms.append(self.now)
            self.by_id[found.get("id", "")] = self.now
        form = self.by_id.get(found["form"]) if "form" in found else self.now
        if form is not None and "disabled" not in found:
            self._field(tag, found, form)
        if tag == "option" and self.select is not None:
            value = found.get("value", "")
            self.select.choices.append(value)
            if "selected" in found:
                self.select.values.append(value)

    def _field(self, tag: str, found: Attributes, form: Form) -> None:
        kind, name = found.get("type", "submit" if tag == "button" else "text").lower(), found.get("name", "")
        if tag in {"input", "button"} and kind in BUTTONS:
            if "formaction" in found:
                form.other_actions.append(found["formaction"])
            else:
                form.buttons.append((name, found.get("value", "")))
        elif not name or tag not in {"input", "select", "textarea"}:
            return
        elif tag == "input":
            self._input(form, name, kind, found)
        else:
            made = form.fields.setdefault(name, Field(name, tag, css=found.get("class", "")))
            if tag == "select":
                self.select = made
            else:
                made.values.append("")
                self.area = made

    def _input(self, form: Form, name: str, kind: str, found: Attributes) -> None:
        made = form.fields.setdefault(name, Field(name, kind, css=found.get("class", "")))
        if kind in {"radio", "checkbox"}:
            made.choices.append(found.get("value", "on"))
            if "checked" in found:
                made.values.append(found.get("value", "on"))
        else:
            made.values.append(found.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.values[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select" and self.select is not None:
            if not self.select.values and self.select.choices:
                self.select.values.append(self.select.choices[0])
            self.select = None


def forms_of(html: str) -> list[Form]:
    """Return the forms of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
