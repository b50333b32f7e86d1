"""Somebody with a phone and no account follows a journey over a real socket, while the loop of another process tells."""

from asgiref.sync import sync_to_async

from tests.mobility.following.conftest import Traveller, taken
from tests.wallet.api.test_live import Socket


class Guest:
    """Nobody in particular."""

    def __init__(self, city) -> None:
        self.post = city.post


async def test_a_missed_change_is_heard_over_the_socket_and_again_after_a_break(transactional_db, city) -> None:
    def begin() -> str:
        answer = city.ask_to_follow(taken(city.journeys()[0]))
        city.tell()
        return answer.json()["feed"]

    def goes_wrong() -> None:
        city.is_now("8:02")
        city.says(city.late("a", 300, call=1))
        city.tell()

    feed = await sync_to_async(begin)()
    async with Socket(Guest(city), feed) as phone:
        assert phone.snapshots[feed]["followed"]["trouble"] is None
        await sync_to_async(goes_wrong)()
        told = (await phone.events(1))["journey.changed"]["followed"]
        assert (told["trouble"], len(told["instead"])) == ({"kind": "missed", "leg": 1}, 1)
    async with Socket(Guest(city), feed) as phone:
        assert phone.snapshots[feed]["followed"]["instead"] == told["instead"]


async def test_two_who_follow_the_same_way_hear_each_their_own(transactional_db, city) -> None:
    one, other = await sync_to_async(lambda: (Traveller(city), Traveller(city, language="en")))()
    feeds = [f"mobility.journey:{each.id}" for each in (one, other)]
    async with Socket(Guest(city), *feeds) as phone:
        alike = [phone.snapshots[feed]["followed"]["journey"]["id"] for feed in feeds]
        assert alike == [one.journey["id"], other.journey["id"]]
