"""What stands above a query: the pack, the day, what the table's columns must be, what comes out,
and what the pack does not decide. Comments only; the query does not depend on a word of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tieuchi.engine import __version__
from tieuchi.engine.graph import Definition, Fact, Graph, below
from tieuchi.engine.phrases import T_LIMITS, USE, Phrase
from tieuchi.engine.quantity import decimal_text
from tieuchi.engine.table.results import Result

_BY = Phrase("{pack} · {digest}", "{pack} · {digest}")
_MADE = Phrase(
    "Theo pháp luật ngày {day}; tieuchi {version} viết cho {dialect}",
    "Under the law of {day}; written by tieuchi {version} for {dialect}",
)
_COLUMNS = Phrase(
    "Bảng phải có các cột sau (NULL: chưa khai):",
    "The table must have these columns (NULL: not stated):",
)
_STEPS = Phrase(
    "số nguyên bước {step}: {least} … {most}", "whole steps of {step}: {least} … {most}"
)
_DAY = Phrase("ngày, là số: {how}", "a day, as the number {how}")
_LABELS = Phrase("một trong {labels}", "one of {labels}")
_YES_NO = Phrase("đúng hay không", "true or false")
_ASKED = Phrase(
    "có hỏi về hoạt động này không; không được NULL", "whether it is asked about; never NULL"
)
_COUNT = Phrase("phép đếm danh sách {list}", "a count of the list {list}")
_SUM = Phrase("tổng theo danh sách {list}", "a sum over the list {list}")
_LEAST = Phrase(
    "{of}{what}: ít nhất, số nguyên bước {step}; NULL: không giới hạn",
    "{of}{what}: the least, in whole steps of {step}; NULL: no bound",
)
_MOST = Phrase(
    "{of}{what}: nhiều nhất, số nguyên bước {step}; NULL: không giới hạn",
    "{of}{what}: the most, in whole steps of {step}; NULL: no bound",
)
_COUNTED = Phrase(" ({what})", " ({what})")
_DEFINED = Phrase("P = {id}: {said}", "P = {id}: {said}")
_NO_COLUMN = Phrase(
    "không có cột (tỷ số, hay bước không là số thập phân): {names}",
    "without a column (a ratio, or a step that is no decimal): {names}",
)
_GIVES = Phrase("Kết quả:", "It gives:")
_RESULTS = {
    "@row": Phrase(
        "@row: số thứ tự của dòng như cơ sở dữ liệu đọc bảng; `--key CỘT` cho cột khóa thay vào đó",
        "@row: the number of the row as the database reads the table; `--key COLUMN` gives a key",
    ),
    "verdict": Phrase("status: kết luận chung", "status: the verdict"),
    "status": Phrase(
        "P: met, not_met, not_applicable, undetermined; NULL: không xét",
        "P: met, not_met, not_applicable, undetermined; NULL: not decided",
    ),
    "shortfall": Phrase(
        "P.shortfall: còn thiếu hay vượt bao nhiêu, theo đơn vị của số được đo",
        "P.shortfall: by how much it is missed, in the unit of what is measured",
    ),
    "least": Phrase(
        "P.least, P.most: ít nhất và nhiều nhất; NULL: không giới hạn",
        "P.least, P.most: the least and the most; NULL: no bound",
    ),
    "class": Phrase(
        "P: nhãn của một lớp; NULL: còn có thể là nhiều nhãn",
        "P: the label of a class; NULL: it can still be several",
    ),
}
_TEXT = Phrase(
    "Số lẻ được viết thành chữ, vì SQLite không có số thập phân chính xác.",
    "Decimals are text, since SQLite has no exact ones.",
)
_BROKEN = Phrase(
    "@broken: số liệu mâu thuẫn nhau hoặc không thể khai như vậy; khi đó bỏ qua các cột khác",
    "@broken: facts contradict each other or cannot be stated so; then pass over the other columns",
)
_FROM_DATE = {
    "duckdb": "DATE_DIFF('day', DATE '0001-01-01', …) + 1",
    "postgres": "… - DATE '0001-01-01' + 1",
    "sqlite": "CAST(JULIANDAY(…) - 1721424.5 AS INTEGER)",
}
_NUMBERED = "0001-01-01 = 1, 0001-01-02 = 2, …"


def ends(fact: Fact) -> tuple[int, int]:
    """The least and the most that may be stated of a quantity or a day."""
    if fact.kind == "date":
        return 1, date.max.toordinal()
    return fact.least or 0, fact.limit if fact.most is None else min(fact.most, fact.limit)


def header(
    graph: Graph,
    columns: Mapping[str, tuple[str, str]],
    results: Sequence[Result],
    numbered: bool,
    dialect: str,
    lang: str,
) -> Iterator[str]:
    """The lines of the comment. `columns`: those read, each with its name in the graph and its
    type; `numbered`: rows come with their numbers."""
    for part in graph.parts:
        yield _BY.of(lang, pack=part.pack, digest=part.digest)
    day = date.fromordinal(graph.as_of).isoformat()
    yield _MADE.of(lang, day=day, version=__version__, dialect=dialect)
    yield from ("", _COLUMNS.of(lang))
    facts = {fact.id: fact for fact in graph.facts}
    for shown, (name, kind) in columns.items():
        fact = facts.get(name)
        told = _fact(fact, dialect, lang) if fact else _other(graph, name, lang)
        yield f"  {shown} · {kind} · {told}"
    yield from ("", _GIVES.of(lang))
    kinds = {result.kind for result in results} | ({"@row"} if numbered else set())
    yield from (f"  {phrase.of(lang)}" for kind, phrase in _RESULTS.items() if kind in kinds)
    yield from _defined(graph, [r.of for r in results if isinstance(r.of, Definition)], lang)
    if dialect == "sqlite":
        yield f"  {_TEXT.of(lang)}"
    yield f"  {_BROKEN.of(lang)}"
    yield from _limits(graph, lang)


def _fact(fact: Fact, dialect: str, lang: str) -> str:
    words = " ".join(fact.words.of(lang).split())
    if fact.kind == "quantity":
        least, most = ends(fact)
        step = f"{decimal_text(1, fact.num, fact.den)} {fact.unit}"
        return f"{words}; {_STEPS.of(lang, step=step, least=str(least), most=str(most))}"
    if fact.kind == "date":
        return f"{words}; {_DAY.of(lang, how=_FROM_DATE.get(dialect, _NUMBERED))}"
    if fact.kind == "class":
        labels = ", ".join(f"{label} ({said.of(lang)})" for label, said in fact.labels)
        return f"{words}; {_LABELS.of(lang, labels=labels)}"
    return f"{words}; {_YES_NO.of(lang)}"


def _other(graph: Graph, name: str, lang: str) -> str:
    """A column that is no fact."""
    kind, _, of = name.partition("/")
    if kind == "@activity":
        said = dict(graph.main.activities).get(of)
        return f"{said.of(lang)}; {_ASKED.of(lang)}" if said else _ASKED.of(lang)
    node, _, end = name[1:].partition("_")
    at = graph.nodes[int(node)]
    of = (_COUNT if at.op == "count" else _SUM).of(lang, list=graph.facts[at.args[0]].id)
    what = _counted(graph, int(node), lang)
    step = f"{decimal_text(1, at.num, at.den)} {at.unit}"
    return (_LEAST if end == "low" else _MOST).of(lang, of=of, what=what, step=step)


def _counted(graph: Graph, node: int, lang: str) -> str:
    """What is counted: the definition that is this count, else the provision nearest above it."""
    named = [of.words for part in graph.parts for of in part.definitions if of.node == node]
    if not named:
        above = [
            (len(under), of.words or of.cite)
            for part in graph.parts
            for of in part.provisions
            if of.node >= 0 and node in (under := below(graph.nodes, of.node))
        ]
        named = [min(above)[1]] if above else []
    return next((_COUNTED.of(lang, what=words.of(lang)) for words in named if words), "")


def _defined(graph: Graph, there: Sequence[Definition], lang: str) -> Iterator[str]:
    """The definitions that come out, and those that do not."""
    for of in dict.fromkeys(there):
        said = of.words.of(lang) if of.words is not None else ""
        unit = graph.nodes[of.node].unit
        labels = ", ".join(f"{label} ({words.of(lang)})" for label, words in of.labels)
        more = _LABELS.of(lang, labels=labels) if labels else unit
        yield f"  {_DEFINED.of(lang, id=of.id, said='; '.join(filter(None, (said, more))))}"
    left = [of.id for of in graph.main.definitions if of not in there]
    if there and left:
        yield f"  {_NO_COLUMN.of(lang, names=', '.join(left))}"


def _limits(graph: Graph, lang: str) -> Iterator[str]:
    main, *others = graph.parts
    limits = [limit.of(lang) for limit in main.limits]
    for part in others:
        act = part.cite.of(lang)
        limits += [USE.of(lang, act=act, text=limit.of(lang)) for limit in part.limits]
    if limits:
        yield from ("", f"{T_LIMITS.of(lang)}:")
        yield from (f"  {' '.join(limit.split())}" for limit in limits)
