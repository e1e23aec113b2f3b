"""The main job over HTTP, as a coach, a manager and an officer do it: `run.py demo --smoke`."""

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from html import unescape
from typing import NamedTuple


class Wrong(Exception):
    """A step did not go as it should."""


class Page(NamedTuple):
    """One answer: where we ended after redirects, its status, and what it says."""

    url: str
    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", errors="replace")

    def token(self) -> str:
        """The form's token against forged posts."""
        return self.first(r'name="csrfmiddlewaretoken" value="([^"]+)"', "a form")

    def first(self, pattern: str, what: str) -> str:
        found = re.search(pattern, self.text)
        if not found:
            raise Wrong(f"no {what} on {self.url}")
        return unescape(found.group(1))

    def link(self, pattern: str, what: str) -> str:
        """The address of the first link whose address matches."""
        return self.first(rf'href="({pattern})"', what)


class Visitor:
    """A browser without a screen: keeps cookies, follows redirects, sends forms with their token."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies, urllib.request.ProxyHandler({}))

    def get(self, path: str, *, expect: int = 200) -> Page:
        return self._ask(path, None, expect)

    def post(self, path: str, data: dict[str, str], *, form: Page, expect: int = 200) -> Page:
        return self._ask(path, {**data, "csrfmiddlewaretoken": form.token()}, expect)

    def sign_in(self, email: str) -> Page:
        from config.demo import PASSWORD

        form = self.get("/inloggen/")
        page = self.post("/inloggen/", {"username": email, "password": PASSWORD}, form=form)
        if "/inloggen/" in page.url:
            raise Wrong(f"{email} cannot log in")
        return page

    def wait_for(self, path: str, pattern: str, *, what: str, seconds: float = 60) -> Page:
        """Ask again until the page matches."""
        until = time.monotonic() + seconds
        while not re.search(pattern, (page := self.get(path)).text):
            if time.monotonic() > until:
                raise Wrong(f"no {what} on {page.url} after {seconds:.0f} s")
            time.sleep(0.5)
        return page

    def _ask(self, path: str, data: dict[str, str] | None, expect: int) -> Page:
        url = urllib.parse.urljoin(self.address, path)
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        request = urllib.request.Request(url, data=body, headers={"Referer": url})
        try:
            with self.opener.open(request, timeout=60) as answer:
                page = Page(answer.url, answer.status, answer.read(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            page = Page(url, error.code, error.read(), dict(error.headers))
        if page.status != expect:
            raise Wrong(f"{url} answers {page.status}, not {expect}")
        return page


Step = tuple[str, Callable[[Visitor], str]]
STEPS: list[Step] = []


def run(address: str) -> int:
    """Do the steps one after the other, say how each went, and stop at the first that fails."""
    visitor = Visitor(address)
    for name, step in STEPS:
        begun = time.monotonic()
        try:
            result = step(visitor)
        except (Wrong, OSError) as problem:
            print(f"  not ok  {name}: {problem}", flush=True)
            return 1
        print(f"  ok      {name}: {result} ({time.monotonic() - begun:.1f} s)", flush=True)
    print(f"smoke: all {len(STEPS)} steps ok", flush=True)
    return 0
