"""What every environment shares."""

from csp.constants import NONCE, NONE, SELF

from cramps_site.settings import environment

ROOT = environment.ROOT
VAR = environment.VAR

SITE_URL = environment.address("SITE_URL", "http://127.0.0.1:8000")
# Where readers report an error; pages ask them to, so production does not start without it.
CONTACT_EMAIL = environment.text("CONTACT_EMAIL", "")
# Name and address of whoever runs the site, for readers of each language.
OPERATOR = {"ru": environment.text("OPERATOR_RU", ""), "en": environment.text("OPERATOR_EN", "")}

# Letters to partners and editors: through EMAIL_URL, printed without it. Nobody waits for long for a server of mail.
_MAIL = environment.mail()
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST = _MAIL.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _MAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _MAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = CONTACT_EMAIL or "desk@localhost"

# Secrets of before: what was signed with them still counts, and webhooks are signed with each until they are taken out.
SECRET_KEY_FALLBACKS = environment.names("SECRET_KEY_FALLBACKS", [])
# Whether webhooks may lead to this very machine, and by http: for trying them out, never in production.
OUTGOING_LOOPBACK = False

# How many servers of our own stand between a reader and this program, each adding to X-Forwarded-For what it saw. With
# a wrong number all readers count as one address, or anybody may claim to be another (articles/answers/limits.py).
# They must also drop headers with underscores in their names, as nginx does by itself: WSGI gives X_Forwarded_For the
# very name of the other one, and whoever sends it would choose their own address.
PROXIES = environment.whole_number("PROXIES", 0, most=9)

# A live text that lacks a change for safety of its other language is withdrawn after so many hours.
SAFETY_GAP_HOURS = environment.whole_number("SAFETY_GAP_HOURS", 72, most=720)

# A release whose moment is more than so many hours past does not go out any more: a person looks at it again first.
RELEASE_LATE_HOURS = environment.whole_number("RELEASE_LATE_HOURS", 2, most=720)

# Kinds of texts that a named decision may publish without a medical review, such as "page,topic"; "none" for none of
# them. Unset, all may: the bundle goes out before there is a clinician who could check it.
UNREVIEWED_KINDS = environment.kinds("UNREVIEWED_KINDS")

# The questions of the triage are asked only when this is on and two clinicians have signed the protocol…
TRIAGE_INTERACTIVE = environment.flag("TRIAGE_INTERACTIVE", default=False)
# …or for a demonstration, which every page then says.
TRIAGE_DEMONSTRATION = environment.flag("TRIAGE_DEMONSTRATION", default=False)

# Whether a request carries out what has fallen due while the worker is away (cramps_site/settling.py).
SETTLE_ON_REQUESTS = True

# How many bytes of finished answers each process keeps (articles/answers/store.py); 0 for none. Whoever asks for one
# waits so many seconds for a look at the shelf that is overdue before it counts as out of reach.
WARM_BYTES = environment.whole_number("WARM_MEGABYTES", 48, most=4096) * 1024 * 1024
WARM_WAITING = 2.0
# So many answers are made again, before anybody asks, after what they said has changed (articles/answers/ahead.py).
WARM_AHEAD = environment.whole_number("WARM_AHEAD", 24, most=500)

# How many bytes of lines of the snapshot this machine keeps on its disk (articles/answers/kept_lines.py); 0 for none.
SNAPSHOT_BYTES = environment.whole_number("SNAPSHOT_MEGABYTES", 1024, most=65536) * 1024 * 1024

# After so many days without the promised review not only its owner is reminded, but everybody who may publish.
REVIEW_ESCALATION_DAYS = 14

INSTALLED_APPS = [
    # Before the admin: it replaces the admin's way of naming fields.
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Only its tables and what computes with them: none of its pages has an address here (articles/admin/sign_in).
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "js_asset",
    "content_editor",
    "django_prose_editor",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "cramps_site",
    "articles",
    "triage",
]

# In Django's own order; those of the desk are Django's, switched off outside /admin/ (see cramps_site/middleware.py).
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before static files are answered: they carry the policies too.
    "cramps_site.middleware.ContentPolicy",
    "cramps_site.middleware.Permissions",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cramps_site.reading_locally.ReadsLocally",
    "cramps_site.warming.CatchesUp",
    "cramps_site.settling.Settles",
    "cramps_site.middleware.Encoded",
    "cramps_site.middleware.DeskSessions",
    "cramps_site.middleware.DeskLanguage",
    "cramps_site.middleware.DeskTime",
    "cramps_site.middleware.Slashes",
    "cramps_site.middleware.DeskForgeryGuard",
    "cramps_site.middleware.DeskAccounts",
    "cramps_site.middleware.DeskTrail",
    # Remembers the request of a thread for what computes second factors; it sets no cookie and no header.
    "allauth.account.middleware.AccountMiddleware",
    "cramps_site.middleware.DeskMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cramps_site.urls"
WSGI_APPLICATION = "cramps_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the admin's own templates, whose frame, home and sign-in pages the desk replaces.
        "DIRS": [ROOT / "articles" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    # The pages of readers, made a hundred times as often as those of the desk.
    {
        "NAME": "readers",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "articles.reader.templating.environment"},
    },
]

FORM_RENDERER = "cramps_site.form_renderer.FormRenderer"

DATABASES = {"default": environment.database()}
# A copy of the shelf on this machine, from which readers are answered (articles/editions/mirror_place.py).
if SHELF_MIRROR := environment.mirror(DATABASES["default"]):
    DATABASES["shelf"] = environment.local_copy(SHELF_MIRROR)
SNAPSHOT_LINES = environment.lines(SHELF_MIRROR)
DATABASE_ROUTERS = ["cramps_site.shelf_router.ShelfRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache()}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Two languages, fixed by decision. The default language of modeltranslation and the order here decide which columns
# exist and which one is the original, so a test pins all three; a fallback would show Russian text on English pages.
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
MODELTRANSLATION_DEFAULT_LANGUAGE = "ru"
MODELTRANSLATION_LANGUAGES = ("ru", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES: tuple[str, ...] = ()
MODELTRANSLATION_ENABLE_FALLBACKS = False
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["cramps_site.formats"]
USE_TZ = True
TIME_ZONE = "UTC"
# Moments are kept, and readers and partners told, in UTC; pages of the desk show and read them in this zone.
DESK_TIME_ZONE = environment.time_zone("DESK_TIME_ZONE", "Europe/Moscow")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cramps_site.static_files.SmallStaticFiles"},
}

# Files that were uploaded, each under the digest of its content (articles/content/picture_store.py).
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "cramps_site.uploads.BoundedUploads",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# 150 blocks of some ten fields each; Django's own 1,000 would refuse the form and lose what was typed.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024

# Whoever can publish, withdraw, sign or keep accounts needs a second factor before anything else (`required`), may set
# one up (`offered`), or nobody is asked to confirm anything (`off`, for tests of everything else).
SECOND_FACTOR = environment.choice("SECOND_FACTOR", "offered", ("required", "offered"))
# For how long nobody is asked again who has just shown that it is them.
STEP_UP_MINUTES = 15

# Our own words on our own pages: no sign-up, no accounts elsewhere, no mail that anybody could ask for.
ACCOUNT_ADAPTER = "articles.admin.sign_in.adapters.NoSignUp"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
MFA_ADAPTER = "articles.admin.sign_in.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Clocks of telephones are off by some seconds: the code of before and the one after count too.
MFA_TOTP_TOLERANCE = 1

# A session ends so long after the sign-in whatever happens, and so long after the last request.
SESSION_COOKIE_AGE = environment.whole_number("SESSION_HOURS", 12, most=168, least=1) * 3600
SESSION_IDLE_SECONDS = environment.whole_number("SESSION_IDLE_MINUTES", 120, most=1440, least=5) * 60
# Kinds whose texts give medical advice: before they go out they need a citation, a reason for every warning and an
# answer to every question of the checklist (articles/publishing/checklist_words.py).
CHECKLIST_KINDS = environment.names("CHECKLIST_KINDS", ["article", "faq"])

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = "/admin/"
CSRF_COOKIE_PATH = "/admin/"
CSRF_COOKIE_SAMESITE = "Lax"
# What was typed comes back also when somebody signed in anew in another tab.
CSRF_FAILURE_VIEW = "articles.admin.desk.expired.out_of_date"
LANGUAGE_COOKIE_PATH = "/admin/"
LOGIN_URL = "admin:login"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# What no page of ours asks a browser for, whatever may be slipped into one.
PERMISSIONS_POLICY = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        # Lighthouse reads robots.txt through fetch; without this it reports the file as not valid.
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Scripts of the desk come from static files alone, or carry a nonce: the address of this site is put before these paths
# (articles/admin/policy.py). Forms of Django's admin name their scripts without nonces, so paths it is; nothing that
# somebody uploaded and nothing that the interface answers lies below them.
DESK_SCRIPTS = ["/static/", "/admin/jsi18n/"]
DESK_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [NONCE],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}

# What partners read, served beside the interface that it is about.
API_DOCUMENTS = ROOT / "docs" / "api"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}

# The API describes itself (articles/api/v1/description.py); this is for the deploy check, which must look at the same.
SPECTACULAR_SETTINGS: dict[str, object] = {"POSTPROCESSING_HOOKS": []}

# Django looks for its own CSRF class by name. Ours is that class, switched off outside /admin/.
SILENCED_SYSTEM_CHECKS = ["security.W003"]

DEFAULT_EXCEPTION_REPORTER = "cramps_site.fault_reports.WithoutKeys"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without keys": {"()": "cramps_site.log_lines.WithoutKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without keys"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # It tells each time that it loads its dictionary.
    "loggers": {"pymorphy3": {"level": "WARNING"}},
}
