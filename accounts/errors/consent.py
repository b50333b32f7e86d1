"""Consent, delegates and broken glass."""

from kernel.problems import DomainError, _


class TermsInvalid(DomainError):
    """An agreement's terms cannot be published; ``errors`` names what is wrong."""

    code = "terms_invalid"
    status = 422
    title = _("取り決めの内容をご確認ください。")


class NotChanged(DomainError):
    """The new version says the same as the one before."""

    code = "not_changed"
    status = 409
    title = _("前の版と同じ内容です。")


class AgreementMoved(DomainError):
    """A newer version was published meanwhile; ``revision_id`` names it."""

    code = "agreement_moved"
    status = 409
    title = _("内容が新しくなりました。もう一度お読みください。")


class ClassNotAsked(DomainError):
    """The agreement does not ask for this class; ``asked`` lists those it asks for."""

    code = "class_not_asked"
    status = 422
    title = _("この取り決めでは求められていない項目です。")


class GuardianDecides(DomainError):
    """A minor's consent is the parent's to give (個人情報保護委員会ガイドライン通則編 2-16)."""

    code = "guardian_decides"
    status = 403
    title = _("18歳になるまでは、保護者の方が決めます。")


class NotForDelegates(DomainError):
    """The act is the person's own, or a parent's or guardian's."""

    code = "not_for_delegates"
    status = 403
    title = _("この操作は代理ではできません。")


class NotDelegate(DomainError):
    """One may not act for this person: never, not any more, or not yet."""

    code = "not_delegate"
    status = 403
    is_kept = False
    title = _("この方の代理はできません。")


class InvitationGone(DomainError):
    """The invitation was taken up, withdrawn, or has run out."""

    code = "invitation_gone"
    status = 410
    title = _("この招待は使えなくなりました。もう一度招待してもらってください。")


class AlreadyDelegate(DomainError):
    """The person is a delegate in this role already."""

    code = "already_delegate"
    status = 409
    title = _("すでに代理として登録されています。")


class OfAge(DomainError):
    """The person is 18 or older: nobody is their parent before the law any more."""

    code = "of_age"
    status = 422
    title = _("18歳以上の方には、親権者を登録できません。")


class TermOver(DomainError):
    """The term that was asked for is over already."""

    code = "term_over"
    status = 422
    title = _("代理の最後の日が、もう過ぎています。")


class ScopeUnknown(DomainError):
    """There is no such service to act in."""

    code = "scope_unknown"
    status = 422
    title = _("代理の範囲を選び直してください。")


class TooLong(DomainError):
    """More time is asked for than the law's spirit allows; ``most_minutes`` says how much may be."""

    code = "too_long"
    status = 422
    title = _("時間が長すぎます。")


class PeriodTooLong(DomainError):
    """More days are asked for at once than a record is made of; ``most_days`` says how many may be."""

    code = "period_too_long"
    status = 422
    title = _("期間が長すぎるか、終わりが始まりより前です。")
