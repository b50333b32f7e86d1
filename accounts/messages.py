"""What the accounts floor tells residents: what happened, and what to do if it was not them.

Sent by its name with :func:`accounts.services.notices.notify`; the texts are filled when they are read, in the reader's language.
"""

from kernel.contributions import Category, Message
from kernel.problems import _

CATEGORIES = {
    "city": Category(title=_("市からのお知らせ")),
    "safety": Category(title=_("防災と安全")),
    "account": Category(title=_("アカウントと手続きの安全"), is_essential=True),
    "events": Category(title=_("催しと募集"), channels=("push",)),
}
ROLES = {
    "parent": _("保護者"),
    "guardian": _("後見人"),
    "care_manager": _("担当のケアマネジャー"),
    "family": _("ご家族"),
}
"""What a delegate is to a person, as the person reads it."""
MESSAGES = {
    "accounts.passkey_added": Message(
        "account",
        _("パスキーが登録されました"),
        _("あなたのアカウントに、新しいパスキーが登録されました。心当たりがないときは、すぐに削除してください。"),
        "/me/passkeys",
    ),
    "accounts.passkey_removed": Message(
        "account",
        _("パスキーが削除されました"),
        _("あなたのアカウントから、パスキーがひとつ削除されました。心当たりがないときは、端末を確認してください。"),
        "/me/passkeys",
    ),
    "accounts.passkey_copied": Message(
        "account",
        _("パスキーの写しが使われたおそれがあります"),
        _(
            "あなたのパスキーと同じもので、サインインしようとした人がいるようです。サインインは断りました。そのパスキーを削除して、登録し直してください。"
        ),
        "/me/passkeys",
    ),
    "accounts.card_bound": Message(
        "account",
        _("マイナンバーカードが登録されました"),
        _(
            "あなたのアカウントに、マイナンバーカードが登録されました。心当たりがないときは、すぐに市役所にお知らせください。"
        ),
        "/me/id",
    ),
    "accounts.verified_at_counter": Message(
        "account",
        _("窓口での本人確認が終わりました"),
        _("市の窓口で、あなたの本人確認を記録しました。心当たりがないときは、すぐに市役所にお知らせください。"),
        "/me/id",
    ),
    "accounts.factors_removed": Message(
        "account",
        _("パスキーと認証アプリが解除されました"),
        _(
            "市の窓口で、あなたのパスキーと認証アプリを解除し、すべての機器からサインアウトしました。新しいパスキーを登録してください。心当たりがないときは、すぐに市役所にお知らせください。"
        ),
        "/me/passkeys",
    ),
    "accounts.ids_merged": Message(
        "account",
        _("2つのIDがひとつになりました"),
        _(
            "市の窓口で、あなたの2つのIDをひとつにしました。連絡先とカード、コインは、このIDに移りました。同意と代理、サービスの連携は、もう一度お選びください。心当たりがないときは、すぐに市役所にお知らせください。"
        ),
        "/me/id",
    ),
    "accounts.app_added": Message(
        "account",
        _("認証アプリが登録されました"),
        _(
            "サインインのときに、認証アプリの6桁の数字が使えるようになりました。心当たりがないときは、すぐに削除して、サインイン中の機器を確認してください。"
        ),
        "/me/totp",
    ),
    "accounts.app_removed": Message(
        "account",
        _("認証アプリが削除されました"),
        _(
            "認証アプリの6桁の数字は、もう使えません。心当たりがないときは、サインイン中の機器を確認して、もう一度登録してください。"
        ),
        "/me/totp",
    ),
    "accounts.partner_connected": Message(
        "account",
        _("「%(service)s」とつながりました"),
        _(
            "あなたのIDで「%(service)s」にサインインしました。同意した情報だけが伝わります。心当たりがないときは、すぐにつながりをやめてください。"
        ),
        "/me/connections",
    ),
    "accounts.partner_disconnected": Message(
        "account",
        _("「%(service)s」とのつながりが終わりました"),
        _(
            "「%(service)s」は、あなたの情報をもう読めません。心当たりがないときは、サインイン中の機器を確認してください。"
        ),
        "/me/devices",
    ),
    "accounts.partner_signed_out": Message(
        "account",
        _("安全のため「%(service)s」のサインインを終わらせました"),
        _(
            "一度使ったサインインの記録が、もう一度使われました。だれかに写されたおそれがあるので、そこでのサインインを終わらせました。続けて使うときは、もう一度サインインしてください。心当たりがないときは、つながりをやめてください。"
        ),
        "/me/connections",
    ),
    "accounts.export_asked": Message(
        "account",
        _("データの書き出しを始めました"),
        _(
            "できあがったら、お知らせします。受け取れるのは、あなただけです。心当たりがないときは、サインイン中の機器を確認してください。"
        ),
        "/me/data",
    ),
    "accounts.export_ready": Message(
        "account",
        _("データの書き出しができました"),
        _("%(until)sまで受け取れます。そのあとは消えます。"),
        "/me/data",
    ),
    "accounts.export_failed": Message(
        "account",
        _("データの書き出しができませんでした"),
        _(
            "何度か試しましたが、できませんでした。もう一度お申し込みください。それでもできないときは、市役所にお知らせください。"
        ),
        "/me/data",
    ),
    "accounts.agreement_wider": Message(
        "account",
        _("「%(title)s」について、もう一度おたずねします"),
        _(
            "「%(recipient)s」からのお願いが、前より広くなりました。前の同意では、あなたの情報はもう読まれません。内容を見て、続けるかどうかを選んでください。選ばなければ、読まれないままです。"
        ),
        "/consents/ask/%(agreement)s",
    ),
    "accounts.agreement_wider_for_ward": Message(
        "account",
        _("「%(title)s」について、代わりにお決めください"),
        _(
            "「%(recipient)s」からのお願いが、前より広くなりました。あなたが代わりに決めている方の情報は、もう読まれません。その方に切り替えて、続けるかどうかを選んでください。選ばなければ、読まれないままです。"
        ),
        "/me/family",
    ),
    "accounts.consent_given_for_you": Message(
        "account",
        _("あなたの代わりに同意がありました"),
        _(
            "あなたの%(role)sが、あなたの代わりに「%(recipient)s」の「%(title)s」に同意しました。内容はいつでも確かめられます。心当たりがないときは、市役所にお知らせください。"
        ),
        "/me/consents/%(agreement)s",
    ),
    "accounts.consent_withdrawn_for_you": Message(
        "account",
        _("あなたの代わりに同意が取り消されました"),
        _(
            "あなたの%(role)sが、「%(recipient)s」の「%(title)s」への同意を取り消しました。情報は、もう読まれません。心当たりがないときは、市役所にお知らせください。"
        ),
        "/me/consents/%(agreement)s",
    ),
    "accounts.device_let_in": Message(
        "account",
        _("機器「%(label)s」が使えるようになりました"),
        _(
            "「%(place)s」の機器として登録されました。心当たりがないときは、機器の一覧から、すぐに利用を終わらせてください。"
        ),
        "/me/town-devices",
    ),
    "accounts.device_ended": Message(
        "account",
        _("機器「%(label)s」の利用が終わりました"),
        _(
            "「%(place)s」のこの機器は、もう使えません。心当たりがないときは、いっしょに管理している方に確かめてください。"
        ),
        "/me/town-devices",
    ),
    "accounts.device_signed_out": Message(
        "account",
        _("安全のため機器「%(label)s」のサインインを終わらせました"),
        _(
            "「%(place)s」のこの機器で、一度使ったサインインの記録が、もう一度使われました。だれかに写されたおそれがあります。機器の一覧から利用を終わらせて、もう一度登録してください。"
        ),
        "/me/town-devices",
    ),
    "accounts.log_in_doubt": Message(
        "account",
        _("記録の点検で、食い違いが%(count)s件見つかりました"),
        _(
            "だれが何を見て、何をしたかの記録が、封をしたときと違います。データベースはそのままにして、"
            "manage.py verify_consent_log で場所を確かめてください。"
        ),
    ),
    "accounts.role_given": Message(
        "account",
        _("新しい役割がつきました"),
        _("あなたは「%(organisation)s」で働く人として登録されました。心当たりがないときは、市役所にお知らせください。"),
        "/me",
    ),
    "accounts.role_ended": Message(
        "account",
        _("役割が終わりました"),
        _("「%(organisation)s」での役割が終わりました。レジなどは使えなくなります。"),
        "/me",
    ),
    "accounts.staff_joined": Message(
        "account",
        _("スタッフが増えました"),
        _("あなたの招待で、「%(organisation)s」で働く人が増えました。心当たりがないときは、すぐに外してください。"),
        "/till",
    ),
    "accounts.mandate_began": Message(
        "account",
        _("代理が始まりました"),
        _("あなたの代理として手続きができる方が登録されました。心当たりがないときは、市役所にお知らせください。"),
        "/me/family",
    ),
    "accounts.mandate_ended": Message(
        "account",
        _("代理が終わりました"),
        _("代理の登録がひとつ終わりました。終わったあとは、だれも代わりに手続きできません。"),
        "/me/family",
    ),
    "accounts.came_of_age": Message(
        "account",
        _("これからは自分で決められます"),
        _(
            "18歳になったので、保護者の方の代理は終わりました。保護者の方が同意したことも終わりました。続けたいものは、ご自分で同意してください。"
        ),
        "/me/consents",
    ),
    "accounts.read_in_emergency": Message(
        "account",
        _("緊急のため、あなたの情報が閲覧されました"),
        _(
            "いのちや安全を守るため、市の職員が、あなたの同意なしに情報を見ました。だれが、いつ、なぜ見たかは、記録で確かめられます。"
        ),
        "/me/looked",
    ),
}
