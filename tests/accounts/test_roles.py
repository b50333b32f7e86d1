"""Who may do what: rights come from roles, roles from organisations of their kind, and both end at once."""

import pytest

from accounts.errors import AlreadyMember, OrganisationClosed, RoleOfAnotherKind
from accounts.models import Membership
from accounts.services import appoint, close_organisation, dismiss
from kernel.contributions import Contributions, register, withdraw
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotFound
from kernel.use_case import Act
from tests.factories.people import ARRIVED_AT, employ, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rights():
    """Let an app of the test give each role one right."""
    roles = ("resident", "tourist", "merchant.cashier", "driver", "city.officer", "city.administrator")
    register("test", Contributions(rights={role: frozenset({f"test.{role}"}) for role in roles}))
    yield
    withdraw("test")


def act():
    return Act(SYSTEM, at=ARRIVED_AT)


def test_a_resident_and_a_guest_have_rights_of_their_own():
    assert person().principal.may("test.resident")
    assert not person().principal.may("test.tourist")
    assert person(is_guest=True).principal.may("test.tourist")
    assert not person(is_guest=True).principal.may("test.resident")


def test_a_cashier_may_at_their_shop_alone():
    cashier, shop, other = person(), organisation(), organisation(name="別の店")
    employ(cashier, shop, "merchant.cashier")

    who = cashier.principal
    assert who.may("test.merchant.cashier", within=shop)
    assert not who.may("test.merchant.cashier", within=other)
    assert not who.may("test.merchant.cashier")
    assert not who.may("test.driver", within=shop)


def test_an_officer_may_everywhere():
    officer, city, shop = person(), organisation("city"), organisation()
    employ(officer, city, "city.officer")

    assert officer.principal.may("test.city.officer")
    assert officer.principal.may("test.city.officer", within=shop)
    assert not officer.principal.may("test.city.administrator")
    assert officer.principal.roles == ["resident", "city.officer"]


@pytest.mark.parametrize(
    ("kind", "role"), [("merchant", "city.administrator"), ("operator", "merchant.cashier"), ("city", "driver")]
)
def test_a_role_belongs_to_its_kind_of_organisation(kind, role):
    who, place = person(), organisation(kind)

    with pytest.raises(RoleOfAnotherKind):
        employ(who, place, role)
    Membership.objects.create(resident_id=who.resident_id, organisation_id=place, role=role, began_at=ARRIVED_AT)

    assert who.principal.roles == ["resident"]
    assert not who.principal.may(f"test.{role}", within=place)


def test_a_role_ends_at_once():
    cashier, shop = person(), organisation()
    membership = employ(cashier, shop, "merchant.cashier")

    dismiss(act(), membership_id=membership, why="退職")

    assert not cashier.principal.may("test.merchant.cashier", within=shop)
    with pytest.raises(NotFound):
        dismiss(act(), membership_id=membership)


def test_a_closed_shop_gives_no_rights_and_hires_nobody():
    cashier, shop = person(), organisation()
    employ(cashier, shop, "merchant.cashier")

    close_organisation(act(), organisation_id=shop)

    assert not cashier.principal.may("test.merchant.cashier", within=shop)
    with pytest.raises(OrganisationClosed):
        employ(person(), shop, "merchant.cashier")
    with pytest.raises(OrganisationClosed):
        close_organisation(act(), organisation_id=shop)


def test_nobody_holds_a_role_twice_or_without_existing():
    cashier, shop = person(), organisation()
    employ(cashier, shop, "merchant.cashier")

    with pytest.raises(AlreadyMember):
        employ(cashier, shop, "merchant.cashier")
    with pytest.raises(NotFound):
        appoint(act(), organisation_id=new_id(), resident_id=cashier.resident_id, role="driver")
    with pytest.raises(NotFound):
        appoint(act(), organisation_id=shop, resident_id=new_id(), role="merchant.cashier")
    assert Membership.objects.count() == 1


def test_building_a_principal_asks_nothing_and_its_roles_are_read_once(django_assert_num_queries):
    cashier, shop = person(), organisation()
    employ(cashier, shop, "merchant.cashier")
    with django_assert_num_queries(1):
        who = cashier.principal
    with django_assert_num_queries(0):
        assert who.actor == who.subject == cashier.resident_id
        assert who.may("test.resident")
    with django_assert_num_queries(1):
        assert who.may("test.merchant.cashier", within=shop)
        assert not who.may("test.driver")
        assert who.roles == ["resident", "merchant.cashier"]
