"""The tree's arithmetic against the known answers of certificate transparency and against the standard's words written naively."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.log import tree
from kernel.log.tree import Frontier, Node, Span, leaf_hash, node_hash
from tests.kernel.log.phone_vectors import FILE, text

# The eight leaves and the answers that every implementation of RFC 6962 is tested by (certificate-transparency, merkletree tests).
LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def grown(leaves: list[bytes]) -> tuple[Frontier, dict[Node, bytes]]:
    """Grow a tree leaf by leaf and keep its complete subtrees."""
    frontier, kept = Frontier(), {}
    for leaf in leaves:
        kept.update(frontier.grow(leaf_hash(leaf)))
    return frontier, kept


def hashes(spans: list[Span], kept: dict[Node, bytes]) -> list[bytes]:
    return [span.hash_from(kept) for span in spans]


# The standard's own words (RFC 6962, 2.1), without a thought of speed.
def naive_root(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaf_hash(leaves[0]) if leaves else hashlib.sha256().digest()
    k = naive_split(len(leaves))
    return node_hash(naive_root(leaves[:k]), naive_root(leaves[k:]))


def naive_split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def naive_path(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = naive_split(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_proof(m: int, leaves: list[bytes], *, is_whole: bool = True) -> list[bytes]:
    if m == len(leaves):
        return [] if is_whole else [naive_root(leaves)]
    k = naive_split(len(leaves))
    if m <= k:
        return [*naive_proof(m, leaves[:k], is_whole=is_whole), naive_root(leaves[k:])]
    return [*naive_proof(m - k, leaves[k:], is_whole=False), naive_root(leaves[:k])]


def test_the_empty_tree_has_the_hash_of_nothing():
    assert tree.EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Frontier().root == Span(0, 0).hash_from({}) == tree.EMPTY


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size: int):
    frontier, kept = grown(LEAVES[:size])
    assert frontier.root.hex() == Span(0, size).hash_from(kept).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_known_paths_of_inclusion(index: int, size: int):
    _frontier, kept = grown(LEAVES)
    path = hashes(tree.inclusion_spans(index, size), kept)
    assert [each.hex() for each in path] == PATHS[index, size]
    assert tree.verify_inclusion(leaf_hash(LEAVES[index]), index, size, path, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("first", "second"), CONSISTENCY)
def test_known_proofs_of_consistency(first: int, second: int):
    _frontier, kept = grown(LEAVES)
    path = hashes(tree.consistency_spans(first, second), kept)
    assert [each.hex() for each in path] == CONSISTENCY[first, second]
    roots = bytes.fromhex(ROOTS[first - 1]), bytes.fromhex(ROOTS[second - 1])
    assert tree.verify_consistency(first, second, *roots, path)


@pytest.mark.slow  # every pair up to seventy leaves, some thousand trees
def test_every_proof_up_to_seventy_leaves_is_the_standards_and_holds():
    leaves = [bytes([number]) for number in range(70)]
    _frontier, kept = grown(leaves)
    roots = [naive_root(leaves[:size]) for size in range(71)]
    for size in range(71):
        assert Span(0, size).hash_from(kept) == roots[size]
        for index in range(size):
            path = hashes(tree.inclusion_spans(index, size), kept)
            assert path == naive_path(index, leaves[:size])
            assert tree.verify_inclusion(leaf_hash(leaves[index]), index, size, path, roots[size])
        for first in range(size + 1):
            proof = hashes(tree.consistency_spans(first, size), kept)
            assert proof == (naive_proof(first, leaves[:size]) if first else [])
            assert tree.verify_consistency(first, size, roots[first], roots[size], proof)


@given(st.lists(st.binary(max_size=6), min_size=1, max_size=200), st.data())
def test_a_proof_bent_anywhere_does_not_hold(leaves: list[bytes], data: st.DataObject):
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    _frontier, kept = grown(leaves)
    root, leaf = naive_root(leaves), leaf_hash(leaves[index])
    path = hashes(tree.inclusion_spans(index, size), kept)
    assert path == naive_path(index, leaves)
    for wrong in (leaf_hash(leaves[index] + b"x"), node_hash(leaf, leaf)):
        assert not tree.verify_inclusion(wrong, index, size, path, root)
    assert not tree.verify_inclusion(leaf, index, size, [*path, root], root)
    assert not tree.verify_inclusion(leaf, size, size, path, root)
    if path:
        assert not tree.verify_inclusion(leaf, index, size, path[:-1], root)
        at = data.draw(st.integers(0, len(path) - 1))
        bent = [*path[:at], hashlib.sha256(path[at]).digest(), *path[at + 1 :]]
        assert not tree.verify_inclusion(leaf, index, size, bent, root)


@given(st.lists(st.binary(max_size=6), min_size=2, max_size=120), st.data())
def test_a_history_that_was_changed_is_not_consistent(leaves: list[bytes], data: st.DataObject):
    size = len(leaves)
    first = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, first - 1))
    forged = [*leaves[:changed], leaves[changed] + b"x", *leaves[changed + 1 :]]
    _frontier, kept = grown(forged)
    path = hashes(tree.consistency_spans(first, size), kept)
    assert not tree.verify_consistency(first, size, naive_root(leaves[:first]), naive_root(forged), path)
    assert not tree.verify_consistency(size, first, naive_root(leaves), naive_root(leaves[:first]), path)


def test_what_is_no_tree_is_refused():
    for wrong in ((0, 0), (-1, 3), (3, 3)):
        with pytest.raises(ValueError, match="no such leaf"):
            tree.inclusion_spans(*wrong)
    for wrong in ((-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="only grows"):
            tree.consistency_spans(*wrong)
    assert not tree.verify_consistency(2, 8, b"", b"", [])
    assert not tree.verify_consistency(3, 8, b"", b"", [])


def test_the_phone_is_tested_by_what_we_make():
    assert FILE.read_text(encoding="utf-8") == text(), "run python -m tests.kernel.log.phone_vectors"
