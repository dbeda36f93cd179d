"""From cases to answers: which packs look at a case, both engines, and what contradicts itself."""

import json
from pathlib import Path

import pytest
from command import run

from tieuchi.engine import answer as answering
from tieuchi.engine import session
from tieuchi.engine.answer import KINDS, Disagreement, answer
from tieuchi.engine.case_file import read_case
from tieuchi.engine.diagnostic import Diagnostic, Faults
from tieuchi.engine.source import read

DAY = 738671  # 2023-05-31


def _answers(text: str, verb: str = "check", *trees: Path) -> list[answering.Answer]:
    cases = [read_case(document, "case.yaml") for document in read(text, "case.yaml")]
    return answer(cases, KINDS[verb], DAY, trees)


def _packs(text: str, verb: str = "check", *trees: Path) -> list[str]:
    return [each.decision.graph.main.pack for each in _answers(text, verb, *trees)]


def _faults(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(Faults) as found:
        _answers(text)
    return found.value.diagnostics


NATIONAL = ["chan-nuoi-2020", "ho-ngheo-2021", "nd-57-2018", "tcpl-2021", "trang-trai-2020"]


@pytest.mark.parametrize(
    ("place", "packs"),
    [
        ("", NATIONAL),
        ('place: "06217"\n', NATIONAL),
        ('place: "20"\n', sorted([*NATIONAL, "nq-08-2019"])),
        ('place: ["06217", "20"]\n', sorted([*NATIONAL, "nq-08-2019"])),
        ('place: "10"\n', sorted([*NATIONAL, "lao-cai-26-2020"])),
    ],
)
def test_a_case_without_a_pack_is_looked_at_by_all_that_apply(place: str, packs: list[str]) -> None:
    """By those of the verb's kinds, in force on the day, national or of the case's places."""
    assert _packs(f"{place}facts: {{}}\n") == packs


def test_criteria_are_for_audit_and_plans_only_when_named() -> None:
    """A plan is one commune's, and its year's."""
    assert _packs('place: "06217"\nfacts: {}\n', "audit") == ["ntm-xa-2021-2025"]
    assert _packs("pack: binh-trung-2023\nfacts: {}\n", "audit") == ["binh-trung-2023"]


def test_a_pack_that_is_named_is_taken_by_either_verb() -> None:
    """Once, in the order named."""
    text = "packs: [tcpl-2021, ntm-xa-2021-2025, tcpl-2021]\nfacts: {}\n"

    assert _packs(text) == ["tcpl-2021", "ntm-xa-2021-2025"]
    assert _packs(text, "audit") == ["tcpl-2021", "ntm-xa-2021-2025"]


def test_no_pack_applies() -> None:
    """On a day before all of them: an error that says so, and where."""
    assert [(f.code, str(f.mark)) for f in _faults("as_of: 1999-01-01\nfacts: {}\n")] == [
        ("no-pack", "case.yaml:1:1")
    ]


def test_a_tree_of_ones_own_comes_first(tmp_path: Path) -> None:
    """`--packs` adds packs, and takes the place of those of the same name."""
    _pack(tmp_path, "mine")

    assert "mine" in _packs("facts: {}\n", "check", tmp_path)


def test_facts_that_another_pack_asks_for_are_no_mistake() -> None:
    """One that none asks for is one mistake, however many packs look at the case."""
    packs = "packs: [nq-08-2019, tcpl-2021]\n"

    assert len(_answers(packs + "facts: {cattle: 3, criterion_1_points: 2}\n")) == 2
    assert [(f.code, str(f.mark)) for f in _faults(packs + "facts: {catle: 3}\n")] == [
        ("fact-unknown", "case.yaml:2:9")
    ]


def test_all_unknown_packs_are_named_where_the_case_names_them() -> None:
    """Not at the first one alone."""
    assert [str(f.mark) for f in _faults("packs: [nope, tcpl-2021, nada]\nfacts: {}\n")] == [
        "case.yaml:1:9",
        "case.yaml:1:26",
    ]


def test_no_cases_at_all() -> None:
    """Is not an answer."""
    with pytest.raises(Faults, match="no case"):
        answer([], KINDS["check"], DAY)


def test_both_engines_are_named() -> None:
    """Where durable-rules is there they agree, and the trace has what it concluded."""
    [each] = _answers("pack: nq-08-2019\nfacts: {cattle: 50}\n")

    if session.available():
        assert each.engines == ("decide", "durable-rules")
        assert each.trace
    else:
        assert (each.engines, each.trace) == (("decide",), None)


def test_without_durable_rules_decide_answers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so."""
    monkeypatch.setattr(session, "available", lambda: False)

    [each] = _answers("pack: nq-08-2019\nfacts: {cattle: 50}\n")

    assert (each.engines, each.trace) == (("decide",), None)


def test_a_disagreement_is_never_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is exit 70, with a file in the current folder that reproduces it."""
    pytest.importorskip("durable_rules_engine")
    monkeypatch.setattr(session, "disagreements", lambda decision, _: [len(decision.values) - 1])
    (tmp_path / "case.yaml").write_text(
        "pack: nq-08-2019\nas_of: 2023-05-31\nfacts: {cattle: 50}\n"
    )

    run("check", "case.yaml", at=tmp_path).gives(
        70,
        err="tieuchi: internal error: the two engines disagree, see "
        "tieuchi-disagreement-nq-08-2019.json; please report it with the command\n",
    )

    data = json.loads((tmp_path / "tieuchi-disagreement-nq-08-2019.json").read_text("utf-8"))
    assert data["case"]["facts"] == {"cattle": "50"}
    assert data["given"] == {"cattle": 50}
    assert data["as_of"] == "2023-05-31"
    assert data["graph_digest"].startswith("sha256:")
    assert data["packs"]["nq-08-2019"].startswith("sha256:")
    assert [set(each) for each in data["differences"]] == [{"node", "is", "decide", "session"}]


def test_a_disagreement_that_cannot_be_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is still said."""
    pytest.importorskip("durable_rules_engine")
    monkeypatch.setattr(session, "disagreements", lambda *_: [0])
    (tmp_path / "tieuchi-disagreement-nq-08-2019.json").mkdir()

    ran = run("check", "--pack", "nq-08-2019", at=tmp_path)

    assert (ran.code, ran.out) == (70, "")
    assert "tieuchi-disagreement-nq-08-2019.json cannot be written" in ran.err


def test_a_disagreement_knows_its_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an exception too."""
    pytest.importorskip("durable_rules_engine")
    monkeypatch.setattr(session, "disagreements", lambda *_: [0])

    with pytest.raises(Disagreement, match=r"\Athe engines disagree on nq-08-2019\Z"):
        _answers("pack: nq-08-2019\nfacts: {}\n")


# ---- what a case contradicts

CHECKED = """\
pack: {id}
kind: subsidy
cite: {{vi: Văn bản, en: Act}}
title: {{vi: Văn bản, en: Act}}
verdict: {{all: ["1"]}}
sources: {{gazette: {{title: {{vi: Công báo, en: Gazette}}, grade: B}}}}
source: gazette
grade: B
facts:
  used: {{vi: phần dùng, en: used, unit: ha}}
  whole: {{vi: tất cả, en: whole, unit: ha}}
  total: {{vi: tổng, en: total, unit: ha, else: added}}
checks:
  - require: {{of: used, at_most: whole}}
    level: error
    vi: Phần dùng không thể lớn hơn tất cả.
    en: The part used cannot be more than the whole.
  - require: {{of: whole, at_most: 1_000 ha}}
    level: warning
    vi: Hơn 1.000 ha là bất thường.
    en: More than 1,000 ha is unusual.
define:
  added: {{vi: tổng cộng, en: sum, quote: tổng diện tích, sum: [used, whole]}}
provisions:
  "1": {{vi: đất, en: land, quote: từ 2 ha trở lên, require: {{of: whole, at_least: 2 ha}},
        cite: {{vi: Điều 1, en: Article 1}}}}
"""


def _pack(folder: Path, name: str) -> None:
    (folder / f"{name}.yaml").write_text(CHECKED.format(id=name), "utf-8")


def test_a_failed_check_stands_at_the_first_fact_it_looks_at(tmp_path: Path) -> None:
    """In the pack's words; silent while it cannot be checked."""
    _pack(tmp_path, "mine")
    line = ("check", "--packs", str(tmp_path), "--pack", "mine")

    assert run(*line, "--set", "used=3 ha").code == 3
    run(*line, "--set", "used=3 ha", "--set", "whole=2 ha").gives(
        2, err="used: The part used cannot be more than the whole; check the figures\n"
    )


def test_a_warning_forbids_nothing(tmp_path: Path) -> None:
    """It stands in the answer, once; beside a record, whose fields are API, on stderr."""
    _pack(tmp_path, "mine")
    line = ("check", "--packs", str(tmp_path), "--pack", "mine", "--set", "whole=2000 ha")

    ran = run(*line)
    beside = run(*line, "--format", "json")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Act · ")
    assert ran.out.count("More than 1,000 ha is unusual") == 1
    assert json.loads(beside.err)["warning"]["where"] == "whole"


def test_a_fact_and_its_definition_that_cannot_both_be(tmp_path: Path) -> None:
    """Both are shown, also where the definition is open."""
    _pack(tmp_path, "mine")
    line = ("check", "--packs", str(tmp_path), "--pack", "mine", "--set", "used=3 ha")
    end = "; correct one of them, or state only one\n"

    run(*line, "--set", "whole=4 ha", "--set", "total=8 ha").gives(
        2, err=f"total: `total` is stated as 8 ha, but comes out of `added` as 7 ha{end}"
    )
    run(*line, "--set", "total=2 ha").gives(
        2, err=f"total: `total` is stated as 2 ha, but comes out of `added` as ≥ 3 ha{end}"
    )
