"""The graph's steps as one straight-line Python function, for those who decide many cases.

A loop over steps pays for a call a node; a function written out node by node does not, which
makes one case about three times faster. Only the commonest ops are written out, and only for what
is settled: anything else calls the kernel's own function, so both always count alike (a test holds
them against each other). The text compiled is made of node numbers and integers alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tieuchi.engine import truth
from tieuchi.engine.graph import Node, reads
from tieuchi.engine.interval import ge, le, summed
from tieuchi.engine.kernel import Value, step

Run = Callable[[Mapping[str, Value]], list[Value]]

_NEVER_ABSENT = frozenset(("sum", "linear", "all", "any", "not", "ge", "le"))


def straight(nodes: Sequence[Node], names: Sequence[str], blank: Sequence[Value]) -> Run:
    """A function from what is given, by name, to the values of all nodes.

    `names` are those of the first nodes, `blank` their values while nothing is stated. The function
    raises KeyError for a name that is none of them.
    """
    space: dict[str, Any] = {
        "blank": dict(zip(names, blank, strict=True)),
        "size": len(nodes),
        "ge": ge,
        "le": le,
        "summed": summed,
        "all_of": truth.all_of,
        "any_of": truth.any_of,
        "applies_when": truth.applies_when,
        "unless": truth.unless,
        **{f"b{i}": value for i, value in enumerate(blank)},
    }
    lines = [f"({_locals(range(len(names)))}) = values"]
    present = [True] * len(names)
    unstated = dict(enumerate(blank))
    needed: set[int] = set()
    for i, node in enumerate(nodes[len(names) :], len(names)):
        sure = all(present[below] for below in reads(node))
        text = _written(node, sure, unstated)
        if text is None and not reads(node):
            space[f"c{i}"] = step(node)([])
            text = f"c{i}"
        elif text is None:
            space[f"s{i}"] = step(node)
            needed.update(reads(node))
            text = f"s{i}(v)"
        present.append(sure and node.op in _NEVER_ABSENT)
        lines.append(f"x{i} = {text}")
    body = _with_list(lines, needed, len(names))
    source = [
        "def run(given):",
        " values = (blank | given).values()",
        f" if len(values) != {len(names)}:",
        "  raise KeyError(next(name for name in given if name not in blank))",
        *(f" {line}" for line in body),
        f" return [{_locals(range(len(nodes)))}]",
    ]
    exec("\n".join(source), space)  # noqa: S102 - of numbers alone
    run: Run = space["run"]
    return run


def _locals(which: Sequence[int]) -> str:
    return "".join(f"x{i}, " for i in which)


def _with_list(lines: list[str], needed: set[int], given: int) -> list[str]:
    """The lines with what the kernel's functions read kept in a list besides."""
    if not needed:
        return lines
    out = [lines[0], "v = [None] * size", *(f"v[{i}] = x{i}" for i in sorted(needed) if i < given)]
    for i, line in enumerate(lines[1:], given):
        out.append(line)
        if i in needed:
            out.append(f"v[{i}] = x{i}")
    return out


def _written(node: Node, sure: bool, blank: Mapping[int, Value]) -> str | None:
    """A node as an expression; `sure` where nothing that it reads can be not applicable."""
    op, args = node.op, node.args
    if op in ("const", "truth"):
        return str(args[0])
    if op in ("ge", "le"):
        a, t = args
        sign = ">=" if op == "ge" else "<="
        settled = f"(1 if x{a} {sign} {t} else 2) if x{a}.__class__ is int"
        if a not in blank:
            return f"{settled} else {op}(x{a}, {t})"
        open_ = (ge if op == "ge" else le)(blank[a], t)
        return f"{settled} else {open_} if x{a} is b{a} else {op}(x{a}, {t})"
    if op == "sum":
        return _sum(args)
    if op in ("all", "any"):
        xs = [f"x{a}" for a in args]
        first, union = 2 if op == "all" else 1, " | ".join(xs)
        text = f"{first} if {' or '.join(f'{x} == {first}' for x in xs)} else "
        if sure:
            return text + union
        # without "not applicable" among them the union is the answer, as above
        return f"{text}u if (u := {union}) < 4 else {op}_of(({', '.join(xs)},))"
    if op in ("applies_when", "unless"):
        condition, own = args
        applies = 1 if op == "applies_when" else 2
        return f"x{own} if x{condition} == {applies} else {op}(x{condition}, x{own})"
    if op == "review":
        condition, own = args
        return f"x{own} | 1 if x{own} & 2 and x{condition} & 1 else x{own}"
    return None


def _sum(args: Sequence[int]) -> str:
    c, terms = args[0], list(zip(args[1::2], args[2::2], strict=True))
    whole = " is ".join(f"x{a}.__class__" for _, a in terms)
    total = " + ".join(f"x{a}" if k == 1 else f"{k} * x{a}" for k, a in terms)
    parts = ", ".join(f"({k}, x{a})" for k, a in terms)
    total = f"{total} + {c}" if c else total
    return f"{total} if {whole} is int else summed({c}, [{parts}])"
