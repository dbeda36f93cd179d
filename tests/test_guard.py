"""The words of an act beside the numbers of its pack: slips that people make are all seen."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import run
from packs import FILES, SHIPPED, pack_text

from tieuchi.engine.lint.guard import guard, held
from tieuchi.engine.lint.joined import joined
from tieuchi.engine.load import load_pack


def found(text: str, folder: Path, name: str) -> list[str]:
    """The codes of what is wrong with a pack of some text."""
    path = folder / f"{name}.yaml"
    path.write_text(text, "utf-8")
    return [each.code for each in guard(load_pack(str(path), *{p.parent for p in FILES.values()}))]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_packs_say_what_their_words_say(name: str) -> None:
    """Every number is bound, both ways."""
    program = load_pack(name)

    assert guard(program) == []
    assert {row.verdict for row in held(program)} <= {"agrees", "note", "unread", "zero"}


CONSTANT = re.compile(r"((?:at_least|more_than|share|household|organisation|crops|aquaculture|"
                      r"forestry|salt|mixed): )([\d_.]+)( [\w%/đồng]+)")  # fmt: skip


def slips(name: str) -> Iterator[tuple[str, str, str]]:
    """Every number of a pack that stands under a quote, wrong in the ways that people are."""
    text = FILES[name].read_text("utf-8")
    quoted = {row.constant.at.line for row in held(load_pack(name))
              if row.constant is not None and row.verdict in ("agrees", "note")
              and not row.constant.counted}  # fmt: skip
    lines = text.splitlines()
    for at in sorted(quoted):
        for match in CONSTANT.finditer(lines[at - 1]):
            key, number, unit = match.groups()
            whole = number.replace("_", "").removesuffix(".0")
            wrong = [f"{key}{whole}0{unit}", f"{key}{int(whole) + 1}{unit}"]
            wrong += [f"{key}{number}{new}" for old, new in UNITS if unit == old]
            if key in SLIPS:
                wrong.append(f"{SLIPS[key]}{number}{unit}")
            for slip in wrong:
                new = [*lines]
                new[at - 1] = lines[at - 1].replace(match[0], slip, 1)
                yield f"{at}: {match[0]} → {slip}", "\n".join(new), key


UNITS = ((" ha", " m2"), (" m2", " ha"), (" t/batch", " kg/batch"), (" m3", " l"))
SLIPS = {"at_least: ": "more_than: ", "more_than: ": "at_least: "}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_slip_in_a_number_is_seen(name: str, tmp_path: Path) -> None:
    """A nought too many, one more, ha for m², "trên" for "từ": in every number under a quote."""
    unseen, seen = [], 0
    all_of_them = list(slips(name))
    whole = len(all_of_them) <= 80 or os.environ.get("HYPOTHESIS_PROFILE") == "long"
    for slip, text, _ in all_of_them[:: 1 if whole else 4]:
        if found(text, tmp_path, name):
            seen += 1
        else:
            unseen.append(slip)

    # where the words have no comparison, or a note reads them so, none can be wrong
    silent = [each for each in unseen if "more_than" in each.split("→")[1]]
    assert [each for each in unseen if each not in silent] == []
    assert len(silent) <= LOOSE.get(name, 0), silent
    assert seen or name in UNREAD


UNREAD = ("ho-ngheo-2021", "ocop-2026")
"""Packs of acts whose own words were not read."""
LOOSE = {"nq-08-2019": 1, "ntm-xa-2021-2025": 2, "binh-trung-2023": 3,
         "nd-57-2018": 1}  # fmt: skip
"""Of each pack, the numbers that its words give without a comparison ("100% chỉ tiêu")."""


def test_a_slip_in_the_words_is_seen(tmp_path: Path) -> None:
    """ "Trên" where the pack has "from"; a nought too many; ha for m²."""
    name = "nq-08-2019"
    text = FILES[name].read_text("utf-8")
    changes = [
        ("quote: từ 50 con trâu", "quote: trên 50 con trâu", "comparison-unquoted"),
        ("quote: từ 50 con trâu", "quote: từ 500 con trâu", "quote-number-unbound"),
        ("gia súc khác trở lên", "gia súc khác trở xuống", "comparison-unquoted"),
        ("cây dược liệu từ 1.000 m²", "cây dược liệu từ 1.000 ha", "quote-number-unbound"),
        ("quote: từ 100 con lợn", "quote: dưới 100 con lợn", "comparison-unquoted"),
    ]  # fmt: skip
    for old, new, code in changes:
        assert old in text
        assert code in found(text.replace(old, new, 1), tmp_path, name), new


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("có kế hoạch hoặc bản đồ", "any"),
        ("có kế hoạch và bản đồ", "all"),
        ("đáp ứng một trong các điều kiện sau", "any"),
        ("có đủ các điều kiện sau đây", "all"),
        ("không bị kỷ luật hoặc truy cứu", ""),
        ("rau từ 02 ha; dược liệu từ 01 ha", ""),
        ("có kế hoạch và/hoặc bản đồ", ""),
        ("có kế hoạch và bản đồ hoặc hợp đồng", ""),
        ("diện tích lớn hơn hoặc bằng 5 ha", ""),
        ("một trong hai điều kiện sau; đạt 01 trong 03 tiêu chí", "any"),
        ("ít nhất 2/3 trong 5 năm, một trong 3 năm gần nhất", ""),
    ],
)
def test_what_joins_conditions(quote: str, expected: str) -> None:
    """Only where it is clear."""
    assert joined(quote)[0] == expected


SAYS = """
pack: example
kind: standard
cite: {{vi: Văn bản ví dụ, en: Example act}}
title: {{vi: Văn bản ví dụ, en: Example act}}
in_force: {{from: 2020-01-01}}
verdict: {{all: ["1"], about: {{vi: điều kiện, en: the condition}}}}
sources: {{gazette: {{title: {{vi: Công báo, en: Gazette}}, date: 2020-01-01, grade: B}}}}
source: gazette
grade: B
limits: [{{vi: Chưa xét thủ tục., en: Procedure is not encoded.}}]
facts: {{x: {{vi: x, en: x, unit: "{unit}"}}, y: {{vi: y, en: y, unit: "{unit}"}}}}
provisions:
  "1": {{cite: {{vi: Điều 1, en: Article 1}}, quote: "{quote}", require: {{{require}}}}}
"""


@pytest.mark.parametrize(
    ("quote", "unit", "right", "wrong"),
    [
        ("từ 50 con trở lên", "head", "of: x, at_least: 50", "of: x, equals: 50 head"),
        ("trên 50 con", "head", "of: x, more_than: 50 head", "of: x, equals: 50 head"),
        ("hộ nghèo ≤ 5%", "%", "of: x, at_most: 5 %", "of: x, less_than: 5 %"),
        ("tỷ lệ đạt 90%", "%", "of: x, at_least: 90 %", "of: x, at_most: 90 %"),
        ("tuyển quân đạt 100%", "%", "of: x, equals: 100 %", "of: x, more_than: 100 %"),
        ("từ 12 tháng trở lên", "year", "of: x, at_least: 1 year", "of: x, at_least: 2 year"),
        ("tăng từ 1,5 lần", "đồng", "ratio: {of: x, per: y}, at_least: 150 %",
         "ratio: {of: x, per: y}, at_least: 15 %"),
        ("giảm từ 30% trở lên", "đồng", "ratio: {of: x, per: y}, at_most: 70 %",
         "ratio: {of: x, per: y}, at_least: 70 %"),
        ("giảm từ 30% trở lên", "%", "of: x, at_least: 30 %", "of: x, at_most: 30 %"),
    ],
)  # fmt: skip
def test_what_the_words_compare(
    quote: str, unit: str, right: str, wrong: str, tmp_path: Path
) -> None:
    """One way of comparing is what the words say, another is not."""
    here, there = (
        {*found(SAYS.format(quote=quote, unit=unit, require=each), tmp_path, "example")}
        & {"comparison-unquoted", "number-unquoted"}
        for each in (right, wrong)
    )

    assert (here, bool(there)) == (set(), True)


def test_a_point_for_thousands_is_told(tmp_path: Path) -> None:
    """With what to write instead."""
    text = SAYS.format(quote="từ 1.000 m2", unit="ha", require="of: x, at_least: 1.000 m2")
    (tmp_path / "example.yaml").write_text(text, "utf-8")

    ran = run("pack", "lint", "example.yaml", "--lang", "vi", at=tmp_path)

    assert "dấu chấm ở đây là dấu thập phân: viết `1_000` nếu là hàng nghìn" in ran.out


def test_and_for_or_is_a_warning(tmp_path: Path) -> None:
    """In the law on access to law, "đủ các điều kiện" is no `any`."""
    name = "tcpl-2021"
    text = FILES[name].read_text("utf-8")
    wrong = text.replace(
        "khi có đủ các điều kiện sau đây\n    all:", "khi có đủ các điều kiện sau đây\n    any:"
    )

    assert wrong != text
    assert found(wrong, tmp_path, name) == ["operator-unquoted"]


def test_a_ceiling_left_out_is_seen(tmp_path: Path) -> None:
    """Of a decree's amounts, those of which the words say "tối đa"."""
    name = "nd-57-2018"
    text = FILES[name].read_text("utf-8")
    places = [each.start() for each in re.finditer("    up_to: true\n", text)]
    without = [text[:at] + text[at:].replace("    up_to: true\n", "", 1) for at in places]

    assert [found(each, tmp_path, name) for each in without] == [["ceiling-unquoted"]] * 4


def test_the_same_figure_in_two_units_stands_beside_its_own(tmp_path: Path) -> None:
    """100 t of storage is not 100 t a day, whichever comes first."""
    pack = """
        facts: {drier: {TWO, unit: t/day}, store: {TWO, unit: t}}
        provisions:
          "1":
            cite: {vi: v, en: e}
            quote: sấy tối thiểu 100 tấn/ngày; lưu trữ tối thiểu 100 tấn
            all:
              1.a: {TWO, require: {of: drier, at_least: 100 t/day}}
              1.b: {TWO, require: {of: store, at_least: 100 t}}
    """
    (tmp_path / "a.yaml").write_text(pack_text(pack), "utf-8")

    rows = held(load_pack(str(tmp_path / "a.yaml")))
    assert [row.constant and row.constant.unit for row in rows] == ["t/day", "t"]


def test_the_table() -> None:
    """Each number of the words beside the one of the pack."""
    ran = run("pack", "lint", "--numbers", "lao-cai-26-2020", env={"COLUMNS": "100"})

    assert (ran.code, ran.err) == (0, "")
    assert [" ".join(line.split()) for line in ran.out.splitlines()[3:]] == [
        "Words Pack Result",
        "15.area tối thiểu 500 m2 at_least: 500 m2 agrees",
        "15.area 2.500 m2 at_least: 2_500 m2 agrees",
        "15.amount 80.000 đồng/m2 80_000 đồng/m2 agrees",
        "15.amount không quá 500 triệu đồng cap: 500_000_000 đồng agrees",
        "15.amount không quá 02 tỷ đồng cap: 2_000_000_000 đồng agrees",
    ]


@pytest.mark.parametrize(
    ("name", "provision"),
    [
        ("nq-08-2019", "7.2"),  # under a note that reads “;” as “hoặc”
        ("nq-08-2019", "7.2.a"),
        ("nq-08-2019", "7.2.c"),
        ("nq-08-2019", "8.2.b"),
        ("tcpl-2021", "4.3"),  # "không … hoặc" bars both
        ("ntm-xa-2021-2025", "18.6"),
    ],
)
def test_all_for_any_is_seen(name: str, provision: str, tmp_path: Path) -> None:
    """And the other way round, in provisions whose words, or the note on them, are clear."""
    lines = FILES[name].read_text("utf-8").splitlines()
    at = next(i for i, each in enumerate(lines) if re.match(rf'\s+"?{provision}"?:$', each))
    indent = len(lines[at]) - len(lines[at].lstrip()) + 2
    at = next(i for i in range(at, len(lines)) if re.match(rf" {{{indent}}}(all|any):$", lines[i]))
    swapped = {"all": "any", "any": "all"}[lines[at].strip()[:3]]
    lines[at] = f"{' ' * indent}{swapped}:"

    assert "operator-unquoted" in found("\n".join(lines), tmp_path, name)
