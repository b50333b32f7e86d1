"""How people sign in: django-allauth without passwords, its answers as JSON only, for browsers (cookie) and apps (token)."""

import hashlib
import hmac
from urllib.parse import unquote, urlsplit

from kernel import environment

_ENV = environment.load()
_SECRET = (_ENV.machi_secret_key or "only-for-tests-and-checks-never-for-a-city").encode()

AUTHENTICATION_BACKENDS = ["accounts.api.backends.SignInBackend"]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "accounts.api.boundary.csrf_failure"

SESSION_ENGINE = "accounts.gateways.sessions"
SESSION_COOKIE_AGE = 30 * 86_400

ACCOUNT_ADAPTER = "accounts.api.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]  # allauth wants the star; accounts.api.inputs asks for either of the two
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.api.newcomer.Newcomer"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 600
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = (
    False  # accounts.api.boundary limits at the door: at once, with Retry-After, and before anything is written
)
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ALLAUTH_TRUSTED_PROXY_COUNT = _ENV.machi_trusted_proxies

HEADLESS_ONLY = True
HEADLESS_ADAPTER = "accounts.api.adapters.HeadlessAdapter"
HEADLESS_FRONTEND_URLS = {"account_signup": f"{_ENV.public_url}/sign-in"}
HEADLESS_TOKEN_STRATEGY = "accounts.api.tokens.TokenStrategy"  # noqa: S105 - a path
# Only this city checks its tokens, always against a living session, so one secret signs and checks: an HMAC costs a hundredth of
# an RSA signature and needs no key file. Partners get tokens of another kind, with public keys.
HEADLESS_JWT_ALGORITHM = "HS256"
HEADLESS_JWT_PRIVATE_KEY = hmac.new(_SECRET, b"machi.accounts.jwt.v1", hashlib.sha256).hexdigest()
HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED = True
HEADLESS_JWT_ROTATE_REFRESH_TOKEN = True
HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN = 300
HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN = SESSION_COOKIE_AGE

MFA_ADAPTER = "accounts.api.adapters.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp"]
MFA_TOTP_TOLERANCE = 1  # a step before and after: clocks differ, and people type (RFC 6238, 5.2)
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_RATE_LIMITS = False
# The library accepts https, and http on localhost alone, so no exception for insecure origins is made anywhere.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
PASSKEY_DOMAIN = urlsplit(_ENV.public_url).hostname or "localhost"

# A demo city shows every code to everybody; its limits protect the machine, not the codes.
SIGN_IN_LIMITS_TIMES = 20 if _ENV.machi_demo else 1
# Known and unknown addresses answer alike, in time too: no answer that depends on one comes sooner than this.
SIGN_IN_ANSWER_AFTER_S = 0.12

MAIL_SERVER = _ENV.machi_mail_url
_MAIL = urlsplit(
    MAIL_SERVER
)  # smtp://user:password@host:587 (STARTTLS), smtps://… (TLS from the start), smtp+plain://… (a relay at home)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _MAIL.hostname or "localhost"
EMAIL_PORT = _MAIL.port or {"smtps": 465, "smtp+plain": 25}.get(_MAIL.scheme, 587)
EMAIL_HOST_USER = unquote(_MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
EMAIL_USE_TLS = _MAIL.scheme == "smtp"
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _ENV.machi_mail_from or f"no-reply@{PASSKEY_DOMAIN}"

# The city as OpenID provider (docs/adr/0013). Its doors are accounts.api.openid's; allauth's own are nowhere included.
IDP_OIDC_ADAPTER = "accounts.api.openid.adapter.ProviderAdapter"
IDP_OIDC_DCR_ENABLED = False
IDP_OIDC_CIMD_ENABLED = False
