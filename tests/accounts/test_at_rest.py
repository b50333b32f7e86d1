"""After a lively day, a copy of database, Redis, logs and files tells nobody who lives here, and lets nobody in."""

import base64
import json
import re

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import TOTP
from celery import current_app
from django.contrib.sessions.backends.db import SessionStore as ClearSessions
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from accounts.gateways.sessions import SessionStore
from accounts.models import User, token_for
from accounts.models.third_parties import NO_ADDRESS, row_key
from accounts.selectors.contacts import email_of
from accounts.services import sign_up
from config.database import database_from_url
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.accounts.authenticator import Authenticator
from tests.accounts.mail_server import mail_server
from tests.accounts.phones import App, Browser, newest_letter
from tests.factories.people import person
from tests.places import PLACE

EMAIL, SECOND, ABANDONED = "mihon.hanako@example.com", "hanako.second@example.com", "never.came@example.com"
NUMBER, TYPED = "+819012345678", "090-1234-5678"
NAME, PASSKEY = "見本ひみつ花子", "花子のでんわ"
AGENT = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.4321.99 Mobile Safari/537.36"
)
HOME = "203.0.113.77"
DEVICE = "user_id, ip, session_key, user_agent, data, created_at, last_seen_at"


def everything_in(database: str) -> str:
    """Return every row of every table, as the administrator's backup would have them."""
    with psycopg.connect(
        PLACE.url("postgres", database) if not PLACE.service else PLACE.admin_url, dbname=database
    ) as admin:
        tables = admin.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        parts = []
        for (table,) in tables:
            with admin.cursor().copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as rows:
                parts += [f"{table}\t{bytes(row).decode()}" for row in rows]
    return "".join(parts)


def everything_in_redis(client) -> str:
    """Return all keys with what they hold, byte for byte as Latin-1, and as UTF-8 where it is that."""
    parts = []
    for key in client.scan_iter():
        read = {
            b"string": client.get, b"hash": client.hgetall, b"set": client.smembers,
            b"list": lambda name: client.lrange(name, 0, -1), b"zset": lambda name: client.zrange(name, 0, -1),
            b"stream": client.xrange,
        }[client.type(key)]  # fmt: skip
        raw = key + repr(read(key)).encode() if client.type(key) != b"string" else key + (client.get(key) or b"")
        parts += [raw.decode("latin-1"), raw.decode(errors="replace")]
    return "\n".join(parts)


def traces(secret: str) -> list[str]:
    """Return the shapes in which a text could lie somewhere: as it is, as JSON, as bytea's hexadecimal, as base64."""
    raw = secret.encode()
    coded = [base64.b64encode(b" " * pad + raw + b" " * 3)[4:-4].decode() for pad in range(3)]
    return [secret, json.dumps(secret)[1:-1], raw.hex(), repr(raw)[2:-1], *coded]


def found_in(place: str, secrets) -> list[str]:
    return [secret for secret in secrets if any(trace in place for trace in traces(secret) if len(trace) > 5)]


def codes_in(place: str, codes) -> list[str]:
    """A code is six digits; part of a longer number, of a fraction or of hexadecimal it is none."""
    return [code for code in codes if re.search(rf"(?<![\w.+-]){code}(?![\w.-])", place)]


@pytest.fixture
def day(committed_db, valkey, caplog, settings, tmp_path):
    """Let people sign up, sign in, change things and leave things half done; returns what must not be found."""
    caplog.set_level("INFO")
    settings.MACHI_HOME = tmp_path
    browser, app, codes = Browser(user_agent=AGENT, ip=HOME), App(), []

    def confirm(phone):
        codes.append(newest_letter().code)
        assert phone.confirm(codes[-1]).status_code == 200

    browser.post("auth/signup", {"email": EMAIL, "display_name": NAME})
    confirm(browser)
    secrets = [browser.client.cookies["sessionid"].value]
    options = browser.get("account/authenticators/webauthn?passwordless").json()["data"]["creation_options"][
        "publicKey"
    ]
    browser.post("account/authenticators/webauthn", {"name": PASSKEY, "credential": Authenticator().make(options)})
    browser.post("account/email", {"email": SECOND})
    codes.append(newest_letter().code)
    assert browser.post("auth/email/verify", {"key": codes[-1]}).status_code == 200
    browser.post("account/phone", {"phone": TYPED})
    codes.append(newest_letter().code)
    assert browser.post("auth/phone/verify", {"code": codes[-1]}).status_code == 200
    assert browser.me().json()["phone"] == NUMBER

    browser.ask("POST", "/api/v1/accounts/exports", None, **{"Idempotency-Key": "a-copy-of-everything"})

    app.post("auth/code/request", {"phone": TYPED})
    session_token = app.session_token
    app.post("auth/code/confirm", {"code": "000000"})
    confirm(app)
    assert app.me().status_code == 200
    secrets += [session_token, app.access, app.refresh]
    totp = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(User.objects.get(), totp)

    waiting, newcomer = Browser(ip=HOME), Browser(ip=HOME)
    waiting.post("auth/code/request", {"email": EMAIL})
    codes.append(newest_letter().code)
    newcomer.post("auth/signup", {"email": ABANDONED})
    codes.append(newest_letter().code)
    secrets += [waiting.client.cookies["sessionid"].value, newcomer.client.cookies["sessionid"].value]
    return {
        "codes": [code for code in codes if code],
        "secrets": [*secrets, totp, EMAIL, SECOND, ABANDONED, NUMBER, TYPED, NAME, PASSKEY, AGENT, HOME],
        "logs": caplog.text,
    }


@pytest.mark.postgres
@pytest.mark.slow  # a whole day, and every row of the database
def test_a_copy_of_everything_tells_nothing(day, committed_db, valkey, tmp_path):
    places = {
        "database": everything_in(committed_db.name),
        "redis": everything_in_redis(valkey),
        "logs": day["logs"],
        "files": "\n".join(each.read_bytes().decode("latin-1") for each in tmp_path.rglob("*") if each.is_file()),
    }

    assert "accounts_contact" in places["database"]
    assert "machi:session:" in places["redis"]
    assert len(places["files"]) > 1000
    assert "request" in places["logs"]
    for name, place in places.items():
        assert (name, found_in(place, day["secrets"]), codes_in(place, day["codes"])) == (name, [], [])


@pytest.mark.postgres
def test_a_copied_row_lets_nobody_in(day, committed_db, valkey):
    """Neither the row's key nor any token of an address opens anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key FROM django_session UNION SELECT session_key FROM usersessions_usersession")
        rows = [row for (row,) in cursor.fetchall()]
    for row in rows:
        thief = Browser()
        thief.client.cookies["sessionid"] = row
        assert thief.me().status_code == 401
        thief = App()
        thief.session_token = row
        assert thief.get("auth/session").status_code in (401, 410)
    refused = Browser().post("auth/code/request", {"email": token_for(EMAIL)})
    assert refused.status_code == 400


def test_letters_wait_sealed_in_the_queue(valkey, committed_db, settings, caplog):
    """A worker takes the letter out of the queue and the mail server gets it; while it waited nobody could read it."""
    current_app.conf.task_always_eager = False
    letter = {"to": EMAIL, "subject": "確認コード", "body": "654321 です。\n", "code": "654321"}
    current_app.tasks["accounts.tasks.send_mail"].apply_async(
        kwargs=letter, queue="default", argsrepr="withheld", kwargsrepr="withheld"
    )

    waiting = everything_in_redis(valkey)
    assert "send_mail" in waiting
    assert found_in(waiting, [EMAIL, "確認コード"]) == codes_in(waiting, ["654321"]) == []
    with mail_server() as (port, taken), current_app.connection_for_read() as broker:
        settings.MAIL_SERVER = f"smtp+plain://127.0.0.1:{port}"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        message = broker.SimpleQueue("default").get(timeout=5)
        message.accept = set(current_app.conf.accept_content)
        _args, kwargs, _embedded = message.payload
        current_app.tasks[message.headers["task"]](**kwargs)
        message.ack()
    assert EMAIL.encode() in taken[0]


def test_the_database_refuses_what_is_not_sealed(db):
    user = person(email=EMAIL).user_id
    for statement in (
        "INSERT INTO account_emailaddress (user_id, email, verified, \"primary\") VALUES (%s, 'clear@example.com', false, false)",
        "INSERT INTO accounts_phonenumber (user_id, number, is_verified) VALUES (%s, '+819012345678', false)",
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{\"secret\": \"x\"}', now())",
        f"INSERT INTO usersessions_usersession ({DEVICE}) VALUES (%s, '192.0.2.1', '{'x' * 40}', '', '{{}}', now(), now())",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [user])


def test_the_same_address_has_the_same_token_in_any_case_and_none_without_the_citys_key(db):
    assert token_for("Mihon.Hanako@Example.com") == token_for(EMAIL)
    assert token_for(token_for(EMAIL)) == token_for(EMAIL)
    assert token_for(NUMBER) != token_for(EMAIL)


@pytest.mark.postgres
@pytest.mark.slow  # migrates back and forth
def test_what_was_clear_before_is_sealed_and_nobody_is_signed_out(committed_db, valkey, settings):
    settings.DATABASE_OWNER_URL = committed_db.owner_url
    settings.DATABASE_OWNER = database_from_url(committed_db.owner_url)
    newcomer = sign_up(Act(SYSTEM, at=clock.now()), language="ja", display_name=NAME)
    call_command("migrate", "accounts", "0009", verbosity=0)
    clear_key = "0123456789abcdefghijklmnopqrstuv"
    with psycopg.connect(committed_db.owner_url) as owner:
        user = newcomer.user_id
        owner.execute(
            'INSERT INTO account_emailaddress (user_id, email, verified, "primary") VALUES (%s, %s, true, true)',
            [user, EMAIL],
        )
        owner.execute(
            "INSERT INTO accounts_phonenumber (user_id, number, is_verified) VALUES (%s, %s, true)", [user, NUMBER]
        )
        owner.execute(
            "INSERT INTO usersessions_usersession (user_id, created_at, last_seen_at, session_key, ip, user_agent, data)"
            " VALUES (%s, now(), now(), %s, %s, %s, '{}')",
            [user, clear_key, HOME, AGENT],
        )
        passkey = json.dumps({"name": PASSKEY, "credential": {}})
        owner.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'webauthn', %s, now())",
            [user, passkey],
        )
        owner.execute(
            "INSERT INTO django_session VALUES (%s, %s, now() + interval '1 day')",
            [clear_key, _clear_session(colour="green")],
        )

    call_command("migrate", "accounts", verbosity=0)

    assert email_of(user) == EMAIL
    assert Browser().post("auth/code/request", {"email": EMAIL}).status_code == 401
    assert newest_letter().to == EMAIL
    assert SessionStore(clear_key)["colour"] == "green"
    [device] = User.objects.get().usersession_set.all()
    assert (device.session_key, device.user_agent, device.ip) == (row_key(clear_key), "", NO_ADDRESS)
    [authenticator] = User.objects.get().authenticator_set.all()
    assert authenticator.wrap().name == PASSKEY
    leaks = found_in(everything_in(committed_db.name), [EMAIL, NUMBER, clear_key, PASSKEY, AGENT, HOME, NAME])
    assert leaks == []


def _clear_session(**values) -> str:
    return ClearSessions().encode(values)
