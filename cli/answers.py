"""What `check` and `audit` share: from the command line to cases, from cases to answers and out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn
from unicodedata import normalize

from tieuchi.cli.command import Unforeseen, refuse
from tieuchi.cli.streams import emit, emit_json, say_json
from tieuchi.engine.answer import KINDS, Answer, Disagreement, answer
from tieuchi.engine.case import Case
from tieuchi.engine.case_file import load_cases
from tieuchi.engine.diagnostic import Lang, Mark, as_json
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.source import Map, Text
from tieuchi.engine.truth import MET, NOT_MET
from tieuchi.engine.words import Words

if TYPE_CHECKING:
    from tieuchi.engine.ahead import Beside

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
    advise: bool = False
    missing: bool = False
    until: bool = False
    what_if: tuple[tuple[tuple[str, str], ...], ...] = ()
    sweep: tuple[tuple[str, str, str], ...] = ()


def answer_all(verb: Verb, arguments: Arguments, lang: Lang) -> int:
    """Decide every case, write the answers and return the exit code they come to."""
    answers = decided(verb, arguments)
    beside = _beside(verb, answers, arguments)
    for at, (each, more) in enumerate(zip(answers, beside, strict=True)):
        if arguments.form == "json":
            for warning in each.warnings:  # the text has them in it
                say_json({"warning": as_json(warning, lang)["error"]})
            emit_json(_as_record(verb, each, arguments.trace, more))
        else:
            emit(("\n" if at else "") + as_text(verb, each, lang, arguments.trace, more))
    return exit_code(answers)


def _beside(verb: Verb, answers: Sequence[Answer], arguments: Arguments) -> Sequence[Beside | None]:
    """What is asked beside each answer."""
    asks = (
        arguments.advise,
        arguments.missing,
        arguments.until,
        arguments.what_if,
        arguments.sweep,
    )
    if not any(asks):
        return [None] * len(answers)
    from tieuchi.engine.ahead import Question, look
    from tieuchi.engine.ahead.sweep import Range, Unswept

    ranges = tuple(Range(*each) for each in arguments.sweep)
    asked = Question(
        arguments.advise, arguments.missing, arguments.until, arguments.what_if, ranges
    )
    try:
        return look(answers, asked, KINDS[verb], _today(), arguments.trees)
    except Disagreement as found:
        raise recorded(found) from None
    except Unswept as found:
        _refuse_sweep(*found.asked, found.why)


def _refuse_sweep(fact: str, start: str, end: str, why: str) -> NoReturn:
    """Say why a range cannot be gone through."""
    vi, en = {
        "kind": (f"`{fact}` không phải đại lượng hay ngày", f"`{fact}` is no quantity and no day"),
        "open": ("cả hai đầu phải là một giá trị", "both ends have to be a value"),
        "order": (f"`{start}` lớn hơn `{end}`", f"`{start}` is more than `{end}`"),
        "fine": ("khoảng quá dài để tính chính xác", "the range is too long to be exact about"),
    }[why]
    refuse(f"`--sweep {fact}={start}..{end}`: {vi}", f"`--sweep {fact}={start}..{end}`: {en}")


def _as_record(verb: Verb, answer: Answer, trace: bool, more: Beside | None) -> dict[str, Any]:
    from tieuchi.engine.record import record

    decision, extra = answer.decision, {}
    provisions = None
    if verb == "audit":
        from tieuchi.engine.audit import audit, fields

        found = fields(audit(decision, answer.case))
        provisions, extra = found["provisions"], found["extra"]
    if trace:
        from tieuchi.engine.session.trace import trace_record

        extra = {**extra, "trace": trace_record(decision.graph, answer.trace)}
    if more is not None:
        from tieuchi.engine.ahead import fields as fields_ahead

        extra = {**extra, **fields_ahead(more)}
    return record(decision, answer.engines, answer.case, extra=extra, provisions=provisions)


def as_text(verb: Verb, answer: Answer, lang: Lang, trace: bool, more: Beside | None = None) -> str:
    """What is shown of an answer, and of what was asked beside it."""
    from tieuchi.cli.render import rendered

    decision, case, notices = answer.decision, answer.case, answer.notices
    sections = []
    if trace:
        from tieuchi.engine.session.trace import trace_section

        sections.append(trace_section(decision.graph, answer.trace, lang))
    replaced: frozenset[str] = frozenset()
    if more is not None:
        from tieuchi.engine.ahead import replaced_by, sections_of

        sections += sections_of(more, lang)
        replaced = replaced_by(more)
    if verb == "audit":
        from tieuchi.engine.audit import audit
        from tieuchi.engine.audit.telling import explain_audit

        found = audit(decision, case)
        return rendered(
            explain_audit(found, decision, case, lang=lang, notices=notices, sections=sections)
        )
    from tieuchi.engine.explanation import explain

    shown = explain(decision, case, lang=lang, notices=notices, sections=sections)
    kept = tuple(section for section in shown.sections if section.kind not in replaced)
    return rendered(shown._replace(sections=kept))


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
    ruled = [_ruled(case, arguments) for case in cases]
    try:
        return answer(ruled, KINDS[verb], _today(), arguments.trees)
    except Disagreement as found:
        raise recorded(found) from None


def _today() -> int:
    return datetime.now().astimezone().date().toordinal()


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
