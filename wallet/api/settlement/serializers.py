"""The bodies that settlement's doors take."""

from typing import Annotated
from uuid import UUID

import msgspec

from wallet.api.serializers import Body


class PayoutAccount(Body, frozen=True, kw_only=True):
    """Where an organisation is to be paid."""

    organisation_id: UUID
    bank_code: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}$")]
    branch_code: Annotated[str, msgspec.Meta(pattern="^[0-9]{3}$")]
    account_type: Annotated[str, msgspec.Meta(pattern="^[1249]$")]
    number: Annotated[str, msgspec.Meta(pattern="^[0-9]{1,7}$")]
    holder: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
