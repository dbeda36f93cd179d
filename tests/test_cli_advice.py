"""`check --advise`: what it says of real law, each figure worked by hand from the law."""

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from command import run

EXAMPLES = Path(__file__).parents[1] / "examples"

GREENHOUSE = """\
pack: lao-cai-26-2020
as_of: 2022-05-31
complete: true
facts:
  applicant: household
  greenhouse_area: 3000 m2
  linkage_agreement: {agreement}
"""


def advice(out: str) -> str:
    """The sections of advice in a text, as one line a section."""
    lines = [" ".join(line.split()) for line in out.splitlines()]
    text = "\n".join(lines)
    start = min(text.find(word) for word in STARTS if word in text)
    return text[start : text.index("Note:")].replace("\n", " ").strip()


STARTS = ("It would be", "would be met", "would be reached", "No change would")


def test_the_nearest_of_three_ways() -> None:
    """46 t of 200 t; nothing dried of 30 t; the third as dear, and no fourth."""
    ran = run("check", "--advise", "--lang", "en", str(EXAMPLES / "star-anise-store.yaml"))

    assert ran.code == 1
    text = " ".join(ran.out.split())
    assert (
        "capacity of the store for produce: 154 t of storage/batch more (46 → 200 t of "
        "storage/batch) · 77 % of what is asked · Article 8, clause 2, point b" in text
    )
    assert text.count("of what is asked ·") == 3
    assert "Nearest to being met" not in text


def test_one_head_more() -> None:
    """29 cattle and 20 buffaloes are one short of 50: the larger herd is added to."""
    ran = run("check", "--advise", "--lang", "vi", str(EXAMPLES / "mixed-herd.yaml"))

    text = " ".join(ran.out.split())
    assert "số bò: thêm 1 con (29 → 30 con) · 2 % mức yêu cầu · Điều 7 khoản 2 điểm b" in text


@pytest.mark.parametrize("verb", ["check", "audit"])
def test_what_the_commune_must_do(verb: str) -> None:
    """The forecast of 18.1 comes first, and names the one official who lacks the course."""
    ran = run(verb, "--advise", "--lang", "en", str(EXAMPLES / "binh-trung-2023"))

    text = " ".join(ran.out.split())
    first = (
        "Indicator 18.1 (forecast 31/12/2023) would be met with: 01 cán bộ (báo cáo không nêu "
        "tên) · the course in state management: yes (now no); officials who meet the standard: "
        "1 person more (19 → 20 people) · 5 % of what is asked."
    )
    second = (
        "local budget revenue: 6,067,000 đồng more (7,133,000 → 13,200,000 đồng) · 45 % of what"
    )
    assert 0 < text.index(first) < text.index(second)
    assert (
        "Facts are missing first: Task 4 (forecast 30/06/2023); Indicator 18.6 (forecast "
        "30/09/2023); Indicator 18.5 (forecast 31/12/2023); Task 2, component 2.1 (forecast "
        "31/12/2023); Indicator 18.2; Indicator 18.3; Task 1, component 1.5." in text
    )


def test_no_advice_by_a_law_that_is_not_in_force() -> None:
    """Decision 318 ended on 14/02/2026, and its indicators are asked no more; the plan stands."""
    report = str(EXAMPLES / "binh-trung-2023")
    ran = run("check", "--advise", "--lang", "en", "--as-of", "2026-02-15", report)
    before = run("check", "--advise", "--lang", "en", "--as-of", "2026-02-14", report)

    assert "Task 1, component 1.1 would be met with" in ran.out
    assert "Indicator 18.1 would be met with" in before.out
    assert "Indicator 18.1 would be met with" not in ran.out
    assert "Facts are missing first: Task 1, component 1.5;" in " ".join(ran.out.split())


def test_an_authority_stands_in_the_way(tmp_path: Path) -> None:
    """Recognition is not a figure that the commune can change."""
    (tmp_path / "case.yaml").write_text(
        "pack: ntm-xa-2021-2025\nas_of: 2023-05-31\nfacts: {legal_access_recognised: false}\n"
    )

    ran = run("check", "--advise", "--lang", "en", "case.yaml", at=tmp_path)

    text = " ".join(ran.out.split())
    assert (
        "No change would do: Indicator 18.4 · meets the access-to-law standard — the commune is "
        "recognised as meeting the access-to-law standard: recognition is the authority's "
        "decision, not a figure that the commune can change." in text
    )


def test_what_the_case_says_is_fixed(tmp_path: Path) -> None:
    """And is then named as what stands in the way."""
    facts = GREENHOUSE.format(agreement="{value: false, fixed: true}")
    (tmp_path / "case.yaml").write_text(facts)

    ran = run("check", "--advise", "--format", "json", "case.yaml", at=tmp_path)

    found = json.loads(ran.out)
    assert found["advice"] == []
    assert found["in_the_way"] == [
        {
            "goal": "",
            "provision": "15.linkage",
            "facts": [{"fact": "linkage_agreement", "why": "case"}],
        }
    ]


def test_the_same_question_in_money(tmp_path: Path) -> None:
    """300 million at 80 000 đ a square metre are 3 750 m2: 750 more, at 150 000 đ each."""
    asked = "asked: {15.amount: 300 triệu đồng}\neffort: {greenhouse_area: 150 nghìn đồng}\n"
    (tmp_path / "case.yaml").write_text(GREENHOUSE.format(agreement="true") + asked)

    ran = run("check", "--advise", "--format", "json", "case.yaml", at=tmp_path)

    assert ran.code == 0
    assert json.loads(ran.out)["advice"] == [
        {
            "goal": "15.amount",
            "effort": "112500000",
            "effort_unit": "đồng",
            "changes": [
                {
                    "fact": "greenhouse_area",
                    "from": "3000",
                    "to": "3750",
                    "change": "750",
                    "unit": "m2",
                }
            ],
            "meets": [],
            "least": True,
        }
    ]


def test_more_than_the_ceiling_is_out_of_reach(tmp_path: Path) -> None:
    """A household is given 500 million at most."""
    asked = "asked: {15.amount: 501 triệu đồng}\n"
    (tmp_path / "case.yaml").write_text(GREENHOUSE.format(agreement="true") + asked)

    ran = run("check", "--advise", "--format", "json", "case.yaml", at=tmp_path)

    found = json.loads(ran.out)
    assert found["advice"] == []
    assert [each["goal"] for each in found["in_the_way"]] == ["15.amount"]


def test_prices_turn_the_order_round(tmp_path: Path) -> None:
    """By share one head more is least; at these prices 100 sows cost less."""
    (tmp_path / "case.yaml").write_text(
        dedent("""\
        pack: nq-08-2019
        as_of: 2023-05-31
        activities: [livestock]
        complete: true
        facts: {cattle: 49}
        effort: {cattle: 200 triệu đồng, sows: 1 triệu đồng}
        """)
    )

    ran = run("check", "--advise", "--format", "json", "case.yaml", at=tmp_path)

    ways = json.loads(ran.out)["advice"]
    changed = [[(c["fact"], c["change"]) for c in way["changes"]] for way in ways]
    assert changed == [[("sows", "100")], [("cattle", "1")]]
    assert [way["effort"] for way in ways] == ["100000000", "200000000"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            "effort: {greenhouse_areas: 1 đồng}",
            (
                "case.yaml:8:10: `lao-cai-26-2020` asks for no fact called `greenhouse_areas`; "
                "did you mean `greenhouse_area`?"
            ),
        ),
        (
            "effort: {greenhouse_area: 1 ha}",
            "case.yaml:8:27: `1 ha` is in `ha`, where `đồng` is expected; write it in `đồng`",
        ),
        (
            "asked: {15.amounts: 1 đồng}",
            (
                "case.yaml:8:9: pack `lao-cai-26-2020` has no amount `15.amounts`; "
                "did you mean `15.amount`?"
            ),
        ),
    ],
)
def test_what_is_wrong_with_it(more: str, said: str, tmp_path: Path) -> None:
    """Where, what, the remedy; nothing on standard output."""
    (tmp_path / "case.yaml").write_text(GREENHOUSE.format(agreement="true") + more + "\n")

    ran: Any = run("check", "--advise", "--lang", "en", "case.yaml", at=tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip() == said


def test_nothing_to_advise(tmp_path: Path) -> None:
    """What is met needs no change, and what is open is not yet to be changed."""
    (tmp_path / "case.yaml").write_text(GREENHOUSE.format(agreement="true"))

    ran = run("check", "--advise", "--format", "json", "case.yaml", at=tmp_path)

    assert json.loads(ran.out)["advice"] == []
