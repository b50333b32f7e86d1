"""Decisions that a card company carries out: the decision is a use case of its own, and the company is asked once it stands."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from kernel.idempotency import Answer
from kernel.use_case import Act, UseCase
from wallet.engine.order_results import OrderShown


class Followed:
    """A decision about an order and what follows, called in the two ways of a use case.

    Replayed, the decision is the kept one; where a card has a part the company is asked again for what it has not done, and
    the answer says how the order stands then.
    """

    def __init__(
        self, decide: "UseCase[Any, OrderShown]", follow: Callable[[Act, UUID], OrderShown | None], doc: str
    ) -> None:
        """Keep both; ``follow`` returns the order as it stands then, None where there was nothing to ask."""
        self.decide, self.follow, self.__doc__ = decide, follow, doc

    def answer(self, act: Act, *, order_id: UUID, **said: Any) -> Answer:
        """Decide and ask; return what the door sends."""
        answer = self.decide.answer(act, order_id=order_id, **said)
        after = None if answer.is_refusal else self.follow(act, order_id)
        return answer if after is None else Answer.of(after, self.decide.status)

    def __call__(self, act: Act, *, order_id: UUID, **said: Any) -> OrderShown:
        """Decide and ask; :raises DomainError: when it is refused."""
        shown = self.decide(act, order_id=order_id, **said)
        return self.follow(act, order_id) or shown
