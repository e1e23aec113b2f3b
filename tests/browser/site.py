"""One filled site for all screens of a module: filling it takes longer than looking at a screen."""

from dataclasses import dataclass

from django.test import Client
from playwright.sync_api import Browser, BrowserContext

from tests.browser.world import World

NOBODY = "nobody"


@dataclass(frozen=True)
class Site:
    """A running site with a world in it."""

    address: str
    world: World
    chromium: Browser

    def visitor(self, name: str, **settings: bool) -> BrowserContext:
        """A browser in which somebody is signed in, or ``nobody``. Settings are those of Playwright's context."""
        context = self.chromium.new_context(
            base_url=self.address,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
            **settings,  # type: ignore[arg-type]
        )
        self.sign_in(context, name)
        return context

    def sign_in(self, context: BrowserContext, name: str) -> None:
        """Let a browser go on as somebody else, or ``nobody``, with all it keeps of the site."""
        context.clear_cookies()
        if name != NOBODY:
            client = Client()
            client.force_login(self.world.staff[name])
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.address}])
