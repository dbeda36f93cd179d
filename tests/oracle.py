"""Decides any pack the slow way: with fractions, and a partial case by trying its completions.

It takes packs as YAML has them (dicts, lists, strings) and imports nothing of the engine. A
quantity is a Fraction in base units (m2, kg, đồng, one head; 1 % and a bare 0.01 are the same), a
ratio a pair, a class its label, a condition its outcome, or None where the law says nothing.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor, prod
from operator import eq, ge, gt, le, lt
from random import Random
from typing import Any

MET, NOT_MET, NA = OUTCOMES = "met", "not_met", "not_applicable"
NEGATED = {MET: NOT_MET, NOT_MET: MET, NA: NA}
SIGNS = {"at_least": ge, "more_than": gt, "at_most": le, "less_than": lt, "equals": eq}
NAMED = re.compile(r"[\d.]+[.][a-z]")  # "7.2.amount", no number
SIZES = {"ha": Fraction(10_000), "l": Fraction("0.001"), "t": Fraction(1000), "%": Fraction("0.01")}


def number(text: str) -> Fraction:
    """A constant of a pack."""
    digits, _, unit = text.partition(" ")
    above, *below = unit.split("/")
    size = prod(SIZES.get(part, Fraction(1)) for part in above.split("·"))
    return Fraction(digits) * size / prod(SIZES.get(part, Fraction(1)) for part in below)


def but(model: dict[str, Any], *words: str) -> dict[str, Any]:
    """What stands beside some words."""
    return {word: part for word, part in model.items() if word not in words}


def named(model: Any) -> dict[str, Any]:
    """All that has a name in a pack, or under a provision."""
    kinds = ("facts", "define", "amounts", "provisions", "all", "any", "of")
    parts = [model[kind] for kind in kinds if isinstance(model.get(kind), dict)]
    under = [named(each) for part in parts for each in part.values() if isinstance(each, dict)]
    return {name: each for part in [*under, *parts] for name, each in part.items()}


WORDS: dict[str, Any] = {  # what a model comes to; the first of these words in it counts
    "for": lambda o, m: o._of_each(but(m, "for"), m["for"]),
    "not_encoded": lambda _o, _m: None,
    "in_force": lambda o, m: o.read(but(m, "in_force")) if o._in_force(m) else None,
    "unless": lambda o, m: NA if o.met(m["unless"]) else o.read(but(m, "unless")),
    "applies_when": lambda o, m: o.read(but(m, "applies_when")) if o.met(m["applies_when"]) else NA,
    "review_when": lambda o, m: o._reviewed(m["review_when"], o.read(but(m, "review_when"))),
    "when": lambda o, m: o.read(but(m, "when")) if o.met(m["when"]) else Fraction(0),
    "round": lambda o, m: o._rounded(o.read(but(m, "round")), **m["round"]),
    "cap": lambda o, m: min(o.read(but(m, "cap")), o.read(m["cap"])),
    "floor": lambda o, m: max(o.read(but(m, "floor")), o.read(m["floor"])),
    "require": lambda o, m: o._compared(m["require"]),
    "all": lambda o, m: o._joined(m["all"], lambda _, not_met: not_met == 0),
    "any": lambda o, m: o._joined(m["any"], lambda met, _: met > 0),
    "at_least": lambda o, m: o._joined(m["of"], lambda met, _: met >= int(m["at_least"])),
    "not": lambda o, m: NEGATED[o._outcome(m["not"])],
    "activity": lambda o, m: MET if o.asked is None or m["activity"] in o.asked else NOT_MET,
    "first": lambda o, m: o._first(m["first"], m.get("of", "0")),
    "table": lambda o, m: o._cell(m["table"], m["table"]["by"]),
    "count": lambda o, m: sum(o._of_members(m["count"], m.get("where", MET), o.met)),
    "sum": lambda o, m: o._total(**m["sum"]) if "each" in m["sum"] else sum(map(o.read, m["sum"])),
    "weighted": lambda o, m: sum(o.name(of) * o.read(by) for of, by in m["weighted"].items()),
    "less": lambda o, m: o.read(m["less"][0]) - o.read(m["less"][1]),
    "highest": lambda o, m: max(map(o.read, m["highest"])),
    "lowest": lambda o, m: min(map(o.read, m["lowest"])),
    "times": lambda o, m: prod(map(o.read, m["times"])),
    "share": lambda o, m: o.read(m["share"]) * o.read(m["of"]),
    "divide": lambda o, m: o.read(m["divide"]) / number(m["by"]),
    "ratio": lambda o, m: (o.read(m["ratio"]["of"]), o.read(m["ratio"]["per"])),
    "years": lambda o, m: o._months(m["years"]) // 12,
    "months": lambda o, m: o._months(m["months"]),
    "days": lambda o, m: max(0, (o.read(m["days"]["to"]) - o.read(m["days"]["from"])).days),
    "of": lambda o, m: o.read(m["of"]),
}


@dataclass
class Oracle:
    packs: dict[str, Any]  # by id, the asked one first
    day: date
    facts: dict[str, Any]  # what is stated, in the facts' own units; a list that may go on: a tuple
    asked: list[str] | None  # activities, or all
    grid: Any  # from a fact's model to what it may be, or how many more members a list may have
    names: Any = None  # by pack, when it has been asked before
    inside: str = ""  # the list whose member is in hand

    def possible(self, asked: str, most: int) -> set[Any]:
        """What a name of the asked pack can come to; `most` completions are tried."""
        self.names = self.names or {pack: named(model) for pack, model in self.packs.items()}
        found, order, self.todo, self.tried = set(), Random(7), [list[int]()], 0
        while self.todo and self.tried < most:
            self.script, self.at = self.todo.pop(order.randrange(len(self.todo))), 0
            self.pack, self.tried = next(iter(self.packs)), self.tried + 1
            self.known: dict[Any, Any] = {"as_of": self.day, MET: MET, NOT_MET: NOT_MET}
            found.add(self.name(asked))
        return found

    def choose(self, *options: Any) -> Any:
        """The option that the script has next; after its end the first, the others being to do."""
        if self.at == len(self.script):
            self.todo += [[*self.script, other] for other in range(1, len(options))]
            self.script.append(0)
        self.at += 1
        return options[self.script[self.at - 1]]

    def name(self, name: str) -> Any:
        """What a name stands for, the same all through a completion; a label, for itself."""
        if name in self.known:
            return self.known[name]
        before = self.pack
        other, _, name = self.packs[before].get("use", {}).get(name, name).rpartition("/")
        self.pack = other or before
        pack, model = self.packs[self.pack], self.names[self.pack].get(name)
        key = name if name in pack["facts"] else (self.pack, name)
        inside = self.inside
        if model and model.get("for") == inside:
            self.known.pop(key, None)  # another member's
        else:
            self.inside = ""
        if key not in self.known and model:
            if other and not self._in_force(pack):  # it says nothing
                self.known[key] = self._unknown(model)
            else:
                told = self.facts.get(name)
                self.known[key] = self.fact(told, model) if key == name else self.read(model)
        self.pack, self.inside = before, inside
        return self.known.get(key, name)

    def fact(self, stated: Any, model: Any) -> Any:
        """What is stated of a fact or field, or else follows, or may be."""
        if "fields" in model:  # a list
            more = 0 if isinstance(stated, list) else self.choose(*self.grid(model))
            members, fields = [*(stated or ()), *[{}] * more], model["fields"].items()
            return [{name: self.fact(x.get(name), of) for name, of in fields} for x in members]
        if stated is None:
            return self.name(model["else"]) if "else" in model else self.choose(*self.grid(model))
        if "unit" in model:
            return stated * number(f"1 {model['unit']}")
        return {True: MET, False: NOT_MET}.get(stated, stated)

    def _unknown(self, model: Any) -> Any:
        """Anything of what a model is: a label, an outcome, a quantity, a ratio of two."""
        if "labels" in model:
            return self.choose(*model["labels"])
        found = self.read(model)
        if isinstance(found, tuple):
            return self.read("unknown"), self.read("unknown")
        return self.read("unknown") if isinstance(found, Fraction | int) else self.choose(*OUTCOMES)

    def _in_force(self, model: Any) -> bool:
        span = model.get("in_force", {})
        return bool(span.get("from", "0") <= self.day.isoformat() <= span.get("until", "9"))

    def read(self, model: Any) -> Any:
        """What a constant, a name, a label or anything that is written comes to."""
        if model == "unknown":
            return self.choose(Fraction(0), Fraction(1), Fraction(10**9))
        if isinstance(model, str) and model[0] in "+-0123456789" and not NAMED.match(model):
            return date.fromisoformat(model) if model[4:5] == "-" else number(model)
        if isinstance(model, str):
            return self.name(model)
        if all(key[0].isdigit() for key in model):  # by day
            held = [value for day, value in model.items() if day <= self.day.isoformat()]
            return self.read(["unknown", *held][-1])
        return next(of(self, model) for word, of in WORDS.items() if word in model)

    def _outcome(self, model: Any, *, silent: Any = OUTCOMES) -> Any:
        found = self.name(model) if isinstance(model, str) else self.read(model)
        return self.choose(*silent) if found is None else found

    def met(self, model: Any) -> bool:
        """Whether a condition is met."""
        return bool(self._outcome(model) == MET)

    def _of_members(self, of: str, model: Any, read: Any) -> list[Any]:
        """What something comes to of each member of a list."""
        found = []
        for member in self.name(of):
            self.known.update(member)  # its fields have names as facts have
            self.inside, before = of, self.inside
            found.append(read(model))
            self.inside = before
        return found

    def _total(self, each: Any, of: str) -> Any:
        """The values of all members of a list together."""
        return sum(self._of_members(of, each, self.read))

    def _of_each(self, model: Any, of: str) -> Any:
        """A value of the member in hand, or of all of them where none is."""
        return self.read(model) if self.inside == of else self._total(model, of)

    def _joined(self, conditions: Any, rule: Any) -> Any:
        found = [self._outcome(each, silent=[None]) for each in conditions]
        met, not_met = found.count(MET), found.count(NOT_MET)
        if met + not_met == 0:
            return NA if NA in found else None
        return MET if rule(met, not_met) else NOT_MET

    def _reviewed(self, asked: Any, own: Any) -> Any:
        return self.choose(MET, NOT_MET) if own == NOT_MET and self.met(asked) else own

    def _compared(self, model: Any) -> Any:
        value: Any = self.read(but(model, *SIGNS))
        if isinstance(value, tuple) and value[1] == 0:  # a ratio to nothing
            return NA
        value = Fraction(*value) if isinstance(value, tuple) else value
        if "is" in model:
            return value if model["is"] == "true" else NEGATED[value]
        held = [
            SIGNS[word](self._so_far(model, word, value), self.read(model[word]))
            for word in SIGNS
            if word in model
        ]
        return MET if all(held) and value in model.get("in", [value]) else NOT_MET

    def _first(self, lines: Any, of: Any) -> Any:
        line, *rest = lines
        held = "else" in line or self.met(line.get("when", {"require": {**line, "of": of}}))
        return self.read(line.get("then", line.get("else"))) if held else self._first(rest, of)

    def _cell(self, table: Any, by: Any) -> Any:
        for key in [by] if isinstance(by, str) else by:
            table = table[self.name(key)]
        return self.read(table)

    def _months(self, span: Any) -> Any:
        start, end = self.read(span["from"]), self.read(span["to"])
        short = end.day < min(start.day, monthrange(end.year, end.month)[1])
        return max(0, 12 * (end.year - start.year) + end.month - start.month - short)

    def _so_far(self, model: Any, word: str, value: Any) -> Any:
        """A time as it is compared: with a day more than 5 years it is more than 5 years."""
        unit = next((w for w in ("years", "months") if w in model), "")
        if not unit or word not in ("more_than", "at_most"):
            return value
        span, months = model[unit], {"years": 12, "months": 1}[unit]
        start, end = self.read(span["from"]), self.read(span["to"])
        before = {"from": start.isoformat(), "to": (end - timedelta(days=1)).isoformat()}
        whole = end <= start or self._months(before) // months < value
        return value if whole else value + 1

    def _rounded(self, value: Any, to: str, way: str) -> Any:
        steps, half = value / number(to), Fraction(1 if value > 0 else -1, 2)  # goes away from 0
        whole = {"down": floor(steps), "up": ceil(steps), "half_up": int(steps + half)}
        return whole[way] * number(to)
