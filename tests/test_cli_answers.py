"""What `check` and `audit` print: decisions in order, as text or an object a line, and a trace."""

import json
from pathlib import Path
from typing import Any

import pytest
from command import run, spawn
from packs import SHIPPED, graph_of

from tieuchi.engine import session
from tieuchi.engine.session.trace import trace_section

EXAMPLES = Path(__file__).parent.parent / "examples"
QUESTION = (
    "check",
    "--pack",
    "nq-08-2019",
    "--as-of",
    "2023-05-31",
    "--activity",
    "livestock",
    "--complete",
)
ENGINES = ["decide", "durable-rules"] if session.available() else ["decide"]


def _records(*line: str, code: int) -> list[dict[str, Any]]:
    """The objects that a run prints, a line each."""
    ran = run(*line, "--format", "json")
    assert (ran.code, ran.err) == (code, "")
    return [json.loads(each) for each in ran.out.splitlines()]


@pytest.mark.parametrize(
    ("example", "verdicts", "code"),
    [
        ("star-anise-store", ["not_met"], 1),
        ("star-anise-dryer", ["met"], 0),
        ("potato-model", ["undetermined"], 3),
        ("mixed-herd", ["not_met", "met"], 1),
        ("gaps", ["undetermined"], 3),
        ("pig-farm", ["met"], 0),
        ("commune-access-to-law", ["not_met"], 1),
        ("greenhouses", ["met", "not_met", "met", "undetermined"], 1),
    ],
)
def test_the_examples(example: str, verdicts: list[str], code: int) -> None:
    """Every decision of a file is one object, in the file's order."""
    records = _records("check", str(EXAMPLES / f"{example}.yaml"), code=code)

    assert [record["status"] for record in records] == verdicts
    assert {tuple(record["engines"]) for record in records} == {tuple(ENGINES)}


def test_the_report_is_audited() -> None:
    """A folder is a case; labels, roll-ups and printed figures come with the record."""
    [record] = _records("audit", str(EXAMPLES / "binh-trung-2023"), code=1)

    labels = {id_: p["agreement"] for id_, p in record["provisions"].items() if p["reported"]}
    assert labels == {
        **dict.fromkeys(("1.1", "1.2", "1.4", "2.1", "2.2", "2.3", "3", "4"), "agrees"),
        "1.3": "disagrees",
        "1.5": "cannot_compare",
    }
    assert record["rollups"]
    assert record["claims"]


def test_check_says_nothing_of_labels() -> None:
    """That is what an audit adds."""
    [record] = _records("check", str(EXAMPLES / "binh-trung-2023"), code=1)

    assert "rollups" not in record
    assert "progress" not in record["provisions"]["1.1"]


def test_the_report_as_text() -> None:
    """The same in the terminal."""
    ran = run("audit", str(EXAMPLES / "binh-trung-2023"))

    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("UBND xã Bình Trung  ")
    assert "eight agree, one disagrees (1.3)" in ran.out


def test_a_question_without_a_file() -> None:
    """The same answer as of a case that states it."""
    case = (
        b"pack: nq-08-2019\nas_of: 2023-05-31\nactivities: [livestock]\ncomplete: true\n"
        b"facts: {cattle: 38}\n"
    )
    asked, read = run(*QUESTION, "--set", "cattle=38"), run("check", "-", stdin=case)

    assert asked == read
    assert (asked.code, asked.err) == (1, "")
    assert "38 head · needs ≥ 50 · 12 short" in asked.out


def test_facts_by_either_form_of_unicode_and_with_places() -> None:
    """A decomposed label is the same label; places choose packs."""
    decomposed = "applicant=ho\u0323\u0302 gia \u0111i\u0300nh, ca\u0301 nha\u0302n"
    line = ("check", "--pack", "lao-cai-26-2020", "--as-of", "2023-05-31")
    area = ("--set", "greenhouse_area=7000 m2", "--set", "linkage_agreement=true")

    assert run(*line, *area, "--set", decomposed).code == 0

    packs = [
        record["pack"]
        for record in _records(
            "check", "--place", "06217", "--place", "20", "--as-of", "2023-05-31", code=3
        )
    ]
    assert "nq-08-2019" in packs


def test_several_answers_are_apart() -> None:
    """A blank line between two."""
    ran = run("check", str(EXAMPLES / "mixed-herd.yaml"))

    first, second = ran.out.split("\n\nTrại trâu, bò hỗn hợp, 50 con ")
    assert first.startswith("Trại trâu, bò hỗn hợp, 49 con ")
    assert second.count("\n\n\n") == 0


def test_an_act_that_asks_for_nothing_stated_says_so() -> None:
    """Else 60 cattle would be "household, 0 LU" by a pack that asks for them by other names."""
    packs = ("--pack", "nq-08-2019", "--pack", "chan-nuoi-2020")
    case = ("--as-of", "2023-05-31", "--complete", "--set", "cattle=60", "--lang", "en")
    own, other = " ".join(run("check", *packs, *case).out.split()).split("Decree 13/2020/NĐ-CP ·")
    said = "this act asks for none of the facts stated; as there is said to be nothing else, "

    assert said not in own
    assert said in other


def test_the_trace() -> None:
    """In which order durable-rules ruled out what."""
    pytest.importorskip("durable_rules_engine")
    line = (*QUESTION, "--set", "cattle=50", "--trace")

    text = run(*line)
    [record] = _records(*line, code=0)

    assert text.code == 0
    assert "In the order concluded (durable-rules):\n" in text.out
    assert "breeding sows: cannot be met" in " ".join(text.out.split())
    ruled_out = [(each["provision"], each["cannot_be"]) for each in record["trace"]]
    assert len(ruled_out) == len(set(ruled_out))
    herd, verdict = ("7.2.b.large-livestock", "not_met"), ("", "not_met")
    assert ruled_out.index(herd) < ruled_out.index(("7.2.b", "not_met")) < ruled_out.index(verdict)


def test_a_trace_of_nothing() -> None:
    """Where durable-rules could conclude nothing."""
    [remark] = trace_section(graph_of("nq-08-2019"), (), "en").remarks

    assert remark.text == "nothing could be ruled out"


def test_a_trace_without_a_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where durable-rules is not there, it is not said to have concluded nothing."""
    monkeypatch.setattr(session, "available", lambda: False)

    ran = run(*QUESTION, "--set", "cattle=50", "--trace")
    [record] = _records(*QUESTION, "--set", "cattle=50", "--trace", code=0)

    shown = (
        "In the order concluded (durable-rules): durable-rules is not installed, so there is none"
    )
    assert shown in " ".join(ran.out.split())
    assert record["trace"] is None


@pytest.mark.wheel
def test_the_command_answers_where_it_is_installed(tmp_path: Path) -> None:
    """With its packs inside, and nothing of a checkout."""
    ran = spawn(*QUESTION, "--set", "cattle=38", "--format", "json", at=tmp_path)

    assert (ran.code, ran.err) == (1, "")
    assert json.loads(ran.out)["provisions"]["7.2.b.large-livestock"]["shortfall"] == "12"


@pytest.mark.wheel
def test_the_packs_pass_their_tests_where_they_are_installed(tmp_path: Path) -> None:
    """The test cases are part of the packs."""
    ran = spawn("pack", "test", at=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == len(SHIPPED)
