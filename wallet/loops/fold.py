"""The loop that folds the merchants' credits into their balances."""

from kernel.contributions import Loop
from wallet.services import fold_credits

MOST = 100


def fold_some() -> bool:
    """Fold up to a hundred inboxes; tell whether more wait."""
    return len(fold_credits(most=MOST)) == MOST


LEDGER_FOLD = Loop("ledger_fold", fold_some, rest_s=1.0)
