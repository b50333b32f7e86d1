"""The My Number card."""

from kernel.problems import DomainError, _


class CardNotOffered(DomainError):
    """The city reads no My Number cards."""

    code = "card_not_offered"
    status = 404
    title = _("このまちでは、マイナンバーカードでの本人確認はまだ使えません。窓口をご利用ください。")


class CardProviderAway(DomainError):
    """The Digital Agency's service cannot be reached."""

    code = "card_provider_away"
    status = 503
    is_kept = False
    title = _("デジタル認証アプリにつながりません。しばらくしてからもう一度お試しください。")


class CardFlowOver(DomainError):
    """The answer belongs to no flow of this sign-in: it was used, ran out after ten minutes, or began elsewhere."""

    code = "card_flow_over"
    status = 409
    title = _("この確認はすでに終わっているか、時間切れです。最初からやり直してください。")


class CardAnswerInvalid(DomainError):
    """The provider's answer proves nothing; what was wrong stands in the log alone."""

    code = "card_answer_invalid"
    status = 400
    title = _("カードの確認結果を検証できませんでした。最初からやり直してください。")


class CardNotRead(DomainError):
    """The person or the provider broke off; ``reason`` is the provider's word."""

    code = "card_not_read"
    status = 409
    title = _("カードの確認は行われませんでした。もう一度お試しください。")


class CardUnknown(DomainError):
    """Nobody here has shown this card."""

    code = "card_unknown"
    status = 404
    title = _(
        "このカードはまだ登録されていません。ほかの方法でサインインしてから、IDのページでカードを登録してください。"
    )


class CardOfAnother(DomainError):
    """The card stands for another open account: one card, one person."""

    code = "card_of_another"
    status = 409
    title = _(
        "このカードは別のIDに登録されています。カードでサインインしてそのIDを使うか、市役所の窓口で二つのIDを一つにまとめてください。"
    )


class AnotherCard(DomainError):
    """Another card stands for this account."""

    code = "another_card"
    status = 409
    title = _("登録されているカードと違います。登録した本人のカードを使ってください。")
