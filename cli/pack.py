"""`tieuchi pack`: what authors of packs run; here `lint` (the mistakes), `test` (the test cases)
and `diff` (what an amendment does)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tieuchi.cli.command import Argument, Group, Option, Verb, lang_of
from tieuchi.cli.options import COMPLETE, DECIMAL, FORMAT, LANG, TREES, offer, whole_day
from tieuchi.cli.streams import emit, emit_json
from tieuchi.engine.diagnostic import Diagnostic, Faults, Lang, as_json, line
from tieuchi.engine.words import Words

if TYPE_CHECKING:
    from tieuchi.engine.amendment import Registry
    from tieuchi.engine.graph import Graph
    from tieuchi.engine.pack_test import Outcome, Suite
    from tieuchi.engine.quantity import DecimalMark


def lint(
    packs: tuple[str, ...], trees: tuple[Path, ...], strict: bool, numbers: bool, form: str
) -> int:
    """Show what is wrong with packs, or their numbers beside the words of the law."""
    from tieuchi.engine.lint import lint as mistakes_of
    from tieuchi.engine.pack_test import packs_in

    lang = lang_of(click.get_current_context())
    named = packs_in(packs, *trees)
    if numbers:
        _show_numbers(named, trees, lang, form)
        return 0
    found = {name: mistakes_of(name, *trees) for name in named}
    all_found = [fault for faults in found.values() for fault in faults]
    unreadable = [fault for fault in all_found if _unreadable(fault)]
    if unreadable:
        raise Faults(unreadable)
    told: list[Diagnostic] = []
    for name, faults in found.items():
        fresh = [fault for fault in faults if fault not in told]  # a pack and one that uses it
        told += fresh
        if form == "json" or fresh or not faults:
            _show_faults(name, faults if form == "json" else fresh, lang, form)
    wrong = any(strict or fault.level == "error" for fault in all_found)
    return 1 if wrong else 0


def _show_numbers(names: Sequence[str], trees: tuple[Path, ...], lang: Lang, form: str) -> None:
    """The table of each pack. Raises `Faults` where one does not load."""
    from tieuchi.cli.render import rendered
    from tieuchi.engine.lint import as_rows
    from tieuchi.engine.lint import numbers as table_of
    from tieuchi.engine.load import load_pack

    programs = [(name, load_pack(name, *trees)) for name in names]
    for at, (name, program) in enumerate(programs):
        if form == "json":
            emit_json({"pack": name, "numbers": as_rows(program)})
        else:
            emit(("\n" if at else "") + rendered(table_of(program, lang)))


def _unreadable(fault: Diagnostic) -> bool:
    """Of a pack that cannot be looked at: bad input rather than a mistake of the author's."""
    named = fault.code == "pack-unknown" and not fault.mark.line  # and not by a pack's `use`
    return named or fault.code.startswith("file-")


def _show_faults(name: str, faults: Sequence[Diagnostic], lang: Lang, form: str) -> None:
    """A line a mistake, or one that there is none."""
    if form == "json":
        rows = [{**as_json(fault, lang)["error"], "level": fault.level} for fault in faults]
        emit_json({"pack": name, "faults": rows})
    elif not faults:
        emit(f"{name}: " + Words("không có lỗi", "no mistakes").of(lang))
    else:
        for fault in faults:
            emit(line(fault, lang))


def test(
    packs: tuple[str, ...], trees: tuple[Path, ...], coverage: bool, mutate: bool, form: str
) -> int:
    """Run the test cases beside packs; or show what they do not look at, or would not catch."""
    from tieuchi.engine.pack_test import run_suite, suites

    lang = lang_of(click.get_current_context())
    if coverage or mutate:
        found = suites(packs, *trees)
        covered = not coverage or _cover(found, trees, lang, form)
        return 0 if (not mutate or _mutate(found, trees, lang, form)) and covered else 1
    ran = [(suite, list(run_suite(suite, *trees))) for suite in suites(packs, *trees)]
    for suite, outcomes in ran:
        if form == "json":
            emit_json(_as_record(suite, outcomes))
        else:
            _show(suite, outcomes, lang)
    return 1 if any(each.mismatches for _, outcomes in ran for each in outcomes) else 0


def _mutate(found: Sequence[Suite], trees: tuple[Path, ...], lang: Lang, form: str) -> bool:
    """Show what the test cases would not catch; whether that is nothing."""
    from tieuchi.engine.mutation import mutate
    from tieuchi.engine.mutation.telling import as_record, lines

    passed = True
    for suite in found:
        mutation = mutate(suite, *trees, lang=lang if form == "text" else "en")
        passed &= mutation.passed
        if form == "json":
            emit_json(as_record(mutation))
        else:
            for line_ in lines(mutation, lang):
                emit(line_)
    return passed


def _cover(found: Sequence[Suite], trees: tuple[Path, ...], lang: Lang, form: str) -> bool:
    """Show what the test cases do not look at; whether that is nothing."""
    from tieuchi.cli.render import rendered
    from tieuchi.engine.coverage import cover
    from tieuchi.engine.coverage.telling import as_record, explained, lines

    whole = True
    for suite in found:
        coverage = cover(suite, *trees, lang=lang if form == "text" else "en")
        whole &= coverage.is_whole
        if form == "json":
            emit_json(as_record(coverage))
        else:
            emit(rendered(explained(coverage, lang)))
            for line_ in lines(coverage, lang):
                emit(line_)
    return whole


def _show(suite: Suite, outcomes: Sequence[Outcome], lang: Lang) -> None:
    """Every failing case with what differs, once for all readers that say the same; then totals."""
    alike: dict[tuple[Any, ...], list[Outcome]] = {}
    for each in outcomes:
        if each.mismatches:
            alike.setdefault((each.trial.mark, each.mismatches), []).append(each)
    for (mark, mismatches), found in alike.items():
        trial, by = found[0].trial, ", ".join(each.reader for each in found)
        emit(f"{mark}: {trial.name} · {trial.cite} · {by}")
        for at in mismatches:
            wrong = Words(
                f"cần {at.expected}, được {at.got}", f"expected {at.expected}, got {at.got}"
            )
            emit(f"    {at.id} {at.field}: {wrong.of(lang)} ({at.mark.line}:{at.mark.column})")
    failed = len({each.trial.mark for each in outcomes if each.mismatches})
    total, readers = (
        len(suite.trials + suite.refused),
        ", ".join(dict.fromkeys(each.reader for each in outcomes)),
    )
    said = Words(
        f"{total - failed} trên {total} trường hợp đúng", f"{total - failed} of {total} cases pass"
    )
    emit(f"{suite.file}: {said.of(lang)}" + (f" ({readers})" if readers else ""))


def _as_record(suite: Suite, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The outcomes of one file as one object."""
    failures = [
        {
            "name": each.trial.name,
            "cite": each.trial.cite,
            "where": str(at.mark),
            "reader": each.reader,
            "id": at.id,
            "field": at.field,
            "expected": at.expected,
            "got": at.got,
        }
        for each in outcomes
        for at in each.mismatches
    ]
    return {
        "file": suite.file,
        "cases": len(suite.trials + suite.refused),
        "readers": list(dict.fromkeys(each.reader for each in outcomes)),
        "failed": len({each.trial.mark for each in outcomes if each.mismatches}),
        "failures": failures,
    }


class Compared(NamedTuple):
    """The command line of `diff`, as click has parsed it."""

    old: str
    new: str | None
    as_of_old: int | None
    as_of_new: int | None
    on: str | None
    decimal: DecimalMark | None
    complete: bool
    trees: tuple[Path, ...]
    form: str


def diff(**line: Any) -> int:
    """Show what an amendment does, by outcome."""
    return _compared(Compared(**line), lang_of(click.get_current_context()))


def _compared(asked: Compared, lang: Lang) -> int:
    from tieuchi.cli.days import graph_near
    from tieuchi.cli.render import rendered
    from tieuchi.engine.amendment import amendment
    from tieuchi.engine.amendment_telling import as_record, explained

    old = graph_near(asked.old, asked.as_of_old, asked.trees)
    new = graph_near(asked.new or asked.old, asked.as_of_new, asked.trees)
    rows = None if asked.on is None else _in_table(asked, asked.on, old, new)
    found = amendment(old, new)
    if asked.form == "json":
        emit_json(as_record(found, rows))
    else:
        emit(rendered(explained(found, lang, rows)))
    return 1 if found.differs else 0


def _in_table(asked: Compared, table: str, old: Graph, new: Graph) -> Registry:
    """Who gains and who loses in a table."""
    from tieuchi.engine.table.difference import difference
    from tieuchi.engine.table.sources import open_source

    with open_source(table, decimal=asked.decimal) as source:
        return difference(old, new, source, decimal=asked.decimal, complete=asked.complete)


PACKS = Argument(
    "packs",
    says=Words(
        "Gói luật theo tên hoặc tệp, hay thư mục; không nêu là mọi gói.",
        "Packs by name or file, or folders of them; none named is all.",
    ),
    nargs=-1,
    metavar="[PACK]...",
    shell_complete=offer("packs"),
)
lint_command = Verb(
    "lint",
    lint,
    says=Words(
        "Đọc gói luật, nêu mọi lỗi kèm chỗ sai và cách sửa. Mã thoát 1 khi có lỗi.",
        "Read packs and show every mistake, where it is and the remedy. Exits 1 on mistakes.",
    ),
    params=(
        PACKS,
        TREES,
        Option(
            "--strict",
            says=Words("Coi cảnh báo là lỗi.", "Take warnings for mistakes."),
            is_flag=True,
        ),
        Option(
            "--numbers",
            says=Words(
                "Chỉ in bảng: từng con số trong lời văn, con số trong gói, có khớp không.",
                "Print only the table: each number in the words, the one in the pack, if they "
                "agree.",
            ),
            is_flag=True,
        ),
        FORMAT,
        LANG,
    ),
    examples=("tieuchi pack lint nq-08-2019", "tieuchi pack lint --numbers lao-cai-26-2020"),
)
test_command = Verb(
    "test",
    test,
    says=Words(
        "Chạy các trường hợp thử trong X.test.yaml cạnh mỗi gói. Mã thoát 1 khi có kết quả sai.",
        "Run the cases of X.test.yaml beside each pack. Exits 1 where one fails.",
    ),
    params=(
        PACKS,
        TREES,
        Option(
            "--coverage",
            says=Words(
                "Điều kiện nào chưa được thử khi đạt, chưa đạt, còn mở, đúng mức, sát mức.",
                "Which condition no case sees met, not met, open, at its boundary, just below.",
            ),
            is_flag=True,
        ),
        Option(
            "--mutate",
            says=Words(
                "Gài từng lỗi vào gói luật, nêu lỗi mà không trường hợp nào phát hiện.",
                "Put one slip after another into the pack; show those that no case catches.",
            ),
            is_flag=True,
        ),
        FORMAT,
        LANG,
    ),
    examples=("tieuchi pack test nq-08-2019", "tieuchi pack test lao-cai-26-2020 --mutate"),
)
diff_command = Verb(
    "diff",
    diff,
    says=Words(
        "Một lần sửa đổi làm thay đổi kết quả gì: mỗi điểm và mức tiền như cũ, nới lỏng, chặt hơn "
        "hay khác đi, chứng minh trên mọi hồ sơ có thể có, kèm hồ sơ nhỏ nhất có kết quả khác. Mã "
        "thoát 0 khi không có gì khác, 1 khi có.",
        "What an amendment does, by outcome: every provision and amount is the same, looser, "
        "stricter or different, shown over every case there can be, with the smallest case that "
        "comes out otherwise. Exits 0 where nothing differs, 1 where something does.",
    ),
    params=(
        Argument(
            "old",
            says=Words("Gói luật trước, theo tên hoặc tệp.", "The old pack, by name or file."),
            shell_complete=offer("packs"),
        ),
        Argument(
            "new",
            says=Words(
                "Gói luật sau; không nêu là cùng gói, vào ngày khác.",
                "The new one; left out, the same pack on another day.",
            ),
            required=False,
            shell_complete=offer("packs"),
        ),
        Option(
            "--as-of-old",
            says=Words("Ngày xét gói trước.", "The day of the old pack."),
            callback=whole_day,
            metavar="DATE",
        ),
        Option(
            "--as-of-new",
            says=Words("Ngày xét gói sau.", "The day of the new pack."),
            callback=whole_day,
            metavar="DATE",
        ),
        Option(
            "--on",
            says=Words(
                "Một bảng hồ sơ: bao nhiêu dòng thêm được, bao nhiêu dòng mất đi.",
                "A table of cases: how many rows gain and how many lose.",
            ),
            metavar="TABLE",
        ),
        DECIMAL,
        COMPLETE,
        TREES,
        FORMAT,
        LANG,
    ),
    examples=("tieuchi pack diff chan-nuoi-2020 --as-of-old 2024-09-19 --as-of-new 2024-09-20",),
)
group = Group(
    "pack",
    says=Words("Dành cho người viết gói luật.", "For authors of packs."),
    verbs={
        "lint": (
            "tieuchi.cli.pack:lint_command",
            Words("Nêu mọi lỗi của gói luật.", "Show every mistake of a pack."),
        ),
        "test": (
            "tieuchi.cli.pack:test_command",
            Words("Chạy các trường hợp thử cạnh gói luật.", "Run the test cases beside a pack."),
        ),
        "new": (
            "tieuchi.cli.pack_new:command",
            Words("Viết một gói luật mới để bắt đầu.", "Write a new pack to begin with."),
        ),
        "fmt": (
            "tieuchi.cli.pack_fmt:command",
            Words(
                "Viết lại gói luật và trường hợp thử theo một dạng chung, giữ mọi chú thích.",
                "Write packs and their tests in the one canonical form, comments kept.",
            ),
        ),
        "schema": (
            "tieuchi.cli.pack_schema:command",
            Words(
                "In JSON Schema của gói luật, để trình soạn thảo gợi ý và báo lỗi.",
                "Print the JSON Schema of packs, by which an editor completes and checks.",
            ),
        ),
        "diff": (
            "tieuchi.cli.pack:diff_command",
            Words(
                "Một lần sửa đổi làm thay đổi kết quả gì.", "What an amendment does, by outcome."
            ),
        ),
        "export": (
            "tieuchi.cli.pack_export:command",
            Words(
                "Xuất gói luật: văn bản để đối chiếu (md, html), câu truy vấn (sql).",
                "Export a pack: a document to check (md, html), a query (sql).",
            ),
        ),
    },
    params=(LANG,),
    examples=("tieuchi pack test nq-08-2019",),
)
