"""Settings of the tests: the portal's own, with what a test run must not share with a real portal."""

import os
import tempfile
from pathlib import Path

# Set before the portal's settings read the environment; a .env beside manage.py changes nothing here.
os.environ.update(
    DEBUG="off",
    SECRET_KEY="for-tests-only",
    PUBLIC_URL="http://testserver",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    EMAIL_URL="memory://",
    BEHIND_PROXY="off",
    STATUS_STALE_AFTER_DAYS="180",
    MEDIA_ROOT=tempfile.mkdtemp(prefix="portal-tests-"),
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{os.environ['MEDIA_ROOT']}/portal.sqlite3")

from sgcszr_portal.settings import *  # noqa: F403 - the environment had to come first
from sgcszr_portal.settings import DATABASES, STORAGES

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: the browser's server and the test are two threads, and writers really wait.
    DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['MEDIA_ROOT']}/test.sqlite3"}
    # How long a process that a test starts waits for a lock, in seconds.
    DATABASES["default"]["OPTIONS"]["timeout"] = float(os.environ.get("TESTS_SQLITE_TIMEOUT", "20"))

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; nothing here is secret
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = Path(tempfile.gettempdir()) / "portal-tests-static"
