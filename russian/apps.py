"""The room of the Russian language."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class RussianConfig(AppConfig):
    """Dates, plurals, sorting, search and plain text: what Russian asks of a program."""

    name = "russian"
    verbose_name = "Русский язык"

    def ready(self) -> None:
        """Teach SQLite the collation that PostgreSQL has from ICU."""
        from russian.collation import teach_sqlite

        connection_created.connect(teach_sqlite, dispatch_uid="russian.collation")
