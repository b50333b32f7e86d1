"""The map on which an officer picks a circle's centre: what is clicked is where it was drawn."""

from hypothesis import given
from hypothesis import strategies as st

from wallet.pages.town_map import HEIGHT, WIDTH, circle_on, dots, point_at
from wallet.selectors.coupons.desk import MapShop

SHOPS = st.lists(
    st.builds(MapShop, st.just("店"), st.integers(32_100_000, 32_300_000), st.integers(130_700_000, 130_900_000)),
    max_size=30,
)


@given(SHOPS, st.integers(0, WIDTH), st.integers(0, HEIGHT))
def test_a_click_is_drawn_where_it_was_made(shops, x, y):
    drawn_x, drawn_y, radius = circle_on(shops, *point_at(shops, x, y), 1000)
    assert abs(drawn_x - x) <= 1
    assert abs(drawn_y - y) <= 1
    assert radius >= 0


def test_the_town_fills_the_map_although_one_shop_lies_far_away():
    town = [MapShop("店", 32_210_000 + 100 * number, 130_760_000 + 100 * number) for number in range(11)]
    places = dots([*town, MapShop("山の店", 32_900_000, 131_700_000)])
    assert all(0 <= place.x <= WIDTH and 0 <= place.y <= HEIGHT for place in places[:11])
    assert not 0 <= places[11].x <= WIDTH
