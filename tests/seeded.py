"""Which tool catches which mistake: `python tests/seeded.py`.

Out of every mistake of `mistakes` that can be made in a pack that ships, some of each kind and pack
are taken by a seed, and each is put into a copy of the pack, or of its test cases. Then `pack lint`
and `pack test` read the copy as an author would, and `pack diff` holds it against the pack as it
was, as whoever signs an amendment would. A tool has caught a mistake where it does not end with
exit code 0 (`lint` with `--strict`). Printed is the table that stands in the README's annex.

    python tests/seeded.py --each 2 --seed 20261129 --list
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from miscopied import untested
from mistakes import MISTAKES, UNTESTED
from packs import DAYS
from typed import Mistake

from tieuchi.engine.amendment import amendment
from tieuchi.engine.diagnostic import Faults
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Graph
from tieuchi.engine.lint import lint
from tieuchi.engine.load import Program, compile_pack, load_pack
from tieuchi.engine.pack_test import compared, decision_of, is_refused, read_suite
from tieuchi.engine.trees import pack_files

SEED, EACH = 20261129, 2
TOOLS = ("lint", "test", "diff")
FILES = pack_files()
DAY = date(2025, 1, 31)
"""A day on which all that ship but those of `DAYS` are in force; what is only of other days `diff`
does not look at."""


class Seeded(NamedTuple):
    """A mistake in a pack, and the tools that caught it."""

    pack: str
    kind: tuple[str, str]
    mistake: Mistake
    caught: tuple[str, ...] = ()


def seeded(each: int = EACH, seed: int = SEED, packs: Sequence[str] = ()) -> Iterator[Seeded]:
    """So many mistakes of each kind and pack, as far as it has a place for them."""
    for pack in packs or sorted(FILES):
        text, tests = FILES[pack].read_text("utf-8"), _tests(FILES[pack]).read_text("utf-8")
        made = {kind: list(make(text)) for kind, make in MISTAKES.items()}
        for kind, found in {**made, UNTESTED: list(untested(text, tests))}.items():
            random = Random(f"{seed} {pack} {kind[0]}")
            taken = random.sample(range(len(found)), min(each, len(found)))
            yield from (Seeded(pack, kind, found[at]) for at in sorted(taken))


def _tests(path: Path) -> Path:
    return path.with_name(path.stem + ".test.yaml")


def looked_at(of: Seeded) -> Seeded:
    """What each tool says of a mistake."""
    with TemporaryDirectory() as folder:
        return _looked_at(of, Path(folder) / f"{of.pack}.yaml")


def _looked_at(of: Seeded, path: Path) -> Seeded:
    own, tests = FILES[of.pack], _tests(FILES[of.pack])
    path.write_text(own.read_text("utf-8") if of.mistake.tests else of.mistake.text, "utf-8")
    _tests(path).write_text(
        of.mistake.text if of.mistake.tests else tests.read_text("utf-8"), "utf-8"
    )
    try:
        program = load_pack(str(path))
    except Faults:  # each of them ends so
        return of._replace(caught=TOOLS)
    says = {
        "lint": bool(lint(str(path))),
        "test": _fails(str(path), program),
        "diff": amendment(_right(of.pack), compile_pack(program, _day(of.pack))).differs,
    }
    return of._replace(caught=tuple(tool for tool in TOOLS if says[tool]))


def _fails(name: str, program: Program) -> bool:
    """What `pack test` says, on the plain evaluator alone."""
    graphs = cache(lambda day: compile_pack(program, day))
    try:
        suite = read_suite(name)
        return any(
            compared(trial, decision_of(trial, graphs(trial.case.as_of))) for trial in suite.trials
        ) or any(
            not is_refused(graph, read_given(graph, trial.case)[0])
            for trial in suite.refused
            for graph in [graphs(trial.case.as_of)]
        )
    except (Faults, KeyError):  # an id that the pack has no more
        return True


@cache
def _right(pack: str) -> Graph:
    """The graph of a pack as it ships."""
    return compile_pack(load_pack(pack), _day(pack))


def _day(pack: str) -> date:
    return DAYS.get(pack, DAY)


def table(found: Sequence[Seeded], lang: str) -> str:
    """The kinds and what caught them, as Markdown."""
    heads = {"en": ("Mistake", "seeded", "lint", "test", "diff", "none"),
             "vi": ("Lỗi", "số lỗi gài", "lint", "test", "diff", "không")}[lang]  # fmt: skip
    lines = [" | ".join(heads), "|".join([":---", *["---:"] * 5])]
    for kind in (*MISTAKES, UNTESTED):
        of = [each for each in found if each.kind == kind]
        if of:
            lines.append(" | ".join([kind[lang == "vi"], *_counts(of)]))
    lines.append(" | ".join([{"en": "**All**", "vi": "**Tất cả**"}[lang], *_counts(found)]))
    return "\n".join(f"| {line} |" if "---" not in line else f"|{line}|" for line in lines)


def _counts(found: Sequence[Seeded]) -> list[str]:
    by = Counter(tool for each in found for tool in each.caught)
    none = sum(not each.caught for each in found)
    return [str(n) for n in (len(found), *(by[tool] for tool in TOOLS), none)]


def main() -> int:
    """Print the table; exit 1 where a mistake is caught by nothing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--each", type=int, default=EACH, help="of each kind and pack")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--lang", choices=("en", "vi"), default="en")
    parser.add_argument("--list", action="store_true", help="every mistake and what caught it")
    parser.add_argument("packs", nargs="*", help="none named is all")
    asked = parser.parse_args()
    found: list[Seeded] = []
    made = list(seeded(asked.each, asked.seed, asked.packs))
    with ProcessPoolExecutor(asked.jobs) as pool:
        for each in pool.map(looked_at, made):
            found.append(each)
            if asked.list or not each.caught:
                print(said(each), file=sys.stdout if asked.list else sys.stderr, flush=True)
    print(table(found, asked.lang))
    return 0 if all(each.caught for each in found) else 1


def said(of: Seeded) -> str:
    """A mistake on one line."""
    place = f"{of.pack}{'.test' * of.mistake.tests}.yaml:{of.mistake.line}"
    return f"{place}: {of.kind[0]}: {of.mistake.what}: {', '.join(of.caught) or 'NONE'}"


if __name__ == "__main__":
    sys.exit(main())
