"""A decision as the object that ``--format json`` prints; the names of its fields are API.

Numbers are decimal strings in the unit beside them, texts stand in both languages, and every
provision of a pack is there, whatever it came to; in a pack that is not in force on the day, none
comes to anything. What an audit adds comes in as fields. The record is made of a decision alone, so
two records are equal where the decisions are.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any

from tieuchi.engine import __version__, numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.case import Case
from tieuchi.engine.decision import Decision, Finding, View
from tieuchi.engine.graph import Amount, Definition, Fact, Part, Provision, labels_by_node
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.measured import bounds, chosen, day_text, definition_fields, unanswered
from tieuchi.engine.members import Member, counts_under, each_of
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET, STATUSES
from tieuchi.engine.words import Words

Fields = dict[str, Any]


def record(
    decision: Decision,
    engines: Sequence[str] = ("decide",),
    case: Case | None = None,
    *,
    extra: Mapping[str, Any] | None = None,
    provisions: Mapping[str, Mapping[str, Any]] | None = None,
) -> Fields:
    """The record of a decision.

    `extra` are fields beside `provisions` (`rollups`, `claims`); `provisions` are fields for the
    provisions of these ids (`progress`, `forecast`, …), of a used pack as ``pack/id``.
    """
    recorder = _Recorder(decision, engines, case, provisions or {})
    main, *used = decision.graph.parts
    uses = {part.pack: recorder.part(part, f"{part.pack}/") for part in used}
    return {**recorder.part(main), "uses": uses, **(extra or {})}


def named(decision: Decision, wanted: Container[str]) -> dict[str, Fields]:
    """The fields of some provisions, definitions and amounts, of a used pack as ``pack/id``, and of
    the "verdict": as `record` has them, without what nobody asks for."""
    recorder = _Recorder(decision, (), None, {})
    main, *used = decision.graph.parts
    found = recorder.named(main, "", wanted)
    for part in used:
        found |= recorder.named(part, f"{part.pack}/", wanted)
    return found | {"verdict": recorder.verdict(main)}


def input_digest(decision: Decision, case: Case | None = None) -> str:
    """The digest of what was stated, in canonical form.

    The same quantity in another unit, and facts in another order, have the same digest.
    """
    text = json.dumps(_stated(decision, case), ensure_ascii=False, sort_keys=True)
    return "sha256:" + sha256(text.encode()).hexdigest()


class _Recorder:
    """Puts down one decision, pack by pack."""

    def __init__(
        self,
        decision: Decision,
        engines: Sequence[str],
        case: Case | None,
        provisions: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.decision = decision
        self.values = decision.values
        self.nodes = decision.graph.nodes
        self.provisions = provisions
        self.engines = list(engines)
        self.case = case
        self.labels = labels_by_node(decision.graph)

    def part(self, part: Part, prefix: str = "") -> Fields:
        """The record of one pack, its own ids unqualified."""
        graph = self.decision.graph
        truth = self.decision.verdict(part)
        return {
            "tieuchi": __version__,
            "pack": part.pack,
            "pack_digest": part.digest,
            "input_digest": self._digest,
            "as_of": day_text(graph.as_of),
            "subject": self.case.subject if self.case is not None else "",
            "status": None if truth is None else str(STATUSES[truth]),
            "reason": self._reason(part),
            "engines": self.engines,
            "limits": _words(part.limits),
            "provisions": {
                view.provision.id: self._provision(view, f"{prefix}{view.provision.id}")
                for view in self._views(part)
            },
            "definitions": {d.id: self._definition(d, part) for d in part.definitions},
            "amounts": {a.id: self._amount(a, part) for a in part.amounts},
            "uses": {},
        }

    @cached_property
    def _digest(self) -> str:
        """Of all parts the same, and of a part alone not asked for."""
        return input_digest(self.decision, self.case)

    def _views(self, part: Part) -> list[View]:
        views = self.decision.views(part)
        return views if part.in_force else [view.unanswered() for view in views]

    def named(self, part: Part, prefix: str, wanted: Container[str]) -> dict[str, Fields]:
        """What is wanted of one pack; where ids meet, the provision's."""
        found: dict[str, Fields] = {}
        for definition in part.definitions:
            if (id_ := f"{prefix}{definition.id}") in wanted:
                found[id_] = self._definition(definition, part)
        for amount in part.amounts:
            if (id_ := f"{prefix}{amount.id}") in wanted:
                found[id_] = self._amount(amount, part)
        for view in self._views(part):
            if (id_ := f"{prefix}{view.provision.id}") in wanted:
                found[id_] = self._provision(view, id_)
        return found

    def verdict(self, part: Part) -> Fields:
        """What the head of a record says."""
        truth = self.decision.verdict(part)
        status = None if truth is None else str(STATUSES[truth])
        return {"status": status, "reason": self._reason(part), "in_force": part.in_force}

    def _reason(self, part: Part) -> Fields | None:
        """Why there is no answer: no law in force on the day."""
        if part.in_force:
            return None
        day = numerals.day_text(self.decision.graph.as_of)
        text = say.NOT_IN_FORCE.words(act=part.cite, day=Words(day, day))
        if part.successor is None:
            return {"vi": f"{text.vi}.", "en": f"{text.en}."}
        more = say.SUCCESSOR.words(successor=part.successor)
        return {"vi": f"{text.vi}. {more.vi}", "en": f"{text.en}. {more.en}"}

    # ---- provisions

    def _provision(self, view: View, id_: str) -> Fields:
        provision, findings = view.provision, view.findings
        fields: Fields = {
            "status": None if view.status is None else str(view.status),
            "possible": [str(each) for each in view.possible],
            "open_because": view.open_because,
            "cite": provision.cite._asdict(),
            "measured": None,
            "required": None,
            "comparison": None,
            "unit": None,
            "shortfall": None,
        }
        if findings:
            fields.update(self._finding(findings[0], view))
        if len(findings) > 1:
            tests = [self._finding(finding, view) for finding in findings]
            short = next((test["shortfall"] for test in tests if test["shortfall"]), None)
            fields.update(required=None, comparison=None, shortfall=short)
            fields["tests"] = [
                {key: test[key] for key in ("comparison", "required", "shortfall")}
                for test in tests
            ]
        fields["missing"] = list(view.missing)
        if counts_under(self.decision.graph, [test.measured for test in provision.tests]):
            fields["members"] = [_member(each) for each in view.members]
        fields["notes"] = list(self._notes(view))
        fields.update(self.provisions.get(id_, {}))
        return fields

    def _finding(self, finding: Finding, view: View) -> Fields:
        test, node = finding.test, self.nodes[finding.test.measured]
        fields: Fields = {
            "measured": self._value(test.measured, finding.measured),
            "required": None,
            "comparison": test.comparison,
            "unit": test.unit or None,
            "shortfall": None,
        }
        if test.required >= 0:
            fields["required"] = self._value(test.required, finding.required)
        elif test.comparison == "in":
            fields["required"] = list(test.labels)
        else:
            fields["required"] = test.labels[0]
        if finding.shortfall is not None and view.truth == NOT_MET:
            short = node.args[0] if node.kind == "ratio" else test.measured
            fields["shortfall"] = self.decision.text(short, finding.shortfall)
            if node.kind == "ratio":
                fields["shortfall_unit"] = self.nodes[short].unit
        return fields

    def _notes(self, view: View) -> Iterator[Fields]:
        provision = view.provision
        for note in provision.notes:
            yield note._asdict()
        for slip in provision.misprints:
            printed, read = Words(slip.printed, slip.printed), Words(slip.read, slip.read)
            yield say.MISPRINT.words(printed=printed, read=read)._asdict()
        if provision.not_encoded is not None:
            yield provision.not_encoded._asdict()
        if self._reviewed(view, provision):
            yield (provision.review_note or say.REVIEW.words())._asdict()

    def _reviewed(self, view: View, provision: Provision) -> bool:
        if view.truth in (None, MET, NOT_MET, NOT_APPLICABLE) or provision.review < 0:
            return False
        return bool(self.values[provision.review] & MET and self.values[provision.own] & NOT_MET)

    # ---- definitions and amounts

    def _definition(self, definition: Definition, part: Part) -> Fields:
        if not part.in_force:
            return unanswered(self.nodes[definition.node])
        names = definition.labels or self.labels.get(definition.node, ())
        value = self.values[definition.node]
        fields = definition_fields(self.decision, definition, value, names)
        if definition.each:
            fields["each"] = [
                {"name": name, **bounds(self.decision, definition.node, one)}
                for name, _, one in each_of(self.decision.graph, self.values, definition.node)
            ]
        return fields

    def _amount(self, amount: Amount, part: Part) -> Fields:
        fields: Fields = {"least": None, "most": None, "exact": False}
        unit = self.nodes[amount.value].unit
        if amount.node >= 0 and part.in_force:
            fields = bounds(self.decision, amount.node, self.values[amount.node])
            fields["exact"] = fields["least"] is not None and fields["least"] == fields["most"]
        return {**fields, "up_to": amount.up_to, "unit": unit, "cite": amount.cite._asdict()}

    # ---- values

    def _value(self, node: int, value: Value) -> Any:
        """A value: a string, its ends while it is open, None where there is none."""
        kind = self.nodes[node].kind
        if kind == "truth":
            return {MET: "true", NOT_MET: "false"}.get(value)
        if kind == "class":
            names = chosen(self.labels.get(node, ()), value)
            return names[0] if len(names) == 1 else names or None
        ends = bounds(self.decision, node, value)
        settled = ends["least"] is not None and ends["least"] == ends["most"]
        if settled and not ends.get("not_applicable"):
            return ends["least"]
        return None if ends["least"] is None and ends["most"] is None else ends


def _member(member: Member) -> Fields:
    return {
        "list": member.list.id,
        "name": member.name,
        "number": str(member.number),
        "not_met": [field.id for field in member.not_met],
        "open": [field.id for field in member.open],
    }


def _words(texts: Sequence[Words]) -> list[Fields]:
    return [text._asdict() for text in texts]


# ---- what was stated


def _stated(decision: Decision, case: Case | None) -> Fields:
    """All that a record can hang on, but the packs and the day."""
    graph, given = decision.graph, decision.given
    facts = {fact.id: _plain(fact, given[fact.id]) for fact in graph.facts if fact.id in given}
    activities = [name for name in graph.activities if given.get(f"@activity/{name}") == MET]
    asked = any(f"@activity/{name}" in given for name in graph.activities)
    content: Fields = {"facts": facts, "activities": sorted(activities) if asked else None}
    if case is not None:
        content["subject"] = str(case.subject)
        content["forecasts"] = {str(name): day_text(day) for name, day in case.forecasts.items()}
        content["fact_forecasts"] = {
            str(name): day_text(each.forecast)
            for name, each in case.annotations.items()
            if each.forecast is not None
        }
        content["reported"] = {str(name): str(r.label) for name, r in case.reported.items()}
        content["rollups"] = [[[*map(str, r.of)], str(r.label)] for r in case.rollups]
        content["claims"] = [
            [str(c.printed), c.kind, [*map(str, (p.written for p in (*c.parts, *c.percents)))]]
            for c in case.claims
        ]
    return content


def _plain(fact: Fact, value: Value) -> Any:
    """A stated value in canonical form."""
    if isinstance(value, Members):
        rows = [
            [_plain(field, each) for field, each in zip(fact.fields, row, strict=True)]
            for row in value.rows
        ]
        return {"items": rows, "complete": value.complete}
    if fact.kind == "yes_no":
        return {MET: True, NOT_MET: False}.get(value)
    if fact.kind == "class":
        return chosen(fact.labels, value)
    if fact.kind in ("quantity", "date") and value.__class__ is int:
        return day_text(value) if fact.kind == "date" else decimal_text(value, fact.num, fact.den)
    return value if isinstance(value, str) else None
