"""A passkey was shown: its own count tells a copy from the one that was made."""

from uuid import UUID

from allauth.mfa.models import Authenticator

from accounts.services.notices import notify
from kernel.use_case import Act, use_case


@use_case("accounts.count_passkey")
def count_passkey(act: Act, *, authenticator_id: int, resident_id: UUID, count: int) -> bool:
    """Keep how often a passkey was used, as it says itself; tell whether it can be the one that was made. Locks: the passkey.

    One that counts (most telephones' do not, and say 0) always says more than before; where it does not, there are two of them
    (WebAuthn Level 3, 7.2, step 22). The person is told, and the sign-in is refused by who asked.
    """
    kept = Authenticator.objects.select_for_update().get(pk=authenticator_id)
    before: int = kept.data.get("count", kept.wrap().authenticator_data.counter)
    is_the_one = count > before or count == before == 0
    if is_the_one:
        kept.data["count"] = count
        kept.save(update_fields=["data"])
    else:
        notify(act, to=resident_id, message="accounts.passkey_copied", values={}, dedupe=act.at.isoformat())
    act.audit(subject=resident_id, what={"is_the_one": is_the_one})
    return is_the_one
