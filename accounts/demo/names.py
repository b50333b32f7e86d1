"""Names that nobody bears: every family name says that it is an example, every given name counts."""

FAMILIES = (
    "見本", "例田", "仮山", "試野", "架川", "模本", "雛形", "想田", "練木", "写本",
    "型田", "例坂", "仮谷", "試井", "架山", "模野", "雛田", "想川", "練馬場", "写川",
)  # fmt: skip
GIVEN = ("一", "二葉", "三郎", "四季", "五月", "六花", "七海", "八重", "九十九", "十和")

NAMES = tuple(f"{family} {given}" for given in GIVEN for family in FAMILIES)
