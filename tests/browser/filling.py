"""Forms filled in by hand before they are sent: for the screens that only an answer leads to."""

from playwright.sync_api import Page

from tests.factories import PASSWORD


def look_alike(page: Page) -> None:
    """Somebody who is there already: Jolanda Bakker of 1978."""
    for name, text in (("given_names", "Jolanda"), ("surname", "Bakker"), ("birth", "1978")):
        page.locator(f"[name={name}]").fill(text)
    for name in ("home_municipality", "offer"):
        page.locator(f"select[name={name}]").select_option(index=1)


def ending(page: Page) -> None:
    """The end of Samira's trajectory: she goes to paid work."""
    for name in ("reason", "destination"):
        page.locator(f"select[name={name}]").select_option(index=1)
    for chosen in ("outcomes][value=paid_work", "insight][value=no"):
        page.locator(f"[name={chosen}]").evaluate("field => field.click()")
    page.locator("[name=skip_reason]").fill("Samira begint maandag al.")


def edited_meanwhile(page: Page) -> None:
    """A colleague saved the session after this page was opened."""
    page.locator("[name=note]").fill("Samira belt maandag zelf met de bakker.")
    page.locator("[name=version]").evaluate("field => { field.value = 0 }")


def guessed_too_often(page: Page) -> None:
    """Somebody who tried five passwords already."""
    page.locator("[name=username]").fill("geraden@voorbeeld.test")
    page.locator("[name=password]").fill("en nog een keer")


def password_of_sem(page: Page) -> None:
    """Sem, who has a second step."""
    page.locator("[name=username]").fill("sem@voorbeeld.test")
    page.locator("[name=password]").fill(PASSWORD)


def own_password(page: Page) -> None:
    """Whoever it is says once more that it is them."""
    page.locator("[name=password]").fill(PASSWORD)
