"""`tieuchi pack fmt`: packs and their test files in the one form in which they are written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tieuchi.cli.command import Argument, Option, Unforeseen, Verb, lang_of
from tieuchi.cli.options import LANG, offer
from tieuchi.engine.words import Words

STDIN = "-"


def fmt(files: tuple[str, ...], check: bool) -> int:
    """Write files anew, or (`check`) say which would be."""
    from tieuchi.cli.streams import emit
    from tieuchi.engine.saving import replace

    lang = lang_of(click.get_current_context())
    read = _read(files or (".",))
    unlike = [name for name, (old, new) in read.items() if old != new.encode()]
    if STDIN in read and not check:
        emit(read[STDIN][1].removesuffix("\n"))
    for name in unlike:
        if check:
            said = Words(
                "chưa đúng dạng chung; chạy `tieuchi pack fmt`",
                "not in the canonical form; run `tieuchi pack fmt`",
            )
            emit(f"{name}: {said.of(lang)}")
        elif name != STDIN:
            replace(Path(name), read[name][1])
            emit(f"{name}: " + Words("đã viết lại", "written anew").of(lang))
    if STDIN not in read:
        good = len(read) - len(unlike) if check else len(read)
        said = Words(
            f"{good} trên {len(read)} tệp đúng dạng chung",
            f"{good} of {len(read)} files are in the canonical form",
        )
        emit(said.of(lang))
    return 1 if check and unlike else 0


def _read(names: tuple[str, ...]) -> dict[str, tuple[bytes, str]]:
    """Every file as it is and as it should be, folders for the packs in them. Raises `Faults`."""
    from tieuchi.engine.canonical import Unlike, formatted, packs_under
    from tieuchi.engine.diagnostic import Diagnostic, Faults
    from tieuchi.engine.source import read_bytes

    found: dict[str, tuple[bytes, str]] = {}
    faults: list[Diagnostic] = []
    for name in names:
        below = packs_under(Path(name)) if Path(name).is_dir() else [Path(name)]
        for path in below:
            try:
                data = sys.stdin.buffer.read() if name == STDIN else read_bytes(path)
                found[str(path)] = data, formatted(data, str(path))
            except Faults as error:
                faults += error.diagnostics
            except Unlike:
                raise Unforeseen(_unlike(str(path))) from None
    if faults:
        raise Faults(faults)
    return found


def _unlike(name: str) -> Words:
    return Words(
        f"`{name}` viết lại sẽ không còn như cũ, nên không tệp nào được ghi",
        f"`{name}` would not say the same written anew, so no file was written",
    )


command = Verb(
    "fmt",
    fmt,
    says=Words(
        "Viết lại gói luật và tệp thử theo một dạng chung: thứ tự khóa, thụt dòng, dấu nháy, dòng "
        "dài 100 ký tự khi được. Mọi chú thích được giữ, nội dung không đổi. Không nêu tệp thì là "
        "các gói trong thư mục này. Với --check không ghi gì; mã thoát 1 khi có tệp chưa đúng.",
        "Write packs and test files in the one canonical form: order of keys, indentation, quotes, "
        "lines of 100 characters where they can be. Every comment is kept, what is said stays the "
        "same. Without files, the packs in this folder. With --check nothing is written; it exits "
        "1 where a file is not in that form.",
    ),
    params=(
        Argument(
            "files",
            says=Words(
                "Tệp hoặc thư mục; `-` là đầu vào chuẩn, ra đầu ra chuẩn.",
                "Files or folders; `-` is standard input, to standard output.",
            ),
            nargs=-1,
            metavar="[FILE]...",
            shell_complete=offer("files"),
        ),
        Option(
            "--check",
            says=Words("Chỉ nêu tệp chưa đúng dạng.", "Only say which files are not in it."),
            is_flag=True,
        ),
        LANG,
    ),
    examples=("tieuchi pack fmt --check",),
)
