"""What the phone's own checks are tested by: an entry with its proof, made here and kept beside them.

``python -m tests.kernel.log.phone_vectors`` writes the file anew; a test holds it to what this makes.
"""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from kernel.log import tree
from kernel.log.heads import TYP
from kernel.log.tree import Frontier, Node, Span

FILE = Path(__file__).resolve().parents[3] / "static" / "src" / "proofs" / "vectors.json"
ME = UUID("018f0000-0000-7000-8000-00000000000a")
OFFICER = UUID("018f0000-0000-7000-8000-00000000000b")
OFFICE = UUID("018f0000-0000-7000-8000-00000000000c")
SIZE, REMEMBERED, SHOWN = 13, 6, 9
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))  # for tests alone


def entry(number: int) -> dict[str, Any]:
    return {
        "id": str(UUID(int=ME.int + 1000 + number)), "recorded_at": f"2026-11-21T03:00:{number:02}.123456+00:00",
        "actor": str(OFFICER), "subject": str(ME), "purpose": "accounts.verify_at_counter", "classes": ["profile", "wallet"],
        "ground": "office", "recipient": str(OFFICE), "reason": "窓口での確認", "request_id": "", "again": False,
        "xid": 700 + number,
    }  # fmt: skip


def vectors() -> dict[str, Any]:
    texts = [json.dumps(entry(number), ensure_ascii=False) for number in range(SIZE)]
    kept: dict[Node, bytes] = {}
    frontier = Frontier()
    for text in texts:
        kept.update(frontier.grow(tree.leaf_hash(text.encode())))

    def path(spans: list[Span]) -> list[str]:
        return [span.hash_from(kept).hex() for span in spans]

    roots = [Span(0, size).hash_from(kept).hex() for size in range(SIZE + 1)]
    head = {
        "log": "kernel_access_log",
        "size": SIZE,
        "root": roots[SIZE],
        "at": "2026-11-21T15:00:05Z",
        "day": "2026-11-22",
    }
    jws = jwt.api_jws.encode(json.dumps(head).encode(), KEY, "EdDSA", headers={"kid": "k1", "typ": TYP})
    shown = entry(SHOWN)
    return {
        "me": str(ME),
        "keys": [OKPAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": "k1", "alg": "EdDSA", "use": "sig"}],
        "known": {"size": REMEMBERED, "root": roots[REMEMBERED]},
        "looked": {
            "id": shown["id"], "at": "2026-11-21T03:00:09.123456Z", "sentence": "市民課が…",
            "who": {"kind": "office", "name": "市民課"}, "purpose": {"code": shown["purpose"], "words": "窓口での本人確認"},
            "classes": [{"code": "profile", "words": "呼び名"}, {"code": "wallet", "words": "コインの口座"}],
            "reason": shown["reason"], "ground": "office", "grants": None, "consents": [], "recipient": str(OFFICE), "again": False,
        },
        "proof": {
            "canonical": texts[SHOWN], "index": SHOWN, "size": SIZE, "path": path(tree.inclusion_spans(SHOWN, SIZE)),
            "head": jws, "since": REMEMBERED, "consistency": path(tree.consistency_spans(REMEMBERED, SIZE)),
        },
        "texts": texts,
        "roots": roots,
        "inclusion": [
            [at, size, path(tree.inclusion_spans(at, size))] for size in range(1, SIZE + 1) for at in range(size)
        ],
        "consistency": [
            [first, size, path(tree.consistency_spans(first, size))] for size in range(SIZE + 1) for first in range(size + 1)
        ],
    }  # fmt: skip


def text() -> str:
    members = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in vectors().items())
    return "{\n" + ",\n".join(members) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
