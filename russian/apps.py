"""The room of the Russian language."""

from django.apps import AppConfig
from django.core.validators import MaxLengthValidator
from django.db.backends.signals import connection_created


class RussianConfig(AppConfig):
    """Dates, plurals, sorting, search and plain text: what Russian asks of a program."""

    name = "russian"
    verbose_name = "Русский язык"

    def ready(self) -> None:
        """Teach SQLite the collation that PostgreSQL has from ICU, and Django how long a text is when it is stored.

        Forms and models judge lengths by one validator of Django's, before anybody tidies: taught here, every door is.
        """
        from russian.collation import teach_sqlite
        from russian.text import longest_form

        connection_created.connect(teach_sqlite, dispatch_uid="russian.collation")
        MaxLengthValidator.clean = staticmethod(longest_form)  # type: ignore[method-assign,assignment]  # the one door
