"""One city's settings, composed from the typed environment; no other place chooses between demo and production."""

from pathlib import Path
from typing import Any

import structlog
from django.utils.translation import gettext_lazy as _

from config.compiled import keep_compiled
from config.database import database_from_url
from config.sign_in import *  # noqa: F403
from kernel import environment
from kernel.logging import PROCESSORS, configure

ENV = environment.load()
BASE_DIR = Path(__file__).resolve().parent.parent
MACHI_HOME = ENV.machi_home.resolve()
keep_compiled(MACHI_HOME)

DEBUG = ENV.machi_debug
DEMO = ENV.machi_demo
SECRET_KEY = ENV.machi_secret_key or "only-for-tests-and-checks-never-for-a-city"
ALLOWED_HOSTS = [host.strip() for host in ENV.machi_allowed_hosts.split(",") if host.strip()]
PUBLIC_URL = ENV.public_url
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "config",
    "mobility",
    "wallet",
    "accounts",
    "cityos",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.idp.oidc",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "django_celery_beat",
    "django_prometheus",
    "channels",
    "kernel",
]

MIDDLEWARE = [
    "kernel.web.middleware.RequestIdMiddleware",
    "accounts.api.boundary.SignInBoundary",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.api.staff.StaffSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kernel.web.security.ContentSecurityPolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
APPEND_SLASH = False
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"money": "wallet.pages.money_tags"},
        },
    },
]

# The application logs in as machi_app; the owner's address is used by `migrate` alone.
DATABASES: dict[str, dict[str, Any]] = {"default": database_from_url(ENV.database_url, pooled=True)}
DATABASE_OWNER_URL = ENV.database_owner_url
DATABASE_OWNER = database_from_url(ENV.database_owner_url)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = ENV.redis_url
MASTER_KEY = ENV.machi_master_key
METRICS_TOKEN = ENV.machi_metrics_token

LINE_TOKEN = ENV.machi_line_token
LINE_API = "https://api.line.me"
PUSH_TO_LOOPBACK = False  # tests alone run a push service of their own

CACHES = {"default": {"BACKEND": "kernel.cache.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "machi"}}

AUTH_USER_MODEL = "accounts.User"

LANGUAGE_CODE = "ja"
LANGUAGES = [
    ("ja", _("日本語")),
    ("ja-easy", _("やさしい日本語")),
    ("en", _("英語")),
    ("zh-hans", _("中国語（簡体字）")),
    ("ko", _("韓国語")),
]
LOCALE_PATHS = [BASE_DIR / "config" / "locale", BASE_DIR / "config" / "locale_admin"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = MACHI_HOME / "collected"
STATICFILES_DIRS = [dist] if (dist := BASE_DIR / "static" / "dist").is_dir() else []
PHONE_APP = BASE_DIR / "static" / "dist"
DOCUMENT_FONTS = ENV.machi_document_fonts or str(BASE_DIR / "static" / "node_modules" / "@expo-google-fonts")
WHITENOISE_USE_FINDERS = True  # so that one command needs no collecting; what a big city collects comes first

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.BearerAuthentication",
        "accounts.api.authentication.CookieAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["kernel.web.permissions.SignedIn"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "kernel.web.operations.DoorSchema",
    "EXCEPTION_HANDLER": "kernel.web.exceptions.handle",
    "NUM_PROXIES": ENV.machi_trusted_proxies,  # whoever writes X-Forwarded-For is no other person for it
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Machi",
    "DESCRIPTION": "One ID for a whole town.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["kernel.web.permissions.Open"],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api/v1/[a-z]+",
    "POSTPROCESSING_HOOKS": ["kernel.web.schema.add_components"],
}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_SERIALIZER = "machi-sealed"  # config.celery
CELERY_ACCEPT_CONTENT = ["machi-sealed"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TIMEZONE = "Asia/Tokyo"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

configure(ENV.machi_log_level)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "foreign_pre_chain": PROCESSORS,
        }
    },
    "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["standard_error"], "level": ENV.machi_log_level},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "django.db.backends": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "fido2": {"level": "WARNING"},  # names every new passkey
        "stripe": {"level": "WARNING"},  # below that a line an answer
        "oauthlib": {"level": "WARNING"},  # below that it writes whole requests, tokens included
    },
}

COIN: dict[str, Any] = {
    "name_ja": ENV.machi_coin_name_ja,
    "name_en": ENV.machi_coin_name_en,
    "per_payment": ENV.machi_coin_per_payment,
    "per_day": ENV.machi_coin_per_day,
    "balance": ENV.machi_coin_balance,
    "lot_days": ENV.machi_coin_lot_days,
    "desk_phone": ENV.machi_coin_desk_phone,
    "top_up_least": ENV.machi_top_up_least,
    "top_up_most": ENV.machi_top_up_most,
}

MOBILITY_TAXI_QUOTES = ENV.machi_taxi_quotes or ("twin" if ENV.machi_demo else "")

STRIPE = {
    "key": ENV.machi_stripe_key,
    "webhook_secret": ENV.machi_stripe_webhook_secret,
    "api_base": ENV.machi_stripe_api_base,
    "fake_posts": True,  # the demo city's fake brings its news to our door
}

# How shops are paid, and from which account; a demo city pays from one that no bank has.
SETTLEMENT: dict[str, dict[str, Any]] = {
    "terms": {
        "fee_basis_points": ENV.machi_settlement_basis_points,
        "fee_fixed": ENV.machi_settlement_fixed,
        "fee_least": ENV.machi_settlement_least_fee,
        "rounding": ENV.machi_settlement_rounding,
        "least_transfer": ENV.machi_settlement_least_transfer,
        "pay_after": ENV.machi_settlement_pay_after,
        "roll": ENV.machi_settlement_roll,
    },
    "payer": {
        "client_code": ENV.machi_bank_client_code or "0000000000",
        "client_name": ENV.machi_bank_client_name or "ﾐﾎﾝｼ ｺｲﾝｶｲｹｲ",
        "bank_code": ENV.machi_bank_code or ("9901" if ENV.machi_demo else ""),
        "branch_code": ENV.machi_bank_branch or ("001" if ENV.machi_demo else ""),
        "account_type": ENV.machi_bank_account_type,
        "account_number": ENV.machi_bank_account_number or ("0000001" if ENV.machi_demo else ""),
    },
}

# The account that residents transfer to, and how its bank writes what came in (docs/algorithms/bank-transfers.md).
_OWN_TRANSFER_ACCOUNT = bool(ENV.machi_transfer_account_number)
TRANSFERS: dict[str, Any] = {
    "account": {
        "bank_code": ENV.machi_transfer_bank_code,
        "branch_code": ENV.machi_transfer_bank_branch,
        "account_type": ENV.machi_transfer_account_type,
        "account_number": ENV.machi_transfer_account_number,
    }
    if _OWN_TRANSFER_ACCOUNT
    else {name: SETTLEMENT["payer"][name] for name in ("bank_code", "branch_code", "account_type", "account_number")},
    "holder": ENV.machi_transfer_holder or SETTLEMENT["payer"]["client_name"],
    "years": ENV.machi_bank_statement_years,
    "columns": ENV.machi_bank_csv_columns,
    "two_above": ENV.machi_bank_two_above,
}

# Who issues the coin, the city itself or a company (docs/algorithms/prepaid-law.md).
LAW = {"issuer": "company" if ENV.machi_coin_issuer == "company" else "city"}

# From when on a pattern in what was sent is shown to an officer (docs/algorithms/watch.md).
WATCH: dict[str, int] = {
    "many": ENV.machi_watch_many,
    "near_times": ENV.machi_watch_near_times,
    "pass_least": ENV.machi_watch_pass_least,
    "ring_least": ENV.machi_watch_ring_least,
    "fan": ENV.machi_watch_fan,
}

# What residents may send one another (docs/algorithms/sending.md).
SEND: dict[str, int] = {
    "per_send": ENV.machi_send_per_send,
    "per_day": ENV.machi_send_per_day,
    "per_month": ENV.machi_send_per_month,
    "count_per_day": ENV.machi_send_count_per_day,
    "level": ENV.machi_send_level,
    "level_above": ENV.machi_send_level_above,
    "level_above_yen": ENV.machi_send_level_above_yen,
}

# The colour of the phone app, from light to dark.
TEAL = {
    "50": "#eef7f8", "100": "#d6ecef", "200": "#b0dade", "300": "#7fc1c8", "400": "#489fa9", "500": "#1f808b",
    "600": "#006270", "700": "#00525e", "800": "#06444e", "900": "#0a3840", "950": "#04232a",
}  # fmt: skip

# The staff's pages; the functions stand in config.admin.
UNFOLD = {
    "SITE_TITLE": "config.admin.site_name",
    "SITE_HEADER": "config.admin.site_name",
    "SITE_SYMBOL": "location_city",
    "COLORS": {"primary": TEAL},
    "SIDEBAR": {"navigation": "config.admin.desks"},
}

# Timetables: what is fetched, and how one changes where neither feed nor map tells it (docs/algorithms/feeds.md).
FEEDS: dict[str, Any] = {
    "most_bytes": ENV.machi_feed_most_bytes,
    "from_private": ENV.machi_feeds_from_private,
    "walk_reach_m": ENV.machi_walk_reach_m,
    "walk_detour": ENV.machi_walk_detour_percent / 100,
    "walk_speed_m_s": ENV.machi_walk_metres_a_minute / 60,
    "change_s": ENV.machi_change_s,
    "opens_beside": True,  # a new network is opened while the old one still answers
}

# Running data: how old it may be before everything runs as planned again (docs/algorithms/live.md).
LIVE: dict[str, Any] = {
    "most_bytes": 32_000_000,
    "stale_after_s": ENV.machi_live_stale_after_s,
    "looks_every_s": 1.0,
}

DRAND_URL = ENV.machi_drand_url.rstrip("/")

FARE_RULES = ENV.machi_fare_rules or (str(BASE_DIR / "mobility" / "demo" / "town" / "agreements.toml") if DEMO else "")

CARD = {"issuer": ENV.machi_card_issuer.rstrip("/"), "client_id": ENV.machi_card_client_id}

# The demo town's outline, drawn by us by hand and some kilometres wide of the border; another city names its own, or none.
HITOYOSHI = "32.30,130.70 32.30,130.80 32.25,130.87 32.16,130.87 32.09,130.83 32.09,130.72 32.15,130.65 32.25,130.65"
CITY = {
    "code": ENV.machi_city_code,
    "name_ja": ENV.machi_city_name_ja,
    "name_en": ENV.machi_city_name_en,
    "area": ENV.machi_city_area or (HITOYOSHI if ENV.machi_city_code == "432032" else ""),
    "code_domain": ENV.machi_code_domain or f"jp.machi.{ENV.machi_city_code}",
}
