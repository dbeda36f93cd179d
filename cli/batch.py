"""`tieuchi batch`: a table of applicants or communes, decided row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tieuchi.cli.command import Argument, Option, Verb, lang_of, refuse
from tieuchi.cli.engines import OPTIONS
from tieuchi.cli.options import ACTIVITY, AS_OF, COMPLETE, DECIMAL, LANG, TREES, offer
from tieuchi.engine.words import Words

if TYPE_CHECKING:
    from tieuchi.engine.diagnostic import Lang
    from tieuchi.engine.graph import Graph
    from tieuchi.engine.quantity import DecimalMark
    from tieuchi.engine.table.lists import Listed
    from tieuchi.engine.table.run import Job

REJECTED = 4
NO_LAW = 3


class Line(NamedTuple):
    """The command line, as click has parsed it."""

    table: str
    pack: str
    output: str | None
    as_of: int | None
    sheet: str | None
    header_row: int | None
    encoding: str | None
    mapping: Mapping[str, str]
    lists: Mapping[str, str]
    key: str | None
    decimal: DecimalMark | None
    activities: Sequence[str]
    complete: bool
    only: str | None
    long: bool
    strict: bool
    by: str | None
    form: str
    engine: str
    master: str | None
    conf: Sequence[str]
    sql: bool
    dialect: str
    trees: tuple[Path, ...]


def batch(**line: Any) -> int:
    """Decide a table."""
    return _decided(Line(**line), lang_of(click.get_current_context()))


def _decided(line: Line, lang: Lang) -> int:
    from tieuchi.cli import engines, registry
    from tieuchi.cli.streams import emit, emit_json, say

    if not line.sql:
        _hold_apart(line)
    graph = _graph(line)
    if not graph.main.in_force:
        say(registry.not_in_force(graph, lang))
        return NO_LAW
    _hold_answers(graph)
    if line.sql:
        asked = _activities(graph, line.activities), _only(graph, line.only)
        emit(engines.query(line, graph, *asked, lang).rstrip("\n"))
        return 0
    with engines.opened(line) as (source, run):
        job = _job(line, graph, source.headers)
        by = None if line.by is None else _group(line.by, source.headers)
        for told in registry.taken(job, line.table, lang) if line.form == "text" else ():
            say(told)
        with registry.progress(lang, source.rows) as seen:
            outcome = run(
                job, source, str(line.output), lang,
                by=by, strict=line.strict, long=line.long, seen=seen,
            )  # fmt: skip
    if line.form == "json":
        emit_json(registry.as_json(outcome))
    else:
        emit(registry.show(outcome, lang))
    return REJECTED if outcome.rejected else 0


def _hold_answers(graph: Graph) -> None:
    """A table has something to say of each row; a ratio is no column."""
    from tieuchi.engine.results import results

    part = graph.main
    if part.provisions or part.amounts:
        return
    if all(graph.nodes[each.node].kind == "ratio" for each in results(graph)):
        refuse(
            f"gói `{part.pack}` chỉ cho tỷ lệ, bảng không ghi được; xét từng hồ sơ bằng `check`",
            f"pack `{part.pack}` comes to ratios alone, which no table holds; use `check` for each"
            " case",
        )


def _group(column: str, headers: tuple[str, ...]) -> str:
    """The column that splits the summary, found as columns of facts are."""
    from tieuchi.engine.table.match import position

    at = position(headers, column)
    if at is None:
        refuse(
            f"`--by {column}`: bảng không có cột này",
            f"`--by {column}`: the table has no such column",
        )
    return headers[at]


def _hold_apart(line: Line) -> None:
    """Nothing that is read is written over."""
    from tieuchi.engine.table.batch import rejects_of

    if line.output is None:
        refuse("thiếu `--output`", "`--output` is missing")
    read = {Path(path).resolve() for path in (line.table, *_files(line))}
    for path in (line.output, rejects_of(line.output)):
        place = Path(path).resolve()
        if not read.isdisjoint((place, *place.parents)):
            refuse(
                f"`-o {line.output}`: `{path}` là bảng đang đọc; chọn tên khác",
                f"`-o {line.output}`: `{path}` is a table that is read; choose another name",
            )


def _graph(line: Line) -> Graph:
    from datetime import datetime

    from tieuchi.engine.cache import graph_for

    today = datetime.now().astimezone().date().toordinal()
    return graph_for(line.pack, today if line.as_of is None else line.as_of, *line.trees)


def _job(line: Line, graph: Graph, headers: tuple[str, ...]) -> Job:
    from dataclasses import replace

    from tieuchi.engine.table.match import match
    from tieuchi.engine.table.run import Job

    job = Job(
        graph,
        headers,
        match(headers, graph, line.mapping, line.table, lists=bool(line.lists)),
        line.decimal,
        line.complete,
        _activities(graph, line.activities),
        _only(graph, line.only),
    )
    return replace(job, lists=tuple(_list(line, job, *each) for each in line.lists.items()))


def _within(path: str) -> tuple[str, str | None]:
    """A file, and what is named in it: `FILE#NAME`."""
    file, _, name = (path, "", "") if Path(path).exists() else path.partition("#")
    return file, name or None


def _files(line: Line) -> list[str]:
    return [_within(path)[0] for path in line.lists.values()]


def _list(line: Line, job: Job, name: str, path: str) -> tuple[str, tuple[str, Listed]]:
    """The table of a list, joined by `--key`, else by the columns that name subjects."""
    from dataclasses import replace

    from tieuchi.engine.table.lists import read_list
    from tieuchi.engine.table.match import match_members
    from tieuchi.engine.table.sources import open_source

    fact = next((f for f in job.graph.facts if f.id == name and f.kind == "list"), None)
    if fact is None:
        lists = ", ".join(f"`{f.id}`" for f in job.graph.facts if f.kind == "list") or "—"
        refuse(
            f"`--list {name}`: danh sách của gói này là {lists}",
            f"`--list {name}`: the lists of this pack are {lists}",
        )
    file, sheet = _within(path)
    with open_source(file, sheet=sheet, encoding=line.encoding, decimal=line.decimal) as source:
        matching = match_members(source.headers, fact, file=path)
        theirs, ours = line.key or matching.subject, line.key or job.matching.subject
        if theirs not in source.headers or ours not in job.headers:
            refuse(
                f"`--list {name}`: hai bảng không có cột nối chung; nêu bằng `--key`",
                f"`--list {name}`: no column joins the two tables; name one with `--key`",
            )
        named = replace(source, path=path)
        listed = read_list(
            job.graph, fact, named, matching, theirs, decimal=line.decimal, complete=line.complete
        )
    return name, (job.raw[ours], listed)


def _activities(graph: Graph, named: Sequence[str]) -> frozenset[str] | None:
    """The activities that all rows are asked about; None: as a column says, or all."""
    from tieuchi.engine.diagnostic import Faults, Mark, problem
    from tieuchi.engine.reading import Misstated
    from tieuchi.engine.table.cell import read_activities

    if not named:
        return None
    try:
        mask = read_activities(graph, ";".join(named)) or 0
    except Misstated as error:
        fault = problem(error.code, Mark("--activity"), error.remedy, **error.facts)
        raise Faults([fault]) from None
    return frozenset(name for i, name in enumerate(graph.activities) if mask >> i & 1)


def _only(graph: Graph, asked: str | None) -> frozenset[str] | None:
    """The provisions, amounts and results that get columns; None: all."""
    from tieuchi.engine.diagnostic import near
    from tieuchi.engine.results import results

    if asked is None:
        return None
    part = graph.main
    if asked == "points":
        leaves = {p.id for p in part.provisions if not p.children and p.parent}
        cited = {p.id: p.cite for p in part.provisions}
        return frozenset(
            p.id for p in part.provisions
            if p.id not in leaves or p.cite != cited[p.parent]
        )  # fmt: skip
    told: list[Any] = [*part.provisions, *part.amounts, *results(graph)]
    known = [each.id for each in told]
    names = [name.strip() for name in asked.split(",") if name.strip()]
    if not names:
        refuse("`--only` không nêu điều nào", "`--only` names no provision")
    for name in names:
        if name not in known:
            like = near(name, known)
            vi, en = (f"; có phải là `{like}`?", f"; did you mean `{like}`?") if like else ("", "")
            refuse(
                f"`--only {name}`: gói `{part.pack}` không có điều nào tên này{vi}",
                f"`--only {name}`: pack `{part.pack}` has no provision of this name{en}",
            )
    return frozenset(names)


def _pairs(_: click.Context, param: click.Parameter, value: Sequence[str]) -> dict[str, str]:
    """`A=B` taken apart at the last sign; each A once."""
    pairs: dict[str, str] = {}
    option = max(param.opts, key=len)
    for each in value:
        left, equals, right = (part.strip() for part in each.rpartition("="))
        if not equals or not left or not right:
            shape = param.metavar or "A=B"
            refuse(f"`{option} {each}` không có dạng {shape}", f"`{option} {each}` is not {shape}")
        if left in pairs:
            refuse(f"`{option} {left}=…` có hai lần", f"`{option} {left}=…` stands twice")
        pairs[left] = right
    return pairs


command = Verb(
    "batch",
    batch,
    says=Words(
        "Xét từng dòng của một bảng (.csv .tsv .xlsx .parquet .arrow .duckdb .sqlite) theo một gói "
        "luật, như `check` xét riêng dòng đó. Dòng không đọc được ghi vào tệp riêng kèm lý do. "
        "Mã thoát 0: xét hết; 4: có dòng bị loại.",
        "Decide every row of a table (.csv .tsv .xlsx .parquet .arrow .duckdb .sqlite) by a pack, "
        "as `check` decides that row alone. Rows that cannot be read go to a file of their own "
        "with the reason. Exit 0: all decided; 4: some were rejected.",
    ),
    params=(
        Argument("table", says=Words("Bảng cần xét.", "The table."), metavar="TABLE"),
        Option(
            "--pack",
            says=Words("Gói luật, theo tên hoặc đường dẫn.", "The pack, by name or path."),
            shell_complete=offer("packs"),
            required=True,
            metavar="PACK",
        ),
        Option(
            "-o",
            "--output",
            says=Words(
                "Tệp kết quả: .csv .tsv .xlsx .parquet .duckdb; dòng bị loại: TÊN.rejects.csv.",
                "The results: .csv .tsv .xlsx .parquet .duckdb; rejects: NAME.rejects.csv.",
            ),
            metavar="FILE",
        ),
        AS_OF,
        Option(
            "--sheet",
            says=Words(
                "Trang tính của sổ, hoặc bảng của cơ sở dữ liệu; mặc định cái đầu tiên đang hiện.",
                "The sheet of a workbook, or the table of a database; else the first shown.",
            ),
            metavar="NAME",
        ),
        Option(
            "--header-row",
            says=Words(
                "Dòng tiêu đề, đếm từ 1; không nêu thì tự tìm.",
                "The row of the header, from 1; else it is found.",
            ),
            type=click.IntRange(min=1),
            metavar="ROW",
        ),
        Option(
            "--encoding",
            says=Words(
                "Bảng mã của tệp CSV; không nêu thì tự nhận.",
                "The encoding of a CSV file; else it is found.",
            ),
            metavar="NAME",
        ),
        Option(
            "--map",
            "mapping",
            says=Words(
                "Cột này là dữ kiện này; lặp lại được.",
                "This column is this fact; may be repeated.",
            ),
            callback=_pairs,
            multiple=True,
            metavar="COLUMN=FACT",
        ),
        Option(
            "--list",
            "lists",
            says=Words(
                "Bảng của một danh sách (như officials), mỗi thành viên một dòng; `TỆP#TÊN` là "
                "một trang tính hay bảng trong tệp; lặp lại được.",
                "The table of a list (such as officials), a row a member; `FILE#NAME` is a sheet "
                "or table in it; may be repeated.",
            ),
            callback=_pairs,
            multiple=True,
            metavar="LIST=FILE",
        ),
        Option(
            "--key",
            says=Words(
                "Cột nối bảng danh sách với bảng chính; với `--sql`, cột khóa được giữ lại.",
                "The column that joins the lists' tables to the table; with `--sql`, one to keep.",
            ),
            metavar="COLUMN",
        ),
        DECIMAL,
        ACTIVITY,
        COMPLETE,
        Option(
            "--only",
            says=Words(
                "Chỉ ghi cột của các điểm (`points`), hoặc của các điều nêu tên.",
                "Columns of the points alone (`points`), or of the provisions named.",
            ),
            metavar="points|ID,…",
        ),
        Option(
            "--long",
            says=Words(
                "Mỗi dòng kết quả là một điều hay một mức hỗ trợ của một dòng, kèm đơn vị.",
                "A row of results for each provision and amount of each row, with its unit.",
            ),
            is_flag=True,
        ),
        Option(
            "--strict",
            says=Words("Dừng ở dòng hỏng đầu tiên.", "Stop at the first row that is bad."),
            is_flag=True,
        ),
        Option(
            "--by",
            says=Words("Tách số liệu theo cột này.", "Split the figures by this column."),
            metavar="COLUMN",
        ),
        Option(
            "--format",
            "form",
            says=Words("Dạng của bản tóm tắt.", "How the summary comes."),
            type=click.Choice(("text", "json")),
            default="text",
        ),
        *OPTIONS,
        TREES,
        LANG,
    ),
    examples=(
        (
            "tieuchi batch examples/registry.csv --pack nq-08-2019 --as-of 2023-05-31 \\\n"
            "  --decimal comma -o decided.csv"
        ),
    ),
)
