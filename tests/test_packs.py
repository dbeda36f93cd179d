"""The packs that ship: their test cases on each reader, every threshold of every comparison.

A threshold is found by moving one fact: where the comparison turns, one step below, at and above
are as the law's word says (strict or not), and the pack's test cases stand on both sides.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple
from unittest import mock

import pytest
from oracle import number
from packs import SHIPPED, compiled, graph_of, texts, unchecked

from tieuchi.engine import session
from tieuchi.engine.compile import choices, conditions, names
from tieuchi.engine.compile.conditions import compare
from tieuchi.engine.compile.context import Lower
from tieuchi.engine.decision import CaseError, Given, decide
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Fact, Graph, Provision, reads
from tieuchi.engine.graph import Test as Compared
from tieuchi.engine.kernel import Members
from tieuchi.engine.pack_test import Suite, read_suite, run_suite
from tieuchi.engine.truth import MET, NOT_MET

DAY = date(2023, 5, 31)
SUITES = {name: read_suite(name) for name in SHIPPED}


@pytest.mark.parametrize("pack", SHIPPED)
def test_the_cases_beside_a_pack_pass(pack: str) -> None:
    """Each on every reader that there is, field by field, with no margin."""
    outcomes = list(run_suite(SUITES[pack]))
    wrong = [(o.trial.name, o.reader, o.mismatches) for o in outcomes if o.mismatches]

    assert wrong == []
    assert len({o.reader for o in outcomes}) == (2 if session.available() else 1)


@pytest.mark.parametrize("pack", SHIPPED)
def test_every_case_cites_its_article_and_says_what_it_shows(pack: str) -> None:
    """No two are called the same."""
    trials = SUITES[pack].trials

    assert all(trial.cite and trial.name for trial in trials)
    assert len({trial.name for trial in trials}) == len(trials)


# ---- thresholds


class Comparison(NamedTuple):
    """One comparison of a provision."""

    pack: str
    provision: Provision
    test: Compared


def comparisons() -> Iterator[Comparison]:
    """Every comparison that a provision of a pack makes, whatever of."""
    for pack in SHIPPED:
        for provision in graph_of(pack, DAY).main.provisions:
            for test in provision.tests:
                yield Comparison(pack, provision, test)


ALL = list(comparisons())
IDS = [f"{each.pack}-{each.provision.id}-{each.test.comparison}" for each in ALL]


def everywhere(pack: str) -> list[Compared]:
    """Every comparison that a pack writes: of provisions, gates, reviews, bands and checks.

    As compiling comes upon them; the nodes are those of `graph_of`, which is made alike.
    """
    found = list[Compared]()

    def noted(at: Lower, model: Any, value: Any) -> tuple[int, list[Compared]]:
        truth, tests = compare(at, model, value)
        if at.pack.id == pack and at.b.members is None:
            found.extend(tests)
        return truth, tests

    with ExitStack() as held:
        for module in (choices, conditions, names):
            held.enter_context(mock.patch.object(module, "compare", noted))
        assert compiled(*texts(pack), as_of=DAY) == graph_of(pack, DAY)
    return list(dict.fromkeys(found))


WRITTEN = [(pack, test) for pack in SHIPPED for test in everywhere(pack)]


def test_no_comparison_is_left_out() -> None:
    """Those that no provision shows are there besides."""
    shown = {(each.pack, each.test._replace(label=None)) for each in ALL}
    beside = {(pack, test) for pack, test in WRITTEN} - shown

    assert shown <= set(WRITTEN)
    assert len(beside) > 20


def under(graph: Graph, node: int) -> list[Fact]:
    """The facts that a node is computed from."""
    found, todo = set(), [node]
    while todo:
        at = todo.pop()
        if at < len(graph.facts):
            found.add(at)
        elif at not in found:
            todo += reads(graph.nodes[at])
    return [graph.facts[i] for i in sorted(found)]


def under_ids(graph: Graph, node: int) -> list[str]:
    """The facts that a node is computed from, by name; none where there is no node."""
    return [fact.id for fact in under(graph, node)] if node >= 0 else []


def member(graph: Graph, fact: Fact, told: int = MET) -> list[Any]:
    """A member of a list: large in all, each yes or no as told."""
    kinds = {"quantity": 10**9, "yes_no": told, "class": 1, "text": "", "date": graph.as_of}
    return [kinds[field.kind] for field in fact.fields]


def plain_case(graph: Graph, each: int = 20) -> Given:
    """Everything stated, far from most thresholds: so many of each quantity, yes, the first label.

    A total that is also computed from its parts is stated where it may be anything beside them; a
    list that no total goes back to has one member.
    """
    given = Given()
    open_ = {id_ for fact in graph.facts for id_ in under_ids(graph, fact.otherwise)}
    for fact in graph.facts:
        if fact.kind == "quantity":
            most = fact.limit if fact.most is None else fact.most
            given[fact.id] = min(most, max(fact.least or 0, each))
        elif fact.kind in ("yes_no", "class") and fact.otherwise < 0:
            given[fact.id] = 1
        elif fact.kind == "date":
            given[fact.id] = graph.as_of - 500
        elif fact.kind == "list":
            whole = fact.id not in open_
            given[fact.id] = Members((member(graph, fact),) if whole else (), whole)
    return possible(graph, given)


def possible(graph: Graph, given: Given) -> Given:
    """A case without the totals stated in it that cannot be, beside their parts."""
    try:
        decide(graph, given)
    except CaseError:
        computed = {fact.id for fact in graph.facts if fact.otherwise >= 0}
        return Given({name: value for name, value in given.items() if name not in computed})
    return given


def holds(comparison: str, measured: Fraction, required: Fraction) -> bool:
    """What the law's word says."""
    return {
        "at_least": measured >= required,
        "more_than": measured > required,
        "at_most": measured <= required,
        "less_than": measured < required,
        "equals": measured == required,
    }[comparison]


class Bench:
    """A case in which one fact is moved, and what one comparison makes of it.

    A list is moved by its members, all alike: their yes or no is `told`.
    """

    def __init__(
        self, graph: Graph, test: Compared, given: Given, fact: Fact, told: int = MET
    ) -> None:
        self.graph, self.test, self.given, self.fact = graph, test, given, fact
        self.member = member(graph, fact, told)

    def at(self, steps: int) -> tuple[int, Any, Any]:
        """The truth, what is measured and what is required where the fact is so many steps."""
        listed = Members((self.member,) * steps, True) if self.fact.kind == "list" else steps
        given = possible(self.graph, Given({**self.given, self.fact.id: listed}))
        values = decide(self.graph, given).values
        required = values[self.test.required] if self.test.required >= 0 else None
        return values[self.test.truth], values[self.test.measured], required

    def exact(self, node: int, value: Any) -> Fraction:
        """A settled quantity or ratio in base units."""
        of = self.graph.nodes[node]
        if of.kind == "ratio":
            top, bottom = (self.exact(p, v) for p, v in zip(of.args, value, strict=True))
            return top / bottom
        return Fraction(value * of.num, of.den) * number(f"1 {of.unit}")

    def turns(self) -> int | None:
        """The least number of steps at which the comparison is not what it is one step before."""
        low = self.fact.least or 0
        high = self.fact.limit if self.fact.most is None else self.fact.most
        if self.fact.kind == "date":
            low, high = self.graph.as_of - 40_000, self.graph.as_of + 40_000
        if self.fact.kind == "list":
            low, high = 0, 5
        first = self.side(low)
        if self.side(high) == first:
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.side(middle) == first else (low, middle)
        return high

    def side(self, steps: int) -> Any:
        """The truth; of an equality, whether as much is measured as is required."""
        truth, measured, required = self.at(steps)
        if self.test.comparison != "equals":
            return truth
        return self.exact(self.test.measured, measured) >= self.exact(self.test.required, required)


@pytest.mark.parametrize(("pack", "test"), WRITTEN)
def test_at_a_threshold_one_step_below_and_one_above(pack: str, test: Compared) -> None:
    """Every comparison turns exactly where its word says: "trên" after, "từ" at its number."""
    graph = unchecked(graph_of(pack, DAY))
    if graph.nodes[test.measured].kind in ("truth", "class"):
        hold_labels(graph, test)
        return
    turned = 0
    cases = (plain_case(graph), plain_case(graph, 0))
    for fact, case, told in product(under(graph, test.measured), cases, (MET, NOT_MET)):
        if fact.kind not in ("quantity", "date", "list") or fact.id not in case:
            continue
        if fact.kind != "list" and told == NOT_MET:
            continue
        bench = Bench(graph, test, case, fact, told)
        at = bench.turns()
        if at is None:
            continue
        turned += 1
        for steps in (at - 1, at, at + 1):
            truth, measured, required = bench.at(steps)
            if isinstance(measured, tuple) and 0 in measured[1:]:  # a ratio to nothing
                continue
            expected = holds(
                test.comparison, bench.exact(test.measured, measured),
                bench.exact(test.required, required),
            )  # fmt: skip
            assert truth == (MET if expected else NOT_MET), (fact.id, steps)
    assert turned


def hold_labels(graph: Graph, test: Compared) -> None:
    """A class is among the labels asked for, a yes/no what is asked; both sides can come up."""
    seen = set()
    for fact in under(graph, test.measured):
        for given in moved(graph, fact):
            values = decide(graph, given).values
            measured, truth = values[test.measured], values[test.truth]
            if graph.nodes[test.measured].kind == "truth":
                wanted = {MET: "true", NOT_MET: "false"}.get(measured)
                expected = None if wanted is None else wanted in test.labels
            else:
                mask = graph.nodes[test.truth].args[1]
                expected = bool(measured & mask) if measured & (measured - 1) == 0 else None
            if expected is not None:
                seen.add(expected)
                assert truth == (MET if expected else NOT_MET)
    assert seen == {True, False}


def moved(graph: Graph, fact: Fact) -> Iterator[Given]:
    """A plain case with one fact in turn at each of what it can be, or at many sizes."""
    if fact.kind == "class":
        some = [1 << i for i in range(len(fact.labels))]
    elif fact.kind == "yes_no":
        some = [MET, NOT_MET]
    elif fact.kind == "quantity":
        some = [10**i for i in range(12) if 10**i <= (fact.most or fact.limit)]
    else:
        return
    for value in some:
        yield possible(graph, Given({**plain_case(graph, 0), fact.id: value}))


# ---- whether the cases beside a pack look at every threshold


@pytest.mark.parametrize("each", ALL, ids=IDS)
def test_every_comparison_has_cases_on_both_sides_and_without_its_facts(each: Comparison) -> None:
    """At its boundary or beyond, below, and with a fact missing."""
    sides = seen_by(SUITES[each.pack], each)

    assert {MET, NOT_MET, MET | NOT_MET} <= {side & (MET | NOT_MET) for side in sides}, (
        f"of {each.provision.id} the cases beside {each.pack} see only {sorted(sides)}"
    )


@pytest.mark.parametrize("each", ALL, ids=IDS)
def test_every_number_has_a_case_at_its_boundary(each: Comparison) -> None:
    """What is measured is exactly what is required, in one case at least."""
    if each.test.required < 0:
        return
    met_exactly = False
    for graph, values in decided(SUITES[each.pack], each):
        test = comparison_in(graph, each)
        bench = Bench(graph, test, Given(), graph.facts[0])
        try:
            measured = bench.exact(test.measured, values[test.measured])
            required = bench.exact(test.required, values[test.required])
        except (TypeError, ZeroDivisionError):
            continue
        met_exactly = met_exactly or measured == required

    assert met_exactly


def decided(suite: Suite, each: Comparison) -> Iterator[tuple[Graph, list[Any]]]:
    """The test cases of a pack that expect something of a provision or of what is above it."""
    for outcome in DECIDED[suite.pack]:
        graph, values = outcome
        if any(p.id == each.provision.id and p.node >= 0 for p in graph.main.provisions):
            yield graph, values


def comparison_in(graph: Graph, each: Comparison) -> Compared:
    """The comparison in the graph of another day."""
    provision = next(p for p in graph.main.provisions if p.id == each.provision.id)
    return provision.tests[each.provision.tests.index(each.test)]


def seen_by(suite: Suite, each: Comparison) -> set[int]:
    """What the comparison came to in the test cases."""
    return {values[comparison_in(graph, each).truth] for graph, values in decided(suite, each)}


def _all_decided() -> dict[str, list[tuple[Graph, list[Any]]]]:
    found: dict[str, list[tuple[Graph, list[Any]]]] = {}
    for name, suite in SUITES.items():
        found[name] = []
        for trial in suite.trials:
            day = date.fromordinal(trial.case.as_of or DAY.toordinal())
            graph = unchecked(graph_of(name, day))
            given, _ = read_given(graph, trial.case)
            found[name].append((graph, decide(graph, given).values))
    return found


DECIDED = _all_decided()
