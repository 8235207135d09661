"""Settings of the processes that are killed: those of production, with styles as they lie in the repository."""

import os

from sgcszr_portal.settings import *  # noqa: F403 - all of them
from sgcszr_portal.settings import DATABASES, STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
DATABASES["default"]["CONN_MAX_AGE"] = int(os.environ.get("CONN_MAX_AGE", DATABASES["default"].get("CONN_MAX_AGE", 0)))
