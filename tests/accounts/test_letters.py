"""Letters and texts: what leaves, by which way, and what never stands in a log."""

import email
import email.policy

import pytest
from celery import current_app

from accounts import tasks
from accounts.gateways.checks import mail_can_leave
from accounts.gateways.demo_post import KEPT_FOR, Letter, letters, put
from accounts.gateways.mail import DemoMail, NoMailServer, Smtp, mail_gateway
from accounts.gateways.sms import DemoSms, sms_gateway
from kernel import clock
from tests.accounts.mail_server import mail_server
from tests.accounts.phones import Browser, newest_letter

pytestmark = pytest.mark.django_db

LETTER = {"to": "hanako@example.com", "subject": "確認コード", "body": "123456 です。\n", "code": "123456"}


@pytest.fixture
def server(settings):
    """Give the city a mail server on this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server() as (port, taken):
        settings.MAIL_SERVER = f"smtp+plain://127.0.0.1:{port}"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        yield taken


def test_a_letter_leaves_by_the_citys_mail_server(server, settings):
    tasks.send_mail(**LETTER)

    [raw] = server
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    assert (letter["To"], letter["From"], letter["Subject"]) == (
        "hanako@example.com",
        settings.DEFAULT_FROM_EMAIL,
        "確認コード",
    )
    assert letter.get_content().strip() == "123456 です。"


def test_a_mailbox_that_does_not_exist_is_no_error_and_stands_in_no_log(server, caplog):
    tasks.send_mail(**LETTER | {"to": "refused@example.com"})

    assert server == []
    assert "mail_recipient_refused" in caplog.text
    assert "550" in caplog.text
    assert "refused@example.com" not in caplog.text


def test_a_mail_server_that_is_away_is_tried_again(settings):
    settings.MAIL_SERVER = "smtp+plain://127.0.0.1:1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False

    with pytest.raises(OSError):  # noqa: PT011 - what the task is told to try again after
        Smtp().send(**LETTER)
    assert tasks.send_mail.autoretry_for == (OSError,)
    assert tasks.send_mail.max_retries == 4


def test_which_way_letters_go(settings):
    assert isinstance(mail_gateway(), DemoMail)
    assert isinstance(sms_gateway(), DemoSms)
    assert mail_can_leave() is None
    settings.DEMO = False
    assert sms_gateway() is None
    assert "MACHI_MAIL_URL" in mail_can_leave()
    with pytest.raises(NoMailServer):
        mail_gateway()
    settings.MAIL_SERVER = "smtp://mail.example.jp"
    assert isinstance(mail_gateway(), Smtp)
    assert mail_can_leave() is None


def test_the_demo_city_shows_a_code_on_the_terminal(capfd):
    Browser().post("auth/signup", {"email": "hanako@example.com"})

    assert f"  [email] hanako@example.com: {newest_letter().code}\n" in capfd.readouterr().out


def test_the_demo_city_keeps_letters_a_quarter_of_an_hour():
    now = clock.now()
    put(Letter(to="a@example.com", channel="email", code="1", text="", sent_at=now))

    assert len(letters(at=now + KEPT_FOR / 2)) == 1
    assert letters(at=now + KEPT_FOR) == []


def test_a_message_to_the_workers_shows_neither_address_nor_code_and_dies_with_its_code(monkeypatch):
    sent = []
    monkeypatch.setattr(
        current_app.tasks["accounts.tasks.send_mail"], "apply_async", lambda **given: sent.append(given)
    )

    Browser().post("auth/signup", {"email": "hanako@example.com"})

    [message] = sent
    assert (message["argsrepr"], message["kwargsrepr"], message["expires"]) == ("withheld", "withheld", 600)


def test_signing_up_and_in_writes_nothing_personal_into_the_log(caplog):
    caplog.set_level("DEBUG")
    browser = Browser()
    browser.sign_up(email="hanako@example.com", display_name="花子")
    browser.ask("DELETE", "auth/session")
    browser.sign_in(email="hanako@example.com")
    app = Browser()
    app.sign_up(phone="090-1234-5678")

    for personal in ("hanako", "花子", "9012345678", newest_letter().code):
        assert personal not in caplog.text
