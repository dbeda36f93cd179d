"""The options that verbs share, and the language of a run."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import click

from tieuchi.cli.command import Argument, Option, refuse
from tieuchi.engine.diagnostic import Faults, Lang, Mark, problem
from tieuchi.engine.words import Words

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

LANGS = ("vi", "en")
EXAMPLE = (
    "tieuchi check --pack nq-08-2019 --as-of 2023-05-31 \\\n"
    "      --activity livestock --complete --set cattle=38"
)


def language(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> Lang:
    """The language asked for by `--lang`, else by the locale; Vietnamese where that is not English.

    It is found before the line is parsed, so that help and usage errors speak it too.
    """
    asked = _value(arguments, "--lang")
    if asked in LANGS:
        return "en" if asked == "en" else "vi"
    names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "")
    return "en" if locale.lower().startswith("en") else "vi"


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether errors too are JSON."""
    return _value(arguments, "--format") == "json"


def _value(arguments: Sequence[str], option: str) -> str:
    """What an option is given, the last time it is; "" where it is not."""
    found = ""
    for argument, following in zip(arguments, (*arguments[1:], ""), strict=False):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == option:
            found = value if equals else following
    return found


def whole_day(_: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """A whole day, however people write it, as an ordinal."""
    from tieuchi.engine.reading import Misstated, read_day

    if value is None:
        return None
    try:
        return read_day(value, whole=True)
    except Misstated as error:
        mark = Mark(max(param.opts, key=len))
        raise Faults([problem(error.code, mark, error.remedy, **error.facts)]) from None


def _folders(_: click.Context, __: click.Parameter, value: Sequence[str]) -> tuple[Path, ...]:
    """Folders that are there and may be looked into."""
    faults = []
    for name in value:
        try:
            next(Path(name).iterdir(), None)
        except PermissionError:
            faults.append(problem("file-denied", Mark(name)))
        except (FileNotFoundError, NotADirectoryError):
            faults.append(problem("file-missing", Mark(name)))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            faults.append(problem("file-unreadable", Mark(name), reason=reason))
    if faults:
        raise Faults(faults)
    return tuple(map(Path, value))


def _settings(
    _: click.Context, __: click.Parameter, value: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """`FACT=VALUE` taken apart; each fact once."""
    stated: dict[str, str] = {}
    for each in value:
        name, equals, written = normalize("NFC", each).partition("=")
        fact = name.strip()
        if not equals or not fact:
            refuse(
                f"`--set {each}` không có dạng FACT=VALUE như `--set cattle=38`",
                f"`--set {each}` is not FACT=VALUE, as in `--set cattle=38`",
            )
        if fact in stated:
            refuse(f"`--set {fact}=…` có hai lần", f"`--set {fact}=…` stands twice")
        stated[fact] = written
    return tuple(stated.items())


_NEXT = re.compile(r",(?=\s*[^,=\s]+\s*=)")  # a comma after which another fact is stated


def _alternatives(
    _: click.Context, __: click.Parameter, value: Sequence[str]
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Each `FACT=VALUE[,FACT=VALUE…]` taken apart; a comma in a number stays in it."""
    found = []
    for each in value:
        facts: dict[str, str] = {}
        for part in _NEXT.split(normalize("NFC", each)):
            name, equals, written = part.partition("=")
            fact = name.strip()
            if not equals or not fact:
                refuse(
                    f"`--what-if {each}` không có dạng FACT=VALUE như `--what-if cattle=50`",
                    f"`--what-if {each}` is not FACT=VALUE, as in `--what-if cattle=50`",
                )
            if fact in facts:
                refuse(
                    f"`--what-if {each}` nêu `{fact}` hai lần",
                    f"`--what-if {each}` states `{fact}` twice",
                )
            facts[fact] = written
        found.append(tuple(facts.items()))
    return tuple(found)


def _ranges(
    _: click.Context, __: click.Parameter, value: Sequence[str]
) -> tuple[tuple[str, str, str], ...]:
    """Each `FACT=FROM..TO` taken apart."""
    found = []
    for each in value:
        name, _equals, ends = normalize("NFC", each).partition("=")
        start, dots, end = (part.strip() for part in ends.partition(".."))
        if not (name.strip() and start and dots and end):
            refuse(
                f"`--sweep {each}` không có dạng FACT=FROM..TO như `--sweep cattle=0..100`",
                f"`--sweep {each}` is not FACT=FROM..TO, as in `--sweep cattle=0..100`",
            )
        found.append((name.strip(), start, end))
    return tuple(found)


Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem] | list[str]"]


def offer(kind: str) -> Complete:
    """What a shell is offered: the words of `completion` of this name."""

    def offer(
        ctx: click.Context, _: click.Parameter, incomplete: str
    ) -> list[CompletionItem] | list[str]:
        from tieuchi.cli import completion

        words: list[CompletionItem] = getattr(completion, kind)(ctx, incomplete)
        return words

    return offer


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from tieuchi.engine import __version__

        click.echo(f"tieuchi {__version__}")
        ctx.exit()


VERSION = Option(
    "--version",
    says=Words("Hiện phiên bản.", "Show the version."),
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
)
FORMAT = Option(
    "--format",
    "form",
    says=Words(
        "Dạng của kết quả; json: mỗi quyết định một dòng.",
        "How answers come; json: one decision a line.",
    ),
    type=click.Choice(("text", "json")),
    default="text",
)
LANG = Option(
    "--lang",
    says=Words(
        "Tiếng Việt hay tiếng Anh; mặc định theo máy.", "Vietnamese or English; else by the locale."
    ),
    type=click.Choice(LANGS),
    expose_value=False,
)
AS_OF = Option(
    "--as-of",
    says=Words(
        "Xét theo luật ngày này, thay cho ngày ghi trong hồ sơ; mặc định hôm nay.",
        "Decide as of this day, whatever day the case states; else today.",
    ),
    callback=whole_day,
    metavar="DATE",
)
DECIMAL = Option(
    "--decimal",
    says=Words(
        "Dấu thập phân của hồ sơ không tự ghi `decimal`.",
        "The decimal mark of cases that do not state their own.",
    ),
    type=click.Choice(("comma", "point")),
)
TREES = Option(
    "--packs",
    "trees",
    says=Words(
        "Thư mục chứa gói luật, tìm trước các gói có sẵn; lặp lại được.",
        "A folder of packs, looked into before those that ship; may be repeated.",
    ),
    callback=_folders,
    multiple=True,
    metavar="DIR",
)
TRACE = Option(
    "--trace",
    says=Words(
        "In thứ tự suy ra của durable-rules.", "Show in which order durable-rules came to it."
    ),
    is_flag=True,
)
ADVISE = Option(
    "--advise",
    says=Words(
        "Nêu thay đổi ít nhất để đáp ứng.", "Show the least changes with which it would be met."
    ),
    is_flag=True,
)
MISSING = Option(
    "--missing",
    says=Words(
        "Dữ kiện chưa biết nào còn có thể đổi kết quả, ở giá trị nào.",
        "Which unknown facts could still change the answer, and at which values.",
    ),
    is_flag=True,
)
UNTIL = Option(
    "--until",
    says=Words(
        "Cùng dữ kiện này, câu trả lời giữ đến ngày nào; các dự kiến của hồ sơ theo thời gian.",
        "Until when the same facts come to this answer; what the case forecasts, by day.",
    ),
    is_flag=True,
)
WHAT_IF = Option(
    "--what-if",
    says=Words(
        "Những gì thay đổi nếu khai khác đi; mỗi lần lặp là một phương án.",
        "What changes with other facts; repeat it for another alternative.",
    ),
    callback=_alternatives,
    shell_complete=offer("facts"),
    multiple=True,
    metavar="FACT=VALUE[,FACT=VALUE…]",
)
SWEEP = Option(
    "--sweep",
    says=Words(
        "Câu trả lời khi một dữ kiện đi từ giá trị này đến giá trị kia; lặp lại được.",
        "The answer as one fact goes from one value to another; may be repeated.",
    ),
    callback=_ranges,
    shell_complete=offer("facts"),
    multiple=True,
    metavar="FACT=FROM..TO",
)
AHEAD = (ADVISE, MISSING, UNTIL, WHAT_IF, SWEEP)
CASES = Argument(
    "cases",
    says=Words(
        "Tệp hoặc thư mục hồ sơ; `-` là đầu vào chuẩn.",
        "Files or folders of cases; `-` is standard input.",
    ),
    nargs=-1,
    metavar="[CASE]...",
)
PACK = Option(
    "--pack",
    "packs",
    says=Words(
        "Gói luật, theo tên hoặc đường dẫn; lặp lại được.",
        "A pack, by name or path; may be repeated.",
    ),
    shell_complete=offer("packs"),
    multiple=True,
    metavar="PACK",
)
SET = Option(
    "--set",
    "facts",
    says=Words(
        "Khai một dữ kiện, khi không có tệp; lặp lại được.",
        "State a fact, where there is no file; may be repeated.",
    ),
    callback=_settings,
    shell_complete=offer("facts"),
    multiple=True,
    metavar="FACT=VALUE",
)
ACTIVITY = Option(
    "--activity",
    "activities",
    says=Words(
        "Chỉ xét hoạt động này; lặp lại được.", "Ask about this activity alone; may be repeated."
    ),
    shell_complete=offer("activities"),
    multiple=True,
    metavar="ACTIVITY",
)
COMPLETE = Option(
    "--complete",
    says=Words(
        "Ngoài những gì đã khai, không có gì khác.", "There is nothing else than what is stated."
    ),
    is_flag=True,
)
PLACE = Option(
    "--place",
    "places",
    says=Words(
        "Mã đơn vị hành chính nơi có hồ sơ; lặp lại từ xã lên tỉnh.",
        "The unit code of the case's place; repeat it from commune up to province.",
    ),
    multiple=True,
    metavar="CODE",
)
QUESTION = (PACK, AS_OF, SET, ACTIVITY, COMPLETE, PLACE, DECIMAL, TREES)
OUTPUT = (FORMAT, LANG, TRACE)
