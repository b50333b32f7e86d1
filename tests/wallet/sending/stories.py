"""What stories about sending need: a code to receive by, and the same call with fewer words."""

from wallet import services


def code_of(town, person, label: str = "") -> str:
    return services.issue_receive_code(town.act(person), label=label).link


def send(town, sender, to, amount, *, key=None, **words):
    to = to if isinstance(to, str) else code_of(town, to)
    return services.send(town.act(sender, key=key), to=to, amount=amount, **words)
