"""`pack export --to dmn` on an engine that is not ours, against `decide` and the packs' tests."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from command import run
from dmn import PROGRAM, Engine, Exported, differences, exported, running
from drawn import drawn_graph
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import DAY, SHIPPED, compiled, pack_text
from strategies import cases, packs

from tieuchi.engine.cache import graph_for
from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.export.dmn.decisions import named_in
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Graph
from tieuchi.engine.pack_test import Trial, decision_of, read_suite

MANY, LONG = 90, 2_000  # test cases; examples of the profile that looks long

needs_engine = pytest.mark.skipif(
    not PROGRAM, reason="no engine for DMN here: `sh tests/dmn.sh` installs one, with npm"
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """The engine, started once."""
    with running() as started:
        yield started


@cache
def shipped(pack: str, day: int = DAY.toordinal()) -> Exported:
    """The model of a pack that ships."""
    return exported(graph_for(pack, day))


def by_law(pack: str) -> list[tuple[Exported, list[Trial]]]:
    """A pack's own test cases, by the model that decides them; on a day without law there is no
    model."""
    found: dict[int, list[Trial]] = defaultdict(list)
    suite = read_suite(pack)
    for trial in (*suite.trials, *suite.refused):
        assert trial.case.as_of is not None
        if graph_for(pack, trial.case.as_of).main.in_force:
            found[trial.case.as_of].append(trial)
    return [(shipped(pack, day), _some(trials)) for day, trials in found.items()]


def _some(trials: list[Trial]) -> list[Trial]:
    """All of them where hypothesis is told to look long; of very many, one in so many."""
    return trials[:: 1 if settings().max_examples >= LONG else 1 + len(trials) // MANY]


def test_a_provision_may_be_called_as_the_input_errors() -> None:
    """They keep their name, which the model speaks of."""
    of = exported(compiled(pack_text("""
        facts: {x: {TWO, unit: head}}
        provisions: {input_errors: {SAID, require: {of: x, at_least: 1 head}}}
    """)))  # fmt: skip

    assert of.names.errors == "input_errors"
    assert '<decision id="input_errors_2" name="input_errors_2"' in of.written


# ---- the packs that ship


@needs_engine
@pytest.mark.parametrize("pack", SHIPPED)
def test_the_engine_decides_the_packs_own_test_cases_as_they_expect(
    pack: str, engine: Engine
) -> None:
    """Every provision, definition, amount and the verdict of every case is what `decide` says, and
    what the case itself expects of statuses, classes and figures."""
    for of, trials in by_law(pack):
        contexts = [of.context(_stated(of.graph, trial), complete=trial.case.complete)
                    for trial in trials]  # fmt: skip
        results = engine.results_of_many(of.model, of.written, contexts)

        for trial, result in zip(trials, results, strict=True):
            if trial.refused:
                assert result[of.names.errors] != [], trial.name
                continue
            assert differences(of, decision_of(trial, of.graph).values, result) == {}, trial.name
            assert result[of.names.errors] == [], trial.name
            assert _unlike(of, trial, result) == [], trial.name


def _stated(graph: Graph, trial: Trial) -> Given:
    """What a case states, without what follows from its being complete."""
    told, _ = read_given(graph, trial.case)
    kept = {name: value for name, value in told.items() if name in trial.case.facts}
    return Given({**kept, **{n: v for n, v in told.items() if n.startswith("@")}})


def _unlike(of: Exported, trial: Trial, result: Any) -> list[str]:
    """The statuses, classes and figures that a case expects and the engine does not give."""
    main, found = of.graph.main.pack, []
    named = of.names.named | {(main, "verdict"): of.names.verdict}
    for id_, expected in trial.expect.items():
        pack, _, inner = str(id_).rpartition("/")
        told = result.get(named[pack or main, inner])
        fields = expected if isinstance(expected, dict) else {"status": expected}
        pairs: list[tuple[Any, Any]] = []
        if "status" in fields:
            pairs.append((str(fields["status"]), "null" if told is None else told["status"]))
        if "class" in fields:
            pairs.append((set(fields["class"]), set(told)))
        figures = told.get("value", told) if isinstance(told, dict) else {}
        ends = [end for end in ("least", "most") if end in fields and end in figures]
        pairs += [(_figure(fields[end]), _figure(figures[end])) for end in ends]
        found += [f"{id_}: {got} for {want}" for want, got in pairs if want != got]
    return found


def _figure(written: Any) -> Fraction | None:
    return None if str(written) in ("null", "None") else Fraction(str(written))


@needs_engine
@pytest.mark.parametrize("pack", SHIPPED)
def test_the_engine_finds_no_fault_in_a_model_and_evaluates_it_as_it_stands(
    pack: str, engine: Engine
) -> None:
    """It is DMN 1.5 by the schema, it compiles, and nothing has to be added to evaluate it."""
    of = shipped(pack)

    assert engine.faults(of.written) == []
    results = engine.results(of.written, of.context(Given()))
    assert differences(of, decide(of.graph, Given()).values, results) == {}


@needs_engine
@pytest.mark.parametrize("pack", SHIPPED)
@settings(max_examples=max(1, settings().max_examples // 25))
@given(data=st.data())
def test_the_engine_decides_random_cases_as_decide_does(
    pack: str, engine: Engine, data: st.DataObject
) -> None:
    """Partial cases at the thresholds; one that cannot be is said to be so, in words."""
    of = shipped(pack)
    several = st.lists(cases(of.graph, otherwise=True), min_size=12, max_size=12)
    drawn = data.draw(several)

    _hold(of, drawn, engine)


@needs_engine
@settings(max_examples=max(1, settings().max_examples // 5))
@given(data=st.data())
def test_the_engine_decides_random_packs_as_decide_does(
    engine: Engine, data: st.DataObject
) -> None:
    """Shapes of the language that no pack that ships has."""
    _, graph = drawn_graph(data.draw(packs()))
    drawn = data.draw(st.lists(cases(graph, otherwise=True), min_size=4, max_size=4))

    _hold(exported(graph), drawn, engine)


def _hold(of: Exported, drawn: list[Given], engine: Engine) -> None:
    """Hold the engine against `decide`."""
    results = engine.results_of_many(of.model, of.written, [of.context(each) for each in drawn])
    for each, result in zip(drawn, results, strict=True):
        try:
            values = decide(of.graph, each).values
        except CaseError:
            assert result[of.names.errors] != []
        else:
            assert result[of.names.errors] == []
            assert differences(of, values, result) == {}


@needs_engine
@pytest.mark.parametrize(
    ("written", "slip"),
    [
        ("<text>2500</text>", ("2500", "2499")),
        ("all_of([_15_area, _15_linkage])", ("_15_area, ", "")),
        ("scaled(80000, ", ("80000", "800000")),
        ("not_above(", ("not_above", "not_below")),
        ("x.most &gt;= bound", ("&gt;=", "&gt;")),
    ],
)
def test_a_wrong_model_is_caught(written: str, slip: tuple[str, str], engine: Engine) -> None:
    """A threshold, a condition left out, a rate, a floor for a cap, a function of the library: each
    slip shows in the pack's own test cases."""
    [(of, found)] = by_law("lao-cai-26-2020")
    trials = [trial for trial in found if not trial.refused]
    assert written in of.written
    wrong = of.written.replace(written, written.replace(*slip))
    contexts = [of.context(_stated(of.graph, t), complete=t.case.complete) for t in trials]

    results = engine.results_of_many(of.model, wrong, contexts)

    decided = [decision_of(trial, of.graph).values for trial in trials]
    assert any(differences(of, *each) for each in zip(decided, results, strict=True))


MEMBERS = """
    facts:
      plots:
        vi: v
        en: e
        kind: list
        fields:
          size: {TWO, unit: m2}
          land: {TWO, kind: class, labels: {wet: {TWO}, dry: {TWO}}}
    provisions:
      "1":
        cite: {TWO}
        quote: q
        require:
          count: plots
          where: {require: {of: size, at_least: {table: {by: land, wet: 10 m2, dry: 20 m2}}}}
          at_least: 2
      "2":
        cite: {TWO}
        quote: q
        require:
          count: plots
          where:
            require:
              of: size
              at_most: {of: size, first: [{at_least: 30 m2, then: 25 m2}, {else: 15 m2}]}
          at_most: 1
"""


@needs_engine
@settings(max_examples=max(1, settings().max_examples // 12))
@given(data=st.data())
def test_a_table_and_bands_stand_within_a_condition_on_members(
    engine: Engine, data: st.DataObject
) -> None:
    """No decision can be asked for each member, so they are written out."""
    graph = compiled(pack_text(MEMBERS))
    drawn = data.draw(st.lists(cases(graph), min_size=12, max_size=12))

    _hold(exported(graph), drawn, engine)


NAMED_OTHERWISE = """
    facts: {cows: {TWO, unit: head}, goats: {TWO, unit: head}}
    define:
      size: {TWO, SAID, labels: {big: {TWO}, small: {TWO}}, of: cows, BANDS big}, END small}]}
      rank: {TWO, SAID, labels: {high: {TWO}, low: {TWO}}, of: cows, BANDS high}, END low}]}
      kind: {TWO, SAID, labels: {good: {TWO}, poor: {TWO}}, of: goats, BANDS good}, END poor}]}
    provisions:
      "1": {SAID, require: {of: size, in: [big]}}
      "2": {SAID, require: {of: rank, in: [low]}}
      "3": {SAID, require: {of: kind, in: [good]}}
""".replace("BANDS", "first: [{at_least: 2 head, then:").replace("END", "{else:")


@needs_engine
@settings(max_examples=max(1, settings().max_examples // 12))
@given(data=st.data())
def test_classes_that_go_by_the_same_bands_keep_their_own_labels(
    engine: Engine, data: st.DataObject
) -> None:
    """Of as many labels, called otherwise."""
    graph = compiled(pack_text(NAMED_OTHERWISE))
    drawn = data.draw(st.lists(cases(graph), min_size=6, max_size=6))

    _hold(exported(graph), drawn, engine)


@needs_engine
def test_a_class_that_the_law_leaves_unknown_is_any_of_its_labels(engine: Engine) -> None:
    """From a day on, under no name of its own; and so is what goes by it."""
    graph = compiled(
        pack_text("""
            facts: {region: {TWO, kind: class, labels: {high: {TWO}, low: {TWO}}}}
            define:
              zone: {TWO, SAID, of: {2020-01-01: region, 2023-01-01: unknown}}
              support:
                vi: v
                en: e
                cite: {TWO}
                quote: q
                table: {by: zone, high: 5 đồng, low: 3 đồng}
            provisions: {"1": {SAID, require: {of: zone, in: [high]}}}
        """)
    )

    _hold(exported(graph), [Given(), Given({"region": 1})], engine)


# ---- what decide refuses


@needs_engine
def test_what_no_case_may_state_is_said(engine: Engine) -> None:
    """`decide` refuses such a case; the model names what is wrong with it."""
    of = shipped("nq-08-2019")
    plain = of.context(Given())

    def errors(**stated: Any) -> list[str]:
        return list(engine.results(of.written, {**plain, **stated})["input_errors"])

    assert errors() == []
    assert errors(sows=-1) == [
        "số lợn nái sinh sản: ngoài khoảng từ 0 đến 1000000000000 hoặc lẻ hơn bước 1"
    ]
    assert len(errors(sows=2.5)) == 1
    assert len(errors(activities=["fishing"])) == 1
    assert errors(breeding_cows=3, cattle=2) == [
        "Bò cái sinh sản cũng là bò, nên không thể nhiều hơn số bò."
    ]


# ---- the file


@pytest.mark.parametrize("pack", SHIPPED)
def test_every_provision_definition_and_amount_is_a_decision_and_every_fact_an_input(
    pack: str,
) -> None:
    """With the law's words beside it; nothing is left out."""
    of = shipped(pack)
    root = ET.fromstring(of.written)
    space = {"d": "https://www.omg.org/spec/DMN/20230324/MODEL/"}
    decisions = {each.get("id"): each for each in root.findall("d:decision", space)}
    inputs = {each.get("id") for each in root.findall("d:inputData", space)}

    assert {of.names.facts[fact.id] for fact in of.graph.facts} <= inputs
    for part in of.graph.parts:
        for each in named_in(part):
            made = decisions[of.names.named[part.pack, each.id]]
            assert made.get("name") == made.get("id")
            said = made.findtext("d:description", "", space)
            assert said.startswith(f"{part.pack}/{each.id}")
            assert each.quote in said


@pytest.mark.parametrize("pack", SHIPPED)
def test_the_boxes_of_a_diagram_do_not_overlap(pack: str) -> None:
    """Every input and decision has a box of its own, and what it reads stands left of it."""
    root = ET.fromstring(shipped(pack).written)
    di = {"i": "https://www.omg.org/spec/DMN/20230324/DMNDI/"}
    for diagram in root.iterfind(".//i:DMNDiagram", di):
        boxes = [shape[0].attrib for shape in diagram.iterfind("i:DMNShape", di)]
        taken = sorted([int(box[of]) for of in ("x", "y", "width", "height")] for box in boxes)
        for (x, y, width, height), (next_x, next_y, *_) in pairwise(taken):
            assert next_x >= x + width or (next_x == x and next_y >= y + height)
        for edge in diagram.iterfind("i:DMNEdge", di):
            start, end = (int(point.attrib["x"]) for point in edge)
            assert start < end


def test_a_model_is_printed_and_written(tmp_path: Path) -> None:
    """By the verb, in both languages; the same each time."""
    file = tmp_path / "nq.dmn"
    printed = run("pack", "export", "nq-08-2019", "--to", "dmn", "--lang", "vi",
                  "--as-of", "2023-05-31")  # fmt: skip
    wrote = run("pack", "export", "nq-08-2019", "--to", "dmn", "-o", str(file), "--lang", "en",
                "--as-of", "2023-05-31")  # fmt: skip

    assert (printed.code, printed.err, wrote.code) == (0, "", 0)
    assert printed.out == shipped("nq-08-2019").written
    assert (
        file.read_text("utf-8") == exported(graph_for("nq-08-2019", DAY.toordinal()), "en").written
    )


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_the_readme_shows_a_piece_of_a_model(readme: str) -> None:
    """As it is printed."""
    text = (Path(__file__).parent.parent / readme).read_text("utf-8")
    [piece] = re.findall(r"```xml\n(.*?)```", text, re.DOTALL)

    lines = {line.strip() for line in shipped("lao-cai-26-2020").written.splitlines()}
    assert {line.strip() for line in piece.splitlines()} <= lines


def test_a_day_without_law_has_no_model() -> None:
    """As no query has: there is nothing to evaluate."""
    ran = run(
        "pack", "export", "nq-08-2019", "--to", "dmn", "--as-of", "2030-01-01", "--lang", "en"
    )

    assert ran.code == 3
    assert "not in force" in ran.out + ran.err


def test_what_feel_cannot_say_is_refused_in_one_line(tmp_path: Path) -> None:
    """A label that the model needs for itself."""
    file = tmp_path / "a.yaml"
    file.write_text(
        pack_text("""
            facts:
              size: {TWO, kind: class, labels: {not_applicable: {TWO}, large: {TWO}}}
            provisions:
              "1": {SAID, require: {of: size, in: [large]}}
        """),
        "utf-8",
    )

    ran = run("pack", "export", str(file), "--to", "dmn", "--lang", "en")

    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "`not_applicable`" in ran.err
