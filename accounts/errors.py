"""Refusals of the accounts floor."""

from kernel.problems import DomainError, NotFound, _


class AddressTaken(DomainError):
    """Somebody else confirmed this address or number first."""

    code = "address_taken"
    status = 409
    title = _("このメールアドレスまたは電話番号は、すでに別の方が使っています。")


class RoleOfAnotherKind(DomainError):
    """The role does not exist in an organisation of this kind."""

    code = "role_of_another_kind"
    status = 422
    title = _("この組織では、その役割を選べません。")


class AlreadyMember(DomainError):
    """The person holds this role there already."""

    code = "already_member"
    status = 409
    title = _("すでに同じ役割で登録されています。")


class OrganisationClosed(DomainError):
    """The organisation has been closed."""

    code = "organisation_closed"
    status = 409
    title = _("この組織は廃止されています。")


class LanguageUnknown(DomainError):
    """The city does not speak this language."""

    code = "language_unknown"
    status = 422
    title = _("この言語には対応していません。")


class OnlyInDemo(NotFound):
    """Only a demo city does this; elsewhere it does not exist."""
