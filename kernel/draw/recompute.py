"""Recompute a draw: python3 recompute.py draw.json tickets.txt [tickets-as-you-saved-them-before.txt]"""

import hashlib
import hmac
import json
import sys
from pathlib import Path


def main(document: str, listed: str, saved: str = "") -> list[str]:
    draw = json.loads(Path(document).read_text("utf-8"))
    said = json.loads(draw["statement"])
    source, rule, seed = said["source"], said["rule"], bytes.fromhex(draw["randomness"])
    tickets = Path(listed).read_text("ascii").splitlines()
    published = [(place["rank"], place["ticket"], place["won"]) for place in draw["places"]]
    before = Path(saved).read_text("ascii").splitlines() if saved else [place[1] for place in published]
    faults = [f"added after the commitment: {ticket}" for ticket in sorted(set(tickets) - set(before))]
    faults += [f"gone since the commitment: {ticket}" for ticket in sorted(set(before) - set(tickets))]
    lines = "".join(f"{ticket}\n" for ticket in sorted(tickets)).encode()
    if hashlib.sha256(lines).hexdigest() != said["tickets_sha256"] or len(tickets) != said["ticket_count"]:
        faults.append("the list is not the one that was committed to")
    values = [bytes.fromhex(party["value"]) for party in draw["parties"]]
    fixed = [party["value_sha256"] for party in source.get("parties", [])]
    if [hashlib.sha256(value).hexdigest() for value in values] != fixed:
        faults.append("a party's value is not the one that it had fixed")
    proof = bytes.fromhex(draw["proof"]) if source["kind"] == "drand" else draw["proof"].encode()
    if hashlib.sha256(b"".join(values) or proof).digest() != seed:
        faults.append("the seed does not come from the source that was named")
    places, left, prizes = [], rule.get("units", 0), rule.get("prizes", [])
    order = sorted(tickets, key=lambda ticket: (hmac.digest(seed, ticket.encode(), "sha256"), ticket))
    for rank, ticket in enumerate(order, 1):
        got = min(left, int(ticket.rpartition("-")[2])) if "units" in rule else 0
        left -= got
        places.append((rank, ticket, str(got) if got else prizes[rank - 1] if rank <= len(prizes) else None))
    return faults if places == published else [*faults, "the places are not what the seed gives"]


if __name__ == "__main__":
    sys.exit("\n".join(main(*sys.argv[1:])) or print("All is as it was published."))  # noqa: T201
