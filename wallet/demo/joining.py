"""The demo city's applications: one waits, one was sent back, one declined; and the tea house's days, closed for a week."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from accounts.selectors import organisations_of_kind, people_of, principal_of, seeded_personas, seeded_residents
from kernel import clock
from kernel.clock import jst_date
from kernel.documents import Document, DocumentsAway, typeset
from kernel.principal import Principal
from kernel.use_case import Act
from wallet.demo import anchor_of
from wallet.demo.life import TEA_HOUSE
from wallet.engine.applications import TERMS, Answers, PayoutWish, attachments_needed
from wallet.engine.hours import Hours, Span
from wallet.engine.shops import ShopDetails, ShopPoint
from wallet.selectors.applications import applications_of
from wallet.selectors.shops import shops_of_organisations
from wallet.services import (
    attach_to_application,
    close_day,
    decline_application,
    save_application,
    send_application_back,
    start_application,
    submit_application,
)

CLOSES = timedelta(hours=23)
PAPERS = {"licence": "営業許可証", "business": "開業届の控え", "passbook": "通帳の写し"}
WANTED = Answers(
    shop_name="想像喫茶 川音", shop_name_en="Sozo Cafe Kawaoto", shop_name_kana="ソウゾウキッサ カワオト", trade="5812",
    district="九日町",
    details=ShopDetails(
        kind="喫茶", kind_en="Cafe", address="九日町 例示番地21", telephone="0966-00-0021",
        point=ShopPoint(latitude_e6=32_212_300, longitude_e6=130_761_500),
        hours=Hours(spans=[Span(days=["wed", "thu", "fri", "sat", "sun"], opens="10:00", closes="17:00")]),
    ),
    legal_name="想田 一", representative="想田 一", representative_kana="ソウダ ハジメ",
    payout=PayoutWish(bank_code="9901", branch_code="002", number="2100021", holder="ソウダ ハジメ"),
)  # fmt: skip
OTHERS = (
    replace(WANTED, shop_name="型田つり具", shop_name_en="Katada Tackle", shop_name_kana="カタダツリグ", trade="5999",
            legal_name="型田 二葉", representative="型田 二葉", representative_kana="カタダ フタバ",
            details=replace(WANTED.details, kind="つり具", kind_en="Tackle shop", telephone="0966-00-0022"),
            payout=replace(WANTED.payout, number="2200022", holder="カタダ フタバ")),
    replace(WANTED, shop_name="架空両替", shop_name_en="Kakuu Exchange", shop_name_kana="カクウリョウガエ", trade="5999",
            legal_name="架空商事", representative="架川 三郎", representative_kana="カカワ サブロウ",
            details=replace(WANTED.details, kind="両替", kind_en="Exchange", telephone="0966-00-0023"),
            payout=replace(WANTED.payout, number="2300023", holder="カクウシヨウジ")),
)  # fmt: skip


def seed_applications() -> None:
    """Let three people apply, with papers that say that they are specimens, and an officer answer two of them.

    Who has applied before is left alone. Where no paper can be set, for the fonts are not there, nobody applies.
    """
    anchor = anchor_of(clock.now())
    personas = {each.resident_id for each in seeded_personas()}
    neighbours = [each.resident_id for each in seeded_residents(40) if each.resident_id not in personas]
    people = [principal_of(each) for each in neighbours[-3:]]
    officer = principal_of(next(each.resident_id for each in seeded_personas() if each.persona.role == "city.officer"))
    if any(applications_of(person).results for person in people):
        return
    try:
        _waits, second, third = (
            _apply(person, answers, at=anchor - timedelta(days=days))
            for person, answers, days in zip(people, (WANTED, *OTHERS), (3, 6, 20), strict=True)
        )
    except DocumentsAway:
        return
    _answer(officer, second, anchor - timedelta(days=5), "営業許可証の写しを窓口にお持ちください。")
    declining = Act(officer, at=anchor - timedelta(days=15), key=f"demo-decline-{third}")
    why = "コインを現金にする取引は、規約でお受けできません。"
    decline_application(declining, application_id=third, version=1, why=why)


def close_last_week() -> None:
    """Close the tea house's last seven days, each in the evening; what is closed stays."""
    anchor = anchor_of(clock.now())
    merchant = next((each for each in organisations_of_kind("merchant") if each.name == TEA_HOUSE), None)
    cashiers = people_of(merchant.id, "merchant.cashier") if merchant else []
    if merchant is None or not cashiers:
        return
    cashier = principal_of(cashiers[0])
    for shop in shops_of_organisations([merchant.id]):
        for back in range(7, 0, -1):
            day = anchor - timedelta(days=back)
            key = f"demo-closing-{shop.id}-{jst_date(day)}"
            close_day.answer(Act(cashier, at=day + CLOSES, key=key), shop_id=shop.id, day=jst_date(day))


def _apply(person: Principal, answers: Answers, *, at: datetime) -> UUID:
    papers = {kind: _specimen(kind, answers, at) for kind in attachments_needed(answers.trade, is_branch=False)}
    draft = start_application(Act(person, at=at)).id
    save_application(Act(person, at=at), application_id=draft, answers=answers)
    for kind, content in papers.items():
        attach_to_application(Act(person, at=at), application_id=draft, kind=kind, content=content)
    act = Act(person, at=at + timedelta(hours=11), key=f"demo-apply-{draft}")
    return submit_application(act, application_id=draft, terms=TERMS).id


def _specimen(kind: str, answers: Answers, at: datetime) -> bytes:
    """Set a paper such as somebody would photograph, of made-up people and a made-up office."""
    told = {"氏名・名称": answers.legal_name, "店名": answers.shop_name, "所在地": answers.details.address}
    if kind == "passbook":
        told = {"口座番号": answers.payout.number, "名義": answers.payout.holder}
    data = {"facts": [{"name": name, "text": text} for name, text in told.items()], "mark": "見本"}
    template = "wallet/documents/specimen.typ"
    return typeset(Document(template=template, title=PAPERS[kind], language="ja", at=at, data=data))


def _answer(officer: Principal, application_id: UUID, at: datetime, why: str) -> None:
    act = Act(officer, at=at, key=f"demo-send-back-{application_id}")
    send_application_back(act, application_id=application_id, version=1, why=why)
