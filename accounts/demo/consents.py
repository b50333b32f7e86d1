"""What a made-up points association asks of residents, and one who said yes."""

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


def seed_consents() -> None:
    """Publish what is asked and let one resident say yes, once; what people decide afterwards stays theirs."""
    partner = next(each for each in organisations_of_kind("merchant") if each.name == PARTNERS[0][0])
    if agreement_of(partner.id, PURPOSE) is not None:
        return
    published = publish_agreement(
        Act(SYSTEM, at=BEGAN_AT), recipient_id=partner.id, purpose=PURPOSE, terms=TERMS, why="demo city"
    )
    user = user_by_email(WHO)
    if user is not None:
        yes = Act(principal_of(user.resident_id), at=BEGAN_AT, key=f"demo-consent-{user.resident_id}")
        give_consent(yes, revision_id=published.revision_id, classes=TERMS.classes)
