"""The one settings file. Everything that differs between a laptop, a test run and a public server is an environment variable.

docs/deployment.md lists the variables; `config.environment` says how they are read.
"""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.csp import CSP

from config.durability import CONNECT_SECONDS, OPTIONS
from config.environment import ROOT, VAR, BadEnvironment, envbool, envint, envlist, envstr
from config.mail import mailer, site_url
from corpus.objects.s3 import BadAddress, MissingLibrary, connected, is_bucket

BASE_DIR = ROOT
DATA_FOLDER = VAR

# --- What differs between installations -------------------------------------------------------------------------------

SECRET_KEY = envstr(
    "SECRET_KEY", remedy="Run `make demo`, which creates one for this installation, or set it to 50 random characters."
)
SECRET_KEY_FALLBACKS = envlist("SECRET_KEY_OLD")
DEBUG = envbool("DEBUG", default=False)
ALLOWED_HOSTS = envlist("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS_ONLY = envbool("HTTPS_ONLY", default=True)
PROXIES = envint("PROXIES", 0, most=5)  # how many proxies in front of us overwrite X-Forwarded-For and -Proto
STATIC_FROM_SOURCE = envbool("STATIC_FROM_SOURCE", default=DEBUG)  # serve static/ as it lies, without collectstatic
READERS = envstr("READERS", "lenient" if DEBUG else "strict")  # strict: files are read only where the kernel holds the sandbox
LAKE = envstr("LAKE", "") or None  # the folder of the lake, where a command names no other
OBJECTS = envstr("OBJECTS", str(VAR / "objects"))  # folder or bucket of raw bytes that are too large for rows
CRAWLS = envstr("CRAWLS", "") or None  # folder of crawls in which original files may stay
OBJECTS_FROM = envint("OBJECTS_FROM", 65_536, least=1, most=10**12)  # bytes

METRICS_TOKEN = envstr("METRICS_TOKEN", "")  # whoever has it may read /metrics; without one there is no such page
LEAST_METRICS_TOKEN = 32  # characters

MAIL_FROM = envstr("MAIL_FROM", "")  # with MAIL_URL, or no mail is sent
MAILERS = {"default": mailer(envstr("MAIL_URL", ""), MAIL_FROM)}
SITE_URL = site_url(envstr("SITE_URL", ""), ALLOWED_HOSTS, HTTPS_ONLY)  # of links in mails

NEW_CORPORA = envstr("NEW_CORPORA", "managers")  # who may make a corpus; its maker becomes its manager

if NEW_CORPORA not in {"superusers", "managers", "everyone"}:
    raise BadEnvironment(f"NEW_CORPORA must be superusers, managers or everyone, not {NEW_CORPORA!r}.")
if READERS not in {"strict", "lenient"}:
    raise BadEnvironment(f"READERS must be strict or lenient, not {READERS!r}.")
if METRICS_TOKEN and len(METRICS_TOKEN) < LEAST_METRICS_TOKEN:
    raise BadEnvironment(
        f"METRICS_TOKEN must have at least {LEAST_METRICS_TOKEN} characters: `openssl rand -hex 32` prints such a secret."
    )
if not is_bucket(OBJECTS) and not Path(OBJECTS).is_absolute():
    raise BadEnvironment(f"OBJECTS must be the absolute path of a folder, or s3://BUCKET/PREFIX, not {OBJECTS!r}.")
if CRAWLS and not Path(CRAWLS).is_absolute():
    raise BadEnvironment(f"CRAWLS must be the absolute path of a folder, not {CRAWLS!r}.")
if is_bucket(OBJECTS):
    try:
        connected(OBJECTS)
    except (BadAddress, MissingLibrary) as error:
        raise BadEnvironment(f"OBJECTS: {error}") from None
if "*" in ALLOWED_HOSTS:
    raise BadEnvironment("ALLOWED_HOSTS must name the hosts; * would let any Host header through.")

# --- The parts --------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "procrastinate.contrib.django",
    "corpus",
    "registry",
    "annotations",
    "questions",
    "lake",
    "config",
]

MIDDLEWARE = [
    "config.front.processor_time.ProcessorTime",
    "annotations.api.saving.Saving",  # for it the rest is too long a way
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.front.refusals.RefusedBodies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "corpus.accounts.sessions.SessionLife",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # deny by default: a page says when it is public
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.front.form_addresses.FormAddresses",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- PostgreSQL -------------------------------------------------------------------------------------------------------


def database(url: str) -> dict[str, object]:
    """Django's settings for a postgresql:// URL; its query holds libpq's own parameters (host=/folder, sslmode=…)."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise BadEnvironment("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "config.database",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": query.pop("port", "") or parts.port or "",
        "CONN_MAX_AGE": envint("DATABASE_CONNECTION_SECONDS", 60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": OPTIONS, "connect_timeout": CONNECT_SECONDS, **query},
    }


DATABASES = {
    "default": database(
        envstr(
            "DATABASE_URL",
            remedy="manage.py and config.wsgi set it when they start the embedded server; other programs must set it themselves.",
        )
    )
}

# --- Words, time, files -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = str(VAR / "static")
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if STATIC_FROM_SOURCE
        else "config.static.HashedStaticFiles"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = STATIC_FROM_SOURCE

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# --- Who is there -----------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["corpus.accounts.login.PacedBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "corpus.accounts.login.EndWithPassword"},
]
PASSWORD_RESET_TIMEOUT = 3600

# A __Host- name makes the browser refuse the cookie over http and from a subdomain; without https only the plain name works.
COOKIE_PREFIX = "__Host-" if HTTPS_ONLY else ""
SESSION_ENGINE = "corpus.accounts.session_store"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = HTTPS_ONLY
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
BROWSER_COOKIE_NAME = f"{COOKIE_PREFIX}browser"  # see corpus.accounts.known
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_HTTPONLY = True  # pages hand the token to their scripts in a data attribute
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS] if HTTPS_ONLY else []

# --- What a browser may do with our pages -----------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^(livez|readyz|healthz)$"]  # load balancer and monitor ask over plain http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_HSTS_PRELOAD = HTTPS_ONLY
SECURE_CONTENT_TYPE_NOSNIFF = True
# Other hosts are told nothing. "no-referrer" would do the same to our own pages: browsers then send `Origin: null` with every
# form, which the CSRF check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# No nonce, no 'unsafe-inline': there is no inline script, style or handler in any page, and nothing comes from elsewhere.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "frame-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [CSP.NONE],  # no script of ours turns text into HTML, so none may make a policy for it
}

# --- The API ----------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["corpus.api.parsers.StrictJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "corpus.api.authentication.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_SCHEMA_CLASS": "corpus.api.resource.Described",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 100,
    "EXCEPTION_HANDLER": "corpus.api.problems.problem_response",
    "DEFAULT_THROTTLE_CLASSES": [
        "corpus.api.throttles.OfPeople",
        "rest_framework.throttling.AnonRateThrottle",
        "corpus.api.throttles.OfScope",
    ],
    "DEFAULT_THROTTLE_RATES": {
        # Twice what a program with four connections asks for when it copies a corpus as fast as it is answered. Per second, since
        # the times of all requests of the period are kept.
        "user": envstr("API_RATE", "500/s"),
        "anon": "30/min",
        "export": envstr("EXPORT_RATE", "30/hour"),
        "import": "60/hour",
        "match": "60/min",
    },
    "NUM_PROXIES": PROXIES,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNICODE_JSON": True,
    "STRICT_JSON": True,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Attest",
    "DESCRIPTION": "Articles, annotations, entities and legal measures. Offsets count Unicode code points.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "PREPROCESSING_HOOKS": ["corpus.api.openapi.only_ours"],
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "corpus.api.openapi.with_problems"],
    "ENUM_NAME_OVERRIDES": {
        "AssignmentRole": "annotations.models.Assignment.Role",
        "MembershipRole": "corpus.models.Membership.Role",
        "AssignmentStatusCode": "annotations.models.assignment.SHOWN",
        "ChangeKind": "annotations.models.Change.Kind",
        "LayerKind": "annotations.models.Layer.Kind",
        "ChangeOp": "annotations.models.Change.Op",
        "AdjudicationReason": "annotations.models.AdjudicationDecision.Reason",
        "ListLinkMatch": "registry.models.ListLink.Match",
        "DecisionMatch": "registry.models.Decision.Match",
        "CandidateMatch": "annotations.api.screening_shapes.CANDIDATE_MATCHES",
        "JudgementVerdict": "questions.models.Judgement.Verdict",
        "ReadingVerdictCode": "annotations.models.transition.VERDICT_CHOICES",
        "PracticeKind": "annotations.models.PracticeArticle.Kind",
        "DeletionKind": "corpus.models.Deletion.Kind",
        "ThreadState": "annotations.models.Thread.State",
        "ProposalMatch": "annotations.queries.entity_candidates.MATCHES",
    },
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
}

# --- What is written down ---------------------------------------------------------------------------------------------

# To stderr, where systemd, Docker and a terminal look for it. No record holds a request body, a document's text or a token.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.OneLine", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"level": "INFO", "handlers": [], "propagate": True},
        "django.server": {"level": "WARNING", "handlers": [], "propagate": True},
        "procrastinate": {"level": "WARNING"},
    },
}
