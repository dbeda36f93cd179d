"""`tieuchi ask`: what is typed, what is asked, and what comes of it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

import pytest
from command import Ran, run
from packs import pack_text

from tieuchi.engine import session
from tieuchi.engine.interview import live

HOUSES = ("ask", "lao-cai-26-2020", "--as-of", "2023-05-31")
HERD = ("ask", "nq-08-2019", "--as-of", "2023-05-31", "--activity", "livestock")
COMMUNE = ("ask", "ntm-xa-2021-2025", "--as-of", "2023-05-31", "--lang", "en")
OPENING = """\
Resolution 26/2020/NQ-HĐND (Lào Cai) · 31/05/2023
Asking about: the conditions for glass and net houses.
At most 3 questions, about 2 as a rule.
Type ? for why it is asked, - if it is not known, < to go back, q to stop.

1. Is there an agreement or contract that links production and sale?
   yes or no (y/n); at most 3 more questions
"""
AREA = """
2. How many m² are the glass and net houses?
   unit: m²; for example: 4.5 m²; at most 2 more questions
"""
APPLICANT = """
3. Is the applicant a household or individual, or an organisation?
   1) household or individual
   2) organisation
   its number or its name; the last question
"""


def ask(line: tuple[str, ...], *typed: str, at: Path | None = None, lang: str = "en") -> Ran:
    """An interview with these lines typed."""
    stdin = "".join(f"{t}\n" for t in typed).encode()
    with TemporaryDirectory() as nowhere:
        return run(*line, "--lang", lang, stdin=stdin, at=at or Path(nowhere))


def prompts(ran: Ran) -> str:
    """What was asked, on one line."""
    return " ".join(ran.err.split())


# ---- asking


def test_an_interview_from_its_first_to_its_last_question() -> None:
    """Prompts on stderr, the answer on stdout, as `check` gives it of the same case."""
    ran = ask(HOUSES, "y", "700 m2", "1")

    assert ran.err == (
        f"{OPENING}> y\n{AREA}> 700 m2\n{APPLICANT}> 1\nThat is all, after 3 questions.\n\n"
    )
    stated = {"linkage_agreement": "true", "greenhouse_area": "700", "applicant": "household"}
    set_ = [part for each in stated.items() for part in ("--set", "=".join(each))]
    assert (ran.code, ran.out) == run(
        "check", "--pack", "lao-cai-26-2020", "--as-of", "2023-05-31", "--lang", "en", *set_
    )[:2]
    assert ran.code == 0


def test_it_stops_once_the_answer_is_fixed() -> None:
    """Without an agreement the rest does not matter."""
    ran = ask(HOUSES, "no")

    assert ran.code == 1
    assert ran.err.endswith("> no\nThat is all, after one question.\n\n")


@pytest.mark.parametrize(
    ("typed", "applicant"),
    [
        ("có", "2"),
        ("C", "tổ chức"),
        (normalize("NFD", "có"), normalize("NFD", "Tổ chức")),
        ("yes", "organisation"),
        ("true", "ORGANISATION"),
        ("co", "2"),
    ],
)
def test_words_in_both_languages_and_either_form_of_unicode(typed: str, applicant: str) -> None:
    """By letter, word, number or label, composed or not."""
    for lang in ("vi", "en"):
        ran = ask(HOUSES, typed, "1.500,5 m2", applicant, lang=lang)
        assert (ran.code, ran.err.count("\n> ")) == (1, 3)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nhiều", "is a quantity, and `nhiều` is text"),
        ("3 con", "`3 con` is in `head`, where `m2` is expected"),
        ("2.500", "`2.500` can be read in two ways; write `2500` or `2.5`"),
        ("2,125", "write `2125` or `2.1250`"),
        ("-3", "below 0"),
        ("1,5,5", "is not a number"),
        ("0,001", "finer than 0.01 m²"),
        ("", "There is no answer"),
    ],
)
def test_bad_input_is_one_line_and_the_question_again(typed: str, said: str) -> None:
    """Nothing is lost by it."""
    ran = ask(HOUSES, "y", typed, "700 m2", "1")
    lines = ran.err.partition(AREA)[2].splitlines()

    assert (ran.code, ran.err.count("How many m²")) == (0, 1)
    assert lines[0].strip() == f"> {typed}".strip()
    assert said in " ".join(lines[1:3])
    assert "> 700 m2" in ran.err


def test_what_is_neither_yes_nor_a_label() -> None:
    """It says what can be typed."""
    ran = ask(HOUSES, "maybe", "y", "700", "3", "firm", "1")

    assert "`maybe` is neither yes nor no; answer y or n\n> y\n" in ran.err
    assert "there is no `3`; type a number from 1 to 2, or a name\n" in ran.err
    assert "there is no `firm`; type a number from 1 to 2, or a name\n" in ran.err
    assert ran.code == 0


def test_bytes_that_are_no_text() -> None:
    """They are asked for again."""
    ran = run(*HOUSES, "--lang", "en", stdin=b"\xff\xfe\nno\n")

    assert ran.code == 1
    assert "That line cannot be read; use UTF-8.\n> no\n" in ran.err


def test_why_it_is_asked() -> None:
    """The provision with its quote and what it requires, then the same question."""
    ran = ask(HERD, "?", "60")

    assert (
        "> ?\nAsked because of:\n  Article 7, clause 2, point b · buffaloes, cattle and horses\n"
        "    “từ 50 con trâu, bò, ngựa trở lên (cả trường hợp nuôi hỗn hợp)”\n"
        "    needs ≥ 50 head; together with: cattle; horses\n> 60\n"
    ) in ran.err
    assert ran.code == 0


def test_why_a_fact_is_asked_that_stands_by_its_name(tmp_path: Path) -> None:
    """The provision over facts alone, its words and what it needs."""
    body = """\
    verdict: {all: [p]}
    facts: {plan: {TWO, kind: yes_no}, map: {TWO, kind: yes_no}, seed: {TWO, kind: yes_no}}
    provisions:
      p:
        cite: {vi: Điều 1, en: Article 1}
        quote: hai trong ba
        at_least: 2
        of: [plan, map, seed]
    """
    (tmp_path / "a.yaml").write_text(pack_text(body), "utf-8")

    ran = ask(("ask", "./a.yaml", "--as-of", "2024-05-31"), "?", "q", at=tmp_path)

    assert "Article 1 · hai trong ba at least two of three are needed" in prompts(ran)


def test_why_a_gate_a_definition_and_the_activities_are_asked() -> None:
    """Also where no condition measures the fact by itself."""
    activity = ask(("ask", "nq-08-2019", "--as-of", "2023-05-31"), "?", "q")
    animals = ask(("ask", "chan-nuoi-2020"), "?", "q")

    assert "\n  Article 7, clause 2, point d · aquaculture\n" in activity.err
    assert "Article 21, clause 4, Annex V" in animals.err
    assert "used to work out: livestock units" in animals.err


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("livestock", "[livestock]"),
        ("2", "[livestock]"),
        (normalize("NFD", "Chăn nuôi"), "[livestock]"),
        ("2, crops", "[livestock, crops]"),
        ("sấy, bảo quản nông sản", "[storage]"),
        ("drying and storage; 2", "[livestock, storage]"),
        ("*", "[nursery, livestock, crops, aquaculture, storage]"),
        ("-", "[nursery, livestock, crops, aquaculture, storage]"),
    ],
)
def test_activities(tmp_path: Path, typed: str, facts: str) -> None:
    """By number, id or words; several with commas between; all of them."""
    line = ("ask", "nq-08-2019", "--as-of", "2023-05-31")
    ran = ask(line, typed, "q", "a.yaml", at=tmp_path)

    assert ran.code == 3
    assert f"\nactivities: {facts}\n" in (tmp_path / "a.yaml").read_text("utf-8")


def test_an_activity_that_is_none() -> None:
    """The remedy names one that is near."""
    ran = ask(("ask", "nq-08-2019", "--as-of", "2023-05-31"), "livestok", "q")

    assert "`nq-08-2019` has no activity called `livestok`; did you mean `livestock`?\n" in ran.err


def test_back_and_not_known() -> None:
    """Back asks the one before again; what is not known is not asked again and leaves it open."""
    ran = ask(HOUSES, "<", "n", "y", lang="en")
    assert "This is the first question." in ran.err
    assert ran.code == 1

    ran = ask(HOUSES, "y", "<", "-", "3000", "<", "700", "1")
    assert ran.err.count("1. Is there an agreement") == 2
    assert ran.err.count("2. How many m²") == 2
    assert ran.code == 3
    assert "No further question can change the answer." in ran.err
    assert "not stated" in ran.out


def test_a_list_is_asked_for_member_by_member(tmp_path: Path) -> None:
    """How many, then each field of each; a field may stay open; back goes to its head."""
    to_officials = ("y", "2", "1", "y", "y", "y", "y", "y", "y")
    list_ = ("x", "2", "y", "<", "2", "y", "y", "n", "-")
    ran = ask(COMMUNE[:-2], *to_officials, *list_, "a.yaml", at=tmp_path)

    assert ran.code == 1
    assert "a whole number from 0 to 200\n" in ran.err
    assert ran.err.count("how many are on the list?") == 2
    assert "1/2: Has this official taken the course in state management?" in ran.err
    assert "number 2 on the list · falls short in: the course in state management" in ran.out
    held = (tmp_path / "a.yaml").read_text("utf-8")
    assert (
        "officials: {complete: true, items: [{state_management_course: true, "
        "other_requirements_met: true}, {state_management_course: false}]}\n"
    ) in held
    assert run("check", "a.yaml", "--lang", "en", at=tmp_path)[:2] == ran[:2]


def test_what_cannot_be_true_together_is_asked_again() -> None:
    """A check of the input says why, in the pack's words."""
    ran = ask(HERD, "10", "0", "0", "0", "0", "0", "11", "10")

    assert "Breeding buffaloes" in ran.err or "breeding" in prompts(ran)
    assert "Follows from the above: breeding cows: 0 breeders." in prompts(ran)
    assert "The answer can no longer change; this is needed only for the case" in prompts(ran)
    assert ran.code == 1


def test_a_pack_that_is_not_in_force_has_no_question() -> None:
    """It says so, as `check` does."""
    ran = ask((*HERD[:2], "--as-of", "2026-03-01"))

    assert ran.code == 3
    assert ran.err.endswith("There is nothing to ask.\n\n")
    assert "is not in force on 01/03/2026" in ran.out


# ---- stopping, saving, going on


@pytest.mark.parametrize("typed", [(), ("y",), ("y", "q"), ("Q",)])
def test_stopping(typed: tuple[str, ...]) -> None:
    """`q` or the end of what is typed: no answer is shown, and the exit code is that of an open
    case."""
    ran = ask(HOUSES, *typed)

    assert (ran.code, ran.out) == (3, "")
    assert "Stopped here, without an answer.\n" in ran.err


def test_the_case_saved_is_decided_alike(tmp_path: Path) -> None:
    """A round trip; a file that is there is not overwritten unasked."""
    (tmp_path / "a.yaml").write_text("mine\n")
    typed = ("y", "0.07 ha", "1", "y", "none/a.yaml", "a.yaml", "n", "b.yaml")
    ran = ask(HOUSES, *typed, at=tmp_path)

    assert (tmp_path / "a.yaml").read_text() == "mine\n"
    assert "none/a.yaml: cannot be written: No such file or directory\n" in ran.err
    assert "a.yaml exists; overwrite it? (y/n) n\n" in ran.err
    assert ran.err.endswith("Saved b.yaml; decide it again with: tieuchi check b.yaml\n")
    assert (tmp_path / "b.yaml").read_text("utf-8") == (
        "pack: lao-cai-26-2020\nas_of: 2023-05-31\ndecimal: point\nfacts:\n"
        "  applicant: household\n  greenhouse_area: 700 m2\n  linkage_agreement: true\n"
    )
    assert run("check", "b.yaml", "--lang", "en", at=tmp_path)[:2] == ran[:2]


def test_an_interview_is_taken_up_again(tmp_path: Path) -> None:
    """It goes on where it stopped: what was answered or is not known is not asked again."""
    first = ask(HOUSES, "-", "700 m2", "q", "a.yaml", at=tmp_path)
    resumed = "tieuchi ask lao-cai-26-2020 --resume a.yaml\n"
    assert first.err.endswith(f"Saved a.yaml; go on with: {resumed}")
    assert "linkage_agreement: unknown\n" in (tmp_path / "a.yaml").read_text("utf-8")

    again = ask(("ask", "--resume", "a.yaml"), "2", "b.yaml", at=tmp_path)

    assert (first.code, again.code) == (3, 1)
    assert again.err.count("\n1. ") == 1
    assert "Is the applicant" in again.err
    assert run("check", "b.yaml", "--lang", "en", at=tmp_path)[:2] == again[:2]


def test_a_case_taken_up_keeps_what_it_said(tmp_path: Path) -> None:
    """Its subject, its evidence, its note, its decimal comma."""
    (tmp_path / "a.yaml").write_text(
        "subject: 'HTX: Bình'\npack: lao-cai-26-2020\nas_of: 2023-05-31\ndecimal: comma\n"
        "note: {vi: một, en: 'one: #2'}\n"
        "facts:\n  linkage_agreement: {value: true, evidence: 'hợp đồng, số 1'}\n"
    )
    ran = ask(("ask", "--resume", "a.yaml"), "700,5 m2", "1", "b.yaml", at=tmp_path)

    assert ran.code == 0
    assert (tmp_path / "b.yaml").read_text("utf-8") == (
        'subject: "HTX: Bình"\npack: lao-cai-26-2020\nas_of: 2023-05-31\ndecimal: comma\n'
        'note: {vi: một, en: "one: #2"}\nfacts:\n'
        '  linkage_agreement: {value: true, evidence: "hợp đồng, số 1"}\n'
        '  applicant: household\n  greenhouse_area: "700,5 m2"\n'
    )
    assert run("check", "b.yaml", "--lang", "en", at=tmp_path)[:2] == ran[:2]


def test_of_a_complete_case_nothing_is_asked_that_it_closes(tmp_path: Path) -> None:
    """What is not listed is declared none, before and after."""
    case = "pack: nq-08-2019\nas_of: 2023-05-31\nactivities: [livestock]\ncomplete: true\n"
    (tmp_path / "a.yaml").write_text(f"{case}facts: {{cattle: unknown}}\n")
    (tmp_path / "b.yaml").write_text(f"{case}facts: {{cattle: 38, sows: unknown}}\n")
    settled = ask(("ask", "--resume", "a.yaml"), at=tmp_path)
    asked = ask(("ask", "nq-08-2019", "--resume", "b.yaml"), at=tmp_path)

    assert settled.err.endswith("There is nothing to ask.\nNo further question can change the "
                                "answer.\n\n")  # fmt: skip
    assert settled[:2] == run("check", "a.yaml", "--lang", "en", at=tmp_path)[:2]
    assert asked[:2] == run("check", "b.yaml", "--lang", "en", at=tmp_path)[:2]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("ask",), "PACK is missing"),
        (("ask", ""), "the name of the pack is empty"),
        (("ask", "nq-08-2019", "--resume", ""), "`--resume` needs the name of a file"),
        (("ask", "nq-08-2019", "--resume", "-"), "stdin is for answers"),
        (("ask", "nq-08-2019", "--resume", "none.yaml"), "none.yaml"),
        (("ask", "--resume", "two.yaml"), "there must be one case in the file, not 2"),
        (("ask", "--resume", "free.yaml"), "does not name exactly one pack"),
        ((*HERD, "--resume", "free.yaml"), "`--activity` does not go with `--resume`"),
        (("ask", "nq-08-2020"), "did you mean `nq-08-2019`?"),
        (("ask", "nq-08-2019", "--activity", "fishing"), "has no activity called `fishing`"),
        (("ask", "nq-08-2019", "--resume", "bad.yaml"), "`nq-08-2019` asks for no fact"),
    ],
)
def test_what_cannot_be_asked(tmp_path: Path, line: tuple[str, ...], said: str) -> None:
    """Bad input or usage, before the first question."""
    (tmp_path / "two.yaml").write_text("pack: a\nfacts: {}\n---\npack: a\nfacts: {}\n")
    (tmp_path / "free.yaml").write_text("facts: {cattle: 3}\n")
    (tmp_path / "bad.yaml").write_text("facts: {unicorns: 3}\n")
    ran = ask(line, at=tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err or said == "`nq-08-2019` asks for no fact"
    assert "Asking about" not in ran.err


# ---- both engines


def test_engines_that_disagree_are_an_error_with_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the very answer on which they do."""
    pytest.importorskip("durable_rules_engine")
    monkeypatch.setattr(live, "disagreements", lambda decision, _: [0] if decision.given else [])
    ran = ask(HOUSES, "y", "700 m2", at=tmp_path)

    assert (ran.code, ran.out) == (70, "")
    assert "How many m²" not in ran.err
    record = (tmp_path / "tieuchi-disagreement-lao-cai-26-2020.json").read_text("utf-8")
    assert '"linkage_agreement"' in record


def test_without_durable_rules_it_works_on_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same questions, the same answer."""
    usual = ask(HOUSES, "y", "<", "y", "700 m2", "1")
    monkeypatch.setattr(live, "available", lambda: False)
    monkeypatch.setattr(session, "available", lambda: False)

    assert ask(HOUSES, "y", "<", "y", "700 m2", "1") == usual
