"""The summary of a registry on a terminal: who meets what, who is nearest, what is not known.

Tables by rich, within the width that there is; every word is from `engine.table.phrases`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from time import monotonic
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tieuchi.cli.render import STYLES, colours, width
from tieuchi.engine import __version__
from tieuchi.engine import phrases as law
from tieuchi.engine.numerals import capitalized
from tieuchi.engine.quantity import people_text, unit_label
from tieuchi.engine.table import phrases as say
from tieuchi.engine.table.intake import closes
from tieuchi.engine.table.summary import EDGES

if TYPE_CHECKING:
    from tieuchi.engine.graph import Graph, Provision
    from tieuchi.engine.phrases import Phrase
    from tieuchi.engine.table.batch import Near, Outcome
    from tieuchi.engine.table.run import Job
    from tieuchi.engine.table.summary import Counted, Figures

COLUMNS = (
    ("met", say.MET),
    ("not_met", say.NOT_MET),
    ("undetermined", say.UNDETERMINED),
    ("not_applicable", say.NOT_APPLICABLE),
)
SIGNS = {"met": "✓", "not_met": "✗", "undetermined": "?", "not_applicable": "–", None: " "}
ROLES = {"undetermined": "open"}
NAMES_SHOWN = 12
MISSING_SHOWN = 5
SHORT_SHOWN = 12
GROUPS_SHOWN = 30


def not_in_force(graph: Graph, lang: str) -> str:
    """That there is no law to decide by on that day."""
    part = graph.main
    told = law.NOT_IN_FORCE.of(lang, act=part.cite.of(lang), day=_day(graph.as_of)) + "."
    if part.successor is not None:
        told += " " + law.SUCCESSOR.of(lang, successor=part.successor.of(lang))
    return told


def taken(job: Job, path: str, lang: str) -> Iterator[str]:
    """What is understood of a table's columns, before it is read."""
    words = {fact.id: fact.words.of(lang) for fact in job.graph.facts}
    yield say.READ.of(lang, path=path, columns=str(len(job.headers)))
    matched = []
    for column in job.matching.columns:
        unit = f" [{unit_label(column.unit.id, lang)}]" if column.unit is not None else ""
        same = column.header in (column.fact, words[column.fact])
        matched.append(f"{column.header}{unit}" + ("" if same else f" → {column.fact}"))
    yield _listed(say.MATCHED.of(lang), matched)
    if job.matching.unmatched:
        yield _listed(say.UNMATCHED.of(lang), job.matching.unmatched)
    closed = {fact.id for fact in job.graph.facts if job.complete and closes(fact)}
    for names, phrase in (
        ([name for name in job.matching.missing if name in closed], say.CLOSED),
        ([name for name in job.matching.missing if name not in closed], say.UNKNOWN),
    ):
        if names:
            title = f"{say.NO_COLUMN.of(lang)}, {phrase.of(lang)}"
            yield _listed(title, [words[name] for name in names])


def _listed(title: str, names: Sequence[str]) -> str:
    shown = "; ".join(names[:NAMES_SHOWN])
    return f"{title} ({len(names)}): {shown}" + ("; …" if len(names) > NAMES_SHOWN else "")


@contextmanager
def progress(lang: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A line on stderr that says how far a run is; nothing where that is not a terminal."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield lambda _: None
        return
    started, rows = monotonic(), 0

    def seen(count: int) -> None:
        nonlocal rows
        rows += count
        stream.write(f"\r\x1b[2K{_progress(rows, total, monotonic() - started, lang)}")
        stream.flush()

    try:
        yield seen
    finally:
        stream.write("\r\x1b[2K")
        stream.flush()


BAR = 20


def _progress(rows: int, total: int | None, seconds: float, lang: str) -> str:
    """How many rows, how fast and, of a known total, how far and how long still."""
    speed = int(rows // max(seconds, 1))
    done, fast = (people_text(str(n), lang) for n in (rows, speed))
    told = say.PROGRESS.of(lang, rows=done, speed=fast)
    if not total:
        return told
    full = min(BAR * rows // total, BAR)
    left = str(int(max(total - rows, 0) // max(speed, 1)))
    return f"{'█' * full}{'░' * (BAR - full)} {told} · {say.LEFT.of(lang, seconds=left)}"


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The summary as plain data."""
    graph = outcome.graph
    return {
        "tieuchi": __version__,
        "pack": graph.main.pack,
        "pack_digest": graph.main.digest,
        "as_of": str(date.fromordinal(graph.as_of)),
        "rows": {"in": outcome.rows_in, "out": outcome.rows_out, "rejected": outcome.rejected},
        "floating_point": dict(outcome.floats),
        "output": outcome.output,
        "rejects": outcome.rejects or None,
        **_figures(outcome.figures),
        "nearest": [
            {
                "row": near.row,
                "subject": near.subject or None,
                "provision": near.provision.id,
                "short_of_required": f"{Fraction(near.thousandths, 1000)}",
            }
            for near in outcome.near
        ],
        "by": {name: _figures(figures) for name, figures in outcome.groups} or None,
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "status": figures.verdict,
        "provisions": {
            each.provision.id: {
                "statuses": each.statuses,
                "unit": each.unit or None,
                "required": each.required,
                "least_shortfall": each.least,
                "short_by_up_to": dict(zip(map(str, EDGES), each.bands, strict=False)) or None,
            }
            for each in figures.provisions
        },
        "classes": {each.definition.id: each.labels for each in figures.classes},
        "missing": dict(figures.missing),
    }


def show(outcome: Outcome, lang: str) -> str:
    """The summary as text, with the codes of colours where those are wanted."""
    stream = sys.stdout
    console = Console(
        width=width(stream),
        force_terminal=colours(stream),
        color_system="standard" if colours(stream) else None,
        highlight=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        for part in _parts(outcome, lang):
            console.print(part)
    return "\n".join(line.rstrip() for line in capture.get().rstrip("\n").split("\n"))


def _parts(outcome: Outcome, lang: str) -> Iterator[Table | Text | Padding]:
    graph = outcome.graph
    head = Text(graph.main.cite.of(lang), style="bold")
    head.append(f" · {_day(graph.as_of)}", style="not bold")
    yield head
    yield Text(_accounted(outcome, lang))
    for column, count in outcome.floats:
        if not count:
            continue
        yield Text(say.FLOATS.of(lang, column=column, count=people_text(str(count), lang)))
    yield Text(say.WRITTEN.of(lang, path=outcome.output))
    if outcome.rejects:
        yield Text(say.REJECTS.of(lang, path=outcome.rejects), style=STYLES["warning"])
    yield from _counts(graph, outcome.figures, lang)
    if outcome.near:
        yield from _titled(say.NEAREST.of(lang), (_near(each, lang) for each in outcome.near))
    short = [each for each in outcome.figures.provisions if any(each.bands[:-1])]
    if short:
        yield Text()
        yield Text(say.SHORT.of(lang), style="bold")
        yield _shortfalls(short, lang)
    if outcome.figures.missing:
        yield from _titled(say.MISSING.of(lang), _missing(graph, outcome.figures, lang))
    for name, figures in outcome.groups[:GROUPS_SHOWN]:
        yield Text()
        yield Text(f"{outcome.by}: {name}", style="bold")
        yield from list(_counts(graph, figures, lang))[1:]
    if len(outcome.groups) > GROUPS_SHOWN:
        left = people_text(str(len(outcome.groups) - GROUPS_SHOWN), lang)
        yield Text()
        yield Text(say.MORE_GROUPS.of(lang, count=left))
    if outcome.matrix:
        yield Text()
        yield _matrix(outcome, lang)
    limits = [words.of(lang) for words in graph.main.limits]
    if limits:
        yield from _titled(say.NOT_COVERED.of(lang), limits)


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).strftime("%d/%m/%Y")


def _accounted(outcome: Outcome, lang: str) -> str:
    counts = (outcome.rows_in, outcome.rows_out, outcome.rejected)
    read, out, rejected = (people_text(str(count), lang) for count in counts)
    return say.ROWS.of(lang, read=read, out=out, rejected=rejected)


def _titled(title: str, lines: Iterable[str]) -> Iterator[Text | Padding]:
    yield Text()
    yield Text(title, style="bold")
    for line in lines:
        yield Padding(Text(line), (0, 0, 0, 2))


def _name(of: Provision, lang: str) -> str:
    words = of.words.of(lang) if of.words is not None else of.cite.of(lang)
    return f"{of.id} {words}"


def _counts(graph: Graph, figures: Figures, lang: str) -> Iterator[Table | Text | Padding]:
    """How many rows have which status, and are of which class; a line apart from what is above."""
    if figures.verdict is not None or figures.provisions or not figures.classes:
        yield Text()
        yield _statuses(graph, figures, lang)
    for each in figures.classes:
        of = each.definition
        named = {label: words.of(lang) for label, words in of.labels}
        named |= {status: phrase.of(lang) for status, phrase in COLUMNS if each.labels.get(status)}
        counts = ((name, each.labels[label]) for label, name in named.items())
        lines = (f"{name}: {people_text(str(count), lang)}" for name, count in counts)
        title = of.words.of(lang) if of.words is not None else of.id
        yield from _titled(capitalized(title), lines)


def _statuses(graph: Graph, figures: Figures, lang: str) -> Table:
    table = _columns([(phrase.of(lang), status) for status, phrase in COLUMNS], 5)
    if figures.verdict is not None:
        _row(table, say.VERDICT.of(lang), figures.verdict, lang, style="bold")
    depth = _depths(graph)
    for counted in figures.provisions:
        of = counted.provision
        _row(table, "  " * depth[of.id] + _name(of, lang), counted.statuses, lang)
    return table


def _columns(headers: Sequence[tuple[str, str]], least: int) -> Table:
    """A table of names, cut where there is no room, and of figures, which never are."""
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, expand=True)
    table.add_column("", overflow="ellipsis", no_wrap=True, ratio=1)
    for header, role in headers:
        table.add_column(
            header,
            justify="right",
            style=STYLES.get(ROLES.get(role, role), ""),
            no_wrap=True,
            min_width=max(len(header), least),
        )
    return table


def _row(table: Table, name: str, statuses: dict[str, int], lang: str, style: str = "") -> None:
    cells = (statuses[status] for status, _ in COLUMNS)
    table.add_row(name, *(people_text(str(n), lang) if n else "·" for n in cells), style=style)


def _depths(graph: Graph) -> dict[str, int]:
    depths: dict[str, int] = {}
    for provision in graph.main.provisions:
        depths[provision.id] = depths.get(provision.parent, -1) + 1
    return depths


def _near(near: Near, lang: str) -> str:
    whole, tenth = divmod(near.thousandths, 10)
    share = people_text(f"{whole}.{tenth}" if tenth else str(whole), lang)
    subject = f" ({near.subject})" if near.subject else ""
    words = near.provision.words or near.provision.cite
    return _missed(near.provision).of(
        lang,
        row=str(near.row),
        subject=subject,
        name=words.of(lang),
        id=near.provision.id,
        share=share,
    )


def _missed(of: Provision) -> Phrase:
    """How a condition is missed: from below, from above, or either."""
    above = {test.comparison in ("at_most", "less_than") for test in of.tests}
    below = {test.comparison in ("at_least", "more_than") for test in of.tests}
    if above == {True}:
        return say.NEAR_ROW_OVER
    return say.NEAR_ROW if below == {True} else say.NEAR_ROW_OFF


def _shortfalls(short: Sequence[Counted], lang: str) -> Table:
    table = _columns([(say.UP_TO.of(lang, edge=str(edge)), "") for edge in EDGES], 7)
    most = max(sum(each.bands) for each in short)
    shown = sorted(short, key=lambda each: -sum(each.bands[:2]))[:SHORT_SHOWN]
    for each in shown:
        asked = _asked(each, lang)
        cells = ((people_text(str(n), lang) if n else "·") + _bar(n, most) for n in each.bands)
        table.add_row(f"  {asked}{_name(each.provision, lang)}", *cells)
    return table


def _asked(of: Counted, lang: str) -> str:
    """What is required, where that is one number of all rows."""
    if of.required is None:
        return ""
    sign, unit = law.SIGNS[of.provision.tests[0].comparison], unit_label(of.unit, lang)
    return f"{sign} {people_text(of.required, lang)} {unit}".rstrip() + ": "


def _bar(count: int, most: int) -> str:
    """A column of a histogram, an eighth of a line high at least where there is anybody."""
    if not count:
        return "  "
    return " " + "▁▂▃▄▅▆▇█"[min(7, 8 * count // max(most, 1))]


def _missing(graph: Graph, figures: Figures, lang: str) -> Iterator[str]:
    words = {fact.id: fact.words.of(lang) for fact in graph.facts}
    for fact, count in figures.missing[:MISSING_SHOWN]:
        rows = say.MISSING_ROWS.of(lang, count=people_text(str(count), lang))
        yield f"{words[fact]} ({fact}): {rows}"


def _matrix(outcome: Outcome, lang: str) -> Table:
    """Rows by provisions at the top, a sign each."""
    table = Table(
        box=None, padding=(0, 1, 0, 0), pad_edge=False, title=say.MATRIX.of(lang),
        title_justify="left", title_style="bold",
    )  # fmt: skip
    table.add_column("", overflow="ellipsis", no_wrap=True, ratio=1)
    there = outcome.matrix[0][1]
    decided = [p for p in outcome.graph.main.provisions if p.id in there and p.node >= 0]
    ids = [p.id for p in decided if p.parent not in there]
    while len(ids) == 1 and (under := [p.id for p in decided if p.parent == ids[0]]):
        ids = under  # of one criterion its indicators
    for name in ids:
        table.add_column(name, justify="center", no_wrap=True, min_width=len(name))
    for subject, statuses in outcome.matrix:
        cells = []
        for name in ids:
            status = statuses[name]
            role = ROLES.get(status, status) if status else ""
            cells.append(Text(SIGNS[status], style=STYLES.get(role, "")))
        table.add_row(subject, *cells)
    if outcome.rows_out > len(outcome.matrix):
        left = people_text(str(outcome.rows_out - len(outcome.matrix)), lang)
        table.add_row(say.MORE_ROWS.of(lang, count=left))
    return table
