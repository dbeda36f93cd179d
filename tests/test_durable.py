"""durable-rules as it is driven: how much it takes, what it loses, and that errors are loud."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from graphs import fact, graph, wide

from tieuchi.engine.decision import Given, decide
from tieuchi.engine.graph import Graph, Node
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.session import Session, available, book, disagreements, durable, memory, run
from tieuchi.engine.session.durable import SessionError
from tieuchi.engine.truth import MET, NOT_MET

pytest.importorskip("durable_rules_engine", reason="durable-rules cannot be had here")


@pytest.fixture(scope="module")
def scale() -> Graph:
    """The scale conditions of Resolution 08/2019."""
    return compile_pack(load_pack("nq-08-2019"), date(2023, 5, 31))


def node(op: str, *args: Any) -> Node:
    """A truth node."""
    return Node(op, args, "truth")


# --- large, long, many


@pytest.mark.parametrize("width", [20, 3_000])
def test_a_graph_of_2000_conditions(width: int) -> None:
    """More rules than one ruleset takes, more readers than a fact, more operands than a rule."""
    made = wide(2_000, width)
    random = Random(1)
    stated = Given({f.id: random.randrange(100) for f in made.facts if random.random() < 0.9})

    assert disagreements(decide(made, stated), run(made, stated)) == []


def test_one_quantity_compared_by_500_conditions() -> None:
    """As bands and points do."""
    made = graph([("quantity", 0)], [node("ge", 0, 10 * i) for i in range(500)])
    for value in (0, 2_495, 2_500, 9_999):
        assert disagreements(decide(made, Given(f0=value)), run(made, Given(f0=value))) == []


@pytest.mark.parametrize("op", ["le", "ge"])
@pytest.mark.parametrize("threshold", [-(2**62), -1, 0, 2**53 + 1, 2**63 - 2])
def test_numbers_are_exact_up_to_64_bits_and_never_wrap_beyond(op: str, threshold: int) -> None:
    """At the threshold, beside it, and far past what the C module can hold."""
    signed = fact("quantity", 0, least=-(10**40))
    made = graph([signed], [node(op, 0, threshold)])
    for value in (threshold - 1, threshold, threshold + 1, 10**30, -(10**30), 2**64 + threshold):
        for held in (value, (value, None, False), (-(10**35), value, False)):
            stated = Given(f0=held)
            assert disagreements(decide(made, stated), run(made, stated)) == [], held


def test_a_threshold_beyond_64_bits_is_an_error() -> None:
    """Not a rule that never fires."""
    made = graph([("quantity", 0)], [node("ge", 0, 2**63)])
    with pytest.raises(SessionError, match="a threshold beyond 64 bits: 9223372036854775808"):
        run(made, Given())


def test_sessions_do_not_see_each_other(scale: Graph) -> None:
    """Thirty open at once, more than the C module makes room for at first."""
    open_ones = [Session(scale) for _ in range(30)]
    for i, session in enumerate(open_ones):
        session.assert_fact("sows", 90 + i)
    statuses = [session.truth("7.2.b.sows") for session in open_ones]
    for session in open_ones[::2] + open_ones[1::2]:
        session.close()

    assert statuses == [MET if 90 + i >= 100 else NOT_MET for i in range(30)]


def test_more_sessions_than_the_module_takes_are_an_error() -> None:
    """Before it runs out of memory; one that is closed makes room."""
    made = graph([("quantity", 0)], [node("ge", 0, 5)])
    open_ones = [Session(made) for _ in range(durable.STATES)]
    for session in open_ones:
        session.assert_fact("f0", 5)
    with Session(made) as last:
        with pytest.raises(SessionError, match="more than 1000 sessions of one graph are open"):
            last.assert_fact("f0", 5)
        open_ones.pop().close()
        last.assert_fact("f0", 5)
        assert last.possible(2) == MET
    for session in open_ones:
        session.close()


def test_a_forgotten_session_gives_its_state_back() -> None:
    """Without `close` and without `with`."""
    made = graph([("quantity", 0)], [node("ge", 0, 5)])
    for _ in range(durable.STATES + 10):
        Session(made).assert_fact("f0", 5)


# --- the C module


def test_ids_are_told_apart_by_their_hashes() -> None:
    """The C module keeps 32 bits of an id (FNV-1a) and loses a fact whose bits are known."""

    def kept(text: str) -> int:
        bits = 2_166_136_261
        for byte in text.encode():
            bits = (bits ^ byte) * 16_777_619 & 0xFFFFFFFF
        return bits

    ids = [str(i) for i in range(durable.LAST_ID + 1)]
    ids += ["hello", *(f"sid-{i}" for i in range(durable.STATES))]

    assert len({kept(text) for text in ids}) == len(ids)


def test_a_state_may_be_deleted_on_a_heap_that_is_not_fresh() -> None:
    """The C module frees what was never set, where nothing fired in a state: it must not be so."""
    program = """
from graphs import graph
from tieuchi.engine.graph import Node
from tieuchi.engine.session import Session
litter = [b"\\xff" * n for n in range(30_000, 60_000, 500)]
del litter
made = graph([("quantity", 0)], [Node("ge", (0, 5), "truth"), Node("ge", (0, 9), "truth")])
for open_at_once in range(1, 20):
    several = [Session(made) for _ in range(open_at_once)]
    for session in several:
        session.assert_fact("f0", (0, 7, False))
    for session in several:
        session.close()
"""
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")


class Broken(Exception):
    """What a C module raises."""


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A C module that fails as told: by the call's name, what it returns or raises."""
    real = import_module("durable_rules_engine")
    fails: dict[str, Any] = {}

    def call(name: str, *args: Any) -> Any:
        result = fails.get(name, getattr(real, name))
        if isinstance(result, Exception):
            raise result
        return result(*args)

    def made(name: str) -> Any:
        return lambda *args: call(name, *args)

    calls = ["create_ruleset", "delete_ruleset", "assert_fact", "delete_state"]
    calls += ["start_action_for_state", "complete_and_start_action"]
    fake = SimpleNamespace(error=Broken, **{name: made(name) for name in calls})
    monkeypatch.setattr(book, "c_module", lambda: fake)
    yield fails
    fails.clear()


def test_every_failure_of_the_module_is_an_error_with_the_fact(failing: dict[str, Any]) -> None:
    """By code or by exception; the session starts anew after it."""
    made = graph([("quantity", 0)], [node("ge", 0, 5), node("not", 2)])
    with Session(made) as session:
        session.assert_fact("f0", (0, 9, False))
        failing["assert_fact"] = lambda *_: (2, 1)
        with pytest.raises(SessionError, match=r'^code 2 for \{"sid":"0",.*"lo":7'):
            session.assert_fact("f0", 7)
        failing["assert_fact"] = Broken("error code: 303")
        with pytest.raises(SessionError, match=r'^error code: 303 for \{"sid":"0"'):
            session.assert_fact("f0", 8)
        failing["assert_fact"] = MemoryError("none left")
        with pytest.raises(SessionError, match=r"^none left for"):
            session.assert_fact("f0", 8)
        del failing["assert_fact"]
        session.assert_fact("f0", 8)
        assert session.possible(2) == MET
        session.assert_fact("f0", (0, 9, False))
        failing["complete_and_start_action"] = Broken("error code: 310")
        with pytest.raises(SessionError, match=r"^error code: 310 for"):
            session.assert_fact("f0", 8)
        failing.clear()


def test_a_derived_fact_that_no_rule_takes_is_an_error(failing: dict[str, Any]) -> None:
    """Only bounds may reach no threshold."""
    made = graph([("yes_no", 0)], [node("not", 0)])
    real = import_module("durable_rules_engine").assert_fact
    with Session(made) as session:
        failing["assert_fact"] = lambda handle, text: (
            real(handle, text) if "hello" in text else (1, 1)
        )
        with pytest.raises(SessionError, match=r"^code 1 for"):
            session.assert_fact("f0", MET)
        failing.clear()


def test_rules_that_the_module_refuses_are_an_error(failing: dict[str, Any]) -> None:
    """As where there are more than it takes."""
    failing["create_ruleset"] = Broken("error code: 106")
    with pytest.raises(SessionError, match="error code: 106 for 3 rules"):
        Session(graph([("yes_no", 0)], [node("not", 0)]))


def test_ids_run_out_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by losing a fact."""
    monkeypatch.setattr(memory, "LAST_ID", durable.FIRST_ID + 2)
    made = graph([("quantity", 0)], [node("ge", 0, 50)])
    with Session(made) as session:
        session.assert_fact("f0", (1, None, False))
        session.assert_fact("f0", (2, None, False))
        with pytest.raises(SessionError, match="no id is left for"):
            session.assert_fact("f0", (3, None, False))
        session.assert_fact("f0", 50)
        assert session.possible(2) == MET


def test_without_the_module_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything else works on decide."""
    assert available()
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)

    assert not available()


def test_it_imports_no_part_of_the_library_but_the_c_module() -> None:
    """`durable.engine` costs three times a bare start, and warns on newer Pythons."""
    program = """
import sys
from graphs import graph
from tieuchi.engine.decision import Given
from tieuchi.engine.session import run
assert "durable_rules_engine" not in sys.modules
run(graph([], []), Given())
print("durable_rules_engine" in sys.modules, [name for name in sys.modules if "durable." in name])
"""
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
        check=False,
    )

    assert (ran.stdout, ran.stderr) == ("True []\n", "")
