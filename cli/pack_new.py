"""`tieuchi pack new`: a pack to begin with, its tests beside it."""

from __future__ import annotations

from pathlib import Path

import click

from tieuchi.cli.command import Argument, Option, Verb, lang_of, refuse
from tieuchi.cli.options import LANG
from tieuchi.engine.words import Words

SUFFIX = ".yaml"


def new(name: str, output: str | None) -> int:
    """Write a new pack."""
    from tieuchi.cli.streams import emit
    from tieuchi.engine.phrases_new import NEXT
    from tieuchi.engine.saving import create
    from tieuchi.engine.starter import is_pack_id, starter

    lang = lang_of(click.get_current_context())
    if not is_pack_id(name):
        refuse(
            f"`{name}` không làm tên gói được: chữ thường a-z, số và `-`, như `nq-08-2019`",
            f"`{name}` cannot name a pack: small letters a-z, digits and `-`, as in `nq-08-2019`",
        )
    path = Path(output or f"{name}{SUFFIX}")
    if path.is_dir():
        path /= f"{name}{SUFFIX}"
    if path.name != f"{name}{SUFFIX}":
        refuse(
            f"`-o {output}`: tệp của gói `{name}` phải tên là `{name}{SUFFIX}`",
            f"`-o {output}`: the file of the pack `{name}` must be called `{name}{SUFFIX}`",
        )
    files = starter(name, path, lang)
    create(files)
    listed = ", ".join(f"`{each}`" for each in files)
    emit(NEXT.of(lang).format(files=listed, file=path))
    return 0


command = Verb(
    "new",
    new,
    says=Words(
        "Viết một gói luật mới không có lỗi, với những câu hỏi phải trả lời, và các trường hợp "
        "thử cạnh nó. Không ghi đè tệp nào.",
        "Write a new pack without mistakes, with the questions that its author answers, and test "
        "cases beside it. No file is overwritten.",
    ),
    params=(
        Argument(
            "name",
            says=Words(
                "Tên gói: chữ thường, số và `-`, như nq-08-2019.",
                "The pack's name: small letters, digits and `-`, as nq-08-2019.",
            ),
            metavar="ID",
        ),
        Option(
            "-o",
            "--output",
            says=Words(
                "Tệp ID.yaml hay thư mục để ghi; mặc định là thư mục này.",
                "The file ID.yaml or the folder to write; else this folder.",
            ),
            metavar="FILE",
        ),
        LANG,
    ),
    examples=("tieuchi pack new nq-01-2026",),
)
