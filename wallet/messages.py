"""What the wallet tells residents. A payment is not among it: who pays has the receipt in front of them."""

from django.utils.translation import gettext_lazy as _

from kernel.contributions import Category, Message

CATEGORIES = {"wallet": Category(title=_("おさいふ"), channels=("push",))}
MESSAGES = {
    "wallet.refunded": Message(
        "wallet",
        _("%(amount)s円が戻りました"),
        _("「%(shop)s」でのお支払いから、%(amount)s円分のコインが戻りました。使える期限は、もとのコインと同じです。"),
        "/pay/receipts/%(payment)s",
    ),
    "wallet.topped_up": Message(
        "wallet",
        _("%(amount)s円をチャージしました"),
        _("「%(place)s」で、現金をコインにしました。心当たりがないときは、市役所にお知らせください。"),
        "/pay/history",
    ),
    "wallet.transfer_arrived": Message(
        "wallet",
        _("振り込まれた%(amount)s円をチャージしました"),
        _("銀行からの振込を確かめ、コインにしました。すぐに使えます。"),
        "/pay/history",
    ),
    "wallet.transfer_waits": Message(
        "wallet",
        _("振り込まれた%(amount)s円を、まだコインにできません"),
        _(
            "お金は市に届いています。残高の上限を超えるか、口座が使えないため、コインにできませんでした。くわしくは%(desk)sにお問い合わせください。"
        ),
        "/pay/top-up/transfer",
    ),
    "wallet.payout_approved_cash": Message(
        "wallet",
        _("払戻しの準備ができました"),
        _("%(amount)s円を、市の窓口で現金でお渡しします。受付番号%(number)sと、本人とわかる書類をお持ちください。"),
        "/pay/payout",
    ),
    "wallet.payout_approved_bank": Message(
        "wallet",
        _("%(amount)s円の払戻しが決まりました"),
        _("ご登録の口座に振り込みます。受付番号は%(number)sです。"),
        "/pay/payout",
    ),
    "wallet.payout_declined": Message(
        "wallet",
        _("払戻しができませんでした"),
        _("受付番号%(number)sの払戻しはできませんでした。理由：%(answer)s"),
        "/pay/payout",
    ),
    "wallet.payout_paid": Message(
        "wallet",
        _("%(amount)s円を払い戻しました"),
        _("受付番号%(number)sの払戻しが終わりました。心当たりがないときは、市役所にお知らせください。"),
        "/pay/payout",
    ),
    "wallet.payout_came_back": Message(
        "wallet",
        _("振り込めなかった%(amount)s円をコインに戻しました"),
        _("銀行から戻ってきたため、コインに戻しました。口座を確かめて、もう一度お申し込みください。"),
        "/pay/payout",
    ),
    "wallet.received": Message(
        "wallet",
        _("%(amount)s円が届きました"),
        _("「%(who)s」から、%(amount)s円分のコインが届きました。使える期限は、送った人のコインと同じです。"),
        "/pay/sent/%(transfer)s",
    ),
    "wallet.received_words": Message(
        "wallet",
        _("%(amount)s円が届きました"),
        _(
            "「%(who)s」から、%(amount)s円分のコインが届きました。使える期限は、送った人のコインと同じです。"
            "ひとこと：%(words)s"
        ),
        "/pay/sent/%(transfer)s",
    ),
    "wallet.asked": Message(
        "wallet",
        _("%(amount)s円をお願いされています"),
        _("「%(who)s」が、%(amount)s円分のコインをお願いしています。心当たりがないときは、断ることができます。"),
        "/pay/requests#%(request)s",
    ),
    "wallet.asked_again": Message(
        "wallet",
        _("%(amount)s円のお願いが待っています"),
        _("「%(who)s」からの、%(amount)s円のお願いにまだ応えていません。心当たりがないときは、断ることができます。"),
        "/pay/requests#%(request)s",
    ),
    "wallet.declined": Message(
        "wallet",
        _("お願いが断られました"),
        _("%(amount)s円のお願いが断られました。"),
        "/pay/requests",
    ),
    "wallet.frozen_outgoing": Message(
        "wallet",
        _("コインの支払いを一時的に止めています"),
        _(
            "ご利用について確かめたいことがあるため、お支払いと送金を止めています。コインはなくなりません。返金やチャージは届きます。"
            "くわしくは%(desk)sにお問い合わせください。"
        ),
        "/pay",
    ),
    "wallet.frozen_all": Message(
        "wallet",
        _("コインの利用を一時的に止めています"),
        _(
            "ご利用について確かめたいことがあるため、お支払い・送金・チャージを止めています。コインはなくなりません。返金は届きます。"
            "くわしくは%(desk)sにお問い合わせください。"
        ),
        "/pay",
    ),
    "wallet.closed_by_city": Message(
        "wallet",
        _("コインの口座を閉じることになりました"),
        _(
            "ご利用について確かめた結果、この口座は使えなくなりました。残っているコインについては、%(desk)sにお問い合わせください。"
        ),
        "/pay",
    ),
    "wallet.unfrozen": Message(
        "wallet",
        _("コインをまた使えるようになりました"),
        _("止めていた手続きが終わりました。ご不便をおかけしました。ご不明な点は%(desk)sにお問い合わせください。"),
        "/pay",
    ),
    "wallet.merchant_approved": Message(
        "wallet",
        _("「%(shop)s」が加盟店になりました"),
        _("コインを受け取れるようになりました。アプリの「レジ」から始められます。決済コードのシールも印刷できます。"),
        "/till",
    ),
    "wallet.merchant_sent_back": Message(
        "wallet",
        _("「%(shop)s」の申込みについて、確かめたいことがあります"),
        _("市からの連絡：%(why)s 内容を直して、もう一度送ってください。"),
        "/merchant/%(application)s",
    ),
    "wallet.merchant_declined": Message(
        "wallet",
        _("「%(shop)s」の申込みをお受けできませんでした"),
        _("理由：%(why)s ご不明な点は市役所のコインの窓口にお問い合わせください。"),
        "/merchant/%(application)s",
    ),
    "wallet.shop_suspended": Message(
        "wallet",
        _("「%(shop)s」でのコインの受け取りを止めています"),
        _("理由：%(why)s 返金と、これまでの売上の振込は続きます。"),
        "/till",
    ),
    "wallet.shop_resumed": Message("wallet", _("「%(shop)s」でまたコインを受け取れます"), _("理由：%(why)s"), "/till"),
    "wallet.shop_closed": Message(
        "wallet",
        _("「%(shop)s」の閉店を登録しました"),
        _("理由：%(why)s 新しいお支払いは受け取れません。返金はできます。残りの売上は次の精算で振り込まれます。"),
        "/till",
    ),
    "wallet.settled": Message(
        "wallet",
        _("%(amount)s円が振り込まれます"),
        _("お店の売上を、%(day)sに登録の口座へ振り込みます。内訳は「精算」で見られます。"),
        "/till",
    ),
    "wallet.shop_cash_received": Message(
        "wallet",
        _("お店で預かった現金%(amount)s円を受け取りました"),
        _("市が受け取りを記録しました。お店に残っている市の現金は%(left)s円です。「精算」で見られます。"),
        "/till",
    ),
    "wallet.transfer_returned": Message(
        "wallet",
        _("振り込んだ%(amount)s円が戻ってきました"),
        _("%(day)sの振込が、銀行から戻されました。お金はお店の残高に戻しています。振込先の口座を確かめてください。"),
        "/till",
    ),
    "wallet.payout_verified": Message(
        "wallet",
        _("振込先の口座を確認しました"),
        _("末尾%(end)sの口座に、次の精算から振り込みます。"),
        "/till",
    ),
    "wallet.payout_refused": Message(
        "wallet",
        _("振込先の口座を確認できませんでした"),
        _("末尾%(end)sの口座は使えません。もう一度、振込先を登録してください。"),
        "/till",
    ),
    "wallet.premium_bought": Message(
        "wallet",
        _("「%(name)s」を買いました"),
        _("「%(place)s」で%(amount)s円をはらい、%(bonus)s円分が上乗せされました。上乗せ分は%(until)sまで使えます。"),
        "/pay/history",
    ),
    "wallet.premium_bought_by_card": Message(
        "wallet",
        _("「%(name)s」を買いました"),
        _("カードで%(amount)s円をはらい、%(bonus)s円分が上乗せされました。上乗せ分は%(until)sまで使えます。"),
        "/pay/top-up/%(payment)s",
    ),
    "wallet.premium_returned": Message(
        "wallet",
        _("「%(name)s」を買えませんでした。%(amount)s円をお返しします"),
        _(
            "お支払いが届いたときには、買える口がなくなっていました。全額をカードにお返しします。数日かかることがあります。"
        ),
        "/pay/top-up/%(payment)s",
    ),
    "wallet.premium_voided": Message(
        "wallet",
        _("「%(name)s」の購入を取り消しました"),
        _("%(amount)s円を現金でお返しし、上乗せ分も戻しました。心当たりがないときは、市役所にお知らせください。"),
        "/pay/history",
    ),
    "wallet.premium_won": Message(
        "wallet",
        _("「%(name)s」に当選しました"),
        _(
            "%(units)s口（%(amount)s円分）まで買えます。%(until)sまでに買ってください。買いかたは、プレミアム付コインの画面にあります。"
        ),
        "/pay/premium/%(premium)s",
    ),
    "wallet.premium_waiting": Message(
        "wallet",
        _("「%(name)s」は、今回は当たりませんでした"),
        _(
            "当選した人が買わなかった分は、順位の次の人に回ります。そのときは、お知らせします。順位は自分で確かめられます。"
        ),
        "/pay/premium/%(premium)s",
    ),
    "wallet.stamp_card_full_coins": Message(
        "wallet",
        _("スタンプカード「%(card)s」がいっぱいになりました"),
        _("%(amount)s円分のコインを受け取りました。使える期限は、おさいふで見られます。"),
        "/pay/stamps",
    ),
    "wallet.stamp_card_full_coupon": Message(
        "wallet",
        _("スタンプカード「%(card)s」がいっぱいになりました"),
        _("クーポンを受け取りました。次のお支払いで使えます。"),
        "/pay/coupons",
    ),
    "wallet.referral_earned_coins": Message(
        "wallet",
        _("紹介の特典が届きました"),
        _("%(amount)s円分のコインを受け取りました。使える期限は、おさいふで見られます。"),
        "/pay/referral",
    ),
    "wallet.referral_earned_coupon": Message(
        "wallet",
        _("紹介の特典が届きました"),
        _("クーポンを受け取りました。次のお支払いで使えます。"),
        "/pay/coupons",
    ),
    "wallet.ending": Message(
        "wallet",
        _("%(amount)s円分のコインが、まもなく終わります"),
        _("%(day)sまで使えます。次の日になると、使えなくなります。"),
        "/pay",
    ),
    "wallet.konbini_paid": Message(
        "wallet",
        _("コンビニで%(amount)s円をチャージしました"),
        _("コンビニでのお支払いを確かめ、コインにしました。すぐに使えます。"),
        "/pay/top-up/%(payment)s",
    ),
    "wallet.konbini_over": Message(
        "wallet",
        _("コンビニでのお支払いの期限が過ぎました"),
        _(
            "%(amount)s円のチャージは行われませんでした。お金は引かれていません。もう一度、はじめからお申し込みください。"
        ),
        "/pay/top-up/%(payment)s",
    ),
    "wallet.card_returned": Message(
        "wallet",
        _("%(amount)s円をお返しします"),
        _(
            "残高の上限を超えるなどのため、お支払いをコインにできませんでした。全額を、お支払いの方法にお返しします。数日かかることがあります。"
        ),
        "/pay/top-up/%(payment)s",
    ),
    "wallet.card_refunded": Message(
        "wallet",
        _("チャージした%(amount)s円をお返ししました"),
        _("使っていないコインを取り消し、お支払いの方法にお返ししました。届くまで数日かかることがあります。"),
        "/pay/top-up/%(payment)s",
    ),
    "wallet.order_ended_by_city": Message(
        "wallet",
        _("注文%(number)sを市が終わらせました"),
        _("理由：%(why)s 支払われていたお金は、お客さまに戻りました。"),
        "/till",
    ),
    "wallet.order_returned": Message(
        "wallet",
        _("カードの%(amount)s円をお返しします"),
        _("お支払いが届いたときには、注文が終わっていました。全額をカードにお返しします。数日かかることがあります。"),
        "/pay/orders/%(order)s",
    ),
    "wallet.order_card_refunded": Message(
        "wallet",
        _("カードに%(amount)s円をお返ししました"),
        _("注文のうち、カードで支払われた分をお返ししました。届くまで数日かかることがあります。"),
        "/pay/orders/%(order)s",
    ),
}
COUNTER = _("市の窓口")
DESK = _("市役所のコインの窓口")
