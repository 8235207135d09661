"""Settings of the processes that are killed: those of production, with styles as they lie in the repository."""

from sgcszr_portal.settings import *  # noqa: F403 - all of them
from sgcszr_portal.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
