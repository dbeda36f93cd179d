"""Decides any pack the slow way: with fractions, and a partial case by trying its completions.

It reads the YAML itself and imports nothing of the engine. A quantity is a Fraction in base units
(m2, kg, đồng, one head; a percent is 1/100), a ratio a pair, a class its label, a condition its
outcome (None: not applicable), a list that may go on a tuple. A bare number is in base units. What
is not known (a fact, a coefficient, what an authority says on review) is chosen: `completions`.
"""

from datetime import date
from fractions import Fraction
from itertools import islice
from math import prod
from typing import Any

import oracle_parts as parts
import yaml
from oracle_logic import MET, NA, NOT_MET, all_of, any_of, at_least, gated, negated, reviewed
from oracle_parts import Impossible, base, closes, completions, elapsed, number, tried

WORDS = {True: MET, False: NOT_MET}


class Oracle:
    """Packs as text (the asked one first), the day, and what is stated, in the facts' own units."""

    def __init__(self, packs: tuple[str, ...], day: date, facts: dict[str, Any], *,
                 complete: bool = False, activities: list[str] | None = None) -> None:  # fmt: skip
        docs: list[Any] = [yaml.load(text, yaml.BaseLoader) for text in packs]
        self.packs = {doc["pack"]: {**doc, "provisions": parts.flat(doc)} for doc in docs}
        self.main, self.day, self.facts, self.complete = docs[0]["pack"], day, facts, complete
        self.activities, self.grids, self.tried = activities, dict[int, list[Any]](), 0
        self.member = dict[str, Any]()  # the one that a `where` is about

    def possible(self, asked: Any, most: int | None = None) -> set[Any]:
        """What a name or condition of the asked pack can come to; `most` completions are tried."""

        def run(choose: Any) -> Any:
            self.choose, self.memo, self.tried = choose, dict[Any, Any](), self.tried + 1
            return self._condition(asked, self.main, inside=True)

        self.tried = 0
        self.strict = True
        found = set(islice(completions(run), most))
        self.strict = False  # where the lists tried were too short for what is stated
        return found or set(islice(completions(run), most))

    def _name(self, name: str, pack: str, inside: bool = False) -> Any:
        doc, member = self.packs[pack], self.member
        home, _, rest = doc.get("use", {}).get(name, name).rpartition("/")
        if home and parts.in_force(self.packs[home], self.day):
            return self._name(rest, home)
        kinds = {"facts": self._fact, "define": self._meaning, "amounts": self._meaning,
                 "provisions": self._provision}  # fmt: skip
        kind = next((kind for kind in kinds if name in doc.get(kind, ())), "")
        at = (id(member) if name in member else "" if kind == "facts" else pack, name)
        if at not in self.memo:
            if name in member:
                self.memo[at] = self._given(member[name], member[""][name])
            elif home:  # a law not in force says nothing
                of = self.packs[home].get("define", {}).get(rest, {})
                self.memo[at] = self.choose([*of.get("labels", ())] or [MET, NOT_MET, NA])
            else:
                self.memo[at] = kinds[kind](name, doc[kind][name], pack)
        if kind == "provisions" and self.memo[at] is None and not inside:
            return self.choose([MET, NOT_MET, NA])
        return self.memo[at]

    def _fact(self, name: str, model: Any, pack: str) -> Any:
        unit, kind, stated = model.get("unit", ""), model.get("kind"), self.facts.get(name)
        if kind == "list":  # up to two more members where there may be more
            stated = ([] if self.complete else ()) if stated is None else stated
            more = self.choose([0, 1, 2]) if isinstance(stated, tuple) else 0
            blank = {**dict.fromkeys(model["fields"]), "": model["fields"]}
            return [{**blank, **member} for member in [*stated, *[{}] * more]]
        other = self._name(model["else"], pack) if "else" in model else None
        if stated is None and "else" in model:
            return other
        if self.strict and unit and stated is not None and other is not None:  # noqa: SIM102
            if other != stated * base(unit)[1]:
                raise Impossible
        if stated is None and self.complete and model.get("when_complete", closes(unit)) == "zero":
            return Fraction(0)
        return self._given(stated, model)

    def _given(self, stated: Any, model: Any) -> Any:
        unit = model.get("unit", "")
        if stated is not None:
            return stated * base(unit)[1] if unit else WORDS.get(stated, stated)
        if model.get("kind") == "yes_no":
            return self.choose([MET, NOT_MET])
        if id(model) not in self.grids:
            self.grids[id(model)] = tried(model, self.packs, self.day)
        return self.choose(self.grids[id(model)])

    def _provision(self, _: str, model: Any, pack: str) -> Any:
        own = None
        if "not_encoded" not in model and parts.in_force(model, self.day):
            own = self._condition(model, pack)
        if own is not None and "review_when" in model:
            own = self.choose(sorted(reviewed(self._condition(model["review_when"], pack), own)))
        for kind in ("applies_when", "unless"):
            if own is not None and kind in model:
                own = gated(kind, self._condition(model[kind], pack), own)
        return own

    def _condition(self, model: Any, pack: str, inside: bool = False) -> Any:
        if isinstance(model, str):
            return self._name(model, pack, inside and "/" not in model)
        if "require" in model:
            return self._compared(model["require"], model["require"], pack)
        if "not" in model:
            return negated(self._condition(model["not"], pack))
        if "activity" in model:
            return WORDS[self.activities is None or model["activity"] in self.activities]
        word = next(w for w in ("all", "any", "of") if w in model)
        found = [self._condition(child, pack, inside=True) for child in model[word]]
        counted = [outcome for outcome in found if outcome is not None]
        if word == "of" and counted:
            return at_least(int(model["at_least"]), counted)
        return (all_of(counted) if word == "all" else any_of(counted)) if counted else None

    def _compared(self, model: Any, of: Any, pack: str) -> Any:
        value = self._value(of, pack)
        if "is" in model:
            return value if model["is"] == "true" else negated(value)
        if "in" in model:
            return WORDS[value in model["in"]]
        if isinstance(value, tuple):
            value = None if value[1] == 0 else value[0] / value[1]
        tests = [
            (sign, self._value(model[c], pack)) for c, sign in parts.SIGNS.items() if c in model
        ]
        return NA if value is None else all_of([WORDS[sign(value, bound)] for sign, bound in tests])

    def _meaning(self, _: str, model: Any, pack: str) -> Any:
        if parts.CONDITIONS & model.keys():
            return self._condition(model, pack)
        value = self._value(model, pack, [*model.get("labels", ())])
        held = self._condition(model["when"], pack) if "when" in model else MET
        return value if held == MET else Fraction(0)

    def _value(self, model: Any, pack: str, labels: Any = ()) -> Any:
        if isinstance(model, str):
            if model in labels:
                return model
            if model == "unknown":
                return self.choose(labels or parts.UNKNOWN)
            if model == "as_of" or model[4:5] == "-":
                return self.day if model == "as_of" else date.fromisoformat(model)
            return number(model) if model[0] in "0123456789+-" else self._name(model, pack)
        if all(key[0].isdigit() for key in model):
            held = [value for day, value in model.items() if day <= self.day.isoformat()]
            return self._value((held or ["unknown"])[-1], pack, labels)
        value = self._shape(model, pack, labels)
        for word, bounded in (("floor", max), ("cap", min)):
            value = bounded(value, self._value(model[word], pack)) if word in model else value
        if "round" in model:
            to = number(model["round"]["to"])
            value = parts.rounded(value / to, model["round"]["way"]) * to
        return value

    def _shape(self, model: Any, pack: str, labels: Any) -> Any:
        for line in model.get("first", ()):
            if "when" in line:
                held = self._condition(line["when"], pack)
            else:
                held = MET if "else" in line else self._compared(line, model["of"], pack)
            if held == MET:
                return self._value(line.get("then", line.get("else")), pack, labels)
        word = next(w for w in parts.SHAPES if w in model)
        if word == "table":
            cell, by = model[word], model[word]["by"]
            for key in [by] if isinstance(by, str) else by:
                cell = cell[self._name(key, pack)]
            return self._value(cell, pack, labels)
        if word == "ratio":
            return self._value(model[word]["of"], pack), self._value(model[word]["per"], pack)
        if word == "count":
            held = []
            for member in self._name(model[word], pack):
                self.member = member
                held.append(self._condition(model["where"], pack) if "where" in model else MET)
            self.member = {}
            return Fraction(held.count(MET))
        if word in ("years", "months", "days"):
            start, end = (self._value(model[word][side], pack) for side in ("from", "to"))
            return Fraction(elapsed(word, start, end))
        inner = model[word] if isinstance(model[word], list) else [model[word]]
        if word == "weighted":
            inner = [{"times": list(pair)} for pair in model[word].items()]
        found = [self._value(part, pack, labels) for part in inner]
        if word in parts.TOGETHER:
            return parts.TOGETHER[word](found)
        if word == "of":
            return found[0]
        found += [self._value(model["of"], pack)] if word == "share" else []
        return prod(found) / number(model.get("by", "1"))
