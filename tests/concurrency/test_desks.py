"""Forms of the officers' desks that are sent more than once."""

from datetime import datetime
from functools import partial

import pytest

from kernel.clock import JST
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility.engine.feed_results import SourceDraft
from mobility.engine.live_results import AlertDraft, LiveDraft
from mobility.models import AlertStep, FeedSource, LiveSource, ServiceAlert
from mobility.services import register_feed_source
from mobility.services.live import register_live_source, write_alert
from tests.concurrency.crowd import all_at_once

pytestmark = pytest.mark.postgres
EIGHT = datetime(2026, 6, 10, 8, tzinfo=JST)
NOTICE = AlertDraft(header={"ja": "祭りのためバス停を移します"})
BICYCLES = LiveDraft(kind="gbfs", name="自転車", url="https://bikes.example/gbfs.json", headers={"X-Key": "secret-1"})
TIMETABLE = SourceDraft(slug="red", name="赤バス")


def sent(service, key, **told):
    """Return one sending of a form: an intention of its own under the form's key."""
    return partial(service, Act(SYSTEM, at=EIGHT, key=key), **told)


@pytest.mark.parametrize(
    ("service", "draft", "model"),
    [
        (write_alert, NOTICE, ServiceAlert), (register_live_source, BICYCLES, LiveSource),
        (register_feed_source, TIMETABLE, FeedSource),
    ],
)  # fmt: skip
def test_a_form_that_is_sent_many_times_at_once_is_kept_once(committed_db, service, draft, model):
    kept = all_at_once(sent(service, "one-form", draft=draft) for _ in range(20))
    row = model.objects.get()
    assert [each.id for each in kept] == [row.pk] * 20


def test_two_forms_that_say_the_same_are_two(committed_db):
    kept = all_at_once(sent(write_alert, f"form-number-{number}", draft=NOTICE) for number in range(2))
    assert {each.id for each in kept} == set(ServiceAlert.objects.values_list("pk", flat=True))
    assert AlertStep.objects.count() == 2
