"""The layers of a plan as trees of SQL.

Narwhals writes a layer for DuckDB over an empty table; `Reader` reads that as trees of a few kinds
of nodes, and any other kind is `NotUnderstood`, so nothing is passed on by chance. `Writer` settles
what differs between dialects in more than spelling: division to the lower whole number, the
greatest of what may be null, decimals. What such a rule writes twice becomes a column of a layer
before, so that no expression grows with the law. It knows no graph and no table of anybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import gcd
from textwrap import shorten
from typing import Any

import duckdb
import narwhals as nw
import sqlglot
from sqlglot import exp

from tieuchi.engine.words import Words

Tree = Any  # of sqlglot
Layer = dict[str, Tree]  # the columns of a layer, by name

PASSED_OVER = ("duckdb", "postgres")  # GREATEST of some nulls is the greatest of the others
TRUNCATED = ("postgres", "sqlite")  # `/` of integers is an integer


def column(name: str, table: str | None = None) -> Tree:
    """A column, quoted."""
    return exp.column(quoted(name), table=None if table is None else quoted(table))


def quoted(name: str) -> exp.Identifier:
    """A name, quoted."""
    return exp.to_identifier(name, quoted=True)


def number(value: int) -> Tree:
    """A whole number."""
    return exp.Literal.number(value)


def either(*conditions: Tree) -> Tree:
    """One of some conditions at least."""
    left = [of for of in conditions if of != exp.false()]
    return exp.or_(*left, wrap=False, copy=False) if left else exp.false()


def columns_read(tree: Tree) -> set[str]:
    """The names of the columns in a tree."""
    return {of.name for of in tree.find_all(exp.Column)}


class Unwritable(ValueError):
    """What is asked for cannot be a query: why, in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


# ---- reading


class NotUnderstood(Exception):
    """A library has written SQL of another kind than is read here: an error of ours."""

    def __init__(self, tree: Tree) -> None:
        self.written = shorten(tree.sql("duckdb"), 100, placeholder=" …")
        self.writers = ", ".join(f"{of.__name__} {of.__version__}" for of in (nw, duckdb, sqlglot))
        super().__init__(f"{self.writers} write SQL that is not understood: {self.written}")


_KEPT = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Neg, exp.Is, exp.In,
    exp.And, exp.Or, exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.EQ, exp.NEQ, exp.GT, exp.GTE,
    exp.LT, exp.LTE, exp.Coalesce, exp.Greatest, exp.Least,
)  # fmt: skip
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.IntDiv)


class Reader:
    """Layers as trees without brackets, in which IntDiv is division to the lower whole number."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self._types = {"@row": "BIGINT", **types}
        self._database = duckdb.connect()

    def layer(self, expressions: Mapping[str, Any]) -> Layer:
        """A layer over all those before it."""
        types = self._types.items()
        columns = ", ".join(f"{quoted(name).sql('duckdb')} {kind}" for name, kind in types)
        self._database.execute(f"CREATE OR REPLACE TABLE layer ({columns})")
        frame = nw.from_native(self._database.table("layer"))
        relation = frame.select("@row", **expressions).to_native()
        self._types |= dict(zip(relation.columns, map(str, relation.types), strict=True))
        written: Tree = sqlglot.parse_one(relation.sql_query(), read="duckdb")
        trees = {of.alias_or_name: of.unalias() for of in written.selects}
        return {name: self._of(trees[name]) for name in expressions}

    def _of(self, tree: Tree) -> Tree:
        if isinstance(tree, exp.Paren):
            return self._of(tree.this)
        if isinstance(tree, exp.Not):
            of = self._of(tree.this)
            return of.this if isinstance(of, exp.Not) else exp.Not(this=of)
        if isinstance(tree, exp.Case):
            return self._case(tree)
        if isinstance(tree, exp.Cast):
            return self._cast(tree)
        if isinstance(tree, exp.Contains):
            labels = [self._of(label) for label in tree.this.expressions]
            return exp.In(this=self._of(tree.expression), expressions=labels)
        if isinstance(tree, _KEPT):
            return _shorter(_rebuilt(tree, self._of))
        raise NotUnderstood(tree)

    def _case(self, tree: Tree) -> Tree:
        cases = [(of.this.unnest(), of.args["true"].unnest()) for of in tree.args["ifs"]]
        default = tree.args.get("default")
        default = exp.null() if default is None else default.unnest()
        condition, value = cases[0]
        if isinstance(default, exp.Trunc):
            return self._divided(value, default)
        if isinstance(condition, exp.NEQ) and isinstance(condition.this, exp.Literal):
            return self._of(value)  # a divisor that is not 0: `_divided` looks at it
        branches = [exp.If(this=self._of(of), true=self._of(then)) for of, then in cases]
        otherwise = self._of(default)
        if isinstance(otherwise, exp.Case):
            branches += otherwise.args["ifs"]
            otherwise = otherwise.args.get("default")
        last = None if isinstance(otherwise, exp.Null) else otherwise
        return exp.Case(ifs=branches, default=last)

    def _divided(self, lower: Tree, truncated: Tree) -> Tree:
        """A quotient towards 0, less 1 where it is negative and not whole."""
        quotient = truncated.this.unnest()
        if not (
            isinstance(quotient, exp.IntDiv)
            and isinstance(quotient.expression, exp.Literal)
            and int(quotient.expression.this) > 0
            and lower == exp.Sub(this=truncated, expression=number(1))
        ):
            raise NotUnderstood(truncated)
        return _rebuilt(quotient, self._of)

    def _cast(self, tree: Tree) -> Tree:
        of, kind = self._of(tree.this), tree.to
        if kind.is_type("TEXT") and isinstance(of, exp.Literal):
            return of
        if kind.is_type("BIGINT") and isinstance(of, _ARITHMETIC) and not is_wide(of):
            return of
        if kind.is_type("BIGINT") and self._is_condition(of):
            one = exp.If(this=of, true=exp.cast(number(1), kind))
            return exp.Case(ifs=[one], default=exp.cast(number(0), kind))
        if kind.is_type("BIGINT", "TEXT", "DECIMAL"):
            return exp.Cast(this=of, to=kind.copy())
        raise NotUnderstood(tree)

    def _is_condition(self, tree: Tree) -> bool:
        if isinstance(tree, exp.Column):
            return self._types[tree.name] == "BOOLEAN"
        if isinstance(tree, exp.Coalesce):
            return self._is_condition(tree.this)
        return isinstance(tree, exp.Connector | exp.Predicate | exp.Not | exp.Boolean)


def _shorter(tree: Tree) -> Tree:
    """A sum or product without numbers that are mirrored twice, or mirrored and added."""
    if _is_mirrored(tree) and _is_mirrored(tree.this):
        return tree.this.this
    if isinstance(tree, exp.Add) and _is_mirrored(tree.expression):
        return exp.Sub(this=tree.this, expression=tree.expression.this)
    return tree


def _is_mirrored(tree: Tree) -> bool:
    return isinstance(tree, exp.Mul) and bool(tree.expression == exp.Neg(this=number(1)))


def _rebuilt(tree: Tree, make: Callable[[Tree], Tree]) -> Tree:
    """The node over what is made of each below it."""

    def part(of: Any) -> Any:
        if isinstance(of, list):
            return [part(each) for each in of]
        return make(of) if isinstance(of, exp.Expr) else of

    return type(tree)(**{name: part(of) for name, of in tree.args.items()})


# ---- writing

_BINDING = (  # from the loosest
    (exp.Or,), (exp.And,), (exp.Not,),
    (exp.Is, exp.In, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE),
    (exp.Add, exp.Sub), (exp.Mul, exp.Mod, exp.Div, exp.IntDiv),
)  # fmt: skip
_LEVELS = {kind: level for level, kinds in enumerate(_BINDING) for kind in kinds}


def bracketed(tree: Tree) -> Tree:
    """The node, with brackets about what is below it where they are needed."""
    level = _LEVELS.get(type(tree))
    if level is None:
        return tree
    for name in ("this", "expression"):
        below = tree.args.get(name)
        inner = _LEVELS.get(type(below), len(_BINDING))
        flat = isinstance(tree, exp.Connector) or (
            isinstance(tree, exp.Add | exp.Sub) and name == "this"
        )
        if inner < level or (inner == level and not flat):
            tree.set(name, exp.Paren(this=below))
    return tree


class Writer:
    """Layers in a dialect. A layer may become several."""

    def __init__(self, dialect: str) -> None:
        self._dialect = dialect
        self._count = 0
        self._before: list[Layer] = []
        self._depth: dict[str, int] = {}  # of a column in `_before`, and by what it is, its name
        self._named: dict[str, str] = {}

    def layers(self, layer: Layer) -> list[Layer]:
        """A layer of the reader's, after those that it needs. Raises Unwritable where the dialect
        has no numbers that are wide enough."""
        self._before, self._named = [], {}
        last = {name: self._of(tree) for name, tree in layer.items()}
        if self._dialect == "sqlite":
            for name, tree in last.items():
                if is_wide(tree):
                    raise Unwritable(
                        Words(
                            f"SQLite không có số rộng quá 64 bit, mà `{name}` cần",
                            f"SQLite has no numbers wider than 64 bits: {name}",
                        )
                    )
        return [*self._before, last]

    def _of(self, tree: Tree) -> Tree:
        if isinstance(tree, exp.IntDiv):
            return self._divided(tree)
        if isinstance(tree, exp.Greatest | exp.Least):
            return self._extreme(tree)
        if self._dialect == "sqlite" and _is_decimal(tree):
            return self._decimal_text(tree)
        return bracketed(_rebuilt(tree, self._of))

    def _column(self, tree: Tree) -> Tree:
        """What may be written twice: a column of a layer before, unless it is short already."""
        if isinstance(tree, exp.Column | exp.Literal):
            return tree
        written = tree.sql("duckdb")
        if written not in self._named:
            depth = max((self._depth.get(name, 0) for name in columns_read(tree)), default=0)
            self._count += 1
            name = self._named[written] = f"@part.{self._count}"
            self._depth[name] = depth + 1
            while len(self._before) <= depth:
                self._before.append({})
            self._before[depth][name] = tree
        return column(self._named[written])

    def _divided(self, tree: Tree) -> Tree:
        """No dialect divides a negative number to the lower whole number."""
        of, by = self._column(self._of(tree.this)), tree.expression
        if self._dialect in TRUNCATED:
            quotient: Tree = exp.Div(this=of, expression=by, typed=True)
        else:
            quotient = exp.IntDiv(this=of, expression=by)
        rest = exp.Mod(this=of.copy(), expression=by.copy())
        below = exp.LT(this=rest, expression=number(0))
        less = exp.Case(ifs=[exp.If(this=below, true=number(1))], default=number(0))
        return exp.Sub(this=quotient, expression=less)

    def _extreme(self, tree: Tree) -> Tree:
        """Nulls are passed over, in a dialect too where one makes the whole null."""
        if self._dialect in PASSED_OVER:
            return _rebuilt(tree, self._of)
        of = [self._column(self._of(each)) for each in (tree.this, *tree.expressions)]
        turned = [[each.copy() for each in (*of[n:], *of[:n])] for n in range(len(of))]
        first, *others = [exp.Coalesce(this=each[0], expressions=each[1:]) for each in turned]
        return type(tree)(this=first, expressions=others, ignore_nulls=True)

    def _decimal_text(self, tree: Tree) -> Tree:
        """Steps times a decimal, as text: SQLite has whole numbers and binary fractions."""
        steps = self._column(self._of(tree.this.this))
        units, _, digits = tree.expression.this.this.partition(".")
        places = len(digits)
        common = gcd(int(units + digits), 10**places)
        num, den = int(units + digits) // common, 10**places // common
        size = exp.Abs(this=steps)
        whole: Tree = exp.Div(this=size, expression=number(den), typed=True)
        rest: Tree = exp.Mod(this=size.copy(), expression=number(den))
        if num > 1:
            rest = self._column(exp.Mul(this=rest, expression=number(num)))
            over = exp.Div(this=rest, expression=number(den), typed=True)
            whole = exp.Add(this=exp.Mul(this=exp.Paren(this=whole), expression=number(num)),
                            expression=over)  # fmt: skip
            rest = exp.Mod(this=rest.copy(), expression=number(den))
        if 10**places > den:
            fraction = exp.Paren(this=rest)
            rest = exp.Mul(this=fraction, expression=number(10**places // den))
        minus = exp.If(this=exp.LT(this=steps.copy(), expression=number(0)), true=_text("-"))
        sign = exp.Case(ifs=[minus], default=_text(""))
        text = exp.Anonymous(
            this="PRINTF", expressions=[_text(f"%s%d.%0{places}d"), sign, whole, rest]
        )
        stated = exp.Not(this=exp.Is(this=steps.copy(), expression=exp.null()))
        return exp.Case(ifs=[exp.If(this=stated, true=text)])


def _text(value: str) -> Tree:
    return exp.Literal.string(value)


def is_wide(tree: Tree) -> bool:
    """Whether there are decimals in a tree."""
    return any(of.to.is_type("DECIMAL") for of in tree.find_all(exp.Cast))


def _is_decimal(tree: Tree) -> bool:
    """Whether it is a number of steps, of 64 bits, times a decimal."""
    return (
        isinstance(tree, exp.Mul)
        and isinstance(tree.this, exp.Cast)
        and isinstance(tree.expression, exp.Cast)
        and not is_wide(tree.this.this)
    )
