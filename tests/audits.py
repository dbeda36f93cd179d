"""Audits for tests: the report that ships, and small plans that a test writes."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from tieuchi.engine.case import Case
from tieuchi.engine.case_file import load_cases, read_case
from tieuchi.engine.compile import compile_pack
from tieuchi.engine.decision import Decision, decide
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Graph
from tieuchi.engine.load import compile_pack as compile_program
from tieuchi.engine.load import load_pack
from tieuchi.engine.pack import read_pack
from tieuchi.engine.source import read

REPORT = Path(__file__).parent.parent / "examples" / "binh-trung-2023"
USED = "ntm-xa-2021-2025/"
NO_FACTS: Mapping[str, str] = {}

PLAN = """
pack: plan
kind: plan
cite: {vi: Kế hoạch, en: Plan}
title: {vi: Kế hoạch, en: Plan}
sources: {report: {title: {vi: Báo cáo, en: Report}, grade: B}}
source: report
period: {from: 2023-01-01, until: 2023-12-31}
labels:
  - {is: Đạt, means: [met, exceeded]}
  - {contains: tiến độ, means: [on_track]}
  - {is: Chưa đạt, means: [behind, missed]}
use: {elsewhere: other/o.one}
facts:
  a: {vi: số a, en: number a, unit: item}
  b: {vi: số b, en: number b, unit: item}
  c: {vi: số c, en: number c, unit: item}
  gate: {vi: có, en: there are, kind: yes_no}
  done: {vi: xong, en: done, kind: yes_no}
  rating:
    vi: loại
    en: rating
    kind: class
    labels: {good: {vi: tốt, en: good}, bad: {vi: kém, en: bad}}
  people:
    vi: người
    en: people
    kind: list
    fields:
      trained: {vi: đã học, en: trained, kind: yes_no}
      age: {vi: tuổi, en: age, unit: item}
provisions:
  ten: {cite: {vi: A, en: A}, quote: từ 10, require: {of: a, at_least: 10 item}}
  more: {cite: {vi: M, en: M}, quote: trên 10, require: {of: a, more_than: 10 item}}
  few: {cite: {vi: F, en: F}, quote: không quá 10, require: {of: a, at_most: 10 item}}
  exactly: {cite: {vi: E, en: E}, quote: đúng 10, require: {of: a, equals: 10 item}}
  range:
    cite: {vi: R, en: R}
    quote: từ 10 đến 20
    require: {of: a, at_least: 10 item, at_most: 20 item}
  share: {cite: {vi: S, en: S}, quote: từ 50 %, require: {ratio: {of: a, per: b}, at_least: 50 %}}
  good: {cite: {vi: G, en: G}, require: {of: rating, in: [good]}}
  soon:
    cite: {vi: N, en: N}
    quote: từ 10
    deadline: 2023-06-30
    require: {of: a, at_least: 10 item}
  pace:
    cite: {vi: P, en: P}
    quote: từ 365
    pace: cumulative
    require: {of: a, at_least: 365 item}
  pace.sum:
    cite: {vi: P, en: P}
    quote: từ 365
    pace: cumulative
    require: {sum: [a, b], at_least: 365 item}
  pace.of: {cite: {vi: P, en: P}, quote: từ số b, pace: cumulative, require: {of: a, at_least: b}}
  gated:
    cite: {vi: G, en: G}
    quote: từ 10
    applies_when: gate
    require: {of: a, at_least: 10 item}
  named: {cite: {vi: T, en: T}, not_encoded: {vi: không có lời văn, en: no wording}}
  all:
    cite: {vi: Tất cả, en: All}
    quote: từ 10
    all:
      all.a: {vi: phần a, en: part a, require: {of: a, at_least: 10 item}}
      all.b: {vi: phần b, en: part b, require: {of: b, at_least: 10 item}}
      all.named: {vi: phần c, en: part c, not_encoded: {vi: không có thước đo, en: no measure}}
  any:
    cite: {vi: Một trong, en: Any}
    quote: từ 10
    any:
      any.a: {vi: phần a, en: part a, require: {of: a, at_least: 10 item}}
      any.b: {vi: phần b, en: part b, require: {of: b, at_least: 10 item}}
  two:
    cite: {vi: Hai trong ba, en: Two of three}
    quote: từ 10
    at_least: 2
    of:
      two.a: {vi: phần a, en: part a, require: {of: a, at_least: 10 item}}
      two.b: {vi: phần b, en: part b, require: {of: b, at_least: 10 item}}
      two.c: {vi: phần c, en: part c, require: {of: c, at_least: 10 item}}
  mixed:
    cite: {vi: Hỗn hợp, en: Mixed}
    quote: từ 10
    all: [ten, done, elsewhere, {require: {of: b, at_least: 10 item}}]
  nested:
    cite: {vi: Lồng nhau, en: Nested}
    quote: từ 10
    all: [done, {any: [ten, {require: {of: b, at_least: 10 item}}]}]
  margin:
    cite: {vi: Chênh, en: Margin}
    quote: từ 50 %
    require: {ratio: {of: {less: [a, b]}, per: c}, at_least: 50 %}
  counted:
    cite: {vi: Số người, en: People}
    quote: từ 3
    require:
      count: people
      where: {all: [trained, {require: {of: age, at_least: a}}]}
      at_least: 3
  elsewhere.all: {cite: {vi: Nơi khác, en: Elsewhere}, all: [other/o]}
"""

OTHER = """
pack: other
kind: criterion
cite: {vi: Bộ khác, en: Other}
title: {vi: Bộ khác, en: Other}
grade: B
facts:
  x: {vi: số x, en: number x, unit: item}
  y: {vi: số y, en: number y, unit: item}
provisions:
  o:
    cite: {vi: O, en: O}
    quote: từ 10
    all:
      o.one: {vi: phần x, en: part x, require: {of: x, at_least: 10 item}}
      o.two: {vi: phần y, en: part y, require: {of: y, at_least: 10 item}}
"""


def day(text: str) -> int:
    """The ordinal of a day."""
    return date.fromisoformat(text).toordinal()


def asked(case: str, as_of: str = "2023-05-31", **packs: str) -> tuple[Decision, Case]:
    """A case's text decided by `PLAN` and `OTHER`, or by other texts of theirs."""
    graph = _plan(day(as_of), *{"plan": PLAN, "other": OTHER, **packs}.values())
    found = read_case(read("pack: plan\n" + case, "case.yaml")[0], "case.yaml")
    return decide(graph, read_given(graph, found)[0]), found


def report(
    as_of: str = "2023-05-31", without: tuple[str, ...] = (), facts: Mapping[str, str] = NO_FACTS
) -> tuple[Decision, Case]:
    """The half-year report of Bình Trung, with other facts and without some of its forecasts."""
    (case,) = load_cases([str(REPORT)])
    graph = _shipped(day(as_of))
    more = read_case(read(f"facts: {{{_flow(facts)}}}", "more.yaml")[0], "more.yaml")
    kept = {name: when for name, when in case.forecasts.items() if name not in without}
    case.facts.update(more.facts)
    case = case._replace(forecasts=kept)
    return decide(graph, read_given(graph, case)[0]), case


@cache
def _plan(as_of: int, *texts: str) -> Graph:
    packs = [read_pack(read(text, "pack.yaml")[0], "pack.yaml", "sha256:0") for text in texts]
    return compile_pack({pack.id: pack for pack in packs}, as_of)


@cache
def _shipped(as_of: int) -> Graph:
    return compile_program(load_pack("binh-trung-2023"), as_of)


def _flow(facts: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in facts.items())
