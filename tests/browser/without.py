"""What is wrong with a page for who has a keyboard and no scripts."""

from playwright.sync_api import Page, Response

# With everything unfolded, Tab passes what is shown in the order of the document, unless something jumps the order.
# What has a label of its own shape (a chip, a card) shows the focus there.
LOOK = """() => {
    const faults = document.activeElement.matches("a[href='#main']") ? [] : ["Tab does not first lead to the content"];
    const all = (selector, root = document) => [...root.querySelectorAll(selector)];
    const shown = one => one.checkVisibility({visibilityProperty: true});
    const named = one => `${one.localName} ${(one.innerText || one.name || one.id).trim().slice(0, 40)}`;
    const blame = (fault, found) => found.forEach(one => faults.push(`${fault}: ${named(one)}`));

    const [main, heading] = [document.querySelector("main"), document.querySelector("main h1")];
    if (!heading?.innerText.trim()) faults.push("no heading");
    else if (main.innerText.trim().length < heading.innerText.length + 20) faults.push("empty");

    all("details").forEach(fold => { fold.open = true; });
    blame("a fold that nothing opens", all("details").filter(fold => fold.firstElementChild?.localName !== "summary"));
    blame("goes nowhere", all("a").filter(shown).filter(link => {
        const to = link.getAttribute("href") || "#";
        return to.startsWith("javascript:") || (to[0] === "#" && !document.getElementById(to.slice(1)));
    }));
    blame("does nothing", all("button").filter(shown).filter(one => one.type === "button" || !one.form));
    blame("goes with no form", all("input, select, textarea").filter(shown).filter(one => !one.form));
    blame("cannot be sent", all("form").filter(shown).filter(form =>
        ![...form.elements].some(one => one.type === "submit" && shown(one))
        && !(form.role === "search" && all("input:not([type=hidden])", form).length === 1)));
    blame("for scripts only", all("[onclick], [role=button], [role=tab], [role=menuitem], [contenteditable]"));
    const again = document.querySelector("meta[http-equiv=refresh]");
    blame("waits for a script", again ? [] : all("[data-poll]"));
    blame("jumps the order", all("[tabindex]").filter(one => one.tabIndex > 0));

    const look = one => [one, ...(one.labels || [])].map(part => getComputedStyle(part))
        .map(style => `${style.outlineStyle} ${style.outlineWidth} ${style.boxShadow}`).join();
    const passed = all("a[href], button, input, select, textarea, summary, [tabindex]").filter(one =>
        one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && shown(one));
    for (const one of passed) {
        document.activeElement.blur();
        const before = look(one);
        one.focus({preventScroll: true});
        blame("takes no focus", document.activeElement === one ? [] : [one]);
        blame("shows no focus", document.activeElement === one && look(one) === before ? [one] : []);
    }
    return faults;
}"""


class Without:
    """A browser without scripts that is shown what the site answered to another one."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def faults_of(self, answer: Response) -> list[str]:
        """What Tab does not reach or does not show, and what only a script could make work."""
        body, headers = answer.body(), answer.headers
        self.page.route(answer.url, lambda asked: asked.fulfill(body=body, headers=headers), times=1)
        self.page.goto(answer.url)
        self.page.keyboard.press("Tab")
        found: list[str] = self.page.evaluate(LOOK)
        return [f"without scripts: {fault}" for fault in found]
