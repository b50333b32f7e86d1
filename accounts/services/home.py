"""What a person wants on Home."""

from accounts.errors import CardKindUnknown
from accounts.models import HomeChoices
from accounts.selectors.home import card_kinds
from kernel.access import access
from kernel.use_case import Act, use_case


@use_case("accounts.choose_cards")
def choose_cards(act: Act, *, pinned: list[str], hidden: list[str]) -> None:
    """Choose which kinds of cards stand first, and which are not shown; what is hidden is not pinned.

    :raises CardKindUnknown: for a kind that no app gives.
    """
    known, resident_id = card_kinds(), act.principal.actor
    if unknown := [kind for kind in (*pinned, *hidden) if kind not in known]:
        raise CardKindUnknown(kind=unknown[0])
    row = HomeChoices(resident_id=resident_id, hidden=sorted(set(hidden)), pinned=sorted(set(pinned) - set(hidden)))
    with access(purpose="accounts.my_home", actor=resident_id, subject=resident_id, classes=["home"]):
        HomeChoices.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["resident"], update_fields=["pinned", "hidden"]
        )
    act.audit(what={"pinned": row.pinned, "hidden": row.hidden})
