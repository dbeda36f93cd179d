"""`tieuchi template`: the form of a pack to fill in, which `batch` reads as it stands."""

from __future__ import annotations

from pathlib import Path

import click

from tieuchi.cli.command import Argument, Option, Verb, lang_of, refuse
from tieuchi.cli.options import AS_OF, LANG, TREES, offer
from tieuchi.engine.words import Words

WAYS = (".xlsx", ".csv")


def template(pack: str, output: str, as_of: int | None, trees: tuple[Path, ...]) -> int:
    """Write the form of a pack."""
    from tieuchi.cli.days import graph_near
    from tieuchi.cli.streams import emit
    from tieuchi.engine.table.form import form
    from tieuchi.engine.table.template import told, write_form

    lang = lang_of(click.get_current_context())
    if pack == "":
        refuse("tên gói luật trống", "the name of the pack is empty")
    if Path(output).suffix.lower() not in WAYS:
        refuse(
            f"`--output {output}` không kết thúc bằng `.xlsx` hay `.csv`",
            f"`--output {output}` ends in neither `.xlsx` nor `.csv`",
        )
    made = form(graph_near(pack, as_of, trees), lang)
    write_form(made, Path(output))
    emit(told(made, output))
    return 0


command = Verb(
    "template",
    template,
    says=Words(
        "Lập biểu mẫu của một gói luật để điền: mỗi chủ thể một dòng, mỗi dữ kiện một cột, kèm "
        "đơn vị, kiểm tra nhập liệu và hướng dẫn. Không nêu ngày thì theo luật hôm nay; gói đã "
        "hết hiệu lực thì theo ngày cuối cùng còn hiệu lực.",
        "Make the form of a pack to fill in: a row a subject, a column a fact, with units, checks "
        "of what is entered and a guide. Without a day, by the law of today; of a pack that has "
        "lapsed, by that of its last day.",
    ),
    params=(
        Argument(
            "pack",
            says=Words("Gói luật, theo tên hoặc đường dẫn.", "A pack, by name or path."),
            shell_complete=offer("packs"),
        ),
        Option(
            "-o",
            "--output",
            says=Words(
                "Tệp để ghi, .xlsx hoặc .csv (chỉ dòng tiêu đề); tệp đã có được thay.",
                "The file to write, .xlsx or .csv (the header alone); one that exists is replaced.",
            ),
            required=True,
            metavar="FILE",
        ),
        AS_OF,
        TREES,
        LANG,
    ),
    examples=("tieuchi template nq-08-2019 -o form.xlsx",),
)
