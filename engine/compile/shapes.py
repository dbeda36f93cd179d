"""Every shape of the language with its function, and the lowering that uses them all.

To add a shape, write its function in the module that it belongs to and enter it in `SHAPES`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tieuchi.engine import pack as p
from tieuchi.engine.compile import choices, lists, values
from tieuchi.engine.compile.builder import Builder, Entry
from tieuchi.engine.compile.conditions import condition as of_condition
from tieuchi.engine.compile.context import Labels, Lower
from tieuchi.engine.pack import Pack

SHAPES: dict[type, Callable[[Lower, Any, str, Labels], int]] = {
    p.Same: values.same,
    p.Sum: values.sum_,
    p.Weighted: values.weighted,
    p.Less: values.less,
    p.Times: values.times,
    p.Share: values.share,
    p.Ratio: values.ratio,
    p.Highest: values.extreme("highest"),
    p.Lowest: values.extreme("lowest"),
    p.Divide: values.divided,
    p.Elapsed: values.elapsed,
    p.Count: lists.count,
    p.Table: choices.table,
    p.First: choices.first,
    p.Dated: choices.dated,
}


def lowering(
    b: Builder, pack: Pack, name: Callable[[Entry], int], outside: Lower | None = None
) -> Lower:
    """The functions that lower a pack's values and conditions into a builder; of a member,
    `outside` lowers what is none of its own."""

    def condition(model: Any, pack: Pack) -> int:
        return of_condition(Lower(b, pack, condition, name, SHAPES, lowering, outside), model)

    return Lower(b, pack, condition, name, SHAPES, lowering, outside)
