"""`tieuchi pack export`: a pack as a document to check, or as a query for a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tieuchi.cli.command import Argument, Option, Verb, lang_of
from tieuchi.cli.options import AS_OF, LANG, TREES, offer
from tieuchi.engine.export import FORMS
from tieuchi.engine.words import Words

if TYPE_CHECKING:
    from tieuchi.engine.diagnostic import Lang
    from tieuchi.engine.export.request import Request


def export(
    pack: str, form: str, output: str | None, as_of: int | None, trees: tuple[Path, ...]
) -> int:
    """Write a pack in another form."""
    from tieuchi.cli.streams import emit
    from tieuchi.engine.export import exported

    written = exported(form, _request(pack, as_of, trees, lang_of(click.get_current_context())))
    if output is None:
        emit(written.removesuffix("\n"))
    else:
        Path(output).write_text(written, "utf-8")
    return 0


def _request(pack: str, as_of: int | None, trees: tuple[Path, ...], lang: Lang) -> Request:
    from datetime import datetime

    from tieuchi.engine.export.request import Request
    from tieuchi.engine.load import compile_pack, load_pack

    day = as_of or datetime.now().astimezone().date().toordinal()
    program = load_pack(pack, *trees)
    return Request(program, compile_pack(program, day), lang, pack, trees)


command = Verb(
    "export",
    export,
    says=Words(
        "Xuất một gói luật sang dạng khác: md, html là văn bản để đối chiếu với công báo.",
        "Export a pack: md and html are a document to check against the gazette.",
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
                "Tệp để ghi; không nêu thì in ra.", "The file to write; else it is printed."
            ),
            metavar="FILE",
        ),
        AS_OF,
        TREES,
        LANG,
    ),
    examples=("tieuchi pack export nq-08-2019 --to md",),
)
