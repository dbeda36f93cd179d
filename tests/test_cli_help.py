"""Help and completion: `-h` everywhere, in both languages, with examples that run as they stand."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from command import PLAIN, environment, run

from tieuchi import engine
from tieuchi.cli import app, pack

ROOT = Path(__file__).parent.parent
VERBS = [
    (),
    *((name,) for name in app.VERBS),
    *(("pack", name) for name in pack.group.verbs),
]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("lang", "head", "example"), [("en", "Usage:", "Example:"), ("vi", "Cách dùng:", "Ví dụ:")]
)
def test_every_command_has_help(verb: tuple[str, ...], lang: str, head: str, example: str) -> None:
    """In the language asked for, within 80 columns, with an example."""
    short, long = run(*verb, "-h", "--lang", lang), run("--lang", lang, *verb, "--help")

    assert short == long
    assert (short.code, short.err) == (0, "")
    assert short.out.startswith(f"{head} {' '.join(('tieuchi', *verb))}")
    assert f"\n{example}\n  tieuchi " in short.out
    assert max(map(len, short.out.splitlines())) <= 80


@pytest.mark.parametrize("verb", VERBS)
def test_the_examples_of_help_run(verb: tuple[str, ...], tmp_path: Path) -> None:
    """They are there to be pasted; what they write stays in a folder of its own."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    shown = run(*verb, "-h").out.partition("\nExample:\n")[2]

    for line in re.sub(r"\\\n\s*", "", shown).strip().splitlines():
        words = shlex.split(line)
        ran = run(*words[1:], stdin=b"60\n" if verb == ("ask",) else b"", at=tmp_path)

        assert words[0] == "tieuchi"
        assert ran.code in ((4,) if verb == ("batch",) else (0, 1, 3))
        assert ran.out
        assert ran.err == "" or verb in (("batch",), ("ask",))


def test_the_help_of_the_group() -> None:
    """Lists every verb with what it does."""
    run("-h").gives(
        0,
        out="""\
Usage: tieuchi [OPTIONS] [COMMAND] [ARGS]...

  Criteria of law, decided exactly: what is met, by how much not, under which
  article.
  Exit codes: 0 met; 1 not met; 3 open, not applicable or no law in force; 2
  bad input; 4 some rows rejected; 70 our error; 130 interrupted.

Commands:
  check       Decide cases: what is met, by how much not, under which article.
  audit       Audit reports: the status, progress and label of every target.
  explain     Read the law of a pack; without one, list the packs.
  ask         Interview: ask only what still matters, then explain the answer.
  batch       Decide a table of cases, from a spreadsheet to a registry of
              millions.
  template    Make the form of a pack to fill in, .xlsx or .csv.
  pack        For authors of packs: new, lint, test, diff, fmt, schema,
              export.
  completion  Print the script that completes commands in a shell.

Options:
  --lang [vi|en]  Vietnamese or English; else by the locale.
  --version       Show the version.
  -h, --help      Show this help.

Example:
  tieuchi check --pack nq-08-2019 --as-of 2023-05-31 \\
      --activity livestock --complete --set cattle=38
""",
    )


def test_without_a_command_help_is_no_answer() -> None:
    """Nothing was asked, so it is exit 2, and stdout stays empty."""
    help_ = run("-h").out

    run().gives(2, err=help_)
    run("pack").gives(2, err=run("pack", "-h").out)


def test_the_version_beside_other_arguments() -> None:
    """`--version` alone is answered before click is there; with more, it is the same."""
    run("--lang", "vi", "--version").gives(0, out=f"tieuchi {engine.__version__}\n")


def _loaded(*arguments: str) -> set[str]:
    """The distributions that a run imports, of those that cost."""
    code = (
        "import sys; sys.argv = ['tieuchi', *sys.argv[1:]]\n"
        "from tieuchi.cli import main\n"
        "main(); print(*(name for name in sys.modules if '.' not in name))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    heavy = {"click", "durable_rules_engine", "durable", "pydantic", "rich", "yaml"}
    return heavy & set(done.stdout.splitlines()[-1].split())


def test_help_loads_click_alone() -> None:
    """And nothing of any verb."""
    assert _loaded("-h") == {"click"}
    assert _loaded("check", "-h") == {"click"}


def test_check_loads_no_models_for_a_pack_seen_before() -> None:
    """Nor rich where there is no terminal."""
    line = ("check", "--pack", "nq-08-2019", "--as-of", "2023-05-31", "--set", "cattle=38")
    _loaded(*line)

    assert _loaded(*line) <= {"click", "yaml", "durable_rules_engine"}


# ---- completion


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str) -> None:
    """Is for `tieuchi`, and comes on stdout."""
    ran = run("completion", shell)

    assert (ran.code, ran.err) == (0, "")
    assert "_TIEUCHI_COMPLETE=" in ran.out


def _completed(line: str) -> list[str]:
    """What bash is offered for the last word of a line."""
    words = line.split(" ")
    env = {
        **PLAIN,
        "_TIEUCHI_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    ran = run(env=env)
    assert ran.err == ""
    return [word.partition(",")[2] for word in ran.out.split("\n") if word]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tieuchi c", ["check", "completion"]),
        ("tieuchi pack l", ["lint"]),
        ("tieuchi check --pack nq", ["nq-08-2019"]),
        ("tieuchi check --pack ./x", ["./x"]),
        ("tieuchi check --pack nq-08-2019 --set cat", ["cattle="]),
        ("tieuchi check --pack none --set cat", []),
        ("tieuchi check --pack nq-08-2019 --activity l", ["livestock"]),
        ("tieuchi ask nq", ["nq-08-2019"]),
        ("tieuchi ask nq-08-2019 --activity l", ["livestock"]),
        ("tieuchi ask --resume x", ["x"]),
        ("tieuchi check --lang ", ["vi", "en"]),
        ("tieuchi pack lint tc", ["tcpl-2021"]),
    ],
)
def test_what_a_shell_is_offered(line: str, words: list[str]) -> None:
    """Commands, packs, the facts and activities of the packs named so far."""
    assert _completed(line) == words
