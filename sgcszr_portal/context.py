"""What every template may ask."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from accounts.access import Visitor, has_permission, mail_refusal, users_refusal
from accounts.mail.tidying import Delay, delay
from accounts.models import UnionProfile, demo_data_loaded
from accounts.roles import Permission
from sgcszr_portal.access import archive_refusal, background_refusal


@dataclass(frozen=True)
class NavigationItem:
    """An entry of the navigation; `current` is a value of aria-current, or empty."""

    label: str
    url: str
    current: str


def portal(request: HttpRequest) -> dict[str, Any]:
    """The Union of today and the navigation, for header and footer."""
    return {
        "union": UnionProfile.on,
        "navigation": navigation(request),
        "may_archive": archive_refusal(_visitor(request)) is None,
        "demo_data": demo_data_loaded,
        "mail_delay": partial(_mail_delay, _visitor(request)),
    }


def navigation(request: HttpRequest) -> list[NavigationItem]:
    """The sections that this visitor may open.

    Args:
        request: also one that was refused before the visitor was known.

    Returns:
        Entries in their order on the page.
    """
    visitor = _visitor(request)
    sections = [
        ("Обзор", "overview"),
        ("Решения", "resolutions"),
        ("Контроль", "points"),
        ("Муниципалитеты", "municipalities"),
        ("Практики", "practices"),
    ]
    if visitor.is_authenticated:
        sections.insert(1, ("Сроки и дела", "due"))
        sections.append(("Информационный обмен", "surveys"))
    if has_permission(visitor, Permission.READ_INTERNAL):
        sections.append(("Письма", "letters"))
    if not users_refusal(visitor):
        sections.append(("Пользователи", "users"))
    if not background_refusal(visitor):
        sections.append(("Фоновые задачи", "background"))
    return [NavigationItem(label, reverse(name), _current(request.path, reverse(name))) for label, name in sections]


def _mail_delay(visitor: Visitor) -> Delay | None:
    """Letters that do not leave, for those who look after them; one query, and only where a whole page is drawn."""
    return None if mail_refusal(visitor) else delay()


def _visitor(request: HttpRequest) -> Visitor:
    """Who asks; nobody when the request was refused before that was known."""
    visitor: Visitor = getattr(request, "user", AnonymousUser())
    return visitor


def _current(path: str, url: str) -> str:
    """Whether the visitor is on the page itself, or somewhere below it."""
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
