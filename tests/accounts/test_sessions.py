"""Sessions end at once and for good, and live on without Redis; what nobody needs any more is cleared away."""

from datetime import timedelta

import pytest
import redis
from allauth.account.models import EmailAddress
from allauth.headless.tokens.strategies.jwt.internal import decode_token
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection

from accounts import tasks
from accounts.api.live import LiveSignIns
from accounts.gateways import sessions
from accounts.gateways.sessions import SessionStore
from accounts.models import Contact, PhoneNumber, Resident, User, token_for
from accounts.models.third_parties import row_key
from accounts.services.newcomers import sign_up
from accounts.services.sign_ins import remove_abandoned_sign_ups
from kernel import clock
from kernel.access import access
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.accounts.phones import App, Browser
from tests.factories.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_store(monkeypatch):
    """Take Redis away from the sessions."""

    def away():
        raise redis.ConnectionError

    return lambda: monkeypatch.setattr(sessions, "store", away)


def opened(**values):
    session = SessionStore()
    session.update(values)
    session.save()
    return session


def test_a_session_is_read_without_a_query(django_assert_num_queries):
    kept = opened(colour="green")

    with django_assert_num_queries(0):
        assert SessionStore(kept.session_key)["colour"] == "green"


def test_a_session_is_read_from_the_database_where_redis_has_lost_it_or_is_away(
    valkey, django_assert_num_queries, no_store
):
    kept = opened(colour="green")
    valkey.flushdb()

    with django_assert_num_queries(1):
        assert SessionStore(kept.session_key)["colour"] == "green"
    with django_assert_num_queries(0):
        assert SessionStore(kept.session_key)["colour"] == "green"
    no_store()
    with django_assert_num_queries(1):
        assert SessionStore(kept.session_key)["colour"] == "green"
    kept["colour"] = "blue"
    kept.save()
    assert SessionStore(kept.session_key)["colour"] == "blue"


def test_an_ended_session_does_not_come_back_with_who_was_just_reading_it(valkey):
    """The reader missed the cache and has loaded the row; then the session ends; then the reader would cache it."""
    kept = opened(colour="green")
    valkey.flushdb()
    reader = SessionStore(kept.session_key)
    loaded = reader._get_session_from_db
    reader._get_session_from_db = lambda: (loaded(), SessionStore().delete(kept.session_key))[0]

    assert reader.load() == {"colour": "green"}

    assert dict(SessionStore(kept.session_key).items()) == {}
    assert not SessionStore().exists(kept.session_key)


def test_an_ended_session_does_not_come_back_with_who_was_just_saving_it(monkeypatch):
    """The row has been saved; then the session ends; then the one who saved would cache it."""
    kept = opened(colour="green")
    ask = sessions._tolerant

    def end_meanwhile(question):
        SessionStore().delete(kept.session_key)
        return ask(question)

    monkeypatch.setattr(sessions, "_tolerant", end_meanwhile)
    kept["colour"] = "blue"
    kept.save()
    monkeypatch.undo()

    assert dict(SessionStore(kept.session_key).items()) == {}


def test_a_session_that_has_ended_is_not_saved_again():
    kept = opened(colour="green")
    SessionStore().delete(kept.session_key)
    kept["colour"] = "blue"

    with pytest.raises(UpdateError):
        kept.save()
    assert Session.objects.count() == 0


def test_a_session_runs_out(monkeypatch):
    kept = opened(colour="green")
    Session.objects.filter(pk=row_key(kept.session_key)).update(expire_date=clock.now() - timedelta(seconds=1))
    sessions.store().delete(f"machi:session:{row_key(kept.session_key)}")

    assert dict(SessionStore(kept.session_key).items()) == {}


def test_raising_the_epoch_signs_a_person_out_everywhere():
    hanako = person(email="hanako@example.com")
    browser, app = Browser(), App()
    for phone in (browser, app):
        phone.sign_in(email="hanako@example.com")

    User.objects.filter(pk=hanako.user_id).update(sign_in_epoch=1)

    assert [phone.me().status_code for phone in (browser, app)] == [401, 401]


def test_an_inactive_account_is_shut_at_once():
    hanako = person(email="hanako@example.com")
    app = App()
    app.sign_in(email="hanako@example.com")

    User.objects.filter(pk=hanako.user_id).update(is_active=False)

    assert app.me().status_code == 401


def test_a_live_socket_knows_when_its_sign_in_ends(rf):
    hanako = person(email="hanako@example.com")
    browser, app = Browser(), App()
    live = LiveSignIns()
    browser.sign_in(email="hanako@example.com")
    app.sign_in(email="hanako@example.com")
    request = rf.get("/")
    request.session = browser.client.session
    claims = sessions_claims(app)

    handles = [live.handle(request, None), live.handle(rf.get("/"), claims)]

    assert browser.client.session.session_key not in handles[0]
    assert [live.principal(handle).actor for handle in handles] == [hanako.resident_id] * 2
    browser.ask("DELETE", "auth/session")
    app.ask("DELETE", "auth/session")
    assert [live.principal(handle) for handle in handles] == [None, None]
    assert live.principal("x") is None


def sessions_claims(app):
    """Return the claims of an app's token."""
    return decode_token(app.access, "access")


def arrive(hours_ago, **address):
    return sign_up(
        Act(SYSTEM, at=clock.now() - timedelta(hours=hours_ago)), language="ja", display_name="花子", **address
    )


def test_who_signed_up_and_never_came_is_removed_after_a_day_with_all_they_typed():
    yesterday = arrive(25, email="old@example.com")
    by_phone = arrive(25, phone="+819012345678")
    this_morning = arrive(5, email="new@example.com")
    confirmed = arrive(25, email="kept@example.com", is_verified=True)

    tasks.clear_away()

    assert set(User.objects.values_list("pk", flat=True)) == {this_morning.user_id, confirmed.user_id}
    kept = {token_for("new@example.com"), token_for("kept@example.com")}
    assert set(EmailAddress.objects.values_list("email", flat=True)) == kept
    assert contacts_of(yesterday) == contacts_of(by_phone) == 0
    assert contacts_of(this_morning) == contacts_of(confirmed) == 1
    assert not PhoneNumber.objects.exists()
    gone = Resident.objects.filter(closed_at__isnull=False).values_list("pk", flat=True)
    assert set(gone) == {yesterday.resident_id, by_phone.resident_id}
    with connection.cursor() as cursor:
        cursor.execute("SELECT what->>'removed' FROM kernel_audit WHERE action = 'accounts.remove_abandoned_sign_ups'")
        assert cursor.fetchall() == [("2",)]


def contacts_of(newcomer):
    """Count the contacts of somebody."""
    me = newcomer.resident_id
    with access(purpose="test", actor=me, subject=me, classes=["contacts"]):
        return Contact.objects.count()


def test_the_second_day_is_the_limit():
    at = clock.now()
    arrive_at = at - timedelta(days=1)
    sign_up(Act(SYSTEM, at=arrive_at), language="ja", email="edge@example.com")

    remove_abandoned_sign_ups(Act(SYSTEM, at=at))
    assert User.objects.count() == 1
    remove_abandoned_sign_ups(Act(SYSTEM, at=at + timedelta(microseconds=1)))
    assert User.objects.count() == 0


def test_sessions_that_ran_out_are_removed_with_their_devices():
    person(email="hanako@example.com")
    for phone in (Browser(), Browser()):
        phone.sign_in(email="hanako@example.com")
    old = UserSession.objects.order_by("id").first()
    Session.objects.filter(pk=old.session_key).update(expire_date=clock.now() - timedelta(seconds=1))

    tasks.clear_away()

    assert Session.objects.count() == UserSession.objects.count() == 1
