"""Hands on the keyboard, and no mouse: Tab leads to what is wanted, in the order of the page and in sight."""

from playwright.sync_api import Page, expect

MOST_TABS = 90
SKIP = "Ga naar de inhoud"
# What has the focus, by its label or words, and how far down the page; whether a bar lies over it (WCAG 2.4.11).
FOCUSED = """() => {
    const one = document.activeElement, box = (one.matches(".btn-check") ? one.labels[0] : one).getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const bar = ".savebar, .topbar, .bottombar";
    return {
        words: (one.labels?.[0]?.innerText || one.innerText || one.value || one.ariaLabel || "").trim(),
        place: [...document.querySelectorAll("*")].indexOf(one),
        seen: !box.width || !there?.closest(bar) || !!one.closest(bar),
    };
}"""


class Keyboard:
    """Somebody with a page before them who only presses keys."""

    def __init__(self, page: Page) -> None:
        self.page, self.press, self.write = page, page.keyboard.press, page.keyboard.type

    def open(self, address: str) -> None:
        """Go to a page and pass its bars, as its first link offers."""
        self.page.goto(address)
        self.skip()

    def skip(self) -> None:
        """Pass the bars, unless the address does so already, and wait until the browser is there.

        It takes the focus away when it arrives: a Tab before that moment would be lost.
        """
        if not self.page.url.endswith("#main"):
            self.press("Tab")
            first = self.page.evaluate(FOCUSED)["words"]
            assert first == SKIP, first
            self.press("Enter")
        expect(self.page.locator("#main:target")).to_be_attached()

    def to(self, wanted: str) -> None:
        """Press Tab until what begins with these words has the focus."""
        passed: list[str] = []
        last = -1
        while len(passed) < MOST_TABS:
            self.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            passed.append(focused["words"])
            assert focused["seen"], f"behind a bar: {passed[-1]}"
            assert focused["place"] >= last, f"Tab goes back from {passed[-2:]}"
            last = focused["place"]
            if passed[-1].startswith(wanted):
                return
        raise AssertionError(f"Tab never reaches {wanted}: {passed}")

    def to_number(self) -> str:
        """Press Tab until a link that is a number has the focus."""
        for _ in range(MOST_TABS):
            self.press("Tab")
            words: str = self.page.evaluate(FOCUSED)["words"]
            if words.isdigit():
                return words
        raise AssertionError("Tab reaches no number")

    def fill(self, label: str, words: str) -> None:
        self.to(label)
        self.write(words)

    def follow(self, words: str) -> None:
        """Go to a link or a button, and on to the page that it leads to."""
        self.to(words)
        with self.page.expect_navigation():
            self.press("Enter")
