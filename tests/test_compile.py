"""The compiler as a whole: whatever stands in a pack, it is a graph or faults that can be shown."""

import copy
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from packs import DAY, FILES, SHIPPED, compiled, graph_of, texts
from strategies import text

from tieuchi.engine.compile import PASSES
from tieuchi.engine.diagnostic import Faults, line
from tieuchi.engine.graph import reads
from tieuchi.engine.kernel import steps

README = (Path(__file__).parent.parent / "rules" / "README.md").read_text("utf-8")
WRITTEN = [FILES[name].read_text("utf-8") for name in SHIPPED]
WRITTEN += re.findall(r"<!-- example: pack -->\n```yaml\n(.*?)```", README, re.DOTALL)
DOCUMENTS: list[Any] = [yaml.load(each, yaml.BaseLoader) for each in WRITTEN]
ODD: list[Any] = [
    "", "0", "-1", "5", "50 head", "50 ha", "1e5", "abc", "as_of", "unknown", "true", "2023-05-31",
    "2023-02-30", "x/y", "tcpl-2021/4", "9" * 45, "0 %", "110 %", "100 đồng/m2", "NaN", "+", "١",
    [], {}, ["a"], {"a": "b"}, {"of": "cattle"}, {"sum": []}, {"all": []}, {"require": {}},
    {"table": {}}, {"first": []}, {"weighted": {}}, {"ratio": {}}, {"count": "officials"},
    {"less": ["1", "2"]}, {"2020-01-01": "5 head"}, {"times": ["2", "3"]},
    {"divide": "x", "by": "0"},
    {"years": {"from": "2020-01-01", "to": "as_of"}}, {"share": "50 %", "of": "cattle"},
]  # fmt: skip
Path_ = tuple[Any, ...]


def paths(model: Any, at: Path_ = ()) -> list[Path_]:
    """Every place of a document."""
    items = model.items() if isinstance(model, dict) else enumerate(model)
    found = []
    if isinstance(model, dict | list):
        for key, value in items:
            found += [(*at, key), *paths(value, (*at, key))]
    return found


def there(model: Any, path: Path_) -> Any:
    """What stands in a place."""
    for key in path:
        model = model[key]
    return model


def mangled(random: Random) -> Any:
    """A pack in which one thing stands in the place of another, or has gone."""
    document = copy.deepcopy(random.choice(DOCUMENTS))
    for _ in range(random.choice([1, 1, 1, 2])):
        places = paths(document)
        *above, key = random.choice(places)
        holder = there(document, tuple(above))
        other = copy.deepcopy(there(document, random.choice(places)))
        way = random.randrange(4)
        if way == 0:
            holder[key] = copy.deepcopy(random.choice(ODD))
        elif way == 1:
            holder[key] = other
        elif way == 2 or not isinstance(holder, dict):
            del holder[key]
        else:
            holder[str(random.choice(places)[-1])] = holder.pop(key)
    return document


@given(random=st.randoms(use_true_random=True))
def test_whatever_stands_in_a_pack_it_compiles_or_has_faults(random: Random) -> None:
    """No mistake of a pack is an error of ours, and every fault can be said in both languages."""
    document = mangled(random)
    name = document.get("pack") if isinstance(document, dict) else ""
    others = [each for each, of in zip(WRITTEN, SHIPPED, strict=False) if of != name]
    written = text(document)
    try:
        compiled(written, *others)
    except Faults as found:
        for each in found.diagnostics:
            assert line(each, "vi")
            assert line(each, "en")
    except Exception as error:
        raise AssertionError(written) from error


def test_the_passes_stand_in_one_order() -> None:
    """What a case may state, then all names, then the bounds."""
    assert [each.__name__ for each in PASSES] == ["facts", "lower", "bound"]


@pytest.mark.parametrize("pack", SHIPPED)
def test_a_graph_can_be_run_from_front_to_back(pack: str) -> None:
    """Every node reads only nodes before it, and has a step; what a case gives comes first."""
    graph = graph_of(pack, DAY)
    ready = [i for i, node in enumerate(graph.nodes) if all(below < i for below in reads(node))]
    computed = [i for i, _ in steps(graph.nodes, graph.given)]

    assert ready == list(range(len(graph.nodes)))
    assert computed == list(range(graph.given, len(graph.nodes)))
    assert [node.op for node in graph.nodes].count("fact") == graph.given


def test_compiling_twice_gives_the_same_graph() -> None:
    """A pass keeps nothing from one pack to the next."""
    for pack in SHIPPED:
        assert compiled(*texts(pack)) == compiled(*texts(pack))
