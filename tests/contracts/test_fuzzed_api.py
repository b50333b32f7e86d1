"""Whatever the API document allows, and more, is thrown at every door: none answers with a fault of ours.

The examples are drawn from the document by schemathesis, the same ones in every run.
"""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from config.wsgi import application
from tests.contracts.test_openapi import document
from tests.wallet.callers import City

EXAMPLES = 8
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


@pytest.mark.slow  # some thirty doors, a dozen requests each
def test_no_door_answers_with_a_fault_of_ours(committed_db) -> None:
    shop = City().shop()
    known = {"shop_id": str(shop.id)}
    headers = {"Authorization": f"Bearer {shop.manager.token}"}
    schema = schemathesis.openapi.from_dict(document())
    schema.app = application
    answers: Counter[int] = Counter()
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in sorted(
        operations, key=lambda each: each.path.endswith("/closing")
    ):  # nobody is there any more after that
        if operation.path != "/api/schema/":
            throw(operation, headers, known, answers)
        if operation.body:
            throw(operation, headers, {}, answers, GenerationMode.NEGATIVE)
    assert answers.total() > 250
    assert set(answers) > {200, 201, 400, 404, 422}


def throw(
    operation: Any,
    headers: dict[str, str],
    known: dict[str, str],
    answers: Counter[int],
    mode: GenerationMode = GenerationMode.POSITIVE,
) -> None:
    """Send some requests; ``known`` are parts of the address that are really there."""

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def one(case: Any) -> None:
        case.path_parameters |= {name: known[name] for name in known.keys() & case.path_parameters.keys()}
        if known and "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = f"thrown-{answers.total():06}"
        response = case.call(headers=headers)
        answers[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    one()
