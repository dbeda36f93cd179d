"""How a run ends: an exit code for every way, one line on stderr at most, never a traceback."""

import errno
import inspect
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from command import command, environment, run, spawn

from tieuchi.cli import app, streams
from tieuchi.cli.app import run as run_app
from tieuchi.cli.command import Verb
from tieuchi.cli.options import FORMAT
from tieuchi.engine.words import Words

HERD = (
    "pack: nq-08-2019\nas_of: 2023-05-31\nactivities: [livestock]\ncomplete: true\nfacts: {{{}}}\n"
)
REPORT = "please report it with the command"


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], int]], None]:
    """Puts a verb `boom` beside the others."""

    def put(does: Callable[[], int]) -> None:
        module = ModuleType("boom")
        vars(module)["command"] = Verb(
            "boom",
            lambda form: does(),  # noqa: ARG005 - what click calls it with
            says=Words("", ""),
            params=(FORMAT,),
            examples=(),
        )
        monkeypatch.setitem(sys.modules, "boom", module)
        monkeypatch.setitem(app.VERBS, "boom", ("boom:command", Words("", "")))

    return put


def _cases(folder: Path, **facts: str) -> None:
    for name, stated in facts.items():
        (folder / f"{name}.yaml").write_text(HERD.format(stated))


@pytest.mark.parametrize(
    ("cases", "code"),
    [
        (("met",), 0),
        (("met", "met"), 0),
        (("open",), 3),
        (("met", "open"), 3),
        (("short",), 1),
        (("open", "short", "met"), 1),
        (("late",), 3),
        (("late", "met"), 3),
        (("none",), 3),
    ],
)
def test_the_exit_code_is_the_answer(tmp_path: Path, cases: tuple[str, ...], code: int) -> None:
    """Of several decisions 1 if any is not met, else 3 if any is open, else 0."""
    _cases(tmp_path, met="cattle: 50", short="cattle: 49", open="cattle: unknown")
    text = HERD.format("cattle: 50")
    (tmp_path / "late.yaml").write_text(text.replace("2023-05-31", "2026-01-01"))
    other = "pack: chan-nuoi-2020\nas_of: 2010-01-01\nfacts: {}\n"
    (tmp_path / "none.yaml").write_text(other)

    ran = run("check", *(f"{case}.yaml" for case in cases), at=tmp_path)

    assert (ran.code, ran.err) == (code, "")


def test_a_pack_without_a_verdict_is_0(tmp_path: Path) -> None:
    """Nothing was asked that could be met or not."""
    (tmp_path / "a.yaml").write_text(
        "pack: chan-nuoi-2020\nas_of: 2023-05-31\ncomplete: true\nfacts: {}\n"
    )

    ran = run("check", "a.yaml", at=tmp_path)

    assert (ran.code, ran.err) == (0, "")


def test_the_day_on_the_line_goes_before_the_case_s(tmp_path: Path) -> None:
    """`--as-of` asks about another day."""
    _cases(tmp_path, met="cattle: 50")

    assert run("check", "met.yaml", at=tmp_path).code == 0
    assert run("check", "met.yaml", "--as-of", "2026-01-01", at=tmp_path).code == 3


def test_the_decimal_mark_on_the_line_is_for_cases_without_one(tmp_path: Path) -> None:
    """A case that states its own is read by it."""
    text = HERD.format("poultry: '1.000'")
    (tmp_path / "a.yaml").write_text(text)
    (tmp_path / "b.yaml").write_text(text + "decimal: point\n")

    assert run("check", "a.yaml", "--decimal", "comma", at=tmp_path).code == 0
    assert run("check", "b.yaml", "--decimal", "comma", at=tmp_path).code == 1


# ---- the unforeseen


def test_a_verb_that_raises_is_70(verb: Callable[[Callable[[], int]], None]) -> None:
    """One line, which says what and where, and no traceback."""

    def boom() -> int:
        raise RuntimeError("a\nb")

    verb(boom)

    run("boom").gives(
        70,
        err=rf"tieuchi: internal error: RuntimeError('a\nb') (cli/command.py:{_line()}); {REPORT}"
        "\n",
    )


def _line() -> int:
    """Where `Verb.invoke` calls click."""
    lines, start = inspect.getsourcelines(Verb.invoke)
    return start + next(i for i, line in enumerate(lines) if "super().invoke" in line)


@pytest.mark.parametrize(
    "error", [SystemExit("text"), SystemExit(1), MemoryError(), RecursionError()]
)
def test_whatever_is_raised_is_70(
    verb: Callable[[Callable[[], int]], None], error: BaseException
) -> None:
    """Python's own exit 1 would mean "not met"."""

    def boom() -> int:
        raise error

    verb(boom)

    ran = run("boom")

    assert (ran.code, ran.out, ran.err.count("\n")) == (70, "", 1)


def test_an_error_that_cannot_be_shown_is_70(verb: Callable[[Callable[[], int]], None]) -> None:
    """Not even a broken `__repr__` gets through."""

    class Broken(Exception):
        def __repr__(self) -> str:
            raise ValueError

    def boom() -> int:
        raise Broken

    verb(boom)

    ran = run("boom")

    assert ran.code == 70
    assert ran.err.startswith("tieuchi: internal error: Broken (")


def test_the_unforeseen_as_json(verb: Callable[[Callable[[], int]], None]) -> None:
    """Is an object like every error."""

    def boom() -> int:
        raise RuntimeError("x")

    verb(boom)

    ran = run("boom", "--format", "json")

    assert (ran.code, ran.out) == (70, "")
    error = json.loads(ran.err)["error"]
    assert (error["code"], error["message"]) == ("internal", "RuntimeError('x')")
    assert error["where"].startswith("cli/command.py:")


def test_a_long_error_is_cut(verb: Callable[[Callable[[], int]], None]) -> None:
    """One line stays one that can be read."""

    def boom() -> int:
        raise RuntimeError("x" * 1000)

    verb(boom)

    assert len(run("boom").err) < 450


def test_an_interrupt_is_130(verb: Callable[[Callable[[], int]], None]) -> None:
    """And silent."""

    def boom() -> int:
        raise KeyboardInterrupt

    verb(boom)

    run("boom").gives(130)


def test_ctrl_c_while_it_waits() -> None:
    """A process that reads standard input ends at once, without a word."""
    with subprocess.Popen(
        command("check", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)

    assert (process.returncode, out, err) == (130, b"", b"")


# ---- streams


def test_a_closed_pipe_is_silent(tmp_path: Path) -> None:
    """`tieuchi check … | head` says nothing, and the exit code is still the answer."""
    _cases(tmp_path, **{f"case{n}": "cattle: 49" for n in range(40)})
    read, write = os.pipe()
    os.close(read)

    done = subprocess.run(
        command("check", "."),
        stdout=write,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=tmp_path,
        check=False,
    )
    os.close(write)

    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("line", ["-h", "--version"])
def test_help_into_a_closed_pipe_is_silent(line: str) -> None:
    """The same for what click writes, and for what is written before it is imported."""
    read, write = os.pipe()
    os.close(read)

    done = subprocess.run(
        command(line), stdout=write, stderr=subprocess.PIPE, env=environment(), check=False
    )
    os.close(write)

    assert (done.returncode, done.stderr) == (0, b"")


FULL = (
    "tieuchi: the answer cannot be written: No space left on device; "
    "make room, or write it elsewhere\n"
)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "line",
    ["--version", "-h", "explain nq-08-2019", "pack lint nq-08-2019", "check a.yaml"],
)
def test_whatever_is_written_to_a_full_disk(line: str, tmp_path: Path) -> None:
    """Nothing is our error, and nothing is a traceback; an answer not written is none."""
    _cases(tmp_path, a="cattle: 50")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command(*line.split()),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            cwd=tmp_path,
            check=False,
        )

    assert (done.returncode, done.stderr.decode()) == (70, FULL)


def test_no_streams_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Started without stdout and stderr, the exit code alone answers."""
    _cases(tmp_path, a="cattle: 50", b="cattle: -1")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    assert run_app(["check", "a.yaml"]) == 0
    assert run_app(["check", "b.yaml"]) == 2


def test_an_error_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is nobody's second error."""

    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.EIO, "gone")

        def flush(self) -> None:
            raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(sys, "stderr", Gone())

    assert run_app(["chek"]) == 2

    streams.flush(Gone())


def test_a_stream_that_has_not_every_character(tmp_path: Path) -> None:
    """Vietnamese without its marks is better than an exception."""
    _cases(tmp_path, a="cattle: 38")

    ran = run("check", "a.yaml", "--lang", "vi", at=tmp_path, encoding="ascii")

    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("Nghi quyet 08/2019/NQ-HDND | 31/05/2023\nx Chua dap ung dieu kien")

    ran = run("check", "b.yaml", "--lang", "vi", at=tmp_path, encoding="ascii")

    assert ran == (2, "", "b.yaml: khong co tep nay; xem lai duong dan\n")


# ---- the command line


USAGE = {
    (): "CASE is missing: name a file, or ask by `--pack PACK --set FACT=VALUE`; see `{} -h`",
    ("--fromat", "json"): "there is no option `--fromat`; did you mean `--format`?",
    ("--zzz",): "there is no option `--zzz`; see `{} -h`",
    ("--complete=3",): "`--complete` takes no value; see `{} -h`",
    ("--as-of",): "`--as-of` needs a value; see `{} -h`",
    ("--format", "xml"): "`--format` is one of `text`, `json`; see `{} -h`",
    ("--set", "cattle"): "`--set cattle` is not FACT=VALUE, as in `--set cattle=38`; see `{} -h`",
    ("--set", "=3"): "`--set =3` is not FACT=VALUE, as in `--set cattle=38`; see `{} -h`",
    ("--set", "a=1", "--set", "a=2"): "`--set a=…` stands twice; see `{} -h`",
}


@pytest.mark.parametrize("line", USAGE)
def test_a_wrong_command_line(line: tuple[str, ...]) -> None:
    """One line that says what is wrong and what to do."""
    said = USAGE[line].format("tieuchi check")

    run("check", *line).gives(2, err=f"tieuchi check: {said}\n")


def test_a_question_beside_files(tmp_path: Path) -> None:
    """A file states its own facts."""
    _cases(tmp_path, a="cattle: 50")

    run("check", "a.yaml", "--set", "cattle=3", at=tmp_path).gives(
        2,
        err="tieuchi check: `--set`, `--activity`, `--complete`, `--place` ask a question without "
        "a file; see `tieuchi check -h`\n",
    )


OTHERS = {
    ("chek",): "tieuchi: there is no command `chek`; did you mean `check`?",
    ("zzz",): "tieuchi: there is no command `zzz`; see `tieuchi -h`",
    ("pack", "tets"): "tieuchi pack: there is no command `tets`; did you mean `test`?",
    ("--zzz",): "tieuchi: there is no option `--zzz`; see `tieuchi -h`",
    ("completion",): "tieuchi completion: `SHELL` is missing; see `tieuchi completion -h`",
    ("completion", "csh"): "tieuchi completion: `SHELL` is one of `bash`, `zsh`, `fish`; "
    "see `tieuchi completion -h`",
    ("completion", "bash", "x"): "tieuchi completion: `x` is one too many; "
    "see `tieuchi completion -h`",
    ("check", "--as-of", "2023-02-30"): "--as-of: there is no day `2023-02-30`; "
    "check the day, and write it as `2023-05-31`",
    ("check", "--as-of", "soon"): "--as-of: `soon` is not a date; write it as `2023-05-31`",
    ("check", "--packs", "none"): "none: there is no such file; check the path",
    ("check", "--pack", "nq-08-2018"): "--pack: there is no pack called `nq-08-2018`; "
    "did you mean `nq-08-2019`?",
    ("check", "--pack", "./none.yaml"): "none.yaml: there is no such file; check the path",
    (
        "check",
        "--pack",
        "nq-08-2019",
        "--set",
        "catle=3",
    ): "catle: `nq-08-2019` asks for no fact called `catle`; did you mean `cattle`?",
    (
        "check",
        "--pack",
        "nq-08-2019",
        "--activity",
        "cows",
    ): "activities: `nq-08-2019` has no activity called `cows`; use one of `nursery`, "
    "`livestock`, `crops`, `aquaculture`, `storage`",
}


@pytest.mark.parametrize("line", OTHERS)
def test_what_else_can_be_wrong_on_the_line(line: tuple[str, ...], tmp_path: Path) -> None:
    """Options and names say where they stand too."""
    run(*line, at=tmp_path).gives(2, err=f"{OTHERS[line]}\n")


def test_a_pack_that_names_one_that_there_is_not(tmp_path: Path) -> None:
    """Stands where it names it, whatever the pack itself was named by."""
    head = "kind: subsidy\ncite: {vi: v, en: e}\ntitle: {vi: v, en: e}\n"
    sources = "sources: {s: {title: {vi: v, en: e}, grade: B}}\nsource: s\n"
    (tmp_path / "own.yaml").write_text(f"pack: own\n{head}{sources}use: {{x: nosuch/y}}\n", "utf-8")

    run("check", "--pack", "own.yaml", at=tmp_path).gives(
        2,
        err="own.yaml:7:10: there is no pack called `nosuch`; "
        "see the packs with `tieuchi explain`\n",
    )


@pytest.mark.parametrize(
    ("decimal", "written", "said"),
    [
        ("point", "4,5 ha", ("`4,5` is not a number; write a number with a decimal point, such as "
         "`38` or `4.5 ha`")),
        ("comma", "4.5 ha", ("`4.5` is not a number; write a number with a decimal comma, such as "
         "`38` or `4,5 ha`")),
        ("comma", "0x1F", ("`0x1F` is not a number; write a number with a decimal comma, such as "
         "`38` or `4,5 ha`")),
    ],
)  # fmt: skip
def test_a_number_with_the_other_mark(decimal: str, written: str, said: str) -> None:
    """The remedy has the mark that was declared."""
    line = ("check", "--pack", "nq-08-2019", "--as-of", "2023-05-31", "--decimal", decimal)

    run(*line, "--set", f"vegetable_area={written}").gives(2, err=f"vegetable_area: {said}\n")


def test_usage_errors_in_vietnamese_and_as_json() -> None:
    """In the language asked for, wherever it stands on the line."""
    run("--lang=vi", "chek").gives(2, err="tieuchi: không có lệnh `chek`; có phải là `check`?\n")
    run("check", "--format=json", "--zzz").gives(
        2,
        err='{"error": {"code": "usage", "where": "tieuchi check", "message": '
        '"there is no option `--zzz`", "remedy": "see `tieuchi check -h`"}}\n',
    )


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"LC_ALL": "en_US.UTF-8"}, "there is no command"),
        ({"LC_ALL": "", "LC_MESSAGES": "vi_VN", "LANG": "en_US"}, "không có lệnh"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_GB"}, "there is no command"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "không có lệnh"),
        ({"LC_ALL": "C.UTF-8"}, "không có lệnh"),
    ],
)
def test_the_language_by_the_locale(env: dict[str, str], said: str) -> None:
    """Vietnamese where the locale is not English."""
    assert said in run("chek", env=env).err


def test_a_process_of_its_own() -> None:
    """All of it reaches the shell."""
    spawn("chek").gives(2, err="tieuchi: there is no command `chek`; did you mean `check`?\n")
