"""What logs do not tell: keys that stand in addresses open a form or a calendar without a password."""

import logging
from typing import Any

from django.urls import Resolver404, resolve

KEYS = frozenset({"token", "key"})  # what addresses of the portal and of the login library call them


class WithoutKeys(logging.Filter):
    """Takes keys out of the addresses that Django logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without the keys."""
        if record.name.startswith("django.") and isinstance(record.args, tuple):
            record.args = tuple(map(without_keys, record.args))
        return True


def without_keys(said: Any) -> Any:
    """An address of the portal with «…» instead of the keys in it; everything else as it is."""
    if not (isinstance(said, str) and said.startswith("/")):
        return said
    parts = said.split("/")
    # Somebody copied too much: the part that is an address holds the key all the same.
    for address in (said, *("/".join(parts[:end]) + "/" for end in range(len(parts) - 1, 1, -1))):
        try:
            found = resolve(address).kwargs
        except Resolver404:
            continue
        for key in KEYS & found.keys():
            said = said.replace(str(found[key]), "…")
        return said
    return said
