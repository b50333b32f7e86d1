"""Agreements for a story: a recipient that asks for something."""

from uuid import UUID

import msgspec

from accounts.engine.agreements import Terms, Words
from accounts.services.agreements import Published, publish_agreement
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act

PURPOSE = "mihon.point_card"
TERMS = Terms(
    classes=["profile"],
    keeps_days=30,
    lasts_days=None,
    words={
        "ja": Words("ポイントカード", "お名前をカードに印刷するため。", "カードにお名前が出なくなります。"),
        "en": Words("Point card", "To print your name on the card.", "Your name no longer stands on the card."),
    },
)


def terms(**changes: object) -> Terms:
    """Return the usual terms with something changed; ``why`` changes the Japanese words alone."""
    why = changes.pop("why", None)
    changed = msgspec.structs.replace(TERMS, **changes)
    if why is None:
        return changed
    words = dict(changed.words)
    words["ja"] = msgspec.structs.replace(words["ja"], why=why)
    return msgspec.structs.replace(changed, words=words)


def publish(recipient: UUID, *, purpose: str = PURPOSE, is_wording: bool = False, **changes: object) -> Published:
    """Publish a version of what the recipient asks for."""
    act = Act(SYSTEM, at=clock.now())
    return publish_agreement(
        act, recipient_id=recipient, purpose=purpose, terms=terms(**changes), is_wording=is_wording
    )
