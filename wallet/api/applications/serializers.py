"""The bodies that the doors of applications take; what is written is :class:`wallet.engine.applications.Answers`."""

from typing import Annotated
from uuid import UUID

import msgspec

from wallet.api.serializers import Body


class ApplicationStart(Body, frozen=True, kw_only=True):
    """For which merchant a further shop shall be; nothing for a new one."""

    organisation_id: UUID | None = None


class TermsAgreed(Body, frozen=True, kw_only=True):
    """Which version of the terms was read and agreed to."""

    terms: Annotated[str, msgspec.Meta(max_length=20)]
