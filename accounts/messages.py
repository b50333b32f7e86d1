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
    "accounts.role_given": Message(
        "account",
        _("新しい役割がつきました"),
        _("あなたは「%(organisation)s」で働く人として登録されました。心当たりがないときは、市役所にお知らせください。"),
        "/me",
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
