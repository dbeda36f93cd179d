"""What people give that cannot be read: one clear line each, exit 2, nothing on stdout."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import command, environment, run, spawn

from tieuchi.engine.cache import LARGEST
from tieuchi.engine.source import LIMIT

HEAD = "pack: nq-08-2019\nas_of: 2023-05-31\nfacts:\n  "
UNITS = "use `đồng`, `m2`, `ha`, `kg`, `t`, `head`, `person`, `%`… or a compound such as `đồng/m2`"
LONG = "9" * 1_000_000
NUMBER = "write a number, such as `38` or `4,5 ha`"

FACTS = {
    "catle: 38": "4:3: `nq-08-2019` asks for no fact called `catle`; did you mean `cattle`?",
    "cattle: 50 ha": "4:11: `50 ha` is in `ha`, where `head` is expected; write it in `head`",
    "cattle: 50 bananas": f"4:11: `bananas` is not a unit; {UNITS}",
    "cattle: -1": "4:11: `-1` is below 0, and `cattle` cannot be; write 0 or more",
    "cattle: NaN": "4:11: `NaN` is not a finite number; write a number, or `unknown`",
    "cattle: .inf": "4:11: `.inf` is not a finite number; write a number, or `unknown`",
    "cattle: true": f"4:11: `cattle` is a quantity, and `true` is yes or no; {NUMBER}",
    "cattle: [38]": f"4:11: `cattle` is a quantity, and here stands a list; {NUMBER}",
    "cattle: 2.5": "4:11: `2.5` is finer than 1 head, the step of `cattle`; "
    "write it to that step, as the record has it",
    "cattle: many": f"4:11: `cattle` is a quantity, and `many` is text; {NUMBER}",
    "cattle: 1.000": "4:11: `1.000` may be 1 or 1000; add `decimal: comma` or `decimal: point`; "
    "to a command, `--decimal comma` or `point`",
    "vegetable_area: 2.0000001 ha": "4:19: `2.0000001 ha` is finer than 0.000001 ha, the step of "
    "`vegetable_area`; write it to that step, as the record has it",
    "cattle: 38\n  cattle: 39": "5:3: `cattle` stands twice, first in line 4; keep one",
    "cattle: *herd": "4:11: `*herd` is an alias; every value is written where it belongs; "
    "write the value out, or put a text in quotes",
    "cattle: !!int 38": "4:11: `!!int` is a tag, which is not used here; "
    "remove it, or put a text in quotes",
    "\tcattle: 38": "4:3: a tab stands in the indentation; use spaces",
    "cattle: "
    + "9" * 1_000_000: f"4:11: the number `{'9' * 59}…` has more than 40 digits; {NUMBER}",
}
DOCUMENTS = {
    b"pack: nq-08-2019\nas_of: 2023-02-30\nfacts: {cattle: 38}\n": "2:8: there is no day "
    "`2023-02-30`; check the day, and write it as `2023-05-31`",
    b"pack: nq-08-2018\nfacts: {cattle: 38}\n": "1:7: there is no pack called `nq-08-2018`; "
    "did you mean `nq-08-2019`?",
    b"38\n": "1:1: here stands a text, where keys and values are expected; write `key: value`",
    b"\x89PNG\xff\xfe\x00": "1:1: byte `0x89` is not text in UTF-8; "
    "save the file as plain text in UTF-8",
    b"facts: " + b"[" * 20_000: "1:1007: nested more than 64 levels deep; write it less deep",
}
TEXTS = [
    *((HEAD + stated, said) for stated, said in FACTS.items()),
    *((document, said) for document, said in DOCUMENTS.items()),
]


@pytest.mark.parametrize(("text", "said"), TEXTS, ids=[str(n) for n in range(len(TEXTS))])
def test_a_bad_case_gets_one_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    """Where it is, what is wrong and the remedy."""
    data = text.encode() if isinstance(text, str) else text
    (tmp_path / "case.yaml").write_bytes(data)

    run("check", "case.yaml", at=tmp_path).gives(2, err=f"case.yaml:{said}\n")
    run("audit", "-", stdin=data).gives(2, err=f"-:{said}\n")


def test_an_empty_file_is_no_case(tmp_path: Path) -> None:
    """And says where an example is."""
    (tmp_path / "case.yaml").write_text("")

    run("check", "case.yaml", at=tmp_path).gives(
        2, err="case.yaml: the file has nothing in it; see an example with `tieuchi check -h`\n"
    )


def test_a_folder_without_cases(tmp_path: Path) -> None:
    """Is not an answer about nothing."""
    (tmp_path / "cases").mkdir()

    run("check", "cases", at=tmp_path).gives(
        2,
        err="cases: the folder has no case in it (`*.yaml`); "
        "add the file of a case, with `facts`\n",
    )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Is named as it was given."""
    run("check", "none.yaml", at=tmp_path).gives(
        2, err="none.yaml: there is no such file; check the path\n"
    )


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is not the same as one that is missing."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "case.yaml").write_text(HEAD)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.chdir(tmp_path)

    ran = run("check", "--pack", "nq-08-2019", "case.yaml")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("case.yaml: ")
    assert ran.err.count("\n") == 1


def test_all_mistakes_of_all_cases_come_at_once(tmp_path: Path) -> None:
    """Before anything is decided: a good case beside bad ones prints nothing."""
    (tmp_path / "a.yaml").write_text(HEAD + "cattle: 38\n")
    (tmp_path / "b.yaml").write_text(HEAD + "cattle: -1\n  catle: 3\n")
    (tmp_path / "c.yaml").write_text("38\n")

    run("check", "a.yaml", "b.yaml", "c.yaml", "d.yaml", at=tmp_path).gives(
        2,
        err="c.yaml:1:1: here stands a text, where keys and values are expected; "
        "write `key: value`\nd.yaml: there is no such file; check the path\n",
    )
    run("check", "a.yaml", "b.yaml", at=tmp_path).gives(
        2,
        err="b.yaml:4:11: `-1` is below 0, and `cattle` cannot be; write 0 or more\n"
        "b.yaml:5:3: `nq-08-2019` asks for no fact called `catle`; did you mean `cattle`?\n",
    )


def test_errors_as_json(tmp_path: Path) -> None:
    """`--format json` gives one object, however many mistakes there are."""
    (tmp_path / "a.yaml").write_text(HEAD + "cattle: -1\n  catle: 3\n")

    run("check", "a.yaml", "--format", "json", at=tmp_path).gives(
        2,
        err='{"error": {"code": "number-negative", "where": "a.yaml:4:11", "message": "`-1` is '
        'below 0, and `cattle` cannot be", "remedy": "write 0 or more"}, "more": [{"code": '
        '"fact-unknown", "where": "a.yaml:5:3", "message": "`nq-08-2019` asks for no fact called '
        '`catle`", "remedy": "did you mean `cattle`?"}]}\n',
    )


def test_errors_in_vietnamese(tmp_path: Path) -> None:
    """By `--lang`, whatever the locale."""
    (tmp_path / "a.yaml").write_text(HEAD + "cattle: 38\n  cattle: 39\n")

    run("check", "a.yaml", "--lang", "vi", at=tmp_path).gives(
        2, err="a.yaml:5:3: `cattle` có hai lần, lần đầu ở dòng 4; giữ lại một\n"
    )


def test_a_failed_check_of_the_input(tmp_path: Path) -> None:
    """Has the pack's own words, at the first fact that it looks at."""
    (tmp_path / "a.yaml").write_text(HEAD + "cattle: 10\n  breeding_cows: 11\n")

    ran = run("check", "a.yaml", at=tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("a.yaml:4:3: ")
    assert ran.err.endswith("; check the figures\n")


def test_a_fact_stated_against_its_definition(tmp_path: Path) -> None:
    """Both are shown, and where the fact stands."""
    (tmp_path / "a.yaml").write_text(
        "pack: ntm-xa-2021-2025\nas_of: 2023-05-31\nfacts:\n  officials_total: 3\n"
        "  officials: {complete: true, items: [{name: A}, {name: B}]}\n"
    )

    run("audit", "a.yaml", at=tmp_path).gives(
        2,
        err="a.yaml:4:3: `officials_total` is stated as 3 person, but comes out of "
        "`officials_listed` as 2 person; correct one of them, or state only one\n",
    )


# ---- within 2 s and 300 MiB


# A process's own peak includes that of the one that forked it: a small one stands between.
_BETWEEN = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(process.pid, 0)
with open(sys.argv[1], "w") as told:
    told.write(str(used.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""


def _measured(*arguments: str, at: Path) -> tuple[int, str, str, float, int]:
    """Exit code, stdout, stderr, seconds and MiB of a process of its own."""
    told = at / "peak"
    started = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", _BETWEEN, str(told), *command(*arguments)],
        capture_output=True,
        env=environment(),
        cwd=at,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    return ran.returncode, ran.stdout, ran.stderr, seconds, int(told.read_text()) // 1024


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.write(HEAD.encode())
        file.truncate(200_000_000)


def _digits(path: Path) -> None:
    path.write_text(f"{HEAD}cattle: {'9' * 1_000_000}\n")


def _levels(path: Path) -> None:
    path.write_text(f"{HEAD}cattle: {'[' * 20_000}{']' * 20_000}\n")


def _maps(path: Path) -> None:
    path.write_text("".join(f"{' ' * n}a:\n" for n in range(1500)))


def _keys(path: Path) -> None:
    path.write_text(HEAD + "".join(f"x{n}: 1\n  " for n in range(100_000)))


def _documents(path: Path) -> None:
    path.write_text("a: 1\n---\n" * 50_000)


def test_a_monster_of_a_pack_is_refused_unread(tmp_path: Path) -> None:
    """Its size is looked at before it is read for the cache."""
    _huge(tmp_path / "big.yaml")

    code, out, err, seconds, mebibytes = _measured("check", "--pack", "./big.yaml", at=tmp_path)

    assert (code, out) == (2, "")
    assert err == "big.yaml: the file is larger than 2 MiB; split it into several files\n"
    assert seconds < 2
    assert mebibytes < 100
    assert LARGEST == LIMIT


def test_what_is_nowhere_stated_has_no_place_before_it() -> None:
    """A question that says it is complete, and states no member of the council at all."""
    question = ("--pack", "ocop-2026", "--as-of", "2026-06-01", "--complete")
    ran = run("check", *question, "--lang", "en")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("At least one member of the council must have scored")


@pytest.mark.parametrize("make", [_huge, _digits, _levels, _maps, _keys, _documents])
def test_monsters_are_refused_at_once(tmp_path: Path, make: object) -> None:
    """Within 2 seconds and 300 MiB, with no traceback."""
    assert callable(make)
    make(tmp_path / "case.yaml")

    code, out, err, seconds, mebibytes = _measured("check", "case.yaml", at=tmp_path)

    assert (code, out) == (2, "")
    assert err.startswith("case.yaml")
    assert "Traceback" not in err
    assert seconds < 2
    assert mebibytes < 300


def test_a_bad_case_in_a_process_of_its_own(tmp_path: Path) -> None:
    """The exit code reaches the shell."""
    (tmp_path / "case.yaml").write_text(HEAD + "cattle: -1\n")

    spawn("check", "case.yaml", at=tmp_path).gives(
        2, err="case.yaml:4:11: `-1` is below 0, and `cattle` cannot be; write 0 or more\n"
    )
