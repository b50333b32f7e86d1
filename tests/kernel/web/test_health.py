"""Alive, ready, measured: what each dependency's failure looks like from outside."""

import psycopg
import pytest
import redis
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from kernel import checks, contributions
from kernel.contributions import Check, Contributions
from kernel.loops import heartbeat
from kernel.request_context import bind_request, clear_request
from kernel.web import health
from kernel.web.errors import bad_request, not_allowed, server_fault
from tests.places import PLACE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_afresh(monkeypatch):
    monkeypatch.setattr(health, "REMEMBER_S", -1.0)


@pytest.fixture
def web() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def only_the_kernel(monkeypatch):
    own = contributions._registry["kernel"]
    monkeypatch.setattr(contributions, "_registry", {"kernel": own})
    for loop in contributions.loops():
        heartbeat.beat(loop.name)


def states(answer) -> dict[str, bool]:
    """Return how each vital check went: the fonts for documents come from npm, which not every machine asks."""
    return {result["name"]: result["ok"] for result in answer.json()["checks"] if result.get("vital", True)}


def why(answer, name: str) -> str:
    return next(result["why"] for result in answer.json()["checks"] if result["name"] == name)


def test_alive_asks_nothing(web, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = web.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert web.post("/healthz").status_code == 405


def test_ready_names_each_dependency(web, only_the_kernel):
    answer = web.get("/readyz")
    assert states(answer) == dict.fromkeys(
        ["database", "redis", "migrations", "row_level_security", "loops", "log_heads"], True
    )
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")


def test_a_contributed_check_that_fails_makes_the_city_not_ready(web, only_the_kernel):
    contributions.register("toy", Contributions(checks=(Check("toy", lambda: "The toy is broken."),)))
    answer = web.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "not_ready"
    assert why(answer, "toy") == "The toy is broken."


def test_a_check_that_raises_names_its_fault_but_not_its_words(web, only_the_kernel):
    def broken():
        raise ZeroDivisionError("secret words")

    contributions.register("toy", Contributions(checks=(Check("toy", broken),)))
    answer = web.get("/readyz")
    assert answer.status_code == 503
    assert why(answer, "toy") == "Does not answer (ZeroDivisionError)."


def test_what_is_not_vital_is_said_and_the_city_serves(web, only_the_kernel, settings, tmp_path):
    settings.DOCUMENT_FONTS = str(tmp_path)
    answer = web.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert why(answer, "document_fonts").startswith("Fonts for documents are missing: BIZUDPGothic_400Regular.ttf, ")


def test_a_silent_loop_is_named(web, only_the_kernel, valkey_server):
    valkey_server.client.delete("machi:heartbeat:outbox")
    answer = web.get("/readyz")
    assert states(answer)["loops"] is False
    assert "outbox" in why(answer, "loops")
    assert "log_sealer" not in why(answer, "loops")


def test_a_redis_that_is_away_is_named(web, only_the_kernel, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = web.get("/readyz")
    assert answer.status_code == 503
    assert {name for name, ok in states(answer).items() if not ok} == {"redis", "loops"}


def test_a_missing_migration_is_counted(web, only_the_kernel, monkeypatch):
    monkeypatch.setattr(checks, "_is_migrated", False)
    ((app, name),) = MigrationLoader(connection).graph.leaf_nodes("wallet")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", [app, name])
    assert why(web.get("/readyz"), "migrations") == "1 migrations are not applied: run manage.py migrate."


def test_answers_within_a_second_are_shared(web, only_the_kernel, monkeypatch):
    monkeypatch.setattr(health, "REMEMBER_S", 60.0)
    monkeypatch.setattr(health, "_found", None)
    asked = []
    contributions.register("toy", Contributions(checks=(Check("toy", lambda: asked.append(1)),)))
    web.get("/readyz")
    web.get("/readyz")
    assert asked == [1]


@pytest.mark.postgres
@pytest.mark.parametrize("who", ["owner_url", "admin"])
def test_a_login_that_could_pass_row_level_security_is_not_ready(committed_db, who):
    address = committed_db.owner_url if who == "owner_url" else PLACE.url("postgres", committed_db.name)
    with psycopg.connect(address) as strong, strong.cursor() as cursor:
        cursor.execute("CREATE TABLE protected (subject uuid)")
        cursor.execute("ALTER TABLE protected ENABLE ROW LEVEL SECURITY")
        cursor.execute(checks.POWERS)
        is_superuser, bypasses, is_owner = cursor.fetchone()
    assert is_superuser or bypasses or is_owner
    assert checks.row_level_security() is None  # machi_app, beside them


@pytest.mark.postgres
def test_a_personal_table_without_a_policy_is_not_ready(committed_db, monkeypatch):
    with psycopg.connect(committed_db.owner_url) as owner:
        owner.execute("CREATE TABLE diary (subject uuid)")
        owner.execute("CREATE TABLE letters (subject uuid)")
        owner.execute("ALTER TABLE letters ENABLE ROW LEVEL SECURITY")
    monkeypatch.setattr(checks, "personal_tables", lambda: ["diary", "letters", "missing"])
    assert checks.row_level_security() == "Without row-level security: diary, letters, missing."


def test_metrics_are_for_this_machine_alone(web):
    assert b"machi_requests_total" in web.get("/metrics").content
    assert web.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
    assert web.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    assert web.get("/metrics", headers={"forwarded": "for=127.0.0.1"}).status_code == 404


def test_a_public_city_shows_its_metrics_to_the_token_alone(web, settings):
    settings.SECURE = True
    assert web.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "prometheus-may-look"
    assert web.get("/metrics").status_code == 404
    assert web.get("/metrics", headers={"authorization": "Bearer prometheus-may-looK"}).status_code == 404
    good = {"authorization": "Bearer prometheus-may-look", "x-forwarded-for": "203.0.113.7"}
    answer = web.get("/metrics", headers=good, REMOTE_ADDR="203.0.113.7")
    assert b"machi_deliveries_waiting 0.0" in answer.content


def test_an_unknown_address_of_the_api_is_a_problem_and_of_the_site_a_page(web):
    answer = web.get("/api/v1/nowhere")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["request_id"] == answer["X-Request-ID"]


def test_a_bug_in_the_api_is_a_problem_with_the_request_id(rf, monkeypatch):
    bind_request("request-4711")
    answer = server_fault(rf.get("/api/v1/x"))
    clear_request()
    assert answer.status_code == 500
    assert b'"request_id":"request-4711"' in answer.content
    assert server_fault(rf.get("/"))["Content-Type"].startswith("text/html")
    assert bad_request(rf.get("/api/v1/x"), ValueError()).status_code == 400
    assert not_allowed(rf.get("/api/v1/x"), ValueError()).status_code == 403


def test_the_connection_of_a_check_is_given_back():
    assert connections["default"].in_atomic_block  # the test's own transaction: checks opened none of their own
    assert isinstance(heartbeat._client("redis://127.0.0.1:1/0"), redis.Redis)
