"""What the city learns from a card, and nothing else: the pairwise id and the four basic items (基本4情報)."""

import msgspec

RETURN_PATH = "/card/return"
"""Where the provider sends the person back: a page of the phone app, which hands the answer in."""


class CardHolder(msgspec.Struct, frozen=True):
    """Whose card it was. ``ppid`` is the provider's pairwise id for this city; the 12-digit number is never asked for."""

    ppid: str
    name: str
    address: str
    birthdate: str
    gender: str

    def __repr__(self) -> str:
        """Show nothing: a trace must not tell who it was."""
        return "CardHolder(…)"
