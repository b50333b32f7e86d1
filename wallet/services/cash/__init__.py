"""Cash at the city's counter: into a till that is opened with a float, counted, closed and signed by a second officer."""

from wallet.services.cash.entering import enter_in_till, lock_own_till
from wallet.services.cash.tills import close_till, open_counter, open_till, sign_till

__all__ = ["close_till", "enter_in_till", "lock_own_till", "open_counter", "open_till", "sign_till"]
