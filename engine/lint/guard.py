"""The number guard: every number of a quote beside the constants of its provision, both ways.

A number of the words and a constant of the pack agree where they are the same quantity, exactly,
whatever the units they are written in, and where the comparison is the one that the words say.
`held(program)` gives the table of a pack, `guard(program)` what is wrong in it. A note on the
provision that has the number answers for what the quote does not say: a reading is a note. It
knows packs as they are written, no day and no graph.

Words that were not read (`read_in`) hold nothing. A constant 0 is no figure of an act: it says
that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from typing import Final, NamedTuple

from tieuchi.engine import pack as p
from tieuchi.engine.diagnostic import Diagnostic, problem
from tieuchi.engine.lint.joined import misjoined, misread
from tieuchi.engine.lint.quoted import Said, numbers_in
from tieuchi.engine.lint.ways import REACHED
from tieuchi.engine.load import Program
from tieuchi.engine.quantity import Unit, divide, multiply, parse_unit
from tieuchi.engine.source import Text, mark
from tieuchi.engine.written import Constant, Scope, scopes

_FITS: Final = {  # whether a number itself is above the cut, and whether more is better
    "at_least": (True, True),
    "less_than": (True, False),
    "more_than": (False, True),
    "at_most": (False, False),
    "from": (True, True),
    "below": (True, False),
    "above": (False, True),
    "to": (False, False),
}


class Row(NamedTuple):
    """One line of the table: what is said and what is written, where each stands.

    `verdict`: agrees · quote (only there) · pack (only there) · comparison · note (a note says how
    it is read) · unread (the act's words were not read) · zero.
    """

    provision: str
    said: Said | None
    constant: Constant | None
    verdict: str
    at: Text


def held(program: Program) -> list[Row]:
    """The table of a pack: its provisions in order, the numbers of each as they stand."""
    found = scopes(program)
    pools: dict[str, list[Constant]] = {}
    for scope in found:
        pools.setdefault(str(scope.model.quote), []).extend([*scope.own, *scope.others])
    return [
        row
        for scope in found
        for row in _rows(scope, pools[str(scope.model.quote)] if scope.model.quote else [])
    ]


def guard(program: Program) -> list[Diagnostic]:
    """What is wrong between the words of a pack and its numbers, and its `all` and `any`."""
    file = program.packs[program.id].file
    faults = [each for row in held(program) if (each := _fault(row, file)) is not None]
    for scope in scopes(program):
        faults += [*_miscounted(scope, file), *misjoined(scope, file), *_uncapped(scope, file)]
    model = program.packs[program.id].model
    return [*faults, *misread(model.provisions, "", file)]


def _fault(row: Row, file: str) -> Diagnostic | None:
    at = mark(row.at, file)
    said, constant = row.said, row.constant
    if row.verdict == "quote" and said is not None:
        return problem("quote-number-unbound", at, name=row.provision, written=said.text)
    if row.verdict == "pack" and constant is not None:
        grouped = _GROUPED.match(constant.at)  # which the author may take for thousands
        remedy, digits = ("group-digits", grouped[0].replace(".", "_")) if grouped else (None, None)
        said_of = {"name": row.provision, "written": constant.at, "digits": digits}
        return problem("number-unquoted", at, remedy, **said_of)
    if row.verdict == "comparison" and said is not None and constant is not None:
        fits = [
            way for way in _OPEN[_way(said, constant)] if _fits(said, constant._replace(way=way))
        ]
        return problem(
            "comparison-unquoted", at, name=row.provision, words=_with_word(said),
            comparison=constant.way, fits=fits[0],
        )  # fmt: skip
    return None


_OPEN: Final = {
    "from": ("at_least", "less_than", "floor"),
    "below": ("less_than", "at_least", "cap"),
    "above": ("more_than", "at_most", "floor"),
    "to": ("at_most", "more_than", "cap"),
}


_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)")


def _with_word(said: Said) -> str:
    return f"{said.text} {said.word}" if said.word.startswith("trở") else f"{said.word} {said.text}"


def _miscounted(scope: Scope, file: str) -> Iterator[Diagnostic]:
    """As many numbers of a kind as the words have, and one of them more often than they do."""
    if scope.model.quote is None:
        return
    words = [said for said in numbers_in(scope.model.quote) if said.unit and said.also is None]
    constants = [c for c in scope.own if c.unit and not c.counted and c.value]
    for dimension in dict.fromkeys(parse_unit(c.unit).dimension for c in constants):
        here = [c for c in constants if parse_unit(c.unit).dimension == dimension]
        there = [said for said in words if parse_unit(said.unit).dimension == dimension]
        if len(here) != len(there):
            continue
        for constant in here:
            times = sum(_same(said, constant) for said in there)
            own = [c for c in here if any(_same(s, c) and _same(s, constant) for s in there)]
            if 0 < times < len(own) and constant is own[-1]:
                yield problem(
                    "number-too-often", mark(constant.at, file), name=scope.name,
                    written=constant.at, times=times, own=len(own),
                )  # fmt: skip


def _uncapped(scope: Scope, file: str) -> Iterator[Diagnostic]:
    """An amount of which the words say "tối đa" or "không quá", and the pack that it is so much."""
    model = scope.model
    if model.quote is None or not isinstance(model, p.AmountModel) or model.up_to == "true":
        return
    if isinstance(model.body, p.Lowest):  # of which each is a ceiling
        return
    notes = [said for note in scope.notes for said in numbers_in(note)]
    for said in numbers_in(model.quote):
        ways = {c.way for c in scope.own if _same(said, c)}
        read = any(_reads(note, said) for note in notes)
        ends = said.way == "to" and said.word not in ("đến", "tới", "trở xuống")
        if ends and ways == {""} and not read:
            yield problem(
                "ceiling-unquoted", mark(model.quote, file), name=scope.name,
                words=_with_word(said),
            )  # fmt: skip
            return


# ---- one against the other


def _same(said: Said, constant: Constant) -> bool:
    """Whether the words and the pack say the same quantity."""
    values = [said.value] + ([] if said.also is None else [said.also])
    if constant.counted:
        return not said.unit and said.value == constant.value
    if not said.unit or not constant.unit:
        times = constant.unit == "%" and constant.value == 100 * said.value  # "1,5 lần" is 150 %
        return constant.value in values or times
    if {said.unit, constant.unit} == {"month", "year"}:
        return said.value * _MONTHS[said.unit] == constant.value * _MONTHS[constant.unit]
    one, other = parse_unit(said.unit), parse_unit(constant.unit)
    one = next((unit for unit in _stacked(one) if unit.dimension == other.dimension), one)
    if one.dimension != other.dimension:
        heads = [parse_unit(unit.partition("/")[0]) for unit in (said.unit, constant.unit)]
        if ("/" in said.unit) is ("/" in constant.unit) or heads[0].dimension != heads[1].dimension:
            return False
        one, other = heads
    written = constant.value * Fraction(*other.factor)
    return any(value * Fraction(*one.factor) == written for value in values)


_MONTHS: Final = {"month": 1, "year": 12}


def _stacked(unit: Unit) -> Iterator[Unit]:
    """What "đồng/m3/ngày" may mean besides: so much for each m3 a day of capacity."""
    head, *downs = map(parse_unit, unit.id.split("/"))
    for at, down in enumerate(downs) if len(downs) > 1 else ():
        rest = reduce(multiply, downs[:at] + downs[at + 1 :])
        yield divide(multiply(head, rest), down)


_LEFT: Final = {"from": "to", "to": "from", "above": "below", "below": "above"}


def _way(said: Said, constant: Constant) -> str:
    """How the words compare what the constant is: of "giảm từ 30%" 70 % or less is left."""
    left = said.also == 100 - said.value == constant.value and not said.word.endswith("hơn")
    return _LEFT[said.way] if left else said.way


def _fits(said: Said, constant: Constant) -> bool:
    """Whether the comparison is the one that the words say, as far as they say one."""
    if not said.way:
        return True
    way = _way(said, constant)
    if constant.way in ("cap", "floor"):
        return _FITS[way][1] is (constant.way == "floor")
    if constant.way == "equals":
        return said.word == REACHED
    if constant.way not in _FITS:
        return True
    (above, more), (own_above, own_more) = _FITS[way], _FITS[constant.way]
    return above is own_above and (constant.turned or more is own_more)


def _rows(scope: Scope, pool: Sequence[Constant]) -> Iterator[Row]:
    if scope.model.quote is None:
        for constant in scope.own:
            if not constant.counted:
                yield Row(scope.name, None, constant, "unread", constant.at)
        return
    quote = scope.model.quote
    notes = [s for note in scope.notes if _is_of(note, quote) for s in numbers_in(note)]
    words = numbers_in(quote)
    told: set[int] = set()
    for said in words:
        alike = [c for c in [*scope.own, *scope.others, *pool] if _same(said, c)]
        fitting = [c for c in alike if _fits(said, c)]
        if fitting:
            same_unit = (c for c in fitting if c.unit == said.unit)  # 100 t is not 100 t/day
            yield Row(scope.name, said, next(same_unit, fitting[0]), "agrees", quote)
        elif alike:
            told |= {id(c.at) for c in alike[:1]}
            yield _compared_otherwise(scope, said, alike[0], notes)
        else:
            read = any(_reads(note, said) for note in notes)
            yield Row(scope.name, said, None, "note" if read else "quote", quote)
    for constant in scope.own:
        alike_words = [said for said in words if _same(said, constant)]
        if constant.counted or id(constant.at) in told:
            continue
        if not alike_words:
            yield Row(scope.name, None, constant, _unquoted(constant, notes), constant.at)
        elif not any(_fits(said, constant) for said in alike_words):
            yield _compared_otherwise(scope, alike_words[0], constant, notes)


_IN_QUOTES: Final = re.compile(r"“([^”]*\d[^”]*)”")


def _is_of(note: str, quote: str) -> bool:
    """Whether a note that repeats words with a number repeats some that the quote has."""
    repeated = _IN_QUOTES.findall(note)
    there = " ".join(quote.split()).casefold()
    return not repeated or any(" ".join(x.split()).casefold() in there for x in repeated)


def _reads(note: Said, said: Said) -> bool:
    """Whether a note has a number of the words, and does not compare it otherwise."""
    alike = note.value == said.value and note.unit == said.unit
    return alike and (note.way == said.way or not (note.way and said.way))


def _unquoted(constant: Constant, notes: Sequence[Said]) -> str:
    """What a constant that is not in the words is."""
    if constant.value == 0:
        return "zero"
    return "note" if any(_same(note, constant) for note in notes) else "pack"


def _compared_otherwise(scope: Scope, said: Said, constant: Constant, notes: Sequence[Said]) -> Row:
    """The words and the pack compare by different words, unless a note reads them so."""
    read = any(_same(n, constant) and n.way and _fits(n, constant) for n in notes)
    return Row(scope.name, said, constant, "note" if read else "comparison", constant.at)
