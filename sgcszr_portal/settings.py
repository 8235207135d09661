"""Settings of the portal: one file, everything from the environment (.env.example lists all of it)."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "development-only-key-never-served" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY: it has no default outside DEBUG (see .env.example).")

# --- addresses --------------------------------------------------------------------------------------------------

PUBLIC_URL = env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
if _public.scheme not in ("http", "https") or not _public.hostname:
    raise ImproperlyConfigured(f"PUBLIC_URL must look like https://portal.example, not {PUBLIC_URL!r}.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [_public.hostname])
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
CSRF_FAILURE_VIEW = "sgcszr_portal.errors.csrf_failure"

SERVED_OVER_TLS = _public.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_OVER_TLS
SECURE_SSL_REDIRECT = SERVED_OVER_TLS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked from inside, over plain http
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SERVED_OVER_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SERVED_OVER_TLS
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

ROOT_URLCONF = "sgcszr_portal.urls"
WSGI_APPLICATION = "sgcszr_portal.wsgi.application"

# --- what the portal is made of -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "sgcszr_portal",
    "resolutions",
    "municipalities.surveys",
    "municipalities.practices",
    "municipalities",
    "documents",
    "accounts",
    "background",
    "revisions",
    "russian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "simple_history",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sgcszr_portal.middleware.content_security_policy",
    "sgcszr_portal.middleware.health_for_nobody",
    "accounts.requests.union_asked_once",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sgcszr_portal.bodies.BodyCeiling",  # before the token is looked for in the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # views are closed unless @login_not_required
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sgcszr_portal.errors.PaperErrorPage",
    "sgcszr_portal.errors.page_for_wrong_method",
    "sgcszr_portal.errors.whole_page_login",
    "sgcszr_portal.limits.Limits",
    "revisions.sent_once.SentOnce",  # the last: the transaction of a sent form is the view's
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sgcszr_portal.context.portal",
            ],
            "builtins": [
                "russian.templatetags.russian",
                "revisions.templatetags.sent_once",
                "sgcszr_portal.templatetags.skeleton",
            ],
        },
    },
]
FORM_RENDERER = "sgcszr_portal.renderers.PortalFormRenderer"

# --- data ---------------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
_database = DATABASES["default"]
_database.setdefault("OPTIONS", {})
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"].update(
        transaction_mode="IMMEDIATE",  # a writer waits for its turn instead of failing half-way
        timeout=20,
        # FULL: what was acknowledged survives a lost current too (docs/performance.md has the price).
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    )
else:
    # Each thread keeps its connection; one that the server ended meanwhile is replaced before a request uses it.
    _database.update(CONN_MAX_AGE=env.int("CONN_MAX_AGE", 600), CONN_HEALTH_CHECKS=True)
    # A server that vanished without a word is given up after seconds, not minutes.
    _database["OPTIONS"] = {"connect_timeout": 5, "tcp_user_timeout": 10_000} | _database["OPTIONS"]

# Shared by all processes: which codes of the second factor were used. Only those who gave a right one write here.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}

MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "documents.storage.WholeFiles"},
    "issued": {"BACKEND": "documents.storage.IssuedStorage", "OPTIONS": {"location": MEDIA_ROOT / "issued"}},
    "prepared": {"BACKEND": "documents.storage.WholeFiles", "OPTIONS": {"location": MEDIA_ROOT / "prepared"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MIN_FREE_SPACE = env.int("MIN_FREE_SPACE_MB", 500) * 1024 * 1024  # bytes on each disk; with less /readyz says 503
PREPARED_SPACE = env.int("PREPARED_SPACE_MB", 2048) * 1024 * 1024  # bytes of all prepared files; the oldest go first
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # a long decision is one form

# --- language and time --------------------------------------------------------------------------------------------

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский")]
TIME_ZONE = "Europe/Moscow"
USE_TZ = True

# --- what runs outside requests -----------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "background.policy.PolicyBackend"}}

# --- people -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview"
LOGOUT_REDIRECT_URL = "overview"
SESSION_COOKIE_AGE = 14 * 24 * 3600

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"  # the secretariat invites by e-mail; nobody registers alone
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes the portal write to strangers
ACCOUNT_FORMS = {
    "reset_password": "accounts.forgetful.ForgottenPassword",
    "request_login_code": "accounts.forgetful.CodeRequest",
}
# Django's own: the library's asks for the addresses of a user besides, and only of one that is there.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
ACCOUNT_RATE_LIMITS = False  # the portal's own, in a table that no flood washes out: sgcszr_portal/limits.py
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"

DEMO_PASSWORD = env.str("DEMO_PASSWORD", "umny-gorod-2024")  # of the accounts that seed --demo makes

# --- mail ---------------------------------------------------------------------------------------------------------

if not DEBUG and not env.str("EMAIL_URL", ""):
    raise ImproperlyConfigured("Set EMAIL_URL: invitations and login codes go by e-mail (see .env.example).")
_email = env.dj_email_url("EMAIL_URL", "console://")
if "EMAIL_BACKEND" not in _email:
    raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, submission://, file:////, console:// or memory://.")
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_FILE_PATH = _email["EMAIL_FILE_PATH"]
EMAIL_HOST, EMAIL_PORT = _email["EMAIL_HOST"], _email["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_USER"], _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _email["EMAIL_USE_TLS"], _email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"Портал СГЦСЗР <portal@{_public.hostname}>")

# --- records ------------------------------------------------------------------------------------------------------

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

STATUS_STALE_AFTER_DAYS = env.int("STATUS_STALE_AFTER_DAYS", 180)  # an older status of participation counts as stale
if STATUS_STALE_AFTER_DAYS < 1:
    raise ImproperlyConfigured("STATUS_STALE_AFTER_DAYS is a number of days, 1 or more.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"without_keys": {"()": "sgcszr_portal.discretion.WithoutKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_keys"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
