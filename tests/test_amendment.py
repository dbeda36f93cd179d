"""What an amendment does: against every case of small packs, and by hand on real law."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random
from string import Formatter
from typing import Any

import pytest
from command import run
from drawn import drawn_graph
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from packs import FILES, SHIPPED, compiled, graph_of, pack_of, texts
from strategies import cases, packs
from test_advice import MOST, small_pack

from tieuchi.engine.amendment import Amendment, Effect, amendment
from tieuchi.engine.compile import compile_pack
from tieuchi.engine.decision import CaseError, Decision, Given, decide
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.graph import Graph
from tieuchi.engine.interval import ABSENT, span
from tieuchi.engine.mutation.mutants import mutants
from tieuchi.engine.phrases_author import REGISTER
from tieuchi.engine.truth import MET

ROOT = Path(__file__).parents[1]


def changed(text: str, rng: Random) -> str:
    """A small pack with one or two of its thresholds and operators otherwise."""
    for _ in range(rng.randint(1, 2)):
        marks = list(re.finditer(r"(at_least|at_most): (\d+) head|(all|any):$", text, re.MULTILINE))
        at = rng.choice(marks)
        if at[3]:
            new = {"all": "any:", "any": "all:"}[at[3]]
        else:
            new = f"{rng.choice(('at_least', 'at_most', at[1]))}: {rng.randint(1, 7)} head"
        text = text[: at.start()] + new + text[at.end() :]
    return text


def every_case(graph: Graph) -> Iterator[Given]:
    """Every case of a small pack that states all facts."""
    names = [fact.id for fact in graph.facts]
    for values in product(range(MOST + 1), repeat=len(names)):
        yield Given(zip(names, values, strict=True))


def seen(old: Graph, new: Graph) -> dict[str, str]:
    """What each provision is by looking at every case."""
    ways: dict[str, set[str]] = {p.id: set() for p in new.main.provisions}
    for stated in every_case(old):
        one, other = decide(old, stated), decide(new, stated)
        for id_, found in ways.items():
            before, after = one[id_].truth, other[id_].truth
            if before != after:
                found.add("gained" if after == MET else "lost" if before == MET else "other")
    names = {frozenset(): "same", frozenset({"gained"}): "looser", frozenset({"lost"}): "stricter"}
    return {id_: names.get(frozenset(found), "different") for id_, found in ways.items()}


@given(seed=st.integers(0, 10**9))
def test_what_is_said_holds_of_every_case(seed: int) -> None:
    """Each provision against all cases there are; each example is one, and none has fewer facts."""
    rng = Random(seed)
    text = small_pack(rng)
    old, new = compiled(text), compiled(changed(text, rng))

    found = amendment(old, new)

    by_id = {e.id: e for e in found.effects if e.kind == "provision"}
    assert {id_: e.change for id_, e in by_id.items()} == seen(old, new)
    fewest = fewest_facts(old, new)
    for effect in found.effects:
        for example in effect.examples:
            assert example.old.values[effect.old] != example.new.values[effect.new]
            assert example.old.given == example.new.given
            if effect.kind == "provision":
                facts = sum(value > 0 for value in example.new.given.values())
                assert facts == fewest[effect.id, example.way]


def fewest_facts(old: Graph, new: Graph) -> dict[tuple[str, str], int]:
    """Of each provision and way, how many facts the smallest case has that are not nought."""
    found: dict[tuple[str, str], int] = {}
    for stated in every_case(old):
        facts = sum(value > 0 for value in stated.values())
        one, other = decide(old, stated), decide(new, stated)
        for id_ in (p.id for p in new.main.provisions):
            before, after = one[id_].truth, other[id_].truth
            if before != after:
                way = "gained" if after == MET else "lost"
                found[id_, way] = min(facts, found.get((id_, way), facts))
    return found


@pytest.mark.parametrize("name", SHIPPED)
def test_a_pack_is_as_itself(name: str) -> None:
    """Everywhere, and without asking the solver."""
    graph = graph_of(name)

    assert not amendment(graph, compiled(*texts(name))).differs


def of(name: str, *changes: tuple[str, str]) -> Amendment:
    """What changes of a pack that ships do."""
    text, *used = texts(name)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return amendment(graph_of(name), compiled(text, *used))


def effect(found: Amendment, id_: str) -> Effect:
    """What is said of one outcome."""
    return next(each for each in found.effects if each.id == id_)


def smallest(found: Amendment, id_: str, way: str) -> dict[str, object]:
    """The facts of an example that are not nought."""
    one = next(e for e in effect(found, id_).examples if e.way == way)
    return {name: value for name, value in one.new.given.items() if value}


def test_60_for_50_is_stricter() -> None:
    """Whoever has 50 to 59 loses; the smallest of them has 50 and nothing else."""
    found = of("nq-08-2019", ("horses], at_least: 50 head", "horses], at_least: 60 head"))

    changes = {e.id: e.change for e in found.effects if e.change != "same"}
    assert changes == dict.fromkeys(
        ("verdict", "7.2", "7.2.b", "7.2.b.large-livestock"), "stricter"
    )
    for id_ in changes:
        assert sum(smallest(found, id_, "lost").values()) == 50  # type: ignore[arg-type]
    one = effect(found, "7.2.b.large-livestock").examples[0]
    assert one.old["7.2.b.large-livestock"].shortfall is None
    assert one.new["7.2.b.large-livestock"].shortfall == 10


def test_more_than_for_from_loses_the_boundary_alone() -> None:
    """100 sows and no other number."""
    found = of("nq-08-2019", ("of: sows, at_least: 100", "of: sows, more_than: 100"))

    assert effect(found, "7.2.b.sows").change == "stricter"
    assert smallest(found, "7.2.b.sows", "lost") == {"sows": 100}


def test_and_for_or_is_stricter() -> None:
    """Either measure of aquaculture was enough."""
    pattern = "applies_when: {activity: aquaculture}\n        any:"
    found = of("nq-08-2019", (pattern, pattern.replace("any", "all")))

    assert effect(found, "7.2.d").change == "stricter"
    assert len(smallest(found, "7.2.d", "lost")) == 1
    assert effect(found, "7.2.d.pond").change == "same"


def test_a_verdict_of_its_own(tmp_path: Path) -> None:
    """Where nothing under it is another, its own smallest case is shown."""
    text = FILES["nq-08-2019"].read_text("utf-8").replace("verdict: {any:", "verdict: {all:")
    (tmp_path / "nq-08-2019.yaml").write_text(text, "utf-8")

    ran = run("pack", "diff", "nq-08-2019", "nq-08-2019.yaml", at=tmp_path)

    assert "The scale condition: stricter\n  1 of 27 outcomes" in ran.out
    assert "\n\nThe scale condition · stricter\n  Loses: " in ran.out
    assert "  Before: met\n  After: not met\n" in ran.out


def test_a_share_of_a_list_is_looser() -> None:
    """95 % for 100 % of officials: nobody loses, whatever list there is."""
    found = of("ntm-xa-2021-2025", ("at_least: 100 %", "at_least: 95 %"))

    assert effect(found, "18.1").change == "looser"
    stated = smallest(found, "18.1", "gained")
    assert stated == {"officials_total": 20, "officials_meeting_standard": 19}


def test_an_amount_is_lower_from_where_its_cap_bites() -> None:
    """80 000 đồng a m²: 400 million are reached at 5 000 m²; a hundredth of a m² more loses."""
    found = of("lao-cai-26-2020", ("500_000_000", "400_000_000"))

    one = effect(found, "15.amount")
    assert one.change == "stricter"
    assert one.examples[0].new.given["greenhouse_area"] == 500_001


def test_a_ceiling_is_not_an_amount(tmp_path: Path) -> None:
    """ "Tối đa" left out: the same figures, and the law gives something else."""
    text = FILES["lao-cai-26-2020"].read_text("utf-8")
    assert "up_to" not in text
    new = text.replace("    when: ", "    up_to: true\n    when: ", 1)
    (tmp_path / "lao-cai-26-2020.yaml").write_text(new, "utf-8")

    ran = run("pack", "diff", "lao-cai-26-2020", "lao-cai-26-2020.yaml", at=tmp_path)

    assert ran.code == 1
    assert "different\n  Before: it is the amount itself\n  After: it is a ceiling\n" in ran.out


def test_new_and_gone() -> None:
    """On the day before a provision is in force there is none."""
    name, day = "chan-nuoi-2020", "2024-09-20"
    ran = run(
        "pack", "diff", name, "--as-of-old", "2024-09-19", "--as-of-new", day, "--format", "json"
    )
    back = run(
        "pack", "diff", name, "--as-of-old", day, "--as-of-new", "2024-09-19", "--format", "json"
    )

    for out, word in ((ran.out, "new"), (back.out, "gone")):
        changes = [e["change"] for e in json.loads(out)["effects"] if e["kind"] == "amount"]
        assert changes == [word, word]


def test_a_case_that_a_check_refuses_is_no_example() -> None:
    """More breeding cows than cattle cannot be, so the cattle are stated too."""
    old = compiled(FILES["nq-08-2019"].read_text("utf-8"))
    found = of("nq-08-2019", ("breeding_cows], at_least: 50", "breeding_cows], at_least: 40"))

    for each in effect(found, "7.2").examples:
        decide(old, each.new.given)
        with pytest.raises(CaseError):
            decide(old, Given({**each.new.given, "cattle": 0, "buffaloes": 0}))


def test_the_terminal(tmp_path: Path) -> None:
    """What is other, the smallest case both ways, in both languages, within 80 columns."""
    text = FILES["nq-08-2019"].read_text("utf-8")
    new = tmp_path / "nq-08-2019.yaml"
    new.write_text(text.replace("of: sows, at_least: 100", "of: sows, more_than: 100"), "utf-8")

    ran = run("pack", "diff", "nq-08-2019", str(new), "--as-of-old", "2023-05-31",
              "--as-of-new", "2023-06-01")  # fmt: skip

    ran.gives(1, out="""\
Resolution 08/2019/NQ-HĐND                               31/05/2023 → 01/06/2023
The scale condition: stricter
  4 of 27 outcomes are not the same.

Article 7, clause 2 · high-technology and concentrated commercial farming ·
stricter
Article 7, clause 2, point b · livestock · stricter
Article 7, clause 2, point b · breeding sows · stricter
  Loses: breeding sows 100 head
  Before: met (100 head; needs ≥ 100)
  After: not met (100 head; needs > 100; 1 short)

The same: 23 outcomes, shown over every case there can be.
""")  # fmt: skip
    vi = run("pack", "diff", "nq-08-2019", str(new), "--lang", "vi")
    assert "Mất đi: số lợn nái sinh sản 100 con" in vi.out
    assert max(map(len, vi.out.splitlines())) <= 80
    same = run("pack", "diff", "nq-08-2019", "nq-08-2019")
    assert (same.code, same.out.splitlines()[1]) == (
        0, "No case comes out otherwise: every provision is the same",
    )  # fmt: skip
    assert run("pack", "diff", "nq-08-2019", "nq-09-2019").code == 2


def test_who_gains_and_who_loses_in_a_table(tmp_path: Path) -> None:
    """50 to 59 head lose, half a hectare of vegetables gains; a row that is rejected is neither."""
    text = FILES["nq-08-2019"].read_text("utf-8")
    changed_ = text.replace("horses], at_least: 50", "horses], at_least: 60").replace(
        "of: vegetable_area, at_least: 2 ha", "of: vegetable_area, at_least: 0.5 ha"
    )
    (tmp_path / "nq-08-2019.yaml").write_text(changed_, "utf-8")
    rows = ["49;0", "50;0", "59;", "60;1", ";4999.99", ";5000", "0;20000", "x;1", "55;0.5 ha"]
    table = "số trâu;diện tích trồng rau ngoài trời (m²)\n" + "\n".join(rows) + "\n"
    (tmp_path / "t.csv").write_text(table, "utf-8")

    ran = run("pack", "diff", "nq-08-2019", "nq-08-2019.yaml", "--on", "t.csv", "--decimal",
              "point", "--complete", "--format", "json", at=tmp_path)  # fmt: skip

    on = json.loads(ran.out)["on"]
    assert (on["rows"], on["rejected"]) == (9, 1)
    counts = {id_: (c["gained"], c["lost"]) for id_, c in on["counts"].items() if any(c.values())}
    assert counts == {
        "verdict": (1, 2),
        "7.2": (1, 2),
        "7.2.b": (0, 3),
        "7.2.b.large-livestock": (0, 3),
        "7.2.c": (2, 0),
        "7.2.c.vegetables": (2, 0),
    }
    shown = run("pack", "diff", "nq-08-2019", "nq-08-2019.yaml", "--on", "t.csv", "--decimal",
                "point", "--complete", at=tmp_path)  # fmt: skip
    assert "In the table (8 rows; 1 that cannot be read):\n" in shown.out
    assert run("pack", "diff", "nq-08-2019", "--on", "none.csv", at=tmp_path).code == 2


def test_every_phrase_has_the_same_places_in_both_languages() -> None:
    """And none promises anything."""
    for name, phrase in REGISTER.items():
        vi, en = (sorted({f for _, f, _, _ in Formatter().parse(t) if f}) for t in phrase)
        assert vi == en, name
        assert "được hỗ trợ" not in phrase.vi.lower(), name
        assert not re.search(r"\beligib|\bentitle", phrase.en.lower()), name


def test_no_sentence_is_put_together_elsewhere() -> None:
    """The modules that tell hold no Vietnamese."""
    marked = re.compile(r"[ăâđêôơưạảãàáậấầẩẫắằặẳẵẹẻẽèéệếềểễịỉĩìíọỏõòóộốồổỗợớờởỡụủũùúựứừửữỳýỵỷỹ]")
    for name in (
        "amendment",
        "amendment_telling",
        "coverage/__init__",
        "coverage/telling",
        "mutation/mutants",
        "mutation/__init__",
        "mutation/telling",
        "proposal",
        "sample",
    ):
        text = (ROOT / "engine" / f"{name}.py").read_text("utf-8")
        code = re.sub(r'"""[\s\S]*?"""|#.*|(MONEY|đồng)', "", text)
        assert not marked.search(code), name


@settings(max_examples=max(1, settings().max_examples // 8))
@given(pack=packs(), data=st.data())
def test_what_is_said_of_a_random_pack_holds(pack: dict[str, Any], data: st.DataObject) -> None:
    """Every shape of the language, with one slip in it, against cases around the thresholds."""
    text, old = drawn_graph(pack)
    slips = list(mutants(pack_of(text)))
    assume(slips)
    slip = data.draw(st.sampled_from(slips))
    try:
        new = compile_pack({slip.pack.id: slip.pack}, old.as_of)
    except Faults:
        return

    found = amendment(old, new)

    for effect_ in found.effects:
        for example in effect_.examples:
            assert said(old, effect_.old, example.old) != said(new, effect_.new, example.new)
    for _ in range(4):
        stated = data.draw(cases(old, missing=0, otherwise=data.draw(st.booleans())))
        try:
            one, other = decide(old, stated), decide(new, stated)
        except CaseError:
            continue
        for effect_ in found.effects:
            if effect_.old >= 0 and effect_.new >= 0:
                before, after = said(old, effect_.old, one), said(new, effect_.new, other)
                assert agrees(effect_, old, before, after), (effect_, before, after)


def said(graph: Graph, node: int, decision: Decision) -> Any:
    """A value in whatever step it is counted."""
    of, value = graph.nodes[node], decision.values[node]
    if of.kind != "quantity" or value is ABSENT:
        return value
    least, most, absent = span(value)
    ends = (None if x is None else Fraction(x * of.num, of.den) for x in (least, most))
    return (*ends, absent)


def agrees(effect_: Effect, graph: Graph, before: Any, after: Any) -> bool:
    """Whether what one case comes to is what is said of all."""
    if effect_.change == "same":
        return bool(before == after)
    if graph.nodes[effect_.old].kind == "truth":
        gained, lost = after == MET != before, before == MET != after
        return not {"looser": lost, "stricter": gained}.get(effect_.change, False)
    return True
