"""The house keeps its own rules; each rule's docstring is the rule."""

from collections.abc import Callable, Iterator

import pytest

from tests.architecture import (
    rules_of_data,
    rules_of_doors,
    rules_of_migrations,
    rules_of_size,
    rules_of_the_repository,
)
from tests.architecture.tree import Sin, Tree

RULES = (
    *rules_of_size.RULES,
    *rules_of_doors.RULES,
    *rules_of_data.RULES,
    *rules_of_migrations.RULES,
    *rules_of_the_repository.RULES,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Callable[[Tree], Iterator[Sin]]):
    sins = [str(sin) for sin in rule(Tree())]
    assert not sins, f"{rule.__doc__}\n" + "\n".join(sins)
