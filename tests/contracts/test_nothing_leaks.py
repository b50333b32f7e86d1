"""Nothing personal leaves without the person, a delegate, a yes or broken glass: each personal model and address is walked."""

from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, models

from kernel.access import OutsideAccess, PersonalModel
from kernel.access.managers import AccessManager
from tests.contracts.test_permission_matrix import WHO, World, doors
from tests.wallet.callers import City

NAME = "金糸雀のこえ"
PERSONAL = [model for model in apps.get_models() if issubclass(model, PersonalModel)]


def test_there_are_personal_models():
    assert "Profile" in {model.__name__ for model in PERSONAL}


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model.__name__)
def test_a_personal_model_keeps_its_managers(model: type[PersonalModel]):
    assert isinstance(model._default_manager, AccessManager)
    assert isinstance(model._base_manager, AccessManager)
    assert model.data_class


@pytest.mark.postgres
@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model.__name__)
def test_its_table_shows_nothing_from_outside_and_its_manager_says_so(db, model: type[PersonalModel]):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid), pg_get_userbyid(relowner)"
            " FROM pg_class c WHERE relname = %s AND relnamespace = 'public'::regnamespace",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (True, 1, "machi_owner")
        cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
        assert cursor.fetchone() == (0,)
    with pytest.raises(OutsideAccess):
        model._default_manager.first()


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model.__name__)
def test_no_model_holds_what_is_personal_in_clear(model: type[PersonalModel]):
    """Texts are sealed bytes; what may stand open beside them are keys, instants, numbers and words of a fixed list."""
    fixed = {
        "Contact.token": "a blind index",
        "Holder.currency": "ISO 4217",
        "HomeChoices.hidden": "kinds of cards",
        "HomeChoices.pinned": "kinds of cards",
        "InboxMessage.category": "what kind of message, by its name in the code",
        "InboxMessage.name": "which message, by its name in the code",
        "InboxMessage.priority": "normal, high or life",
        "InboxMessage.occasion": "a digest",
        "MessageSettings.choices": "channels by category",
        "PushSubscription.key_id": "the name of the city's own key",
        "Verification.documents": "kinds of papers, never their numbers",
    }
    for field in model._meta.get_fields():
        if isinstance(field, models.CharField | models.TextField | models.JSONField | models.DateField):
            is_fixed = bool(getattr(field, "choices", None)) or isinstance(field, models.DateTimeField)
            assert is_fixed or f"{model.__name__}.{field.name}" in fixed, field


def test_the_admin_lists_no_personal_model_and_searches_none():
    for model, page in admin.site._registry.items():
        assert not issubclass(model, PersonalModel), model
        searched: list[Any] = [*page.search_fields, *(page.autocomplete_fields or ())]
        for name in searched:
            first = str(name).lstrip("^=@").split("__")[0]
            related = getattr(model._meta.get_field(first), "related_model", None)
            assert related is None or not issubclass(related, PersonalModel), (model, name)


@pytest.mark.slow  # every address, tried by seven people and nobody
@pytest.mark.postgres
def test_no_address_tells_others_who_hanako_is(committed_db):
    world = World.built(City())
    hanako = world.people["hanako"]
    assert hanako.ask("PATCH", "/api/v1/accounts/me", {"display_name": NAME}).json()["display_name"] == NAME
    email = hanako.get("/api/v1/accounts/me").json()["email"]
    told = []
    for method, route in doors():
        for who in WHO:
            if who == "hanako":
                continue
            answer = world.people[who].ask(method, world.address(route), world.body(method, route))
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            said = content.decode("utf-8", "replace")
            told += [(method, route, who) for secret in (NAME, email) if secret in said]
    assert told == [] or _known_to_delegates(told)
    with psycopg.connect(committed_db.app_url) as anybody:
        assert anybody.execute("SELECT count(*) FROM accounts_profile").fetchone() == (0,)


def _known_to_delegates(told: list[tuple[str, str, str]]) -> bool:
    """Taro acts for Hanako in the table's story of mandates, and reads her name in his own list alone."""
    return {row for row in told if row[2] != "taro" or not row[1].endswith("accounts/family")} == set()
