"""Deadlines as a calendar that programs subscribe to (RFC 5545, with the refresh hints of RFC 7986)."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Alarm, Calendar, Event, vDuration

from accounts.models import UnionProfile, User
from accounts.tasks import Task, Urgency
from sgcszr_portal.due import tasks_for

REFRESH = dt.timedelta(hours=6)


def calendar_of(user: User) -> bytes:
    """The user's deadlines: an all-day event for each task that has a day.

    Args:
        user: whose; there is nothing in it that they may not see.

    Returns:
        An iCalendar file in UTF-8.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//SGCSZR//Portal//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = f"Сроки портала {UnionProfile.on().short_name}"
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    now = timezone.now()
    for task in tasks_for(user):
        if task.due_on:
            calendar.add_component(_event(task, task.due_on, now))
    return bytes(calendar.to_ical())


def _event(task: Task, day: dt.date, now: dt.datetime) -> Event:
    overdue = "Просрочено: " if task.urgency == Urgency.OVERDUE else ""
    url = settings.PUBLIC_URL + task.url
    event = Event()
    event.add("uid", f"{task.key}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", f"{overdue}{task.what}")
    event.add("description", f"{task.why}\n{url}")
    event.add("url", url)
    event.add("transp", "TRANSPARENT")  # the day stays free: this is a deadline and no meeting
    event.add_component(_alarm(task))
    return event


def _alarm(task: Task) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", task.what)
    alarm.add("trigger", dt.timedelta(days=-task.warn_days))
    return alarm
