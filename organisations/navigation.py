"""What stands in the bars of every page for this person: the menu, the search box, the account."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.models import StaffMember
from organisations.roles import Permission, Standing


@dataclass(frozen=True)
class Place:
    """One item of the menu: who sees it, where it goes, and the heroicon beside it on a phone."""

    label: str | Promise
    url_name: str
    icon: str
    may: Permission
    unless: Permission | None = None


PLACES = (
    Place(_("Today"), "guidance:today", "sun-o", Permission.TODAY_READ),
    Place(_("Overview"), "reporting:dashboard", "chart-bar-square-o", Permission.FIGURES_READ),
    Place(_("Participants"), "guidance:people", "users-o", Permission.FILE_READ),
    Place(_("Groups"), "guidance:groups", "user-group-o", Permission.TODAY_READ),
    Place(_("Signals"), "reporting:signals", "bell-alert-o", Permission.SIGNALS_READ),
    Place(_("Reports"), "reporting:reports", "document-text-o", Permission.REPORT_READ),
    Place(_("Statistic (SRG)"), "reporting:statistic", "table-cells-o", Permission.STATISTIC_EXPORT),
    Place(_("Requirements"), "reporting:tranches", "clipboard-document-check-o", Permission.CONFIGURE),
    Place(_("Import"), "organisations:folder_imports", "arrow-up-tray-o", Permission.CONFIGURE),
    Place(_("Administration"), "admin:index", "cog-6-tooth-o", Permission.CONFIGURE),
    Place(_("Requests"), "participants:requests", "inbox-o", Permission.PRIVACY_HANDLE),
    Place(_("Who looked"), "participants:log_review", "eye-o", Permission.LOG_REVIEW),
    Place(_("Retention"), "trajectories:retention", "archive-box-o", Permission.PRIVACY_HANDLE),
    Place(_("Register"), "participants:register", "clipboard-document-list-o", Permission.PRIVACY_HANDLE),
    Place(
        _("Definitions"),
        "reporting:definitions",
        "book-open-o",
        Permission.DEFINITIONS_READ,
        unless=Permission.FILE_READ,
    ),
)
ON_THE_BOTTOM_BAR = 4


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: nav, nav_more, search_url, home_url for base.html, and on the demo the accounts to try.

    The templates of errors use base.html too, so this asks nothing of a request that has no user.
    """
    user = getattr(request, "user", None)
    items = _items(user.standing, request.path) if isinstance(user, StaffMember) else []
    return {
        "nav": items,
        "nav_bottom": items[:ON_THE_BOTTOM_BAR],
        "nav_more": items[ON_THE_BOTTOM_BAR:],
        "home_url": items[0]["url"] if items else "/",
        "search_url": _search_url(items),
        "demo_accounts": getattr(settings, "DEMO_ACCOUNTS", ()),
    }


def places_of(standing: Standing) -> list[Place]:
    """Return the items that somebody's roles give, in the order of the menu."""
    return [p for p in PLACES if standing.may(p.may) and not (p.unless and standing.may(p.unless))]


def first_page(standing: Standing) -> str:
    """Return the address where somebody's work starts, or nothing for who has no role."""
    return next((url for place in places_of(standing) if (url := _url(place.url_name))), "")


def _items(standing: Standing, path: str) -> list[dict[str, Any]]:
    found = [(place, url) for place in places_of(standing) if (url := _url(place.url_name))]
    here = max((url for _place, url in found if path.startswith(url)), key=len, default="")
    return [
        {
            "label": place.label,
            "url": url,
            "icon": place.icon,
            "name": place.url_name,
            "current": url == here,
            "count": None,
        }
        for place, url in found
    ]


def _search_url(items: list[dict[str, Any]]) -> str:
    return next((item["url"] for item in items if item["name"] == "guidance:people"), "")


def _url(name: str) -> str:
    """Return the address of a page, or nothing while its app has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
