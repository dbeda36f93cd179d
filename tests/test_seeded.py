"""Mistakes that people make, in a pack that ships; `python tests/seeded.py` makes all of them."""

import pytest
from mistakes import MISTAKES, UNTESTED
from seeded import FILES, Seeded, looked_at, said, seeded, table

ALL = list(seeded())
FEW = list(seeded(each=1, packs=["lao-cai-26-2020"]))


@pytest.mark.parametrize("of", FEW, ids=said)
def test_a_mistake_is_caught(of: Seeded) -> None:
    """By what an author runs, or by whoever holds the pack against the one before."""
    assert looked_at(of).caught


def test_every_kind_is_made_in_some_pack() -> None:
    """Two hundred and more of them in all, in every pack, no two alike and none without effect."""
    assert {each.kind for each in ALL} == {*MISTAKES, UNTESTED}
    assert {each.pack for each in ALL} == {*FILES}
    assert len({(each.pack, each.mistake.text) for each in ALL}) > 200
    plain = {pack: path.read_text("utf-8") for pack, path in FILES.items()}
    assert [said(each) for each in ALL if each.mistake.text == plain[each.pack]] == []


def test_the_same_seed_makes_the_same_mistakes() -> None:
    """And another one others."""
    assert list(seeded(each=1)) == list(seeded(each=1))
    assert list(seeded(each=1, seed=7)) != list(seeded(each=1))


def test_the_table() -> None:
    """A line a kind, in both languages: how many there were, how many each tool caught."""
    of = FEW[0]
    found = [of._replace(caught=("lint", "diff")), of._replace(caught=())]

    assert table(found, "en").splitlines() == [
        "| Mistake | seeded | lint | test | diff | none |",
        "|:---|---:|---:|---:|---:|---:|",
        f"| {of.kind[0]} | 2 | 1 | 0 | 1 | 1 |",
        "| **All** | 2 | 1 | 0 | 1 | 1 |",
    ]
    assert table(found, "vi").splitlines()[0] == "| Lỗi | số lỗi gài | lint | test | diff | không |"
