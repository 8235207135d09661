"""The application as gunicorn serves it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgcszr_portal.settings")
application = get_wsgi_application()

from revisions.database_file import open_only_what_is_there  # noqa: E402 - its settings are read by then
from revisions.patience import be_impatient  # noqa: E402 - as above

be_impatient()
open_only_what_is_there()
