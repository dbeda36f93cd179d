"""Which column of a table is which fact, and in which unit: `match(headers, graph, mapping)`.

A column is known by the id of a fact or by its name in either language (see `naming`); what
`mapping` says comes before all. Nothing is guessed: a unit that cannot be, two columns for one
fact, one column for two facts are faults. It knows headers and facts, no file and no values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from tieuchi.engine.diagnostic import Diagnostic, Faults, Mark, listed, near, problem
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.marks import unmarked
from tieuchi.engine.quantity import Unit
from tieuchi.engine.statement import fold
from tieuchi.engine.table.naming import (
    Measured,
    Names,
    Part,
    measured,
    parts,
    plain_words,
)
from tieuchi.engine.words import Words

ACTIVITIES: Final = "activities"
SUBJECT: Final = "subject"
ACTIVITIES_HEADER: Final = Words("hoạt động", "activities")
SUBJECT_HEADER: Final = Words("tên chủ thể", "subject")
CALLED: Final = {
    ACTIVITIES: (
        *ACTIVITIES_HEADER, "activity", "các hoạt động", "lĩnh vực", "lĩnh vực hoạt động",
    ),
    SUBJECT: (
        *SUBJECT_HEADER, "chủ thể", "tên", "họ tên", "họ và tên", "tên tổ chức, cá nhân", "tên xã",
        "xã", "name", "applicant name", "commune",
    ),
}  # fmt: skip
_MAP: Final = Mark("--map")


class Column(NamedTuple):
    """A column that is a fact: its header, where it stands (from 0), the unit that the header says
    (None: the fact's own), and how that was understood ("converted", "per-omitted" or "")."""

    fact: str
    header: str
    at: int
    unit: Unit | None = None
    note: str = ""


class Matching(NamedTuple):
    """The columns of a table.

    `columns` stand in the order of the facts; `known` are headers of facts that no column decides
    (a list, a text), with those; `unmatched` are the headers that are nothing, `missing` the facts
    without a column. `activities` and `subject` are headers, or None.
    """

    columns: tuple[Column, ...]
    known: tuple[tuple[str, str], ...]
    unmatched: tuple[str, ...]
    missing: tuple[str, ...]
    activities: str | None
    subject: str | None

    def column(self, fact: str) -> Column | None:
        """The column of a fact."""
        return next((column for column in self.columns if column.fact == fact), None)


def match(
    headers: Sequence[str],
    graph: Graph,
    mapping: Mapping[str, str] | None = None,
    file: str = "table",
    *,
    lists: bool = False,
) -> Matching:
    """Which column is which fact of a graph; `mapping` says it of some, by header. Raises Faults
    where something can't be, or no column is a fact; with `lists` of the rows none need be."""
    matcher = _Matcher(graph.facts, graph.main.pack, bool(graph.activities), file)
    return matcher.match(headers, mapping or {}, alone=not lists)


def match_members(
    headers: Sequence[str], of: Fact, mapping: Mapping[str, str] | None = None, file: str = "table"
) -> Matching:
    """The same for the table of a list: which column is which field of its members."""
    return _Matcher(of.fields, of.pack, False, file).match(headers, mapping or {})


class _Claim(NamedTuple):
    """What a header can be; `fault` says why it cannot be that after all."""

    at: int
    header: str
    facts: tuple[Fact, ...]
    said: Measured | None = None
    fault: Diagnostic | None = None
    sure: bool = True  # not where a word in brackets is no unit: a remark, or a unit unknown to us


class _Matcher:
    def __init__(self, facts: Iterable[Fact], pack: str, activities: bool, file: str) -> None:
        self.facts = tuple(facts)
        self.pack = pack
        self.mark = Mark(file)
        self.names = Names(self.facts)
        self.special = {SUBJECT: CALLED[SUBJECT]}
        if activities:
            self.special[ACTIVITIES] = CALLED[ACTIVITIES]
        self.faults: list[Diagnostic] = []

    def match(
        self, headers: Sequence[str], mapping: Mapping[str, str], *, alone: bool = True
    ) -> Matching:
        """See `match`; `alone`: there is nothing beside these columns."""
        mapped, special = self._mapped(headers, mapping)
        taken = {claim.at for claim in mapped} | set(special.values())
        settled = {fact.id for claim in mapped for fact in claim.facts}
        found = [
            claim
            for at, header in enumerate(headers)
            if at not in taken
            and (claim := self._read(at, header, _once(header, headers))) is not None
            and any(fact.id not in settled for fact in claim.facts)
        ]
        self.faults += (
            claim.fault
            for claim in found
            if claim.fault and (claim.sure or self._alone(claim, found))
        )
        claims = [*mapped, *(claim for claim in found if claim.fault is None)]
        by_fact = self._by_fact(claims)
        if alone and not by_fact and not self.faults:
            self.faults.append(problem("columns-unmatched", self.mark, pack=self.pack))
        if self.faults:
            raise Faults(self.faults)
        taken |= {claim.at for claim in claims}
        for name, called in self.special.items():
            if name not in special and (at := _called(headers, called, taken)) is not None:
                special[name] = at
        return self._matching(headers, by_fact, taken | set(special.values()), special)

    def _matching(
        self,
        headers: Sequence[str],
        by_fact: Mapping[str, _Claim],
        taken: set[int],
        special: Mapping[str, int],
    ) -> Matching:
        columns, known, missing = [], [], []
        for fact in self.facts:
            claim = by_fact.get(fact.id)
            if fact.kind in ("list", "text"):
                known += [(claim.header, fact.id)] if claim else []
            elif claim is None:
                missing.append(fact.id)
            else:
                unit, note = claim.said or (None, "")
                columns.append(Column(fact.id, claim.header, claim.at, unit, note))
        named = {name: headers[at] for name, at in special.items()}
        return Matching(
            tuple(columns),
            tuple(known),
            tuple(header for at, header in enumerate(headers) if at not in taken),
            tuple(missing),
            named.get(ACTIVITIES),
            named.get(SUBJECT),
        )

    # ---- what a header says

    def _read(self, at: int, header: str, written: str) -> _Claim | None:
        """What a header can be, by how it is written; None where it is nothing."""
        for part in parts(written):
            facts = self.names.find(part.name)
            if len(facts) > 1:
                names = listed(fact.id for fact in facts)
                fault = problem("column-ambiguous", self.mark, header=header, names=names)
                return _Claim(at, header, facts, fault=fault)
            if facts:
                claim = self._measured(at, header, facts[0], part)
                if claim is not None:
                    return claim
        return None

    def _measured(self, at: int, header: str, fact: Fact, part: Part) -> _Claim | None:
        """A fact with what stands after its name; None where that makes it something else."""
        if not part.after.strip():
            return _Claim(at, header, (fact,))
        if fact.kind != "quantity":
            return _Claim(at, header, (fact,)) if part.bracketed else None
        said = measured(fact, part.after)
        if isinstance(said, Measured):
            return _Claim(at, header, (fact,), said)
        if isinstance(said, Unit):
            return _Claim(at, header, (fact,), fault=self._wrong_unit(header, fact, said))
        if not part.bracketed:
            return None
        unit = part.after.strip()
        fault = problem("column-unit-unknown", self.mark, header=header, name=fact.id, unit=unit)
        return _Claim(at, header, (fact,), fault=fault, sure=False)

    def _wrong_unit(self, header: str, fact: Fact, unit: Unit) -> Diagnostic:
        return problem(
            "column-unit-wrong",
            self.mark,
            header=header,
            name=fact.id,
            unit=unit.id,
            expected=fact.unit,
        )

    @staticmethod
    def _alone(claim: _Claim, found: Sequence[_Claim]) -> bool:
        """Whether no other header is what this one seems to be."""
        return not any(other.fault is None and other.facts == claim.facts for other in found)

    def _by_fact(self, claims: Iterable[_Claim]) -> dict[str, _Claim]:
        """The claim of each fact; a second one is a fault."""
        found: dict[str, _Claim] = {}
        for claim in claims:
            for fact in claim.facts:
                first = found.setdefault(fact.id, claim)
                if first is not claim:
                    self.faults.append(
                        problem(
                            "column-twice",
                            self.mark,
                            name=fact.id,
                            first=first.header,
                            second=claim.header,
                        )
                    )
        return found

    # ---- what the user says

    def _mapped(
        self, headers: Sequence[str], mapping: Mapping[str, str]
    ) -> tuple[list[_Claim], dict[str, int]]:
        """The claims of `--map`, and the columns that it makes special."""
        claims: list[_Claim] = []
        special: dict[str, int] = {}
        for column, name in mapping.items():
            at = position(headers, column)
            facts = self.names.find(name)
            if at is None:
                like = near(column, headers)
                columns = listed(headers)
                self.faults.append(
                    problem("column-unknown", _MAP, name=column, columns=columns, near=like)
                )
            elif not facts and fold(name) in self.special:
                special[fold(name)] = at
            elif (fault := self._unfit(column, name, facts)) is not None:
                self.faults.append(fault)
            else:
                claims.append(self._told(at, headers[at], facts[0]))
        return claims, special

    def _unfit(self, column: str, name: str, facts: Sequence[Fact]) -> Diagnostic | None:
        """Why a column cannot be what `--map` says."""
        if not facts:
            known = [known for fact in self.facts for known in (fact.id, *fact.words)]
            like = near(name, known)
            return problem("fact-unknown", _MAP, pack=self.pack, name=name, near=like)
        if len(facts) > 1:
            names = listed(fact.id for fact in facts)
            return problem("column-ambiguous", _MAP, header=column, names=names)
        if facts[0].kind == "list":
            return problem("column-for-list", _MAP, name=facts[0].id)
        return None

    def _told(self, at: int, header: str, fact: Fact) -> _Claim:
        """A column that the user names; its unit counts, if its header has one."""
        for part in parts(header) if fact.kind == "quantity" else ():
            said = measured(fact, part.after) if part.after.strip() else None
            if isinstance(said, Measured):
                return _Claim(at, header, (fact,), said)
            if isinstance(said, Unit) and part.bracketed:
                self.faults.append(self._wrong_unit(header, fact, said))
                break
        return _Claim(at, header, (fact,))


def _once(header: str, headers: Sequence[str]) -> str:
    """A header as the table has it: one that stands there twice came with its count, "bò (2)"."""
    first, _, count = header.rpartition(" (")
    return first if first in headers and count.removesuffix(")").isdigit() else header


def position(headers: Sequence[str], column: str) -> int | None:
    """Where the one column stands that is meant: written so, else nearly so, else without marks."""
    words = plain_words(column)
    for alike, wanted in ((str, column), (plain_words, words), (_bare, words)):
        found = [at for at, header in enumerate(headers) if alike(header) == wanted]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _bare(header: str) -> str:
    return unmarked(plain_words(header))


def _called(headers: Sequence[str], called: Iterable[str], taken: set[int]) -> int | None:
    """The first free column that has one of these names, the earlier names first."""
    free = {
        _bare(header): at for at, header in reversed(list(enumerate(headers))) if at not in taken
    }
    return next((at for name in called if (at := free.get(_bare(name))) is not None), None)
