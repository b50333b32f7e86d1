"""What three parties hand in for a campaign's draw, written down by an officer; hashes are checked, nothing can be made up."""

from collections.abc import Sequence
from uuid import UUID

from kernel import draw
from kernel.draw.errors import ValueUntrue
from kernel.use_case import Act, use_case
from wallet.services.premium.drawing import draw_of
from wallet.services.premium.making import check_right


@use_case("wallet.name_premium_parties")
def name_premium_parties(act: Act, *, premium_id: UUID, parties: Sequence[draw.Party]) -> None:
    """Write down who the three are and the hashes they publish. :raises DrawNotOpen: :raises PartiesNotReady:"""
    check_right(act.principal)
    draw.name_parties(act, draw_of(premium_id), parties)
    act.audit(what={"premium_id": str(premium_id)})


@use_case("wallet.keep_premium_half")
def keep_party_half(act: Act, *, premium_id: UUID, number: int, half: int) -> None:
    """Note that whoever keeps this half has it and has compared its hash. :raises DrawNotOpen: :raises NotFound:"""
    check_right(act.principal)
    draw.keep_half(act, draw_of(premium_id), number=number, half=half)
    act.audit(what={"premium_id": str(premium_id), "party": number, "half": half})


@use_case("wallet.reveal_premium_value")
def reveal_party(act: Act, *, premium_id: UUID, number: int, value: str) -> None:
    """Take a party's value, in hexadecimal signs. :raises DrawNotCommitted: :raises ValueUntrue:"""
    check_right(act.principal)
    draw.reveal(act, draw_of(premium_id), number=number, value=_bytes(value))
    act.audit(what={"premium_id": str(premium_id), "party": number})


@use_case("wallet.recover_premium_value")
def recover_party(act: Act, *, premium_id: UUID, number: int, half_1: str, half_2: str) -> None:
    """Put a silent party's value together. :raises DrawNotCommitted: :raises DrawWaits: too early; :raises ValueUntrue:"""
    check_right(act.principal)
    halves = (_bytes(half_1), _bytes(half_2))
    draw.recover(act, draw_of(premium_id), number=number, halves=halves)
    act.audit(what={"premium_id": str(premium_id), "party": number, "is_recovered": True})


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text.strip())
    except ValueError:
        raise ValueUntrue from None
