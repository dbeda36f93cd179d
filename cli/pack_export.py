"""`tieuchi pack export`: a pack as a document to check, a query for a database, a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tieuchi.cli.command import Argument, Option, Verb, lang_of, refuse
from tieuchi.cli.engines import DIALECTS
from tieuchi.cli.options import AS_OF, LANG, TREES, offer
from tieuchi.engine.export import FORMS
from tieuchi.engine.words import Words

if TYPE_CHECKING:
    from tieuchi.engine.diagnostic import Lang
    from tieuchi.engine.export.request import Request

NO_LAW = 3
TABLE = "cases"


class Line(NamedTuple):
    """The command line, as click has parsed it."""

    pack: str
    form: str
    output: str | None
    as_of: int | None
    dialect: str | None
    table: str | None
    key: str | None
    trees: tuple[Path, ...]


def export(**line: Any) -> int:
    """Write a pack in another form."""
    return _exported(Line(**line))


def _exported(line: Line) -> int:
    from tieuchi.cli.days import graph_near
    from tieuchi.cli.engines import written
    from tieuchi.cli.registry import not_in_force
    from tieuchi.cli.streams import say
    from tieuchi.engine.export import exported
    from tieuchi.engine.export.request import Request
    from tieuchi.engine.load import load_pack

    lang = lang_of(click.get_current_context())
    _hold_apart(line)
    graph = graph_near(line.pack, line.as_of, line.trees)
    if line.form in ("sql", "dmn") and not graph.main.in_force:
        say(not_in_force(graph, lang))
        return NO_LAW
    request = Request(
        load_pack(line.pack, *line.trees), graph, lang, line.pack, line.trees,
        line.dialect or DIALECTS[0], line.table or TABLE, line.key,
    )  # fmt: skip
    if line.form == "sql":
        with written("--to sql", line.pack):
            return _put(exported(line.form, request), line.output, lang)
    text = _model(request) if line.form == "dmn" else exported(line.form, request)
    return _put(text, line.output, lang)


def _model(request: Request) -> str:
    """The model of a pack; what it cannot say is refused in one line."""
    from tieuchi.engine.export import exported
    from tieuchi.engine.export.dmn.feel import Inexpressible

    try:
        return exported("dmn", request)
    except Inexpressible as error:
        refuse(f"`--to dmn`: {error.words.vi}", f"`--to dmn`: {error.words.en}")


def _hold_apart(line: Line) -> None:
    """What is of a query goes with no other form; what is read is not written over."""
    from tieuchi.engine.pack_test import test_file
    from tieuchi.engine.trees import find_pack

    if line.pack == "":
        refuse("tên gói luật trống", "the name of the pack is empty")
    for name in ("dialect", "table", "key"):
        if line.form != "sql" and getattr(line, name) is not None:
            refuse(f"`--{name}` chỉ đi cùng `--to sql`", f"`--{name}` goes with `--to sql`")
    read = [of(line.pack, *line.trees).resolve() for of in (find_pack, test_file)]
    if line.output is not None and Path(line.output).resolve() in read:
        refuse(
            f"`-o {line.output}`: đây là tệp đang đọc; chọn tên khác",
            f"`-o {line.output}`: this is a file that is read; choose another name",
        )


def _put(text: str, output: str | None, lang: Lang) -> int:
    """Print what was made, or write it to a file."""
    from tieuchi.cli.streams import emit
    from tieuchi.engine.saving import put

    if output is None:
        emit(text.removesuffix("\n"))
    else:
        put(Path(output), text)
        emit(f"{output}: " + Words("đã viết", "written").of(lang))
    return 0


command = Verb(
    "export",
    export,
    says=Words(
        "Xuất một gói luật. md, html: văn bản để luật gia đối chiếu với công báo, lời văn cạnh "
        "cách đọc, dữ kiện, lưu ý, trường hợp thử. sql: toàn bộ việc xét là một câu truy vấn, trên "
        "bảng mỗi dữ kiện một cột. dmn: mô hình quyết định (DMN 1.5) cho máy xét khác. Không nêu "
        "ngày thì theo luật hôm nay; gói đã hết hiệu lực thì theo ngày cuối cùng còn hiệu lực.",
        "Export a pack. md, html: a document that a lawyer can check against the gazette, the "
        "words beside how they are read, facts, notes, test cases. sql: the decision as one query, "
        "over a table with a column a fact. dmn: a decision model (DMN 1.5) for another engine. "
        "Without a day, by the law of today; of a pack that has lapsed, by that of its last day.",
    ),
    params=(
        Argument(
            "pack",
            says=Words("Gói luật, theo tên hoặc đường dẫn.", "A pack, by name or path."),
            shell_complete=offer("packs"),
        ),
        Option(
            "--to",
            "form",
            says=Words("Dạng để xuất.", "The form."),
            type=click.Choice(tuple(FORMS)),
            required=True,
        ),
        Option(
            "-o",
            "--output",
            says=Words(
                "Tệp để ghi, tệp đã có được thay; không nêu thì in ra.",
                "The file to write, one that exists is replaced; else it is printed.",
            ),
            metavar="FILE",
        ),
        AS_OF,
        Option(
            "--dialect",
            says=Words("Cơ sở dữ liệu của `--to sql`.", "The database of `--to sql`."),
            type=click.Choice(DIALECTS),
        ),
        Option(
            "--table",
            says=Words(
                f"Bảng mà câu truy vấn đọc; mặc định `{TABLE}`.",
                f"The table that the query reads; else `{TABLE}`.",
            ),
            metavar="NAME",
        ),
        Option(
            "--key",
            says=Words(
                "Cột của bảng đứng cạnh kết quả.",
                "The column of it that stands beside the results.",
            ),
            metavar="COLUMN",
        ),
        TREES,
        LANG,
    ),
    examples=(
        "tieuchi pack export nq-08-2019 --to md",
        "tieuchi pack export nq-08-2019 --to html -o nq-08-2019.html",
        "tieuchi pack export lao-cai-26-2020 --to sql",
        "tieuchi pack export lao-cai-26-2020 --to dmn -o lao-cai-26-2020.dmn",
    ),
)
