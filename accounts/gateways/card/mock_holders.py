"""The made-up card holders of a demo city. Places exist, people and house numbers do not; nobody has a 12-digit number."""

import msgspec


class Holder(msgspec.Struct, frozen=True):
    """A made-up person with a made-up card."""

    id: str
    name: str
    address: str
    birthdate: str
    gender: str


PIN = "1234"
"""Every card of the demo city opens by this; the mock's page says so."""

HOLDERS = (
    Holder("hanako", "見本 花子", "熊本県人吉市見本町1番地1", "1988-04-02", "female"),
    Holder("taro", "見本 太郎", "熊本県人吉市見本町1番地2", "1959-11-23", "male"),
    Holder("tabino", "旅野 あゆみ", "東京都千代田区例町9番地9", "1995-07-14", "female"),
    Holder("mihoko", "窓口 見本美", "熊本県人吉市例町2番地3", "1990-01-08", "female"),
    Holder("goro", "管理 見本郎", "熊本県人吉市例町2番地4", "1979-09-30", "male"),
    Holder("ichiyo", "見本 一葉", "熊本県人吉市見本町1番地1", "2012-05-05", "female"),
)


def holder_by_id(wanted: str) -> Holder | None:
    """Return the holder, or None."""
    return next((holder for holder in HOLDERS if holder.id == wanted), None)
