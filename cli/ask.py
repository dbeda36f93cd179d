"""`tieuchi ask`: an interview on one pack that asks only what still matters.

What is asked goes to stdout on a terminal, else to stderr, so that stdout holds the answer alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tieuchi.cli.command import Argument, Option, Verb, lang_of, refuse
from tieuchi.cli.options import ACTIVITY, AS_OF, DECIMAL, LANG, TREES, offer
from tieuchi.engine.words import Words

if TYPE_CHECKING:
    from tieuchi.engine.quantity import DecimalMark


def ask(
    pack: str | None,
    as_of: int | None,
    activities: tuple[str, ...],
    decimal: DecimalMark | None,
    trees: tuple[Path, ...],
    resume: str | None,
) -> int:
    """Hold the interview."""
    from tieuchi.cli.interview import Line, hold

    if pack == "":
        refuse("tên gói luật trống", "the name of the pack is empty")
    if pack is None and resume is None:
        refuse(
            "thiếu PACK: nêu gói luật, như `tieuchi ask nq-08-2019`",
            "PACK is missing: name a pack, as in `tieuchi ask nq-08-2019`",
        )
    if resume is not None and activities:
        refuse(
            "`--activity` không đi cùng `--resume`: hồ sơ đã nêu hoạt động",
            "`--activity` does not go with `--resume`: the case names its activities",
        )
    line = Line(pack, as_of, activities, decimal, trees, resume)
    return hold(line, lang_of(click.get_current_context()))


def _file(_: click.Context, __: click.Parameter, value: Any) -> str | None:
    """A file, by any name but an empty one."""
    if value == "":
        refuse("`--resume` cần tên một tệp", "`--resume` needs the name of a file")
    return None if value is None else str(value)


command = Verb(
    "ask",
    ask,
    says=Words(
        "Hỏi từng câu theo một gói luật: chỉ hỏi điều còn ảnh hưởng đến kết luận, câu có ích nhất "
        "trước, và dừng ngay khi đã rõ; sau đó giải thích như `check` và lưu hồ sơ nếu muốn.\n"
        "Khi trả lời: ? vì sao hỏi · - chưa biết · < quay lại · q dừng.",
        "Interview on a pack: asks only what can still change the answer, the best question first, "
        "and stops as soon as the answer is fixed; then explains it as `check` does and saves the "
        "case if you like.\n"
        "To a question: ? why it is asked · - not known · < back · q stop.",
    ),
    params=(
        Argument(
            "pack",
            says=Words(
                "Gói luật, theo tên hoặc đường dẫn; với `--resume` có thể bỏ.",
                "A pack, by name or path; may be left out with `--resume`.",
            ),
            required=False,
            shell_complete=offer("packs"),
        ),
        AS_OF,
        ACTIVITY,
        Option(
            "--resume",
            says=Words(
                "Hỏi tiếp từ hồ sơ trong tệp này; ngày và hoạt động theo hồ sơ.",
                "Go on from the case in this file; day and activities are the case's.",
            ),
            callback=_file,
            shell_complete=offer("files"),
            metavar="FILE",
        ),
        DECIMAL,
        TREES,
        LANG,
    ),
    examples=("tieuchi ask nq-08-2019 --as-of 2023-05-31 --activity livestock",),
)
