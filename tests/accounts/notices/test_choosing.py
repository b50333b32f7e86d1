"""What a resident chooses about messages, and what cannot be chosen."""

import pytest

from tests.accounts.notices.test_delivering import API, JSON, choose


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"choices": {"unheard": []}}, "category_unknown"),
        ({"choices": {"toy": ["pigeon"]}}, "invalid_body"),
        ({"choices": {}, "quiet_from": "22:00"}, "quiet_hours_invalid"),
        ({"choices": {}, "quiet_from": "22:00", "quiet_to": "22:00"}, "quiet_hours_invalid"),
        ({"choices": {}, "quiet_from": "24:00", "quiet_to": "07:00"}, "invalid_body"),
        ({"quiet_from": None}, "invalid_body"),
    ],
)
def test_choices_that_cannot_be_are_refused(told, body, code):
    who = told.person()
    answer = who.client().put(f"{API}message_settings", body, JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert who.client().get(f"{API}message_settings").json()["quiet_from"] is None


def test_settings_say_what_there_is_and_what_reaches_one(told):
    hanako = told.person()
    shown = choose(hanako, quiet=("22:00", "06:30"), toy=["push"])
    assert (shown["quiet_from"], shown["quiet_to"]) == ("22:00", "06:30")
    reach = {each["channel"]: (each["is_offered"], each["is_reachable"]) for each in shown["channels"]}
    assert reach == {"push": (True, False), "email": (True, True), "sms": (True, False), "line": (True, False)}
    categories = {each["category"]: each["channels"] for each in shown["categories"]}
    assert (categories["toy"], categories["city"]) == (["push"], ["push", "email"])
