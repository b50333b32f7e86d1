"""The front door for messages: what other floors tell residents.

A message is declared in an app's contributions (:class:`kernel.contributions.Message`) and sent inside the act that causes it::

    notify(act, to=resident_id, message="wallet.coins_end", values={"amount": 500, "day": last_day}, dedupe=str(last_day))

It stands if, and only if, the act does. The same ``message`` and ``dedupe`` reach one person once. Texts are filled when they are
read, in the reader's language of that moment. :func:`broadcast` tells many the same, ``audience`` makes whom,
``spoken`` writes a number or a day as a language does, ``with_year`` a day with its year; ``dated``, ``names_of`` and
``in_every_language`` make values that each reader reads in their own language.
"""

from accounts.engine.wording import Named, Value, spoken, with_year
from accounts.selectors.audiences import audience
from accounts.services.notices import broadcast, notify
from accounts.services.notices.naming import dated, in_every_language, names_of

__all__ = [
    "Named",
    "Value",
    "audience",
    "broadcast",
    "dated",
    "in_every_language",
    "names_of",
    "notify",
    "spoken",
    "with_year",
]
