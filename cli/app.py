"""The commands and the one outermost handler: every way a run can end gets its exit code here.

0, 1 and 3 are answers and come from the verbs; 2 is bad input or usage, 70 the unforeseen and 130
Ctrl-C. Errors are lines on stderr, or one JSON object with `--format json`. Each verb's module is
imported when the verb is called.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tieuchi.cli.command import Group, Misused, Unforeseen, misused
from tieuchi.cli.options import EXAMPLE, LANG, VERSION, language, wants_json
from tieuchi.cli.streams import complain, flush, say, say_json, silence
from tieuchi.engine.diagnostic import Faults, Lang
from tieuchi.engine.words import Words

COMMAND = "tieuchi"
COMPLETE = "_TIEUCHI_COMPLETE"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

VERBS: dict[str, tuple[str, Words]] = {
    "check": (
        "tieuchi.cli.check:command",
        Words(
            "Xét hồ sơ theo luật: đạt hay chưa, thiếu bao nhiêu, theo điều nào.",
            "Decide cases: what is met, by how much not, under which article.",
        ),
    ),
    "audit": (
        "tieuchi.cli.audit:command",
        Words(
            "Soát báo cáo: trạng thái, tiến độ và nhãn của từng chỉ tiêu.",
            "Audit reports: the status, progress and label of every target.",
        ),
    ),
    "explain": (
        "tieuchi.cli.explain:command",
        Words(
            "Đọc luật trong một gói; không nêu gói thì liệt kê các gói.",
            "Read the law of a pack; without one, list the packs.",
        ),
    ),
    "ask": (
        "tieuchi.cli.ask:command",
        Words(
            "Hỏi từng câu, chỉ điều còn ảnh hưởng đến kết luận, rồi giải thích.",
            "Interview: ask only what still matters, then explain the answer.",
        ),
    ),
    "batch": (
        "tieuchi.cli.batch:command",
        Words(
            "Xét cả bảng hồ sơ, từ bảng tính đến sổ đăng ký hàng triệu dòng.",
            "Decide a table of cases, from a spreadsheet to a registry of millions.",
        ),
    ),
    "template": (
        "tieuchi.cli.template:command",
        Words(
            "Lập biểu mẫu của một gói luật để điền, .xlsx hoặc .csv.",
            "Make the form of a pack to fill in, .xlsx or .csv.",
        ),
    ),
    "pack": (
        "tieuchi.cli.pack:group",
        Words(
            "Dành cho người viết gói luật: new, lint, test, diff, fmt, schema, export.",
            "For authors of packs: new, lint, test, diff, fmt, schema, export.",
        ),
    ),
    "completion": (
        "tieuchi.cli.completion:command",
        Words(
            "In tập lệnh để shell tự điền lệnh.",
            "Print the script that completes commands in a shell.",
        ),
    ),
}

tieuchi = Group(
    COMMAND,
    says=Words(
        "Tiêu chí của luật, quyết định chính xác: đạt hay chưa, thiếu bao nhiêu, theo điều nào.\n"
        "Mã thoát: 0 đạt; 1 chưa đạt; 3 chưa xác định, không áp dụng hoặc không có luật; "
        "2 đầu vào sai; 4 có dòng bị loại; 70 lỗi của chương trình; 130 bị ngắt.",
        "Criteria of law, decided exactly: what is met, by how much not, under which article.\n"
        "Exit codes: 0 met; 1 not met; 3 open, not applicable or no law in force; 2 bad input; "
        "4 some rows rejected; 70 our error; 130 interrupted.",
    ),
    verbs=VERBS,
    params=[LANG, VERSION],
    examples=[EXAMPLE],
)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; nothing is raised."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    lang, as_json = language(args), wants_json(args)
    try:
        return _run(args, lang, as_json)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        silence(sys.stdout)
        return 0
    except OSError as error:
        return (_unwritten if error.errno in FULL else _unforeseen)(error, lang, as_json)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - this is the outermost handler
        return _unforeseen(error, lang, as_json)
    finally:
        flush(sys.stdout)


def _run(args: list[str], lang: Lang, as_json: bool) -> int:
    """The verb's answer, or 2 with what is wrong with its input."""
    try:
        if COMPLETE in os.environ:
            from click.shell_completion import shell_complete

            return shell_complete(tieuchi, {"obj": lang}, COMMAND, COMPLETE, os.environ[COMPLETE])
        with tieuchi.make_context(COMMAND, args, obj=lang) as ctx:
            answer = tieuchi.invoke(ctx)
            return 0 if answer is None else int(answer)
    except click.exceptions.Exit as end:
        return end.exit_code
    except Misused as error:
        return _misused(error, lang, as_json)
    except click.ClickException as error:
        return _misused(misused(error), lang, as_json)
    except Faults as faults:
        return _faulty(faults, lang, as_json)


def _misused(error: Misused, lang: Lang, as_json: bool) -> int:
    remedy, said = error.remedy.of(lang), error.words.of(lang)
    complain(f"{error.path}: {said}; {remedy}", "usage", error.path, said, remedy, as_json)
    return 2


def _faulty(faults: Faults, lang: Lang, as_json: bool) -> int:
    from tieuchi.engine.diagnostic import as_json as as_object
    from tieuchi.engine.diagnostic import line

    if as_json:
        first, *more = (as_object(fault, lang)["error"] for fault in faults.diagnostics)
        say_json({"error": first, **({"more": more} if more else {})})
    else:
        for fault in faults.diagnostics:
            say(line(fault, lang))
    return 2


def _unwritten(error: OSError, lang: Lang, as_json: bool) -> int:
    """One line on an answer that has no room: no answer, so 70, but no error of ours."""
    said = Words("không ghi được kết quả", "the answer cannot be written").of(lang)
    said = f"{said}: {error.strerror}"
    remedy = Words("dọn chỗ trống hoặc ghi ra nơi khác", "make room, or write it elsewhere").of(
        lang
    )
    complain(f"{COMMAND}: {said}; {remedy}", "output-full", "", said, remedy, as_json)
    return 70


def _unforeseen(error: BaseException, lang: Lang, as_json: bool) -> int:
    """One line on what nobody foresaw; 70, since 1 means "not met"."""
    if isinstance(error, Unforeseen):
        said, where = error.words.of(lang), ""
    else:
        said, where = _named(error), _place(error)
    remedy = Words("xin báo cho chúng tôi kèm lệnh đã chạy", "please report it with the command")
    prefix = Words("lỗi của chương trình", "internal error").of(lang)
    at = f" ({where})" if where else ""
    complain(
        f"{COMMAND}: {prefix}: {said}{at}; {remedy.of(lang)}",
        "internal",
        where,
        said,
        remedy.of(lang),
        as_json,
    )
    return 70


def _named(error: BaseException) -> str:
    """An exception on one line, however long."""
    try:
        text = " ".join(repr(error).split())
    except Exception:  # noqa: BLE001 - a broken __repr__ must not hide the error
        text = type(error).__name__
    return text if len(text) <= 300 else text[:299] + "…"


def _place(error: BaseException) -> str:
    """Where in our code it was raised."""
    place, trace = "", error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.parent.name in ("cli", "engine", "compile"):
            place = f"{file.parent.name}/{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
