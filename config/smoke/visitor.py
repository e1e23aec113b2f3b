"""A browser without a screen: keeps cookies, follows redirects, fills in forms as they stand on the page."""

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from typing import NamedTuple


class Wrong(Exception):
    """A step did not go as it should."""


class Link(NamedTuple):
    """A link and the words on it."""

    url: str
    words: str


class Choice(NamedTuple):
    """A checkbox or radio button, and the words of its label."""

    name: str
    value: str
    words: str


class _Reader(HTMLParser):
    """Reads the links, the fields with what they hold, and the labels of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.forms: list[list[tuple[str, str]]] = []  # those that are sent to the page itself
        self.fields: list[tuple[str, str]] = []  # of the form that is being read
        self.boxes: list[tuple[str, str, str]] = []  # id, name, value
        self.labels: dict[str, str] = {}
        self._words: list[str] | None = None
        self._target = ""
        self._select = ""
        self._text_of = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.fields = []
            if values.get("method") == "post" and not values.get("action"):
                self.forms.append(self.fields)
        elif tag in {"a", "label", "textarea"}:
            self._words = []
            self._target = values.get("href") or values.get("for") or values.get("name", "")
        elif tag == "input":
            self._read_input(values, is_checked="checked" in values)
        elif tag == "select":
            self._select = values.get("name", "")
        elif tag == "option" and self._select and "selected" in values:
            self.fields.append((self._select, values.get("value", "")))

    def _read_input(self, values: dict[str, str], *, is_checked: bool) -> None:
        name, kind = values.get("name", ""), values.get("type", "text")
        if kind in {"checkbox", "radio"}:
            self.boxes.append((values.get("id", ""), name, values.get("value", "on")))
        if name and (kind not in {"checkbox", "radio", "submit"} or is_checked):
            self.fields.append((name, values.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag not in {"a", "label", "textarea"} or self._words is None:
            return
        words = "".join(self._words)
        if tag == "a":
            self.links.append(Link(self._target, " ".join(words.split())))
        elif tag == "label":
            self.labels[self._target] = " ".join(words.split())
        else:
            self.fields.append((self._target, words.removeprefix("\n")))
        self._words = None


class Page:
    """One answer: where we ended after redirects, its status, and what it says."""

    def __init__(self, url: str, status: int, body: bytes) -> None:
        self.url = url
        self.path = urllib.parse.urlsplit(url).path
        self.status = status
        self.body = body
        self.text = body.decode("utf-8", errors="replace")
        self._reader = _Reader()
        if self.text.lstrip().startswith("<"):
            self._reader.feed(self.text)

    @property
    def links(self) -> list[Link]:
        """Every link of the page."""
        return self._reader.links

    def link(self, pattern: str, *, words: str = "") -> Link:
        """The first link whose address matches `pattern`, with `words` on it."""
        for link in self._reader.links:
            if re.search(pattern, link.url) and words in link.words:
                return link
        raise Wrong(f"no link to {pattern} {words!r} on {self.path}")

    def fields(self) -> dict[str, list[str]]:
        """What the page's own form would send as it stands."""
        if not self._reader.forms:
            raise Wrong(f"no form on {self.path}")
        held: dict[str, list[str]] = {}
        for name, value in self._reader.forms[0]:
            held.setdefault(name, []).append(value)
        return held

    def choices(self, name: str) -> list[Choice]:
        """The answers that a question offers."""
        labels = self._reader.labels
        return [Choice(each, value, labels.get(key, "")) for key, each, value in self._reader.boxes if each == name]

    def find(self, pattern: str, what: str) -> str:
        """What the first group of `pattern` matches on the page, as people read it."""
        if found := re.search(pattern, self.text, re.DOTALL):
            return " ".join(found.group(1).split())
        raise Wrong(f"no {what} on {self.path}")


class Visitor:
    """Somebody at the keyboard."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        keeping = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(keeping, urllib.request.ProxyHandler({}))

    def look(self, path: str) -> Page:
        """Open a page, whatever its status."""
        return self._ask(path, None, None)

    def get(self, path: str, *, expect: int = 200) -> Page:
        """Open a page; Wrong when it answers another status than expected."""
        return self._ask(path, None, expect)

    def send(self, page: Page, changes: dict[str, str | list[str]], *, expect: int = 200) -> Page:
        """Send the page's own form with some answers changed, as a browser would; where it leads."""
        answers = {**page.fields(), **changes}
        return self._ask(page.url, urllib.parse.urlencode(answers, doseq=True).encode(), expect)

    def wait_for(self, path: str, pattern: str, *, what: str, seconds: float = 90) -> Page:
        """Open a page again and again until it matches."""
        until = time.monotonic() + seconds
        while not re.search(pattern, (page := self.get(path)).text):
            if time.monotonic() > until:
                raise Wrong(f"no {what} on {page.path} after {seconds:.0f} s")
            time.sleep(0.5)
        return page

    def _ask(self, path: str, data: bytes | None, expect: int | None) -> Page:
        url = urllib.parse.urljoin(self.address, path)
        request = urllib.request.Request(url, data=data, headers={"Referer": url})
        try:
            with self._opener.open(request, timeout=60) as answer:
                page = Page(answer.url, answer.status, answer.read())
        except urllib.error.HTTPError as error:
            page = Page(url, error.code, error.read())
        if expect is not None and page.status != expect:
            raise Wrong(f"{urllib.parse.urlsplit(url).path} answers {page.status} instead of {expect}")
        return page
