"""What a made-up points association asks of residents, and one who said yes."""

from uuid import UUID

from accounts.demo import BEGAN_AT
from accounts.demo.organisations import PARTNERS
from accounts.engine.agreements import Terms, Words
from accounts.selectors.agreements import agreement_of
from accounts.selectors.organisations import organisations_of_kind
from accounts.selectors.personas import DOMAIN
from accounts.selectors.principals import principal_of
from accounts.selectors.sign_ins import user_by_email
from accounts.services.agreements import publish_agreement
from accounts.services.consents import give_consent
from kernel.principal import SYSTEM
from kernel.use_case import Act

WHO = f"hanako@{DOMAIN}"
PURPOSE = "mihon_points.card"
TERMS = Terms(
    classes=["profile"],
    keeps_days=365,
    lasts_days=730,
    words={
        "ja": Words(
            "ポイントカードのお名前",
            "ポイントカードにお名前を印刷し、窓口で確かめるためです。",
            "カードにお名前が出なくなり、窓口でお名前を確かめられなくなります。ポイントはなくなりません。",
        ),
        "ja-easy": Words(
            "ポイントカードの なまえ",
            "ポイントカードに なまえを いれます。まどぐちで なまえを みて たしかめます。",
            "カードに なまえが でなくなります。まどぐちで なまえを たしかめる ことが できません。ポイントは なくなりません。",
        ),
        "en": Words(
            "Name on your points card",
            "To print your name on the points card and to check it at the counter.",
            "Your name no longer stands on the card and cannot be checked at the counter. Your points stay.",
        ),
        "zh-hans": Words(
            "积分卡上的姓名",
            "用于在积分卡上印上您的姓名，并在窗口核对。",
            "卡上不再显示您的姓名，窗口也无法核对。积分不会消失。",
        ),
        "ko": Words(
            "포인트 카드의 이름",
            "포인트 카드에 이름을 인쇄하고 창구에서 확인하기 위해서입니다.",
            "카드에 이름이 나오지 않고 창구에서 이름을 확인할 수 없게 됩니다. 포인트는 없어지지 않습니다.",
        ),
    },
)

CHOOSING = "wallet.targeted_coupons"
CHOOSING_TERMS = Terms(
    classes=["identity", "family"],
    keeps_days=0,
    lasts_days=365,
    words={
        "ja": Words(
            "あなた向けのクーポン",
            "年齢・お住まいの地区・お子さまの有無に合ったクーポンをお出しするためです。読むのはそのときだけで、保存しません。",
            "あなた向けのクーポンが出なくなります。すでに受け取ったクーポンは使えます。",
        ),
        "ja-easy": Words(
            "あなたの ための クーポン",
            "とし、すんでいる ところ、こどもが いるかを みて、あなたに あう クーポンを だします。みたあと、のこしません。",
            "あなたの ための クーポンが でなくなります。もう もらった クーポンは つかえます。",
        ),
        "en": Words(
            "Coupons for you",
            "To offer coupons that fit your age, district and children. It is read at that moment and not kept.",
            "Coupons for you are no longer offered. What you have taken can still be used.",
        ),
        "zh-hans": Words(
            "为您提供的优惠券",
            "用于提供适合您的年龄、居住地区以及是否有孩子的优惠券。只在当时读取，不保存。",
            "不再提供为您准备的优惠券。已领取的优惠券仍可使用。",
        ),
        "ko": Words(
            "나를 위한 쿠폰",
            "나이, 거주 지역, 자녀 유무에 맞는 쿠폰을 드리기 위해서입니다. 그때만 읽고 저장하지 않습니다.",
            "나를 위한 쿠폰이 나오지 않습니다. 이미 받은 쿠폰은 쓸 수 있습니다.",
        ),
    },
)


def seed_choosing() -> None:
    """Let the city ask whether it may choose people for coupons, and one resident say yes, once."""
    city = organisations_of_kind("city")[0]
    if agreement_of(city.id, CHOOSING) is None:
        _agree(city.id, CHOOSING, CHOOSING_TERMS)


def seed_consents() -> None:
    """Publish what is asked and let one resident say yes, once; what people decide afterwards stays theirs."""
    partner = next(each for each in organisations_of_kind("merchant") if each.name == PARTNERS[0][0])
    if agreement_of(partner.id, PURPOSE) is not None:
        return
    _agree(partner.id, PURPOSE, TERMS)


def _agree(recipient_id: UUID, purpose: str, terms: Terms) -> None:
    act = Act(SYSTEM, at=BEGAN_AT)
    published = publish_agreement(act, recipient_id=recipient_id, purpose=purpose, terms=terms, why="demo city")
    user = user_by_email(WHO)
    if user is not None:
        yes = Act(principal_of(user.resident_id), at=BEGAN_AT, key=f"demo-{purpose}-{user.resident_id}")
        give_consent(yes, revision_id=published.revision_id, classes=terms.classes)
