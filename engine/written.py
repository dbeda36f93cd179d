"""The constants of a pack, each with the words of the law that it belongs to.

`scopes(program)` gives every quote (or `read_in`) of a pack with the numbers that are written under
it: its own, which the words must say, and those of names it goes by, which they may say. What has
no words of its own belongs to those above it; a definition without words to whoever names it. It
knows packs as they are written, no day and no graph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine.compile.constants import is_constant
from tieuchi.engine.load import Program
from tieuchi.engine.pack import Pack
from tieuchi.engine.quantity import QuantityError, parse_unit, read_number
from tieuchi.engine.source import Text

COMPARISONS: Final = ("at_least", "more_than", "at_most", "less_than", "equals")


class Constant(NamedTuple):
    """A number of the pack. `way` is the comparison it stands in, "cap", "floor" or "" for none;
    `turned`: below a `not` or a gate, or in a band, so that more may be worse."""

    value: Fraction
    unit: str
    way: str
    turned: bool
    at: Text
    counted: bool = False  # how many children there are: words may say it and need not


class Scope:
    """Words, and the constants that they are held against."""

    def __init__(self, name: str, model: p.Worded) -> None:
        self.name = name
        self.model = model
        self.notes = [str(note.vi) for note in model.notes]
        self.own: list[Constant] = []
        self.others: list[Constant] = []
        self.operator: tuple[str, p.ProvisionModel] | None = None  # of `all` or `any` of several


def scopes(program: Program) -> list[Scope]:
    """Every scope of the asked pack, in its order."""
    pack = program.packs[program.id]
    uses = dict(_threshold_uses(pack.model))
    found: list[Scope] = []
    for name, define in pack.model.define.items():
        if define.quote is not None or define.read_in is not None:
            scope = Scope(name, define)
            _Walk(program, pack, scope).into(define.body, How(way=uses.get(name, "")))
            found.append(scope)
    for name, provision in pack.model.provisions.items():
        _provision(program, name, provision, None, found)
    for name, amount in pack.model.amounts.items():
        scope = Scope(name, amount)
        walk = _Walk(program, pack, scope)
        walk.into(amount.body, How())
        walk.into(amount.when, How(turned=True, named=True))
        found.append(scope)
    return found


def _provision(
    program: Program, name: str, model: p.ProvisionModel, above: Scope | None, found: list[Scope]
) -> None:
    """A provision and those under it; without words it belongs to the scope above."""
    if above is None or model.quote is not None or model.read_in is not None:
        scope = Scope(name, model)
        found.append(scope)
    else:
        scope = above
        scope.notes += [str(note.vi) for note in model.notes]
    walk = _Walk(program, program.packs[program.id], scope)
    for gate in (model.applies_when, model.unless, model.review_when):
        walk.into(gate, How(turned=True, named=True))
    body = model.body
    children = children_of(body)
    if isinstance(children, Mapping):
        walk.add(_count(children), How())
        if isinstance(body, p.AtLeast):
            walk.add(_constant(body.at_least, How(way="at_least")), How())
        for child, inner in children.items():
            first = len(found)
            _provision(program, child, inner, scope, found)
            for below in found[first:]:
                scope.others += [*below.own, *below.others]
    else:
        walk.into(body, How(named=True))
    if scope.model is model and isinstance(body, p.All | p.AnyOf) and len(children or ()) > 1:
        scope.operator = ("all" if isinstance(body, p.All) else "any", model)


def children_of(body: Any) -> Any:
    """The children of an `all`, `any` or `at_least`, under it or named."""
    if isinstance(body, p.All):
        return body.all
    return body.any if isinstance(body, p.AnyOf) else getattr(body, "of", None)


# ---- values and conditions


class How(NamedTuple):
    """How a part stands: see `Constant`. `unit` is that of a bare number; `named`: a condition,
    whose words are names even where they begin with a digit; `own`: no other words hold it."""

    way: str = ""
    turned: bool = False
    unit: str = ""
    named: bool = False
    own: bool = True
    seen: frozenset[str] = frozenset()


class _Walk:
    """Gathers the constants of values and conditions, and of the names they go by, of a scope."""

    def __init__(self, program: Program, pack: Pack, scope: Scope) -> None:
        self.program = program
        self.pack = pack
        self.scope = scope

    def add(self, constant: Constant | None, how: How) -> None:
        """A constant of the scope."""
        if constant is not None:
            (self.scope.own if how.own else self.scope.others).append(constant)

    def into(self, model: Any, how: How) -> None:
        """All that is under a part of a pack."""
        if isinstance(model, Text):
            if how.named or not is_constant(model):
                self._follow(model, how)
            else:
                self.add(_constant(model, how), how)
        elif isinstance(model, Mapping | list):
            for each in model.values() if isinstance(model, Mapping) else model:
                self.into(each, how)
        elif model is not None:
            for kind, take in _PARTS:
                if isinstance(model, kind):
                    take(self, model, how)
                    break
        if isinstance(model, p.Valued):
            plain = how._replace(named=False)
            self.into(model.floor, plain._replace(way="floor"))
            self.into(model.cap, plain._replace(way="cap"))
            if model.round is not None:
                self.into(model.round.to, plain._replace(way=""))

    def compared(self, model: p.Compared, how: How, unit: str) -> None:
        """What a value is compared with."""
        for comparison in COMPARISONS:
            part = getattr(model, comparison)
            self.into(part, how._replace(way=comparison, unit=unit or how.unit, named=False))

    def require(self, model: p.Require, how: How) -> None:
        """A value and what it is compared with."""
        self.into(model.body, how._replace(way="", named=False))
        self.compared(model, how, self._unit_of(model.body))

    def first(self, model: p.First, how: How) -> None:
        """The lines of a `first`: a band turns, for more may lead to any class."""
        unit = self._unit_of(model.of)
        self.into(model.of, how._replace(way=""))
        for branch in model.first:
            self.compared(branch, how._replace(turned=True), unit)
            self.into(branch.when, how._replace(way="", turned=True, named=True))
            self.into(branch.then, how)
            self.into(branch.else_, how)

    def at_least(self, model: p.AtLeast, how: How) -> None:
        """So many of some children."""
        self.add(_constant(model.at_least, how._replace(way="at_least", unit="")), how)
        self.several(model.of, how._replace(named=True))

    def share(self, model: p.Share, how: How) -> None:
        """A share, compared as what it stands in, of something."""
        self.into(model.share, how._replace(unit="%"))
        self.into(model.of, how._replace(way=""))

    def several(self, children: Any, how: How) -> None:
        """Children of an operator, or the parts of a sum, and how many they are."""
        if len(children) > 1:
            self.add(_count(children), how)
        self.into(children, how)

    def parts(self, model: p.Model, how: How) -> None:
        """A value of no special kind."""
        for field in type(model).model_fields:
            part = getattr(model, field)
            if field in ("floor", "cap", "round"):
                continue
            if isinstance(part, list) and len(part) > 1:
                self.several(part, how)
            else:
                self.into(part, how)

    def _unit_of(self, model: Any) -> str:
        """The unit of a fact that is named, or of a sum of such; of a ratio, %."""
        if isinstance(model, p.Same):
            model = model.of
        if isinstance(model, p.Sum):
            model = model.sum.each if isinstance(model.sum, p.Each) else model.sum[0]
        if isinstance(model, p.Ratio):
            return "%"
        named = model if isinstance(model, Text) else Text()
        found = self.pack.model.facts.get(named) or self.pack.model.define.get(named)
        return "" if found is None or found.unit is None else parse_unit(found.unit).id

    def _follow(self, name: Text, how: How) -> None:
        """The constants of what a name stands for; they are the scope's own where it is a
        definition of this pack without words."""
        if name in how.seen:
            return
        home, short = self.pack, str(name)
        there, slash, rest = self.pack.model.use.get(name, name).partition("/")
        if slash and there in self.program.packs:
            home, short = self.program.packs[there], rest
        model: Any = home.model.define.get(Text(short))
        is_definition = model is not None
        if model is None:
            model = home.model.amounts.get(Text(short)) or provisions_of(home).get(short)
        if model is not None:
            worded = model.quote is not None or model.read_in is not None
            own = how.own and is_definition and not worded and home is self.pack
            how = how._replace(own=own, named=not is_definition, seen=how.seen | {str(name)})
            _Walk(self.program, home, self.scope).into(model.body, how)


_PARTS: Final[tuple[tuple[Any, Callable[[_Walk, Any, How], None]], ...]] = (
    (p.Worded, lambda w, m, how: w.into(getattr(m, "body", None), how)),
    (p.Require, _Walk.require),
    (p.Required, lambda w, m, how: w.into(m.require, how)),
    (p.All, lambda w, m, how: w.several(m.all, how._replace(named=True))),
    (p.AnyOf, lambda w, m, how: w.several(m.any, how._replace(named=True))),
    (p.AtLeast, _Walk.at_least),
    (p.Not, lambda w, m, how: w.into(m.not_, how._replace(turned=True, named=True))),
    (p.Count, lambda w, m, how: w.into(m.where, how._replace(turned=True, named=True))),
    (p.Activity | p.Elapsed, lambda *_: None),
    (p.Dated | p.Cells, lambda w, m, how: w.into(m.root, how)),
    (p.Table, lambda w, m, how: w.into(m.table.body, how)),
    (p.First, _Walk.first),
    (p.Divide, lambda w, m, how: w.into([m.divide, m.by], how._replace(way="", unit=""))),
    (
        p.Weighted,
        lambda w, m, how: w.into([*m.weighted, m.weighted], How(own=how.own, seen=how.seen)),
    ),
    (p.Share, _Walk.share),
    (p.Model, _Walk.parts),
)
"""What is done with each kind of part, the first that it is."""


def provisions_of(pack: Pack) -> dict[str, p.ProvisionModel]:
    """Every provision of a pack, parents and those under them."""
    found: dict[str, p.ProvisionModel] = {}
    todo = list(pack.model.provisions.items())
    while todo:
        name, model = todo.pop()
        found[str(name)] = model
        children = children_of(model.body)
        todo += list(children.items()) if isinstance(children, Mapping) else []
    return found


def _threshold_uses(model: Any) -> Iterator[tuple[str, str]]:
    """The names that stand as thresholds, with their one comparison."""
    uses: dict[str, set[str]] = {}
    todo = [model]
    while todo:
        each = todo.pop()
        if isinstance(each, Mapping):
            todo += list(each.values())
        elif isinstance(each, list):
            todo += each
        elif isinstance(each, p.Dated | p.Cells):
            todo += list(each.root.values())
        elif isinstance(each, p.Model):
            todo += [getattr(each, field) for field in type(each).model_fields]
        if isinstance(each, p.Compared):
            for comparison in COMPARISONS:
                part = getattr(each, comparison)
                if isinstance(part, Text) and not is_constant(part):
                    uses.setdefault(str(part), set()).add(comparison)
    yield from ((name, next(iter(ways))) for name, ways in uses.items() if len(ways) == 1)


def _count(children: Any) -> Constant:
    return Constant(Fraction(len(children)), "", "", True, Text(), counted=True)


_CONSTANT: Final = re.compile(r"([+-]?[\d_]+(?:\.\d+)?)\s*(.*)", re.DOTALL)


def _constant(text: Text, how: How) -> Constant | None:
    """A constant as it is written; a bare number takes the unit of what it is compared with."""
    found = _CONSTANT.fullmatch(text)
    try:
        if found is None:
            return None
        name = found[2].strip() or how.unit
        value = Fraction(*read_number(found[1], pack=True))
        unit = parse_unit(name).id if name else ""
    except QuantityError:
        return None
    return Constant(value, unit, how.way, how.turned, text)
