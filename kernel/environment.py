"""The typed environment: the only module that reads ``os.environ``."""

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec


class EnvironmentFault(SystemExit):
    """A variable is missing or wrong; the message is a sentence for the person who starts the city."""


class Environment(msgspec.Struct, frozen=True, kw_only=True, rename=lambda name: name.upper()):
    """Every setting that differs between cities and machines, by the upper-case name of its field."""

    database_url: str = ""
    database_owner_url: str = ""
    database_admin_url: str = ""
    redis_url: str = ""
    machi_home: Path = Path(".machi")
    machi_demo: bool = False
    machi_host: str = "127.0.0.1"
    machi_port: int = 8000
    machi_public_url: str = ""
    machi_secret_key: str = ""
    machi_master_key: str = ""
    machi_open_data: str = ""
    machi_document_fonts: str = ""  # the folder of the fonts for documents; default: what npm ci brought into static/
    machi_log_level: str = "INFO"
    machi_metrics_token: str = ""
    machi_debug: bool = False
    machi_allowed_hosts: str = "127.0.0.1,localhost"
    machi_trusted_proxies: int = 0  # how many stand before us and write X-Forwarded-For
    machi_mail_url: str = ""  # smtp://user:password@host:587
    machi_mail_from: str = ""
    machi_card_issuer: str = (
        ""  # デジタル認証アプリ, once the city is registered there; a demo city has a mock of its own
    )
    machi_card_client_id: str = ""
    machi_line_token: str = ""  # of the city's LINE official account (Messaging API, long-lived)
    machi_fare_rules: str = ""  # a file: what operators agreed on beyond their tables of fares
    machi_taxi_quotes: str = ""  # who offers rides of the demand taxi: "twin" is a made-up fleet, as the demo city has
    machi_drand_url: str = (
        ""  # an API of drand's quicknet; without it draws take a number that the city signs, or three parties
    )
    machi_city_code: str = "432032"  # 全国地方公共団体コード of Hitoyoshi
    machi_city_name_ja: str = "人吉市"
    machi_city_name_en: str = "Hitoyoshi"
    # Corners of the town's outline, "latitude,longitude" each, between spaces; shops stand inside. Empty: wherever they like.
    machi_city_area: str = ""
    machi_code_domain: str = (
        ""  # marks our template in a payment code (EMVCo's unique identifier); default jp.machi.<city code>
    )
    machi_coin_name_ja: str = "きじまコイン"
    machi_coin_name_en: str = "Kijima coin"
    machi_coin_per_payment: int = 50_000
    machi_coin_per_day: int = 100_000
    machi_coin_balance: int = 300_000
    machi_watch_many: int = (
        8  # sends of one person in an hour, from which an officer is told; the same for the next four
    )
    machi_watch_near_times: int = 3  # sends just under the limit, in seven days
    machi_watch_pass_least: int = 5_000  # yen that came in and went on within half an hour, twice
    machi_watch_ring_least: int = 1_000  # yen that go round among three to five people within three days
    machi_watch_fan: int = 8  # people who send to one, or to whom one sends, within three days
    machi_coin_issuer: str = (
        "city"  # or "company": who issues the coin (資金決済法 article 4(3)), and so who owes a deposit
    )
    machi_send_per_send: int = 30_000  # what one resident may send another: at once, a day, a calendar month, how often
    machi_send_per_day: int = 50_000
    machi_send_per_month: int = 100_000
    machi_send_count_per_day: int = 10
    machi_send_level: int = 1  # the account level for any amount, and for more than the sum below
    machi_send_level_above: int = 2
    machi_send_level_above_yen: int = 5_000
    machi_coin_desk_phone: str = ""  # said beside the city's coin desk wherever somebody is asked to call it
    machi_top_up_least: int = 500  # by card or at a convenience store
    machi_top_up_most: int = 50_000
    machi_stripe_key: str = (
        ""  # the secret key of the city's Stripe account; a demo city without one has a fake of its own
    )
    machi_stripe_webhook_secret: str = ""  # of the webhook endpoint /api/v1/wallet/card_events
    machi_stripe_api_base: str = ""  # default https://api.stripe.com
    machi_coin_lot_days: int = 180  # under six months, 資金決済法 article 4(2) and its order article 4(2)
    machi_settlement_basis_points: int = 100  # of what shops took in, kept by the city: 1 %
    machi_settlement_fixed: int = 0  # yen a transfer
    machi_settlement_least_fee: int = 0
    machi_settlement_rounding: str = "down"  # down (切捨て), half_up (四捨五入) or up (切上げ)
    machi_settlement_least_transfer: int = 1_000  # less waits for the next period
    machi_settlement_pay_after: int = 5  # bank days after the cut-off
    machi_settlement_roll: str = "next"  # where a cut-off is no bank day: next or previous
    machi_bank_client_code: str = ""  # 振込依頼人コード, ten digits from the city's bank
    machi_bank_client_name: str = ""
    machi_bank_code: str = ""
    machi_bank_branch: str = ""
    machi_bank_account_type: str = "1"
    machi_bank_account_number: str = ""
    machi_transfer_bank_code: str = ""  # where residents transfer to; nothing: the account above
    machi_transfer_bank_branch: str = ""
    machi_transfer_account_type: str = "1"
    machi_transfer_account_number: str = ""
    machi_transfer_holder: str = ""
    machi_bank_statement_years: str = "japanese"  # how the bank's fixed-width file writes years: japanese or western
    machi_bank_csv_columns: str = (
        "{}"  # what the bank's table calls its columns, as JSON (docs/algorithms/bank-transfers.md)
    )
    machi_bank_two_above: int = 30_000  # yen above which two officers decide on an open transfer
    machi_feed_most_bytes: int = 200_000_000  # a timetable's ZIP, fetched or uploaded
    machi_feeds_from_private: bool = False  # whether timetables may be fetched from the city's own network
    machi_walk_reach_m: int = 400  # walks between stops where neither feed nor map tells any: as the crow flies,
    machi_walk_detour_percent: int = 130  # by how much streets are longer,
    machi_walk_metres_a_minute: int = 72  # and how fast one walks
    machi_change_s: int = 120  # what a change at one stop takes where no feed tells it
    machi_live_stale_after_s: int = 300  # running data that is older is set aside

    @property
    def public_url(self) -> str:
        """Return the address people open, without a trailing slash."""
        return (self.machi_public_url or f"http://localhost:{self.machi_port}").rstrip("/")


def load(variables: Mapping[str, str] | None = None) -> Environment:
    """Read the environment once, at start.

    :raises EnvironmentFault: with a sentence that names the variable.
    """
    variables = os.environ if variables is None else variables
    known = {field.encode_name for field in msgspec.structs.fields(Environment)}
    given = {name: value for name, value in variables.items() if name in known and value != ""}
    try:
        return msgspec.convert(given, Environment, strict=False, dec_hook=lambda kind, value: kind(value))
    except msgspec.ValidationError as fault:
        raise EnvironmentFault(f"The environment is not right: {fault}") from None


def inherited() -> dict[str, str]:
    """Return a copy of everything that was set, for programs that are started by this one."""
    return dict(os.environ)


def adopt(variables: Mapping[str, str]) -> None:
    """Set variables for the rest of this process, before anything has read them."""
    os.environ.update(variables)
