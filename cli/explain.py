"""`tieuchi explain`: the law of a pack, one provision, the packs there are, or a mistake."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tieuchi.cli.command import Argument, Verb, lang_of, refuse
from tieuchi.cli.options import AS_OF, FORMAT, LANG, TREES, offer
from tieuchi.engine.words import Words

if TYPE_CHECKING:
    from tieuchi.engine.diagnostic import Lang
    from tieuchi.engine.outline import Explanation


def explain(
    pack: str | None,
    provision: str | None,
    as_of: int | None,
    trees: tuple[Path, ...],
    form: str,
) -> int:
    """Show the law."""
    from datetime import datetime

    from tieuchi.cli.render import as_tree, rendered
    from tieuchi.cli.streams import emit, emit_json

    lang = lang_of(click.get_current_context())
    day = as_of or datetime.now().astimezone().date().toordinal()
    if pack == "":
        refuse("tên gói luật trống", "the name of the pack is empty")
    if pack is not None and provision is None and _is_code(pack, trees):
        from tieuchi.engine.twin import about, lines_about

        if form == "json":
            emit_json(about(pack, lang))
        else:
            emit("\n".join(lines_about(pack, lang)))
        return 0
    shown = explained(pack, provision, day, trees, lang)
    if form == "json":
        emit_json(as_tree(shown))
    else:
        emit(rendered(shown))
    return 0


def _is_code(name: str, trees: tuple[Path, ...]) -> bool:
    """Whether a name is the code of a mistake, and of no pack."""
    from tieuchi.engine.codes import CODES
    from tieuchi.engine.trees import pack_files

    return name in CODES and name not in pack_files(*trees)


def explained(
    pack: str | None, provision: str | None, day: int, trees: tuple[Path, ...], lang: Lang
) -> Explanation:
    """The law asked for. Raises `Faults` where there is no such pack or provision."""
    from tieuchi.engine.diagnostic import Faults, Mark, near, problem
    from tieuchi.engine.law import explain_law, explain_packs
    from tieuchi.engine.load import compile_pack, load_pack
    from tieuchi.engine.trees import pack_files

    if pack is None:
        programs = [load_pack(name, *trees) for name in sorted(pack_files(*trees))]
        return explain_packs(programs, as_of=day, lang=lang)
    program = load_pack(pack, *trees)
    if provision is not None:
        main = compile_pack(program, day).main
        known = [each.id for each in main.provisions]
        known += [each.id for each in main.definitions]
        known += [each.id for each in main.amounts]
        if provision not in known:
            like = near(provision, known)
            mark = Mark(provision or "''")
            fault = problem("provision-unknown", mark, pack=main.pack, name=provision, near=like)
            raise Faults([fault])
    return explain_law(program, provision, as_of=day, lang=lang)


command = Verb(
    "explain",
    explain,
    says=Words(
        "Đọc luật trong một gói: nguyên văn, điều kiện, dữ kiện, nguồn, cách hiểu. Không nêu gói "
        "thì liệt kê các gói kèm thời hạn và phạm vi. Nêu mã lỗi thì giải thích lỗi ấy.",
        "Read the law of a pack: its words, conditions, facts, sources and readings. Without a "
        "pack, list the packs with their period and scope. The code of a mistake is explained.",
    ),
    params=(
        Argument(
            "pack",
            says=Words(
                "Gói luật, theo tên hoặc đường dẫn; hoặc mã của một lỗi.",
                "A pack, by name or path; or the code of a mistake.",
            ),
            required=False,
            shell_complete=offer("packs"),
        ),
        Argument(
            "provision",
            says=Words(
                "Một điểm, định nghĩa hoặc mức tiền của gói.",
                "A provision, definition or amount of the pack.",
            ),
            required=False,
            shell_complete=offer("provisions"),
        ),
        AS_OF,
        TREES,
        FORMAT,
        LANG,
    ),
    examples=("tieuchi explain nq-08-2019 7.2.b", "tieuchi explain number-unquoted"),
)
