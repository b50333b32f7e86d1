"""Who a person is here: addresses, codes, papers, and IDs that become one."""

from kernel.problems import DomainError, NotFound, _


class AddressTaken(DomainError):
    """Somebody else confirmed this address or number first."""

    code = "address_taken"
    status = 409
    title = _("このメールアドレスまたは電話番号は、すでに別の方が使っています。")


class LanguageUnknown(DomainError):
    """The city does not speak this language."""

    code = "language_unknown"
    status = 422
    title = _("この言語には対応していません。")


class NoAddress(DomainError):
    """Nobody can be reached: no confirmed e-mail address or telephone number."""

    code = "no_address"
    status = 409
    title = _("先にメールアドレスか電話番号を登録して、確認を済ませてください。")


class AppAlready(DomainError):
    """There is an authenticator app already; one a person."""

    code = "app_already"
    status = 409
    title = _("認証アプリはすでに登録されています。入れ替えるときは、先に今の登録を消してください。")


class CounterCodeUnknown(DomainError):
    """No such code, or it was used, or its ten minutes are over."""

    code = "counter_code_unknown"
    status = 404
    title = _("この窓口コードは使えません。スマートフォンで新しいコードを表示してもらってください。")


class CodeWrong(DomainError):
    """Another code was sent, or none, or it was tried too often."""

    code = "code_wrong"
    status = 422
    title = _("コードが違うか、期限が切れています。新しいコードをお試しください。")


class DocumentsInsufficient(DomainError):
    """One paper with a picture, or two of the others."""

    code = "documents_insufficient"
    status = 422
    title = _("写真付きの書類は1点、写真のない書類は2点を確認してください。")


class ValuesWrong(DomainError):
    """What was typed at the counter cannot be; ``errors`` names the fields."""

    code = "values_wrong"
    status = 422
    title = _("入力内容をご確認ください。")


class NotYourself(DomainError):
    """An officer deals with another's account, never their own."""

    code = "not_yourself"
    status = 409
    title = _("自分のIDは扱えません。ほかの職員に頼んでください。")


class SurerAlready(DomainError):
    """The person is known by their card; papers would make that less sure."""

    code = "surer_already"
    status = 409
    title = _("この方はすでにマイナンバーカードで確認されています。")


class MergeOfOne(DomainError):
    """Both codes are of one ID."""

    code = "merge_of_one"
    status = 422
    title = _("二つのコードは同じIDのものです。それぞれのIDで表示したコードを入力してください。")


class MergeOfTwoCards(DomainError):
    """A card stands for each: two cards are two people."""

    code = "merge_of_two_cards"
    status = 409
    title = _("二つのIDに別々のマイナンバーカードが登録されているため、統合できません。")


class MergeHasRoles(DomainError):
    """The ID that would be closed works somewhere."""

    code = "merge_has_roles"
    status = 409
    title = _("閉じるIDに役割が残っています。先に所属を終えてください。")


class MergeOpenAlready(DomainError):
    """A proposal for this ID waits for its decision."""

    code = "merge_open_already"
    status = 409
    title = _("このIDの統合は、すでに提案されています。")


class MergeDecided(DomainError):
    """It was decided already, or one of the two has been closed."""

    code = "merge_decided"
    status = 409
    title = _("この統合はすでに決裁されたか、どちらかのIDが閉じられています。")


class SecondOfficerNeeded(DomainError):
    """Who proposed does not decide (four eyes)."""

    code = "second_officer_needed"
    status = 409
    title = _("提案した職員は決裁できません。ほかの職員が確認してください。")


class ResidentAlready(DomainError):
    """Who is a resident is no guest any more."""

    code = "resident_already"
    status = 409
    title = _("すでに住民として登録されています。")


class MyNumberNotKept(DomainError):
    """A 12-digit My Number stood where none may be kept (番号法 article 20)."""

    code = "my_number_not_kept"
    status = 422
    title = _("12桁のマイナンバーは預かれません。番号を消してから送ってください。")


class OnlyInDemo(NotFound):
    """Only a demo city does this; elsewhere it does not exist."""


class ReasonMissing(DomainError):
    """An officer does something to somebody's ID and says no reason."""

    code = "reason_missing"
    status = 422
    title = _("理由を入力してください。")


class ReasonTooShort(DomainError):
    """A reason stands there and is too short to say anything; ``least`` says how many signs it takes."""

    code = "reason_too_short"
    status = 422
    title = _("理由が短すぎます。何のためか、読む人にわかるように書いてください。")


REASON_SHORT = _(
    "%(limit_value)d字以上で書いてください（いまは%(show_value)d字です）。"
)  # named as Django's own check names them
