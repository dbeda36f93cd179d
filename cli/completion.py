"""`tieuchi completion SHELL`: the script that completes commands, and what words it offers."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import CompletionItem, get_completion_class

from tieuchi.cli.command import Argument, Verb
from tieuchi.cli.options import LANG
from tieuchi.engine.words import Words


def completion(shell: str) -> int:
    """Print the script of a shell."""
    from tieuchi.cli.app import COMMAND, COMPLETE, tieuchi
    from tieuchi.cli.streams import emit

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - `shell` is one of those that click knows
    emit(kind(tieuchi, {}, COMMAND, COMPLETE).source().rstrip("\n"))
    return 0


def packs(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """The packs whose names begin so; where a path is begun, files."""
    from tieuchi.engine.trees import is_path, pack_files

    if is_path(incomplete) or incomplete.startswith("."):
        return [CompletionItem(incomplete, type="file")]
    return _items(sorted(pack_files(*(ctx.params.get("trees") or ()))), incomplete)


def files(_: click.Context, incomplete: str) -> list[CompletionItem]:
    """Files."""
    return [CompletionItem(incomplete, type="file")]


def facts(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """The facts of the packs named so far, with their "="."""
    return _items([f"{fact.id}=" for graph in _graphs(ctx) for fact in graph.facts], incomplete)


def activities(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """The activities of the packs named so far."""
    return _items([name for graph in _graphs(ctx) for name in graph.activities], incomplete)


def provisions(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """The provisions of the pack named."""
    return _items([p.id for graph in _graphs(ctx) for p in graph.main.provisions], incomplete)


def _graphs(ctx: click.Context) -> list[Any]:
    """The graphs of the packs on the line; what cannot be read is passed over in silence."""
    from datetime import datetime

    from tieuchi.engine.cache import graph_for
    from tieuchi.engine.diagnostic import Faults

    today = datetime.now().astimezone().date().toordinal()
    # while an option waits for its value, click leaves what stands by itself in `args`
    named = ctx.params.get("packs") or ctx.params.get("pack") or ctx.args[:1]
    found = []
    for name in [named] if isinstance(named, str) else named:
        try:
            found.append(graph_for(name, ctx.params.get("as_of") or today))
        except Faults:
            continue
    return found


def _items(words: list[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(word) for word in dict.fromkeys(words) if word.startswith(incomplete)]


command = Verb(
    "completion",
    completion,
    says=Words(
        "In tập lệnh để shell tự điền lệnh, tên gói và dữ kiện.\n"
        'Với bash, thêm vào ~/.bashrc: eval "$(tieuchi completion bash)"',
        "Print the script by which a shell completes commands, packs and facts.\n"
        'For bash, add to ~/.bashrc: eval "$(tieuchi completion bash)"',
    ),
    params=(
        Argument(
            "shell",
            says=Words("Shell đang dùng.", "Your shell."),
            type=click.Choice(("bash", "zsh", "fish")),
        ),
        LANG,
    ),
    examples=("tieuchi completion bash",),
)
