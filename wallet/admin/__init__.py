"""The staff's doors to the coin, one subject a file; Django finds them by this import."""

from wallet.admin import ledger

__all__ = ["ledger"]
