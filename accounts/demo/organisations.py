"""The city office, shops and a taxi company, and who of the personas works there. Places are real, names are not."""

from datetime import timedelta

from accounts.demo import BEGAN_AT
from accounts.selectors.departments import departments
from accounts.selectors.organisations import organisations_of, organisations_of_kind, people_of
from accounts.selectors.personas import seeded_personas, seeded_residents
from accounts.selectors.principals import principal_of
from accounts.services.demo_city import give_apps
from accounts.services.departments import found_department
from accounts.services.organisations import appoint, found_organisation
from accounts.services.staff import invite_staff, take_up_work
from kernel.principal import SYSTEM
from kernel.use_case import Act

CITY = ("人吉市（お試し）", "Hitoyoshi City (demo)")
OPERATOR = ("見本タクシー", "Mihon Taxi")
FIRST_SHOP = "まちの茶屋 見本"
MERCHANTS = (
    (FIRST_SHOP, "Mihon Tea House"),
    ("例のうなぎ 九日町店", "Rei Eel, Kokonokamachi"),
    ("仮名ベーカリー 駅前", "Kamei Bakery, Station Front"),
    ("お試し蔵 球磨焼酎", "Otameshi Kuma Shochu Brewery"),
    ("見本書房 紺屋町店", "Mihon Books, Konyamachi"),
    ("例の湯 温泉町", "Rei Hot Spring, Onsenmachi"),
    ("架空ストア 鍛冶屋町", "Kakuu Store, Kajiyamachi"),
    ("模範青果 上青井", "Mohan Greengrocer, Kamiaoi"),
    ("雛形工房 きじ馬", "Hinagata Kijiuma Workshop"),
    ("想定薬局 西間", "Sotei Pharmacy, Nishima"),
    ("練習食堂 五日町", "Renshu Diner, Itsukamachi"),
    ("写本雑貨 二日町", "Shahon Goods, Futsukamachi"),
)
PARTNERS = (("見本ポイント協会", "Mihon Points Association"),)
DEPARTMENTS = (
    ("市民課", "Citizens' Affairs Division"),
    ("福祉課", "Welfare Division"),
    ("防災課", "Disaster Prevention Division"),
)
OFFICERS_DESK = DEPARTMENTS[0][0]
WORKPLACES = {
    "merchant.manager": FIRST_SHOP,
    "merchant.cashier": FIRST_SHOP,
    "driver": OPERATOR[0],
    "city.officer": CITY[0],
    "city.administrator": CITY[0],
}


def seed_organisations() -> None:
    """Register what is missing, then give the personas their roles."""
    for kind, wanted in (("city", (CITY,)), ("operator", (OPERATOR,)), ("merchant", MERCHANTS + PARTNERS)):
        here = {found.name for found in organisations_of_kind(kind)}
        for name, name_en in wanted:
            if name not in here:
                found_organisation(Act(SYSTEM, at=BEGAN_AT), name=name, name_en=name_en, kind=kind)
    _found_departments()
    _appoint_personas()


def seed_staff() -> None:
    """Let the first shop's manager invite a second cashier, who takes it up; a shop that has two is left as it is."""
    shop = next((each.id for each in organisations_of_kind("merchant") if each.name == FIRST_SHOP), None)
    managers = people_of(shop, "merchant.manager") if shop is not None else []
    if shop is None or not managers or len(people_of(shop, "merchant.cashier")) > 1:
        return
    at = BEGAN_AT + timedelta(days=1)
    made = invite_staff(Act(principal_of(managers[0]), at=at), organisation_id=shop, role="merchant.cashier")
    personas = {each.resident_id for each in seeded_personas()}
    newcomer = next(each.resident_id for each in seeded_residents(40) if each.resident_id not in personas)
    take_up_work(Act(principal_of(newcomer), at=at), token=made.token, name="アルバイト 見本")


def give_staff_their_apps() -> None:
    """Give the city's staff a second factor: without one nothing of theirs opens."""
    staff = [seeded.user_id for seeded in seeded_personas() if seeded.persona.role.startswith("city.")]
    give_apps(Act(SYSTEM, at=BEGAN_AT), user_ids=staff)


def _found_departments() -> None:
    here = {found.name for found in departments()}
    for name, name_en in DEPARTMENTS:
        if name not in here:
            found_department(Act(SYSTEM, at=BEGAN_AT), name=name, name_en=name_en)


def _appoint_personas() -> None:
    places = {
        place.name: place.id for kind in ("city", "operator", "merchant") for place in organisations_of_kind(kind)
    }
    desk = next(each.id for each in departments() if each.name == OFFICERS_DESK)
    for seeded in seeded_personas():
        workplace = WORKPLACES.get(seeded.persona.role)
        if workplace is None or organisations_of(seeded.resident_id):
            continue
        appoint(
            Act(SYSTEM, at=BEGAN_AT),
            organisation_id=places[workplace],
            resident_id=seeded.resident_id,
            role=seeded.persona.role,
            department_id=desk if seeded.persona.role == "city.officer" else None,
            why="demo city",
        )
