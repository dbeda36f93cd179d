"""The provisions of an answer: which stand by themselves, which share a line, which are set aside.

What settles the answer is shown with its figures; what cannot bear on it is folded into one line
(what was declared none, what is not needed any more), and what does not apply is left for a section
of its own. How one provision reads is the business of `leaf`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.explanation import remarks
from tieuchi.engine.explanation.leaf import leaf, met_leaf
from tieuchi.engine.explanation.telling import SETTLED, Telling, cite_under
from tieuchi.engine.outline import Item, Remark
from tieuchi.engine.truth import MET, NOT_APPLICABLE, NOT_MET, STATUSES, Status
from tieuchi.engine.wording import Told

MANY = 3  # from so many on, siblings of which nothing is stated share one line


class Shown(NamedTuple):
    """The items, and what the rest of the answer speaks of."""

    items: tuple[Item, ...]
    focus: list[Told]  # what is shown by itself, parents first
    set_aside: list[Told]  # what does not apply


def tree(t: Telling) -> Shown:
    """The provisions of the act as they are shown."""
    grown = _Tree(t)
    return Shown(grown.roots(), grown.focus, grown.set_aside)


class _Tree:
    """Grows the items of one explanation, and remembers what it has shown."""

    def __init__(self, t: Telling) -> None:
        self.t = t
        self.values = t.values
        self.set_aside: list[Told] = []
        self.focus: list[Told] = []

    def roots(self) -> tuple[Item, ...]:
        """What stands at the head."""
        roots, shown, values = self.t.wording.roots, list[Item](), self.values
        apply = [each for each in roots if each.node < 0 or values[each.node] != NOT_APPLICABLE]
        for told in roots:
            self._show(told, None, shown, alone=len(apply) == 1)
        if len(shown) == 1 and shown[0].items and not self.t.remarks:
            return (shown[0]._replace(symbol=False),)
        return tuple(shown)

    def _show(
        self, told: Told, parent: Told | None, out: list[Item], *, alone: bool = False
    ) -> None:
        """Adds what is shown of a provision: nothing where it does not apply, one line where it
        says nothing more, what is under it where that is one thing, else itself."""
        if told.node < 0 or not told.part.in_force:
            out.append(_without_status(self.t, told, parent))
            return
        truth, wanted = self.values[told.node], self.t.wanted(told)
        if truth == NOT_APPLICABLE and not wanted:
            self.set_aside.append(told)
            return
        self.focus.append(told)
        if not told.children:
            out.append(leaf(self.t, told, parent, truth))
            return
        plain = not wanted and (told.bare or truth in SETTLED)
        own = () if plain else remarks.own(self.t, told)
        cite = cite_under(told, parent)
        if not wanted:
            line = self._one_line(told, parent, truth, alone)
            if line is not None:
                if truth == NOT_MET:
                    self.focus.pop()  # nothing was stated of it, so nothing is to be read
                out.append(Item(told.id, STATUSES[truth], told.name, cite, line))
                return
            only = None if own else self._only(told)
            if only is not None:
                self._show(only, parent, out, alone=alone)
                return
        under, number = self._under(told)
        operator = self.t.wording.operator(told, number)
        out.append(Item(told.id, STATUSES[truth], told.name, cite, operator, (), own, under))

    def _one_line(self, told: Told, parent: Told | None, truth: int, alone: bool) -> str | None:
        """What one line says of a group that needs no more; None of one that does."""
        if truth == MET:
            settled = parent is not None and self.values[parent.provision.own] != MET
            return "" if settled else None
        return None if alone else _quiet(self.t, told, truth)

    def _only(self, told: Told) -> Told | None:
        """The one group under a provision that applies; the others are set aside."""
        only = None
        for child in told.children if told.has_groups else ():
            if child.node < 0 or self.values[child.node] != NOT_APPLICABLE:
                if only is not None:
                    return None
                only = child
        if only is None or not only.children or only.part is not told.part or told.beside:
            return None
        if told.provision.operator not in ("all", "any"):
            return None
        self.set_aside += [child for child in told.children if child is not only]
        return only

    def _under(self, told: Told) -> tuple[tuple[Item, ...], int]:
        """The children: in the law's order, or where one is enough, the nearest first; and how
        many of them apply."""
        t, values, one_does = self.t, self.values, told.one_does
        enough = one_does and values[told.provision.own] == MET
        silent = {} if enough else _silent(t, told)
        out: list[Item] = []
        needless: list[str] = []
        number, watched = told.beside, bool(t.remarks)
        for child in told.children:
            value = values[child.node] if child.node >= 0 else NOT_APPLICABLE
            if not child.part.in_force and child.node >= 0:
                value = MET | NOT_MET
            number += value != NOT_APPLICABLE
            if value == MET and child.plain and not watched:
                self.focus.append(child)
                out.append(met_leaf(t, child, told))
            elif (
                enough and value not in (MET, NOT_APPLICABLE) and not (watched and t.wanted(child))
            ):
                needless.append(child.brief)
            elif not silent or child.id not in silent:
                self._show(child, told, out)
        if one_does and not enough:
            out.sort(key=_nearness)
        if silent:
            out += _silent_lines(t, told, silent)
        if needless:
            text = say.NOT_NEEDED.of(t.lang, items=say.LISTED.join(needless))
            out.append(Item("", None, text, "", "", (), (), (), False))
        if told.beside:
            text = say.MORE_ITEMS.of(t.lang, count=numerals.count_text(told.beside, t.lang))
            out.append(Item("", None, text, symbol=False))
        return tuple(out), number


def _without_status(t: Telling, told: Told, parent: Told | None) -> Item:
    provision, lang = told.provision, t.lang
    below = t.remarks.get(told.id, ())
    is_over = provision.not_in_force or not told.part.in_force
    state = say.NOT_IN_FORCE_THEN if is_over else say.NOT_ENCODED
    if provision.not_encoded is not None:
        below = (Remark("not_encoded", provision.not_encoded.of(lang)), *below)
    cite = cite_under(told, parent)
    return Item(told.id, None, told.name, cite, state.of(lang), (), tuple(below))


def _nearness(item: Item) -> tuple[int, int]:
    """Items in the order of how much there is of what is asked, most first."""
    if item.status is Status.MET:
        return (0, 0)
    bar = item.figures[0].bar if item.figures else None
    return (1, -(bar.part * 1_000_000 // bar.whole)) if bar is not None else (1, 0)


# ---- of which nothing is stated


def _silent(t: Telling, told: Told) -> dict[str, str]:
    """The children that share a line with others of their kind: declared none, not stated."""
    if not t.declared and not t.unstated:
        return {}
    found: dict[str, list[str]] = {}
    for child in told.children:
        if not child.children and child.node >= 0 and child.part.in_force and not t.wanted(child):
            kind = t.silence(child)
            if kind:
                found.setdefault(kind, []).append(child.id)
    return {each: kind for kind, ids in found.items() if len(ids) >= MANY for each in ids}


def _silent_lines(t: Telling, told: Told, silent: Mapping[str, str]) -> Iterator[Item]:
    for kind, phrase, status in (
        ("declared", say.NONE_DECLARED, Status.NOT_MET),
        ("open", say.NONE_STATED, Status.UNDETERMINED),
    ):
        named = [_with_need(t, c) for c in told.children if silent.get(c.id) == kind]
        if named:
            yield Item("", status, phrase.of(t.lang, items=say.LISTED.join(named)))


def _with_need(t: Telling, told: Told) -> str:
    needs = [a.short for a in told.tests if a.short and a.node.kind != "truth"]
    if len(needs) != len(told.tests) or not needs:
        return told.name
    value = say.V_AND.of(t.lang).join(needs)
    return say.WITH_NEED.of(t.lang, name=told.name, value=value)


def _quiet(t: Telling, told: Told, truth: int) -> str | None:
    """What one line says of a group under which nothing is stated."""
    if not t.declared if truth == NOT_MET else not t.unstated:
        return None
    if told.provision.review >= 0 and t.values[told.provision.review] != NOT_MET:
        return None
    kinds = set(_silences(t, told))
    if kinds == {"declared"}:
        return say.ALL_DECLARED_NONE.of(t.lang)
    return say.ALL_NOT_STATED.of(t.lang) if kinds == {"open"} else None


def _silences(t: Telling, told: Told) -> Iterator[str]:
    for child in told.children:
        if child.node >= 0 and t.values[child.node] != NOT_APPLICABLE:
            if child.children:
                yield from _silences(t, child)
            else:
                yield t.silence(child)
