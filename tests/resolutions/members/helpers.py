"""Reporting on a point for all members, and reading its rows."""

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from resolutions.models import (
    DecisionPoint,
    MemberReport,
)

DUE = dt.date(2024, 12, 27)
SAID = {"text": "Изучили опыт.", "result": "План утверждён.", "obstacles": "Нет средств.", "next_step": "Закупка."}


def url(point: DecisionPoint, page: str = "point_member_report", slug: str = "kostroma", *more: object) -> str:
    return reverse(page, args=[point.resolution.slug, point.number, slug, *more])


def report(client: Client, point: DecisionPoint, slug: str = "kostroma", **changes: Any) -> Any:
    stored = MemberReport.objects.filter(point=point, municipality__slug=slug).first()
    data = SAID | {"happened_on": "2024-09-01", "version": stored.version if stored else 1}
    return client.post(url(point, slug=slug), data | changes)


def text_of(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ").replace("&nbsp;", " ")


def listed(client: Client, point: DecisionPoint, **asked: str) -> str:
    address = reverse("point_members", args=[point.resolution.slug, point.number])
    return text_of(client.get(address, asked))
