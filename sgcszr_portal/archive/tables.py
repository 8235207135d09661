"""Which tables an archive holds, and their rows as plain values.

Every model of the portal's rooms is archived by itself: a new one needs no line here. What is left out is named.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import CALENDAR_KEY_BYTES
from accounts.models.outgoing import LEFT_OUT
from municipalities.models.personal_link import new_nonce
from sgcszr_portal.archive.format import ArchiveRefused

ROOMS = frozenset(
    {
        "accounts",
        "documents",
        "municipalities",
        "practices",
        "resolutions",
        "revisions",
        "russian",
        "sgcszr_portal",
        "surveys",
    }
)
ALSO = frozenset({"account.EmailAddress"})  # allauth's: by it people log in and get their letters

# Label of a model → why its rows stay behind.
EXCLUDED: dict[str, str] = {
    "accounts.Bucket": "How often something was asked for within the last minutes.",
    "accounts.User_groups": "Rights come from roles; nothing in the portal puts a user into a group of Django's.",
    "accounts.User_user_permissions": "Rights come from roles; nothing in the portal gives single permissions.",
    "account.EmailConfirmation": "Keys of letters that confirm an address: secrets, and the portal sends none.",
    "documents.PreparedFile": "Made from everything else, kept for days, and made again when somebody asks.",
    "documents.RevocationSource": "Lists of revoked certificates pass within days; the operator loads fresh ones.",
    "mfa.Authenticator": "Secrets of the second factor and recovery codes; their owners set them up anew.",
    "admin.LogEntry": "The log of /admin/; it names kinds of records by numbers of this database.",
    "auth.Permission": "Made by migrate.",
    "auth.Group": "Not used: see accounts.User_groups.",
    "auth.Group_permissions": "Not used: see accounts.User_groups.",
    "contenttypes.ContentType": "Made by migrate.",
    "sessions.Session": "Who is logged in now: secrets that pass.",
    "django_tasks_database.DBTaskResult": "What the worker has to do now: the portal that is restored begins its own.",
    "background.LiveWorker": "Which processes run now.",
    "background.PeriodicJob": "When this portal last did what it does again and again.",
    "revisions.SentForm": "Which forms were sent within the last days, so that none is taken twice.",
}

# Tables of which migrate brings rows: those of an archive take their place. What people changed of them has a history.
BROUGHT = ("practices.Direction", "municipalities.StandardEdition")  # in the order in which they can be taken away

# Column → what makes a fresh value of it. In the archive null says that there was one, and "" that there was none.
SECRETS: dict[str, Callable[[], str]] = {
    "accounts.OutgoingMail.text": lambda: LEFT_OUT,  # codes and links; whatever still waits is not sent from the copy
    "accounts.User.password": lambda: make_password(None),
    "accounts.User.calendar_key": lambda: secrets.token_urlsafe(CALENDAR_KEY_BYTES),
    "municipalities.PersonalLink.nonce": new_nonce,
}

Row = dict[str, Any]


def archived_models() -> list[type[models.Model]]:
    """The models whose rows an archive holds, in the order of their labels."""
    return sorted(
        (model for model in apps.get_models(include_auto_created=True) if _is_archived(model)),
        key=lambda model: model._meta.label,
    )


def _is_archived(model: type[models.Model]) -> bool:
    label = model._meta.label
    return (model._meta.app_label in ROOMS or label in ALSO) and label not in EXCLUDED


def named(model: type[models.Model]) -> str:
    """What the rows of a model are called; the history of records after them."""
    of = getattr(model, "instance_type", None)  # simple_history calls its own «historical …»
    return f"{of._meta.verbose_name_plural} (история правок)" if of else str(model._meta.verbose_name_plural)


def instances(model: type[models.Model]) -> Iterator[models.Model]:
    """All rows of a model, by primary key, read as a stream."""
    return model._base_manager.order_by("pk").iterator(chunk_size=500)


def row_of(instance: models.Model) -> Row:
    """A row as JSON takes it: every column, the derived ones too; secrets blanked."""
    return {field.attname: _plain(field, instance) for field in instance._meta.concrete_fields}


def _plain(field: Any, instance: models.Model) -> Any:
    value = field.value_from_object(instance)
    if column_of(field) in SECRETS:
        return None if value else ""
    if isinstance(field, models.JSONField) or value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()  # to the microsecond, the same on both databases
    return field.value_to_string(instance)


def instance_of(model: type[models.Model], row: Row) -> models.Model:
    """A row of an archive as a record that is not stored yet.

    Args:
        model: of which.
        row: as `row_of` made it.

    Returns:
        The record with its primary key, and fresh values for blanked secrets.

    Raises:
        ArchiveRefused: the row has other columns than the model, or a value that its column cannot hold.
    """
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    label = model._meta.label
    if not isinstance(row, Mapping) or row.keys() != fields.keys():
        raise ArchiveRefused(f"Строки таблицы {label} в архиве устроены не так, как в этом портале.")
    try:
        values = {name: _stored(field, row[name]) for name, field in fields.items() if not field.generated}
    except (ValidationError, ValueError, TypeError) as wrong:
        raise ArchiveRefused(f"В таблице {label} архива есть значение, которое прочитать нельзя.") from wrong
    return model(**values)


def _stored(field: Any, value: Any) -> Any:
    fresh = SECRETS.get(column_of(field))
    if fresh:
        return fresh() if value is None else ""
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.to_python(value)


def column_of(field: Any) -> str:
    """How a column is called in `SECRETS` and in the list of files."""
    return f"{field.model._meta.label}.{field.attname}"


def file_fields(model: type[models.Model]) -> list[models.FileField]:
    """The columns of a model that name stored files."""
    return [field for field in model._meta.concrete_fields if isinstance(field, models.FileField)]


def migration_state() -> dict[str, list[str]]:
    """Which migrations the archived tables went through: room → their names."""
    applied = MigrationRecorder(connection).applied_migrations()
    labels = {model._meta.app_label for model in archived_models()}
    return {label: sorted(name for room, name in applied if room == label) for label in sorted(labels)}
