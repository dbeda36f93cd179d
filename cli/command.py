"""Commands, options and arguments in both languages: a verb is a `Verb` with its words.

Click parses; what people read is said here, so that help and usage errors come in the language
asked for, in one clear line. Knows click and the language, no verb and no engine but its words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from tieuchi.engine.diagnostic import Lang, near
from tieuchi.engine.words import Words

OPTIONS = Words("Tùy chọn", "Options")
ARGUMENTS = Words("Tham số", "Arguments")
VERBS = Words("Lệnh", "Commands")
USAGE = Words("Cách dùng:", "Usage:")
EXAMPLE = Words("Ví dụ", "Example")
HELP = Words("Hiện hướng dẫn này.", "Show this help.")


class Misused(Exception):
    """The command line is not one of ours: what is wrong, in both languages, and where."""

    def __init__(
        self, words: Words, ctx: click.Context | None = None, near: str | None = None
    ) -> None:
        super().__init__(words.en)
        self.words = words
        self.path = ctx.command_path if ctx else "tieuchi"
        self.remedy = Words(f"xem `{self.path} -h`", f"see `{self.path} -h`")
        if near:
            self.remedy = Words(f"có phải là `{near}`?", f"did you mean `{near}`?")


class Unforeseen(Exception):
    """An error of ours that can say what happened: exit 70."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def lang_of(ctx: click.Context) -> Lang:
    """The language in which this run speaks."""
    lang: Lang = ctx.find_root().obj or "vi"
    return lang


class Option(click.Option):
    """An option with its words."""

    def __init__(self, *names: str, says: Words, **more: Any) -> None:
        super().__init__(names, **more)
        self.says = says


class Argument(click.Argument):
    """An argument with its words."""

    def __init__(self, name: str, *, says: Words, **more: Any) -> None:
        super().__init__([name], **more)
        self.says = says


def _show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def help_option() -> Option:
    """`-h`, which every command has."""
    return Option(
        "-h",
        "--help",
        says=HELP,
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
    )


class Verb(click.Command):
    """A command: its first line of `says` is what lists show; `examples` run as they stand."""

    def __init__(
        self,
        name: str,
        run: Callable[..., int],
        *,
        says: Words,
        params: Sequence[click.Parameter],
        examples: Sequence[str],
    ) -> None:
        super().__init__(
            name,
            callback=run,
            params=[*params, help_option()],
            add_help_option=False,
            context_settings={"allow_extra_args": True},
        )
        self.says = says
        self.examples = tuple(examples)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the line; what is wrong with it is wrong with this command."""
        return parsed(super().parse_args, ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run it, once nothing on the line is left over."""
        if ctx.args:
            extra = ctx.args[0]
            raise Misused(Words(f"thừa tham số `{extra}`", f"`{extra}` is one too many"), ctx)
        return super().invoke(ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, what it does, arguments, options and examples."""
        write_head(self, self.says, ctx, formatter)
        write_params(self, ctx, formatter)
        write_examples(self.examples, ctx, formatter)


class Group(click.Group):
    """Commands by name, each imported when called: `verbs` says where one is and what it does."""

    def __init__(
        self,
        name: str,
        *,
        says: Words,
        verbs: Mapping[str, tuple[str, Words]],
        params: Sequence[click.Parameter] = (),
        examples: Sequence[str] = (),
    ) -> None:
        super().__init__(
            name,
            params=[*params, help_option()],
            add_help_option=False,
            invoke_without_command=True,
            callback=self._alone,
        )
        self.says = says
        self.verbs = verbs
        self.examples = tuple(examples)

    def list_commands(self, _: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return list(self.verbs)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        if cmd_name not in self.verbs:
            return None
        module, attribute = self.verbs[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the line; what is wrong with it is wrong with this command."""
        return parsed(super().parse_args, ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            words = Words(f"không có lệnh `{name}`", f"there is no command `{name}`")
            raise Misused(words, ctx, near(name, self.verbs))
        return name, command, args[1:]

    def _alone(self) -> int | None:
        """Without a command, help is an answer to nothing: exit 2, so that no script takes it."""
        ctx = click.get_current_context()
        if ctx.invoked_subcommand is None:
            click.echo(ctx.get_help(), err=True)
            return 2
        return None

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, what it does, its commands, options and examples."""
        lang = lang_of(ctx)
        write_head(self, self.says, ctx, formatter)
        with formatter.section(VERBS.of(lang)):
            formatter.write_dl([(name, says.of(lang)) for name, (_, says) in self.verbs.items()])
        write_params(self, ctx, formatter)
        write_examples(self.examples, ctx, formatter)


def parsed(
    parse: Callable[[click.Context, list[str]], list[str]], ctx: click.Context, args: list[str]
) -> list[str]:
    """What a command's parser leaves; its errors know their command."""
    try:
        return parse(ctx, args)
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def write_head(
    command: click.Command, says: Words, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """The usage line and what the command does."""
    lang = lang_of(ctx)
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=f"{USAGE.of(lang)} ")
    formatter.write_paragraph()
    for paragraph in says.of(lang).split("\n"):
        with formatter.indentation():
            formatter.write_text(paragraph)


def write_params(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """The arguments and options with their words."""
    lang = lang_of(ctx)
    arguments = [p for p in command.params if isinstance(p, Argument)]
    if arguments:
        with formatter.section(ARGUMENTS.of(lang)):
            formatter.write_dl([(a.make_metavar(ctx), a.says.of(lang)) for a in arguments])
    with formatter.section(OPTIONS.of(lang)):
        options = [p for p in command.params if isinstance(p, Option)]
        formatter.write_dl([(_shape(option, ctx), option.says.of(lang)) for option in options])


def _shape(option: Option, ctx: click.Context) -> str:
    """An option as it is written: `--lang [vi|en]`."""
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.make_metavar(ctx)}"


def write_examples(
    examples: Sequence[str], ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Commands that run as they stand."""
    if examples:
        with formatter.section(EXAMPLE.of(lang_of(ctx))):
            for example in examples:
                formatter.write(f"  {example}\n")


# ---- usage errors of click, in our words


def misused(error: click.ClickException) -> Misused:
    """What click has against the command line, as ours."""
    ctx = getattr(error, "ctx", None)
    params = ctx.command.params if ctx else []
    if isinstance(error, click.NoSuchOption):
        name = error.option_name
        words = Words(f"không có tùy chọn `{name}`", f"there is no option `{name}`")
        return Misused(words, ctx, near(name, [opt for p in params for opt in p.opts]))
    if isinstance(error, click.BadOptionUsage):
        name = error.option_name
        if any(name in p.opts and getattr(p, "is_flag", False) for p in params):
            return Misused(Words(f"`{name}` không nhận giá trị", f"`{name}` takes no value"), ctx)
        return Misused(Words(f"`{name}` cần một giá trị", f"`{name}` needs a value"), ctx)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return Misused(_bad_value(error, error.param), ctx)
    said = " ".join(error.format_message().split()).rstrip(".")
    return Misused(Words(said, said), ctx)


def _bad_value(error: click.BadParameter, param: click.Parameter) -> Words:
    name = (
        max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name
    )
    if isinstance(error, click.MissingParameter):
        return Words(f"thiếu `{name}`", f"`{name}` is missing")
    if isinstance(param.type, click.Choice):
        choices = ", ".join(f"`{choice}`" for choice in param.type.choices)
        return Words(f"`{name}` nhận một trong: {choices}", f"`{name}` is one of {choices}")
    said = " ".join(error.message.split()).rstrip(".")
    return Words(f"`{name}`: {said}", f"`{name}`: {said}")


def refuse(vi: str, en: str) -> NoReturn:
    """Stop: the command line asks for what cannot be."""
    raise Misused(Words(vi, en), click.get_current_context(silent=True))
