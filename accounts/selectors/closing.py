"""What a person is told before their account closes."""

from datetime import datetime
from itertools import chain
from uuid import UUID

import msgspec

from accounts.gateways import erasures
from accounts.models import ErasureMark, Resident
from kernel.contributions import ClosingNotice, personal_stores
from kernel.problems import NotFound, _

GOES = (
    _("お名前、連絡先、本人確認の情報、お知らせ（元に戻せない形で消去します）"),
    _("サインインの方法、パスキー、サインイン中のすべての機器"),
    _("同意と代理、つながっているサービス、お店や市役所での役割"),
    _("ウォレットとの結びつき"),
)
STAYS = (
    _("支払いなどの帳簿と操作の記録（法律により保存しますが、どなたのものかは分からなくなります）"),
    _("アカウントを閉じたことを示す、名前のない印"),
)


class Told(msgspec.Struct, frozen=True):
    """Something a person should know."""

    code: str
    words: str


class Lost(msgspec.Struct, frozen=True):
    """Something of worth that is lost: the request names code and amount, so that nobody gives up what they did not see."""

    code: str
    words: str
    amount: int


class Closing(msgspec.Struct, frozen=True):
    """All that is to be known before an account closes."""

    goes: list[str]
    stays: list[str]
    obstacles: list[Told]
    notices: list[Told]
    gives_up: list[Lost]


def access_closing_of(resident_id: UUID, *, actor: UUID, reason: str = "", at: datetime) -> Closing:
    """Say what goes, what stays, what stands in the way and what is lost; :raises NotFound: for nobody's key, or a closed one.

    This function will leave rows in the access log: an officer learns what somebody has.
    """
    if not Resident.objects.filter(pk=resident_id, closed_at=None).exists():
        raise NotFound
    found = access_notices_for(resident_id, actor=actor, reason=reason, at=at)
    return Closing(
        goes=[str(words) for words in GOES],
        stays=[str(words) for words in STAYS],
        obstacles=[Told(each.code, str(each.words)) for each in found if each.is_obstacle],
        notices=[Told(each.code, str(each.words)) for each in found if not each.is_obstacle and not each.amount],
        gives_up=[Lost(each.code, str(each.words), each.amount) for each in found if each.amount],
    )


def access_notices_for(resident_id: UUID, *, actor: UUID, reason: str, at: datetime) -> list[ClosingNotice]:
    """Ask every app, for the one who is about to close the account."""
    given = [store.before_closing(resident_id, actor=actor, reason=reason, at=at) for store in personal_stores()]
    return list(chain.from_iterable(given))


def why_erasures_wait() -> str | None:
    """Return a sentence while this database has not followed the erasure list, or the list has lost lines."""
    done = ErasureMark.objects.values_list("lines", flat=True).first() or 0
    lines = len(erasures.fingerprints())
    if lines > done:
        return f"{lines - done} closed accounts are to be erased again: run manage.py follow_erasures, or wait for the loops."
    if lines < done:
        return f"MACHI_HOME/erasures has lost {done - lines} lines: bring it back, or run manage.py follow_erasures --accept."
    return None
