"""A report held against what its own facts come to: `audit(decision, case) -> Audit`.

Every provision of the pack, with what is under it in the packs it uses, gets its progress and,
where the report gave it a label, whether the two agree. Several provisions that the report labels
together are rolled up to their worst part, and printed figures are counted again. On a day on which
the plan is not in force the figures alone are looked at. What a label means is data of the plan's
pack. `fields` is what a record has of an audit. Nothing here knows a language: reasons are names.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from tieuchi.engine.audit.claims import Checked, check_all
from tieuchi.engine.audit.progress import Judge, Judgement, Progress, resolve, worst
from tieuchi.engine.case import Case, Reported, Rollup
from tieuchi.engine.decision import Decision, View
from tieuchi.engine.graph import Part, Provision
from tieuchi.engine.members import Member
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.statement import fold
from tieuchi.engine.truth import Status


class Agreement(StrEnum):
    """What comes of holding a label against a progress."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    CANNOT_COMPARE = "cannot_compare"


class Reason(StrEnum):
    """Why an agreement is not `agrees`."""

    NO_LABEL = "no_label"  # the report gives none: nothing to compare
    NO_PROGRESS = "no_progress"  # not applicable, not encoded, not in force: nothing to compare
    LABEL_UNKNOWN = "label_unknown"  # the plan does not say what it means: cannot compare
    UNDETERMINED = "undetermined"  # nothing to judge by: cannot compare
    OTHERWISE = "otherwise"  # the label says something else: disagrees


class Compared(NamedTuple):
    """A label held against a progress; `meant` is what the label stands for."""

    agreement: Agreement | None
    reason: Reason | None
    meant: tuple[Progress, ...] = ()


class Entry(NamedTuple):
    """One provision as audited, and those under it; `id` is of a used pack ``pack/id``."""

    id: str
    view: View
    judgement: Judgement
    reported: Reported | None
    compared: Compared
    members: tuple[Member, ...]
    entries: tuple[Entry, ...]

    @property
    def provision(self) -> Provision:
        """What the law says."""
        return self.view.provision

    @property
    def status(self) -> Status | None:
        """Whether it is met; None where it is not encoded or not in force."""
        return self.view.status

    @property
    def progress(self) -> Progress | None:
        """How it stands in its period."""
        return self.judgement.progress

    @property
    def agreement(self) -> Agreement | None:
        """Whether the report's label says the same; None where there is nothing to compare."""
        return self.compared.agreement

    def walk(self) -> Iterator[Entry]:
        """Itself and all that is under it, parents first."""
        yield self
        for entry in self.entries:
            yield from entry.walk()


class RolledUp(NamedTuple):
    """Several provisions that the report labels together: their worst part beside its label."""

    rollup: Rollup
    of: tuple[str, ...]
    computed: Progress | None
    worst: tuple[str, ...]  # the parts that stand so
    compared: Compared


class Audit(NamedTuple):
    """A report as audited. `targets` are the provisions of the pack that are under no other."""

    targets: tuple[Entry, ...]
    rollups: tuple[RolledUp, ...]
    claims: tuple[Checked, ...]

    def walk(self) -> Iterator[Entry]:
        """Every provision audited, parents first; one under several targets comes several times."""
        for target in self.targets:
            yield from target.walk()

    def entry(self, name: str) -> Entry:
        """A provision as audited, by its id. Raises KeyError."""
        for entry in self.walk():
            if entry.id == name:
                return entry
        raise KeyError(name)

    def labelled(self, agreement: Agreement) -> tuple[Entry, ...]:
        """The provisions whose label comes out so, each once."""
        found = {entry.id: entry for entry in self.walk() if entry.agreement is agreement}
        return tuple(found.values())


def audit(decision: Decision, case: Case) -> Audit:
    """The audit of a case."""
    auditor = _Auditor(decision, case)
    main = decision.graph.main
    targets = [auditor.entry(p.id) for p in main.provisions if not p.parent]
    return Audit(
        tuple(targets),
        tuple([auditor.rolled_up(rollup) for rollup in case.rollups if main.in_force]),
        check_all(case.claims),
    )


def compare(label: str | None, progress: Progress | None, part: Part) -> Compared:
    """A label held against a progress, by what a plan's pack says that its labels mean."""
    if label is None:
        return Compared(None, Reason.NO_LABEL)
    meant = _meaning(label, part)
    if progress is None:
        return Compared(None, Reason.NO_PROGRESS, meant)
    if progress is Progress.UNDETERMINED:
        return Compared(Agreement.CANNOT_COMPARE, Reason.UNDETERMINED, meant)
    if not meant:
        return Compared(Agreement.CANNOT_COMPARE, Reason.LABEL_UNKNOWN)
    if progress in meant:
        return Compared(Agreement.AGREES, None, meant)
    return Compared(Agreement.DISAGREES, Reason.OTHERWISE, meant)


def fields(audit: Audit) -> dict[str, dict[str, Any]]:
    """What a record has of an audit: `provisions`, by id, and `extra`, beside the provisions."""
    provisions: dict[str, dict[str, Any]] = {}
    for entry in audit.walk():
        provisions.setdefault(
            entry.id,
            {
                "progress": entry.progress,
                "forecast": _day(entry.judgement.forecast),
                "reported": None if entry.reported is None else str(entry.reported.label),
                "agreement": entry.agreement,
                "agreement_reason": entry.compared.reason,
            },
        )
    rollups = [
        {
            "of": list(each.of),
            "computed": each.computed,
            "printed": str(each.rollup.label),
            "agreement": each.compared.agreement,
            "where": str(each.rollup.where),
            "name": None if each.rollup.name is None else each.rollup.name._asdict(),
        }
        for each in audit.rollups
    ]
    claims = [
        {
            "where": str(each.claim.where),
            "printed": str(each.claim.printed),
            "computed": _computed(each),
            "unit": each.unit,
            "verdict": each.verdict,
        }
        for each in audit.claims
    ]
    return {"provisions": provisions, "extra": {"rollups": rollups, "claims": claims}}


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def _computed(checked: Checked) -> str | dict[str, str | None] | None:
    """What a printed figure comes to; of `same_base`, between what the base lies."""
    if checked.computed is not None:
        return decimal_text(1, *checked.computed.as_integer_ratio())
    if checked.bases is None:
        return None
    most = checked.bases.most
    return {
        "least": decimal_text(1, *checked.bases.above.as_integer_ratio()),
        "most": None if most is None else decimal_text(1, *most.as_integer_ratio()),
    }


def _meaning(label: str, part: Part) -> tuple[Progress, ...]:
    """What a label stands for: the first that fits."""
    said = fold(label)
    for how, text, means in part.progress_labels:
        known = fold(text)
        if said == known if how == "is" else known in said:
            return tuple(map(Progress, means))
    return ()


class _Auditor:
    """Audits the provisions of one decision."""

    def __init__(self, decision: Decision, case: Case) -> None:
        graph = decision.graph
        self.decision = decision
        self.judge = Judge(decision, case)
        self.reported = {resolve(graph, name): said for name, said in case.reported.items()}

    def entry(self, name: str, deadline: int = 0) -> Entry:
        """A provision with all that is under it, by the deadline of the target it is part of."""
        view = self.decision[name]
        until = min(filter(None, (view.provision.deadline, deadline)), default=0)
        judgement = self.judge.judge(name, until)
        known = self.judge.provisions
        part = known[name][1]
        if not (self.decision.graph.main.in_force and part.in_force):
            view, judgement = view.unanswered(), Judgement(None, None, None, False, until, None)
        reported = self.reported.get(name)
        label = None if reported is None else str(reported.label)
        names = (self.judge.key(child, part) for child in view.provision.children)
        below = [self.entry(n, until) for n in names if n in known]
        return Entry(
            name,
            view,
            judgement,
            reported,
            compare(label, judgement.progress, self.decision.graph.main),
            view.members,
            tuple(below),
        )

    def rolled_up(self, rollup: Rollup) -> RolledUp:
        """Provisions labelled together."""
        graph = self.decision.graph
        names = [name for name in (resolve(graph, each) for each in rollup.of) if name is not None]
        stand = {name: self.entry(name).progress for name in names}
        computed = worst(stand.values())
        at_worst = [n for n, progress in stand.items() if progress is computed is not None]
        compared = compare(str(rollup.label), computed, graph.main)
        return RolledUp(rollup, tuple(names), computed, tuple(at_worst), compared)
