"""What `oracle_pack` is made of: choosing, numbers with units, days. Imports nothing of the engine.

Numbers are fractions in base units: m2, m3, kg, đồng, one head and so on; a percent is
1/100.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction
from operator import eq, ge, gt, le, lt
from random import Random
from typing import Any

BASES = {
    "ha": ("m2", Fraction(10_000)),
    "l": ("m3", Fraction(1, 1000)),
    "t": ("kg", Fraction(1000)),
    "%": ("", Fraction(1, 100)),
}
STEPS = {"m2": 100, "m3": 1000, "": 10_000, "point": 100, "lu": 10_000}  # to one of the base unit
CLOSING = {"head", "tree", "m2", "m3", "kg"}  # what a complete case has none of, if not listed
FAR = Fraction(10**9)
NUMBER = re.compile(r"([+-]?[\d_]+(?:\.\d+)?) *(.*)", re.DOTALL)
UNKNOWN = [Fraction(0), Fraction(1), FAR]  # what is tried where the law says "unknown"
SIGNS = {"at_least": ge, "more_than": gt, "at_most": le, "less_than": lt, "equals": eq}
CONDITIONS = {"require", "all", "any", "at_least", "not", "activity"}
TOGETHER: dict[str, Any] = {"sum": sum, "weighted": sum, "highest": max, "lowest": min,
                            "less": lambda pair: pair[0] - pair[1]}  # fmt: skip
SHAPES = (*TOGETHER, "times", "share", "divide", "table", "ratio", "count",
          "years", "months", "days", "of")  # fmt: skip


class Impossible(Exception):
    """Two statements of a case that cannot both be true."""


def completions(run: Callable[[Any], Any]) -> Iterator[Any]:
    """The result of `run` for everything that it may choose, in an order that favours nothing.

    `run` gets a function that picks one of several options; it is run until all have been picked.
    """
    todo, order = [list[int]()], Random(7)
    while todo:
        script = todo.pop(order.randrange(len(todo)))
        rest, asked = iter(script), list[int]()

        def choose(options: Any, rest: Any = rest, asked: list[int] = asked) -> Any:
            asked.append(len(options))
            return options[next(rest, 0)]

        with suppress(Impossible):
            yield run(choose)
        for at in range(len(script), len(asked)):
            todo += [[*script, *[0] * (at - len(script)), i] for i in range(1, asked[at])]


def flat(model: Any) -> dict[str, Any]:
    """All provisions of a pack, or under a provision, by id."""
    under = [model.get(word, {}) for word in ("provisions", "all", "any", "of")]
    own = {name: each for part in under if isinstance(part, dict) for name, each in part.items()}
    return {**own, **{name: each for part in own.values() for name, each in flat(part).items()}}


def base(unit: str) -> tuple[str, Fraction]:
    """The dimension of a unit, and what one of it is in base units."""
    (top, size), *below = (BASES.get(part, (part, Fraction(1))) for part in unit.split("/"))
    for _, per in below:
        size /= per
    return "/".join([top, *(dimension for dimension, _ in below)]), size


def closes(unit: str) -> str:
    """What a complete case makes of it where it does not say."""
    return "zero" if base(unit)[0].split("/")[0] in CLOSING else "open"


def number(text: str, unit: str = "") -> Fraction:
    """A constant of a pack; a bare one is in `unit`."""
    digits, written = NUMBER.fullmatch(text).groups()  # type: ignore[union-attr]
    return Fraction(digits.replace("_", "")) * base(written or unit)[1]


def constants(model: Any, dimension: str) -> Iterator[Fraction]:
    """The numbers of a dimension that stand in a pack."""
    if isinstance(model, str):
        found = NUMBER.fullmatch(model)
        if found and base(found[2])[0] == dimension:
            yield number(model)
    else:
        for part in model.values() if isinstance(model, dict) else model:
            yield from constants(part, dimension)


def rounded(value: Fraction, way: str) -> int:
    """To a whole number: "down", "up", or "half_up", where a half goes away from 0."""
    whole, rest = divmod(value, 1)
    if way == "half_up":
        return int(whole + (rest * 2 > 1 or (rest * 2 == 1 and value > 0)))
    return int(whole + (way == "up" and rest > 0))


def elapsed(unit: str, start: date, end: date) -> int:
    """Completed years, months or days, counted up; a month that lacks the day ends on its last."""
    if unit == "days":
        return max(0, (end - start).days)
    done = 0
    while True:
        months = start.year * 12 + start.month - 1 + (done + 1) * (12 if unit == "years" else 1)
        year, month = months // 12, months % 12 + 1
        if date(year, month, min(start.day, monthrange(year, month)[1])) > end:
            return done
        done += 1


def in_force(model: Any, day: date) -> bool:
    """Whether a law counts on a day."""
    span = model.get("in_force", {})
    return bool(span.get("from", "0") <= day.isoformat() <= span.get("until", "9"))


def tried(model: Any, packs: Any, day: date) -> list[Any]:
    """What an unstated fact may be: all there is, or what lies at thresholds where that is much."""
    if model.get("kind") == "class":
        return list(model["labels"])
    if model.get("kind") == "date":
        return [day - timedelta(ago) for ago in (-400, -1, 0, 1, 365, 366, 731, 9999)]
    unit = model["unit"]
    dimension, size = base(unit)
    step = Fraction(1, STEPS.get(dimension.split("/")[0], 1))
    step = number(model["step"], unit) if "step" in model else step
    least = number(model.get("min", "0"), unit)
    most = number(model["max"], unit) if "max" in model else least + FAR * size
    if most - least <= 8 * step:
        return [least + i * step for i in range(int((most - least) / step) + 1)]
    near = {least, most, *constants(packs, dimension)}
    near |= {x + d for x in near for d in (-step, step)}
    return sorted(x for x in near if least <= x <= most)
