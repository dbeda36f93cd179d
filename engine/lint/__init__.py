"""All that is wrong with a pack: what stops it from loading, then what makes it doubtful law.

A pack that loads is held against its words (`guard`, `negated`), every case there can be against it
(`prove`), its days (`dated`) and citations (`cited`), what a reader would look for (`unsaid`), its
facts and neighbours (`leftovers`) and its test cases (`boundaries`). It knows the passes and their
order, what a note answers for, and how the table of numbers is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any, Final

from tieuchi.engine import pack as p
from tieuchi.engine import phrases_lint as say
from tieuchi.engine.decision import Given
from tieuchi.engine.diagnostic import Diagnostic, Faults, listed, problem
from tieuchi.engine.graph import Fact, Graph
from tieuchi.engine.kernel import Value
from tieuchi.engine.lint.boundaries import boundaries
from tieuchi.engine.lint.cited import cited
from tieuchi.engine.lint.dated import dated
from tieuchi.engine.lint.guard import Row, guard, held
from tieuchi.engine.lint.leftovers import leftovers
from tieuchi.engine.lint.negated import negated
from tieuchi.engine.lint.prove import SECONDS, Shown, shown
from tieuchi.engine.lint.unsaid import unsaid
from tieuchi.engine.load import Program, breaks, compile_pack
from tieuchi.engine.load import lint as loaded
from tieuchi.engine.outline import Cell, Explanation, Grid, Header, Remark, Section
from tieuchi.engine.pack import Pack
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.source import Text
from tieuchi.engine.truth import MET
from tieuchi.engine.written import Constant, provisions_of


def lint(name: str, *trees: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with a pack; what does not load is not looked at further."""
    program, mistakes = loaded(name, *trees)
    if program is None:
        return mistakes
    graphs = _graphs(program)
    doubts = [*guard(program), *_proven(program, graphs)]
    doubts += [*dated(program.packs[program.id]), *unsaid(program)]
    doubts += [*cited(program.packs[program.id]), *negated(program.packs[program.id])]
    doubts += leftovers(program, graphs, name, *trees)
    doubts += boundaries(program, name, *trees)
    return Faults(doubts).diagnostics


# ---- what was proven

_CODES: Final = {
    "never-met": "provision-never-met",
    "never-fails": "provision-never-fails",
    "implied": "provision-implied",
    "contradicts": "provisions-contradict",
    "shadowed": "provision-shadowed",
    "alike": "provisions-alike",
    "unreachable": "line-unreachable",
}


def _proven(program: Program, graphs: Sequence[Graph]) -> list[Diagnostic]:
    """What was shown of any day in force, once."""
    found: dict[tuple[str, str, str, int], Diagnostic] = {}
    ends = monotonic() + SECONDS
    for graph in graphs:
        for each in shown(graph, ends):
            key = (each.kind, each.name, each.other, each.line)
            if key not in found and not _is_answered(program, each):
                found[key] = _of_proof(program, graph, each)
    return list(found.values())


def _graphs(program: Program) -> list[Graph]:
    """The graphs of a program while it is in force, those that decide alike once."""
    graphs = [compile_pack(program, day) for day in breaks(program)]
    return list({graph.nodes: graph for graph in graphs if graph.main.in_force}.values())


def _of_proof(program: Program, graph: Graph, each: Shown) -> Diagnostic:
    pack = program.packs[program.id]
    facts: dict[str, object] = {"name": each.name, "free": listed(each.free)}
    model: p.Model = _named(pack, each.name)
    if each.kind == "unreachable":
        body = getattr(model, "body", None)
        if isinstance(body, p.First):
            model = body.first[each.line]
        facts["line"] = each.line + 1
    if each.other:
        facts |= {"other": each.other, "case": _spelled(graph, each.case)}
        facts["words"] = _called(pack, each.other)
    return problem(_CODES[each.kind], model.mark(pack.file), **facts)


def _named(pack: Pack, name: str) -> p.Worded:
    provisions = provisions_of(pack)
    return provisions[name] if name in provisions else pack.model.define[Text(name)]


def _called(pack: Pack, name: str) -> str:
    """What a provision is called in Vietnamese; its id where it is called nothing."""
    return str(provisions_of(pack)[name].vi or name)


def _is_answered(program: Program, each: Shown) -> bool:
    """Whether a note says why it is so: by the name of the other in quotation marks, or an id."""
    pack = program.packs[program.id]
    names = [each.other or each.name]
    if each.other:
        names.append(f"“{_called(pack, each.other)}”")
    notes = [str(note.vi) for note in _named(pack, each.name).notes]
    return any(name in note for name in names for note in notes)


def _spelled(graph: Graph, case: Given) -> str:
    """The facts of a case as a case states them."""
    facts = {fact.id: fact for fact in graph.facts}
    said = [f"{name}: {_value(facts[name], value)}" for name, value in case.items()]
    return f"`{', '.join(said)}`" if said else "`{}`"


def _value(fact: Fact, value: Value) -> str:
    if fact.kind == "yes_no":
        return "true" if value == MET else "false"
    if fact.kind == "class":
        bit: int = value.bit_length()
        return fact.labels[bit - 1][0]
    return f"{decimal_text(value, fact.num, fact.den)} {fact.unit}".strip()


# ---- the table of numbers


def numbers(program: Program, lang: str) -> Explanation:
    """The numbers of a pack's words beside those that it writes."""
    model = program.packs[program.id].model
    rows = tuple(
        (row.provision, tuple(Cell(None, text) for text in _cells(row, lang)))
        for row in held(program)
    )
    head = tuple(each.of(lang) for each in say.HEAD)
    remarks = () if rows else (Remark("text", say.NOTHING.of(lang)),)
    grid = Grid(head, rows) if rows else None
    section = Section("numbers", say.TITLE.of(lang), remarks, grid)
    cite = model.cite.vi if lang == "vi" else model.cite.en
    return Explanation(lang, Header(program.id, str(cite), ""), None, (), (section,))


def _cells(row: Row, lang: str) -> tuple[str, str, str]:
    said = "" if row.said is None else words_of(row)
    return said, _written(row.constant), say.VERDICTS[row.verdict].of(lang)


def words_of(row: Row) -> str:
    """The number as the words have it, with the word that compares it."""
    said = row.said
    if said is None or not said.word:
        return "" if said is None else said.text
    after = said.word.startswith("trở")
    return f"{said.text} {said.word}" if after else f"{said.word} {said.text}"


def _written(constant: Constant | None) -> str:
    if constant is None:
        return ""
    written = str(constant.value) if constant.counted else str(constant.at)
    return f"{constant.way}: {written}" if constant.way else written


def as_rows(program: Program) -> list[dict[str, Any]]:
    """The same table as plain data."""
    return [
        {
            "provision": row.provision,
            "words": words_of(row) or None,
            "pack": None if row.constant is None else str(row.constant.at),
            "comparison": (row.constant and row.constant.way) or None,
            "verdict": row.verdict,
            "where": f"{row.at.line}:{row.at.column}",
        }
        for row in held(program)
    ]
