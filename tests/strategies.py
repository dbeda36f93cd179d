"""Random packs, as text in the pack language, random cases of a graph, and what an oracle tries.

A pack is written by an `Author`, who draws what to write next and declares each fact as it comes to
need one. `small` facts have few values, so that an oracle can try them all; an author who works
`alone` uses each fact once and only shapes whose ends are reached, so that nothing that is stated
of a partial case is more than can come true. Awkward values come first: the thresholds of the
graph, one step to either side, nothing, and as much as may be stated.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import yaml
from hypothesis import strategies as st
from oracle import number

from tieuchi.engine.decision import Given
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.truth import MET, NOT_MET

DRAW = Callable[[st.SearchStrategy[Any]], Any]
STEPS = {  # by dimension: its units, with the step of a small fact
    "head": {"head": "1"},
    "person": {"person": "1"},
    "area": {"m2": "1_000", "ha": "0.1"},
    "money": {"đồng": "1_000"},
    "capacity": {"t/batch": "1", "kg/batch": "500"},
    "percent": {"%": "0.5"},
}
RATES = {"area": ("money", "3 đồng/m2"), "head": ("money", "2_500 đồng/head")}
COMPARISONS = ("at_least", "more_than", "at_most", "less_than")
LABELS = {"la": {"vi": "a", "en": "a"}, "lb": {"vi": "b", "en": "b"}, "lc": {"vi": "c", "en": "c"}}
TWO = {"vi": "v", "en": "e"}


class Author:
    """Writes one pack."""

    def __init__(self, draw: DRAW, *, small: bool, alone: bool) -> None:
        self.draw, self.small, self.alone = draw, small, alone
        self.facts: dict[str, Any] = {}
        self.define: dict[str, Any] = {}
        self.dimensions: dict[str, str] = {}
        self.count = 0

    def one(self, *options: Any) -> Any:
        """One of several."""
        return self.draw(st.sampled_from(options))

    def new(self, letter: str) -> str:
        """A name that nothing has yet."""
        self.count += 1
        return f"{letter}{self.count}"

    # ---- facts

    def fact(self, sort: str, **model: Any) -> str:
        """A fact of a kind or dimension, declared anew or declared before."""
        known = [name for name, of in self.dimensions.items() if of == sort]
        if known and not self.alone and self.draw(st.booleans()):
            return str(self.draw(st.sampled_from(known)))
        name = self.new("f")
        self.dimensions[name] = sort
        self.facts[name] = {**TWO, **(model or self.quantity(sort))}
        return name

    def quantity(self, dimension: str) -> dict[str, str]:
        """How a quantity is declared."""
        unit, step = self.draw(st.sampled_from(sorted(STEPS[dimension].items())))
        if self.small:
            most = self.draw(st.integers(1, 4))
            return {
                "unit": unit,
                "step": f"{step} {unit}",
                "max": self.steps(dimension, unit, most),
            }
        return {"unit": unit, **({"min": self.steps(dimension, unit, 1)} if self.rarely() else {})}

    def rarely(self) -> bool:
        """Yes, one time in six."""
        return bool(self.draw(st.integers(0, 5)) == 5)

    def yes_no(self) -> str:
        """A yes/no fact."""
        return self.fact("yes_no", kind="yes_no")

    def label(self) -> str:
        """A class."""
        return self.fact("class", kind="class", labels=LABELS)

    def steps(self, dimension: str, unit: str, count: int, half: bool = False) -> str:
        """So many small steps (and a half) as a constant."""
        step = STEPS[dimension][unit].replace("_", "")
        thousandths = int(1000 * count * Fraction(step)) + (
            int(500 * Fraction(step)) if half else 0
        )
        whole, rest = divmod(thousandths, 1000)
        return f"{whole}.{rest:03}".rstrip("0").rstrip(".") + f" {unit}"

    def constant(self, dimension: str) -> str:
        """A constant, now and then between two steps of a small fact."""
        unit = self.one(*STEPS[dimension])
        return self.steps(dimension, unit, self.draw(st.integers(0, 9)), self.rarely())

    # ---- values

    def value(self, dimension: str, depth: int) -> Any:
        """A value of a dimension: a name, mostly, or one of the shapes."""
        if depth <= 0:
            return self.fact(dimension)
        shapes = ["fact", "fact", "sum", "less", "highest", "weighted", "share", "divide", "times",
                  "table", "first", "bounded"]  # fmt: skip
        if not self.alone:
            shapes += ["vague", "dated", "defined", "bands", "each"]
        rates = [of for of, (to, _) in RATES.items() if to == dimension]
        shapes += ["rate"] if rates else []
        shape = self.one(*shapes)
        if shape == "fact":
            return self.fact(dimension)
        if shape == "defined":
            return self.defined(self.value(dimension, depth - 1), dimension)
        if shape == "dated":
            return {day: self.constant(dimension) for day in ("2021-01-01", "2023-06-01")}
        if shape in ("weighted", "vague"):
            names = {self.fact(dimension): self.one("2", "0.5", "3") for _ in range(2)}
            if shape == "vague":
                names[next(iter(names))] = "unknown"
            return {"weighted": names}
        if shape == "each":
            return self.each(dimension)
        if shape == "rate":
            of = self.one(*rates)
            return {"times": [self.value(of, depth - 1), RATES[of][1]]}
        return self.shape(shape, dimension, depth - 1)

    def shape(self, shape: str, dimension: str, depth: int) -> dict[str, Any]:
        """A shape around values of the same dimension."""
        inner = self.value(dimension, depth)
        if shape in ("sum", "highest"):
            word = "sum" if shape == "sum" else self.one("highest", "lowest")
            return {
                word: [
                    inner,
                    self.value(dimension, depth - 1),
                    *([self.constant(dimension)] if self.rarely() else []),
                ]
            }
        if shape == "less":
            return {"less": [inner, self.value(dimension, depth - 1)]}
        if shape == "share":
            return {"share": self.one("60 %", "110 %", "33.3 %", "50 %"), "of": inner}
        if shape == "divide":
            return {"divide": inner, "by": self.one("3", "12", "2")}
        if shape == "times":
            return {"times": [inner, self.one("2", "1.5", "-1")]}
        if shape == "table":
            cells = {label: self.constant(dimension) for label in LABELS}
            return {"table": {"by": self.label(), **cells}}
        if shape == "first":
            return {"first": [{"when": self.condition(0), "then": inner},
                              {"else": self.constant(dimension)}]}  # fmt: skip
        if shape == "bands":
            of = self.one(*STEPS)
            lines = [{self.one(*COMPARISONS): self.constant(of), "then": self.constant(dimension)}
                     for _ in range(2)]  # fmt: skip
            return {"of": self.value(of, 0), "first": [*lines, {"else": inner}]}
        words: dict[str, Any] = {"of": inner}
        if self.draw(st.booleans()):
            words["floor"] = self.constant(dimension)
        if self.draw(st.booleans()):
            words["cap"] = self.constant(dimension) if self.alone else self.value(dimension, 0)
        if self.draw(st.booleans()):
            to = self.steps(dimension, self.one(*STEPS[dimension]), self.one(1, 2, 3))
            words["round"] = {"to": to, "way": self.one("down", "up", "half_up")}
        return words

    def defined(self, value: Any, dimension: str = "") -> str:
        """A name for a value or a condition."""
        name = self.new("d")
        said = _of(value) if dimension else value
        self.define[name] = {**TWO, "cite": TWO, "quote": "q", **said}
        return name

    # ---- conditions

    def require(self, depth: int) -> dict[str, Any]:
        """A comparison."""
        kinds = ["one", "one", "one", "ratio", "two", "class", "yes"]
        kind = self.one(
            *kinds, *([] if self.alone else ["equals", "names", "age", "count", "scale"])
        )
        dimension = self.one(*STEPS)
        if kind == "yes":
            return {"of": self.yes_no(), "is": self.one("true", "false")}
        if kind == "class":
            return {"of": self.label(), "in": self.one(["la"], ["la", "lc"])}
        if kind == "ratio":
            other = self.one("head", "person")
            comparison = self.one(*COMPARISONS)
            of, per = self.value(other, 0), self.value(other, 0)
            return {
                "ratio": {"of": of, "per": per},
                comparison: self.one("50 %", "100 %", "33.3 %"),
            }
        if kind == "age":
            since = self.fact("date", kind="date")
            return {self.one("years", "months", "days"): {"from": since, "to": "as_of"},
                    self.one(*COMPARISONS): self.one("1", "2", "12")}  # fmt: skip
        if kind == "count":
            return self.counted()
        if kind == "scale":
            return {"of": self.banded(), "in": self.one(["la"], ["lb", "lc"])}
        if kind == "two":  # gapless: every step between the ends is reached
            low, high = sorted(self.draw(st.tuples(st.integers(0, 4), st.integers(5, 9))))
            unit = self.one(*STEPS[dimension])
            lower, upper = self.one("at_least", "more_than"), self.one("at_most", "less_than")
            return {"of": self.fact(dimension), lower: self.steps(dimension, unit, low),
                    upper: self.steps(dimension, unit, high)}  # fmt: skip
        value = self.value(dimension, depth)
        said = _of(value)
        if kind == "equals":
            return {**said, "equals": self.constant(dimension)}
        if kind == "names":
            return {**said, self.one(*COMPARISONS): self.value(dimension, depth)}
        return {**said, self.one(*COMPARISONS): self.constant(dimension)}

    def counted(self) -> dict[str, Any]:
        """How many members of a list comply, against a number or against all of them."""
        fields = {"trained": {**TWO, "kind": "yes_no"}, "other": {**TWO, "kind": "yes_no"}}
        listed = self.fact("list", kind="list", fields=fields)
        where = self.one("trained", {"not": "trained"}, {"all": ["trained", "other"]})
        if self.draw(st.booleans()):
            return {
                "count": listed,
                "where": where,
                self.one(*COMPARISONS): self.one("0", "1", "2"),
            }
        held = self.defined({"count": listed, "where": where, "unit": "person"})
        every = self.defined({"count": listed, "unit": "person"})
        return {
            "ratio": {"of": held, "per": every},
            self.one(*COMPARISONS): self.one("100 %", "50 %"),
        }

    def each(self, dimension: str) -> dict[str, Any]:
        """What the members of a list come to together."""
        fields = {"size": self.quantity(dimension), "taken": {**TWO, "kind": "yes_no"}}
        fields["size"] = {**TWO, **fields["size"]}
        listed = self.fact(f"list of {dimension}", kind="list", fields=fields)
        value = self.one(
            "size",
            {"share": "60 %", "of": "size"},
            {"of": "size", "cap": self.constant(dimension)},
            {"first": [{"when": "taken", "then": "size"}, {"else": self.constant(dimension)}]},
        )
        if self.rarely():
            said = {"for": listed, **_of(value)}
            name = self.new("d")
            self.define[name] = {**TWO, "cite": TWO, "quote": "q", **said}
            value = name if self.rarely() else {"share": "50 %", "of": name}
        return {"sum": {"each": value, "of": listed}}

    def banded(self) -> str:
        """A class by bands."""
        dimension = self.one(*STEPS)
        lines = [
            {self.one(*COMPARISONS): self.constant(dimension), "then": label}
            for label in ("la", "lb")
        ]
        return self.defined(
            {"labels": LABELS, "of": self.fact(dimension), "first": [*lines, {"else": "lc"}]},
            "class",
        )

    def condition(self, depth: int) -> Any:
        """A condition, as it may stand after `when`, in a list of children and so on."""
        kind = self.one("require", "require", "name", *(["all", "not", "of"] if depth > 0 else []))
        if kind == "require":
            return {"require": self.require(min(depth, 1))}
        if kind == "name":
            return self.yes_no()
        if kind == "not":
            return {"not": self.condition(depth - 1)}
        children = [self.condition(depth - 1) for _ in range(self.draw(st.integers(1, 3)))]
        if kind == "of":
            return {"at_least": str(self.draw(st.integers(1, len(children)))), "of": children}
        joined = {self.one("all", "any"): children}
        return joined if self.alone or not self.rarely() else self.defined(joined)

    def provision(self, name: str, depth: int) -> dict[str, Any]:
        """A provision, with those under it."""
        model: dict[str, Any] = {"cite": TWO, "quote": "q"}
        for gate in ("applies_when", "unless", "review_when"):
            if self.rarely():
                model[gate] = self.condition(0)
        if not self.alone and self.rarely():
            model["applies_when"] = {"activity": self.one("crops", "storage")}
        kind = self.one("require", "all", "any", "of", "condition") if depth > 0 else "require"
        if kind == "require":
            return {**model, "require": self.require(2)}
        if kind == "condition":
            said = self.condition(1)
            return {**model, **({"all": [said]} if isinstance(said, str) else said)}
        ids = [f"{name}.{i}" for i in range(self.draw(st.integers(1, 3)))]
        children = {each: self.provision(each, depth - 1) for each in ids}
        if kind == "of":
            return {**model, "at_least": str(self.draw(st.integers(1, len(ids)))), "of": children}
        return {**model, kind: children}

    def pack(self) -> dict[str, Any]:
        """The whole of it, with an amount where it is not written alone."""
        top = {
            str(i): self.provision(str(i), 2) for i in range(1, 1 + self.draw(st.integers(1, 2)))
        }
        amounts = {}
        if not self.alone:
            unit = self.one(*STEPS)
            said = _of(self.value(unit, 2))
            amounts = {"m": {"cite": TWO, "quote": "q", "when": self.one(*top), **said}}
        return {
            "pack": "random", "kind": "subsidy", "cite": TWO, "title": TWO, "grade": "B",
            "verdict": {self.one("all", "any"): list(top), "about": TWO},
            "activities": {"crops": TWO, "storage": TWO},
            "facts": self.facts, "define": self.define, "provisions": top, "amounts": amounts,
        }  # fmt: skip


def _of(value: Any) -> dict[str, Any]:
    """A value as its owner's keys: a name and dated values stand under `of`."""
    return {"of": value} if isinstance(value, str) or "2021-01-01" in value else dict(value)


@st.composite
def packs(draw: DRAW, *, small: bool = False, alone: bool = False) -> dict[str, Any]:
    """A random pack, as data."""
    return Author(draw, small=small, alone=alone).pack()


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, _: Any) -> bool:
        """The reader knows none."""
        return True


def text(pack: dict[str, Any]) -> str:
    """A pack as it stands in a file."""
    return str(
        yaml.dump(pack, Dumper=_Plain, allow_unicode=True, sort_keys=False, default_flow_style=None)
    )


# ---- what an oracle tries

CONSTANT = re.compile(r"'(\d[\d_]*(?:\.\d+)?(?: ([^ ']+))?)'")
MEASURES = {"ha": "m2", "l": "m3", "t": "kg", "%": ""}
FINEST = {"m2": "0.01", "m3": "0.001", "": "0.0001", "point": "0.01", "lu": "0.0001"}
CLOSING = ("head", "tree", "m2", "m3", "kg")  # what a complete case has none of, if not listed


def grid(packs: dict[str, Any], day: date, *, complete: bool = False) -> Callable[[Any], list[Any]]:
    """From a fact of a pack to what it is tried at: all that it may be, or what is at thresholds.

    Of a list, how many more members it may have.
    """
    constants = [(_measure(unit), number(text)) for text, unit in CONSTANT.findall(repr(packs))]

    def tried(model: Any) -> list[Any]:
        kind = model.get("kind")
        if kind == "list":
            return [0] if complete else [0, 1, 2]
        if kind == "date":
            return [day - timedelta(ago) for ago in (-400, -1, 0, 1, 365, 366, 731, 9999)]
        if kind:
            return [*model.get("labels", ("met", "not_met"))]
        measure = _measure(model["unit"])
        top = measure.split("/")[0]
        if complete and model.get("when_complete", "zero" if top in CLOSING else "open") == "zero":
            return [Fraction(0)]
        step = number(model.get("step", FINEST.get(top, "1")))
        least = number(model.get("min", "0"))
        most = number(model.get("max", f"1_000_000_000 {model['unit']}"))
        first = [least + i * step for i in range(5)]
        near = [value + d * step for of, value in constants if of == measure for d in (-1, 0, 1)]
        found = {*first, *near, most}
        return sorted(x for x in found if least <= x <= most and (x - least) % step == 0)

    return tried


def _measure(unit: str) -> str:
    return "/".join(MEASURES.get(part, part) for part in unit.split("/"))


# ---- cases


def thresholds(graph: Graph) -> list[int]:
    """The integers that a graph compares with."""
    found = {0}
    for node in graph.nodes:
        if node.op in ("ge", "le"):
            found.add(node.args[1])
        elif node.op == "const":
            found.add(node.args[0])
    return sorted(x for x in found if 0 <= x <= 10**12)


def values(fact: Fact, near: list[int]) -> st.SearchStrategy[Value]:
    """What a fact may be stated to be."""
    if fact.kind == "quantity":
        least, most = fact.least or 0, fact.limit if fact.most is None else fact.most
        pool = {x + d for x in near for d in (-1, 0, 1)} | {least, least + 1, most}
        pool = {x for x in pool if least <= x <= most}
        return st.sampled_from(sorted(pool)) | st.integers(least, min(most, least + 10))
    if fact.kind == "yes_no":
        return st.sampled_from((MET, NOT_MET))
    if fact.kind == "class":
        return st.sampled_from([1 << i for i in range(len(fact.labels))])
    if fact.kind == "text":
        return st.just("A")
    if fact.kind == "date":
        return st.integers(738_000, 739_000)
    rows = st.tuples(*(values(field, near) for field in fact.fields)).map(list)
    return st.builds(Members, st.lists(rows, max_size=3).map(tuple), st.just(True))


@st.composite
def cases(
    draw: DRAW, graph: Graph, *, missing: int | None = None, otherwise: bool = False
) -> Given:
    """A case of a graph: every fact stated but for at most `missing` (None: any number of them).

    A fact with an `else` is stated only where `otherwise` asks for it. A list that is not stated
    stays open; one that is stated is whole, or in a partial case may go on.
    """
    near = thresholds(graph)
    names = [fact for fact in graph.facts if otherwise or fact.otherwise < 0]
    if missing is None:
        gaps = set(draw(st.sets(st.sampled_from([f.id for f in names])))) if names else set()
    else:
        gaps = set()
        for _ in range(min(missing, len(names))):
            gaps.add(draw(st.sampled_from(names)).id)
    given = Given()
    for fact in names:
        if fact.id not in gaps:
            given[fact.id] = draw(values(fact, near))
        elif fact.kind == "list" and draw(st.booleans()):
            given[fact.id] = draw(values(fact, near))._replace(complete=False)
    if graph.activities and draw(st.booleans()):
        for activity in graph.activities:
            given[f"@activity/{activity}"] = draw(st.sampled_from((MET, NOT_MET)))
    return given
