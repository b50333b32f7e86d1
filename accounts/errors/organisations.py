"""Organisations, departments, roles."""

from kernel.problems import DomainError, _


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


class DepartmentElsewhere(DomainError):
    """Departments are the city office's alone."""

    code = "department_elsewhere"
    status = 422
    title = _("部署を選べるのは、市役所の役割だけです。")


class DepartmentNamed(DomainError):
    """Another department bears this name today."""

    code = "department_named"
    status = 409
    title = _("同じ名前の部署があります。")


class DepartmentStaffed(DomainError):
    """Somebody still works in the department."""

    code = "department_staffed"
    status = 409
    title = _("この部署には、まだ職員がいます。先に所属を終えてください。")


class LastManager(DomainError):
    """A merchant keeps one manager at least."""

    code = "last_manager"
    status = 409
    title = _("最後の店長は外せません。先にほかの人を店長にしてください。")
