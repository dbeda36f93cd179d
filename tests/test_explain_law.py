"""The law itself, shown: every provision, every shape of the language, every pack."""

import re
from datetime import date
from pathlib import Path

import pytest
from explained import DAY, HEAD, ROOT, SHIPPED, every, graph_of, section

from tieuchi.engine.decision import Given, decide
from tieuchi.engine.explanation import explain
from tieuchi.engine.graph import Amount, Definition, Provision
from tieuchi.engine.law import explain_law, explain_packs
from tieuchi.engine.load import compile_pack, load_pack
from tieuchi.engine.truth import MET


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("pack", SHIPPED)
def test_the_law_shows_every_provision_with_its_words_and_every_fact(pack: str, lang: str) -> None:
    """Quotes, readings and facts, nothing left out."""
    program = load_pack(pack)
    graph = graph_of(pack)
    explanation = explain_law(program, as_of=date(2023, 5, 31), lang=lang)
    items = {each.id: each for each in every(explanation.items)}
    for provision in graph.main.provisions:
        assert provision.id in items
        if provision.tests:
            assert any(remark.role == "asked" for remark in items[provision.id].remarks)
    everything = " ".join(explanation.text(100).split())
    main = graph.main
    worded: list[Provision | Definition | Amount] = [*main.provisions, *main.definitions]
    for part in (*worded, *main.amounts):
        assert " ".join(part.quote.split()) in everything
        for note in part.notes:
            assert " ".join(note.of(lang).split()) in everything
    for fact in program.packs[pack].model.facts:
        assert f"({fact})" in everything


def test_a_dated_value_is_shown_with_all_its_dates(tmp_path: Path) -> None:
    """The law is shown, not a day of it."""
    file = tmp_path / "test.yaml"
    file.write_text(
        HEAD
        + """
facts:
  income: {vi: thu nhập, en: income, unit: đồng/month}
  kind:
    vi: loại
    en: kind
    kind: class
    labels: {a: {vi: loại A, en: kind A}, b: {vi: loại B, en: kind B}}
define:
  line:
    vi: chuẩn
    en: the line
    cite: {vi: Điều 2, en: Article 2}
    quote: mức chuẩn
    round: {to: 1_000 đồng/month, way: down}
    of: {2022-01-01: 1_500_000 đồng/month, 2027-01-01: 2_200_000 đồng/month}
provisions:
  "1":
    cite: {vi: Điều 1, en: Article 1}
    quote: không quá mức chuẩn
    unless: {require: {of: kind, in: [a]}}
    require: {of: income, at_most: line}
""",
        "utf-8",
    )
    text = explain_law(load_pack(str(file)), as_of=date(2023, 1, 1), lang="en").text(100)
    text = " ".join(text.split())
    assert "1,500,000 đồng/month from 01/01/2022; 2,200,000 đồng/month from 01/01/2027" in text
    assert "rounded down to 1,000 đồng/month" in text
    assert "Except where: kind is kind A" in text


def test_every_shape_of_the_language_is_shown_in_words(tmp_path: Path) -> None:
    """The packs of `rules/README.md`, as law and as decided on nothing and on some facts."""
    text = (ROOT / "rules" / "README.md").read_text("utf-8")
    packs = re.findall(r"<!-- example: pack -->\n```yaml\npack: (\S+)\n(.*?)```", text, re.DOTALL)
    for name, body in packs:
        (tmp_path / f"{name}.yaml").write_text(f"pack: {name}\n{body}", "utf-8")
    shown_law = {}
    for name, _ in packs:
        program = load_pack(name, tmp_path)
        shown_law[name] = " ".join(explain_law(program, as_of=DAY, lang="en").text(100).split())
        graph = compile_pack(program, DAY)
        some = {fact.id: MET for fact in graph.facts if fact.kind == "yes_no"}
        for given in (Given(), Given(some)):
            for lang in ("vi", "en"):
                assert "{" not in explain(decide(graph, given), lang=lang).text(60)
    law = shown_law["example-conditions"]
    assert "Asked: has been fined: no" in law
    assert "Asked: at least 2 of: has a plan: yes; has a map: yes; has seed: yes" in law
    assert "≥ 2 ha and < 10 ha" in law
    law = shown_law["example-definitions"]
    assert "the sum of 0.34 × cattle; a coefficient not known × goats" in law
    law = shown_law["example-amounts"]
    assert "(household: 90,000 đồng/m²; company: 80,000 đồng/m²)" in law
    assert "rounded down to 1,000 đồng" in law
    assert "In force: from 20/09/2024" in law
    assert "completed years from" in shown_law["example-dates"]
    assert "Deadline: 30/06/2023" in shown_law["example-plan"]


def test_one_provision_comes_with_its_facts_and_what_it_stands_under() -> None:
    """A gate above covers it too."""
    explanation = explain_law(
        load_pack("nq-08-2019"), "7.2.b.sows", as_of=date(2023, 5, 31), lang="en"
    )
    assert len(explanation.items) == 1
    texts = [remark.text for remark in explanation.items[0].remarks]
    assert "Applies only where: the activity livestock" in texts
    assert section(explanation, "facts").startswith("breeding sows (sows) · head")
    with pytest.raises(KeyError):
        explain_law(load_pack("nq-08-2019"), "7.2.z", as_of=date(2023, 5, 31))


def test_the_packs_are_listed_with_their_period_and_limits() -> None:
    """All that ship."""
    programs = [load_pack(name) for name in SHIPPED]
    explanation = explain_packs(programs, as_of=date(2023, 5, 31), lang="en")
    assert [each.id for each in explanation.items] == SHIPPED
    for program, each in zip(programs, explanation.items, strict=True):
        texts = [remark.text for remark in each.remarks]
        assert any(text.startswith("In force: ") for text in texts)
        for limit in graph_of(program.id).main.limits:
            assert limit.en in texts


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("vi", "≥ 30 tấn sản phẩm/lượt"), ("en", "≥ 30 t of product/batch")],
)
def test_a_threshold_is_in_the_unit_that_people_see(lang: str, expected: str) -> None:
    """As `check` shows what is measured."""
    shown = explain_law(load_pack("nq-08-2019"), "8.2.b.drying", as_of=date(2023, 5, 31), lang=lang)

    assert expected in " ".join(shown.text(100).split())


def test_the_source_of_one_thing_has_its_own_grade() -> None:
    """Not that of the source, of which other parts may be surer."""
    shown = explain_law(
        load_pack("chan-nuoi-2020"), "106.10.biogas", as_of=date(2024, 10, 1), lang="en"
    )
    text = " ".join(shown.text(100).split())

    assert text.count("grade B (one copy read)") == 2
    assert "grade A (two" not in text
