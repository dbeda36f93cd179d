"""What `check` and `audit` share: from the command line to cases, from cases to answers and out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple
from unicodedata import normalize

from tieuchi.cli.command import Unforeseen, refuse
from tieuchi.cli.streams import emit, emit_json, say
from tieuchi.engine.answer import KINDS, Answer, Disagreement, answer
from tieuchi.engine.case import Case
from tieuchi.engine.case_file import load_cases
from tieuchi.engine.diagnostic import Lang, Mark, line
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.source import Map, Text
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.words import Words

Verb = Literal["check", "audit"]


class Arguments(NamedTuple):
    """The command line of `check` and `audit`."""

    cases: tuple[str, ...]
    packs: tuple[str, ...]
    as_of: int | None
    facts: tuple[tuple[str, str], ...]
    activities: tuple[str, ...]
    complete: bool
    places: tuple[str, ...]
    decimal: DecimalMark | None
    trees: tuple[Path, ...]
    form: Literal["text", "json"]
    trace: bool


def answer_all(verb: Verb, arguments: Arguments, lang: Lang) -> int:
    """Decide every case, write the answers and return the exit code they come to."""
    answers = decided(verb, arguments)
    for at, each in enumerate(answers):
        if arguments.form == "json":
            emit_json(_as_record(verb, each, arguments.trace))
        else:
            for warning in each.warnings:
                say(line(warning, lang))
            emit(("\n" if at else "") + as_text(verb, each, lang, arguments.trace))
    return exit_code(answers)


def _as_record(verb: Verb, answer: Answer, trace: bool) -> dict[str, Any]:
    from tieuchi.engine.record import record

    decision, extra = answer.decision, {}
    provisions = None
    if verb == "audit":
        from tieuchi.engine.audit import audit, fields

        found = fields(audit(decision, answer.case))
        provisions, extra = found["provisions"], found["extra"]
    if trace:
        from tieuchi.engine.trace import trace_record

        extra = {**extra, "trace": trace_record(decision.graph, answer.trace)}
    return record(decision, answer.engines, answer.case, extra=extra, provisions=provisions)


def as_text(verb: Verb, answer: Answer, lang: Lang, trace: bool) -> str:
    """An answer as it is shown on a terminal."""
    from tieuchi.cli.render import rendered

    decision, case, notices = answer.decision, answer.case, answer.notices
    sections = []
    if trace:
        from tieuchi.engine.trace import trace_section

        sections.append(trace_section(decision.graph, answer.trace, lang))
    if verb == "audit":
        from tieuchi.engine.audit import audit
        from tieuchi.engine.audit_explanation import explain_audit

        found = audit(decision, case)
        return rendered(
            explain_audit(found, decision, case, lang=lang, notices=notices, sections=sections)
        )
    from tieuchi.engine.explanation import explain

    return rendered(explain(decision, case, lang=lang, notices=notices, sections=sections))


def decided(verb: Verb, arguments: Arguments) -> list[Answer]:
    """The answers to what the command line asks; a disagreement leaves a file that shows it."""
    cases = load_cases(arguments.cases) if arguments.cases else []
    stated = (arguments.facts, arguments.activities, arguments.complete, arguments.places)
    if cases and any(stated):
        refuse(
            "`--set`, `--activity`, `--complete`, `--place` là để hỏi khi không có tệp hồ sơ",
            "`--set`, `--activity`, `--complete`, `--place` ask a question without a file",
        )
    if not cases:
        if not any(stated) and not arguments.packs:
            refuse(
                "thiếu CASE: nêu một tệp, hoặc hỏi bằng `--pack PACK --set FACT=VALUE`",
                "CASE is missing: name a file, or ask by `--pack PACK --set FACT=VALUE`",
            )
        cases = [asked(arguments)]
    today = datetime.now().astimezone().date().toordinal()
    try:
        return answer([_ruled(c, arguments) for c in cases], KINDS[verb], today, arguments.trees)
    except Disagreement as found:
        raise recorded(found) from None


def asked(arguments: Arguments) -> Case:
    """The case that the command line itself states."""
    facts = Map()
    for fact, stated in arguments.facts:
        facts[Text(fact)] = Text(stated)
    return Case(
        subject="",
        packs=(),
        as_of=None,
        decimal=None,
        activities=tuple(Text(normalize("NFC", each)) for each in arguments.activities) or None,
        complete=arguments.complete,
        places=tuple(map(Text, arguments.places)),
        note=None,
        facts=facts,
        annotations={},
        forecasts={},
        reported={},
        rollups=(),
        claims=(),
        mark=Mark(""),
    )


def _ruled(case: Case, arguments: Arguments) -> Case:
    """The case with what the command line says of every case."""
    return case._replace(
        packs=tuple(map(Text, arguments.packs)) or case.packs,
        as_of=case.as_of if arguments.as_of is None else arguments.as_of,
        decimal=case.decimal or arguments.decimal,
    )


def exit_code(answers: Sequence[Answer]) -> int:
    """1 where any is not met, else 3 where any is open, else 0."""
    codes = {_code(each) for each in answers}
    return 1 if 1 in codes else 3 if 3 in codes else 0


def _code(each: Answer) -> int:
    main, truth = each.decision.graph.main, each.decision.truth
    if truth is None:
        return 0 if main.in_force and main.verdict < 0 else 3
    return {MET: 0, NOT_MET: 1}.get(truth, 3)


def recorded(found: Disagreement) -> Unforeseen:
    """The error to end with, once a file that reproduces it is written."""
    from json import dumps

    data = dumps(found.record(), ensure_ascii=False, indent=1)
    file = Path(f"tieuchi-disagreement-{found.answer.decision.graph.main.pack}.json")
    try:
        file.write_text(data + "\n", "utf-8")
    except OSError as error:
        why = error.strerror
        return Unforeseen(
            Words(
                f"hai bộ máy suy luận không khớp; không ghi được {file}: {why}",
                f"the two engines disagree; {file} cannot be written: {why}",
            )
        )
    return Unforeseen(
        Words(
            f"hai bộ máy suy luận không khớp, xem {file}",
            f"the two engines disagree, see {file}",
        )
    )
