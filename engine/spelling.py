"""Values and conditions of a pack in plain words: "số trâu + số bò ≥ 50 con".

A `Speller` reads the models of `pack`, so that every dated value is there, not that of one day. It
knows names and their words, units and phrases, and counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tieuchi.engine import numerals
from tieuchi.engine import pack as p
from tieuchi.engine import phrases as say
from tieuchi.engine.compile.constants import is_constant
from tieuchi.engine.pack import Pack
from tieuchi.engine.quantity import (
    QuantityError,
    decimal_text,
    parse_unit,
    people_text,
    read_number,
    unit_label,
)
from tieuchi.engine.source import Text

NO_LABELS: Mapping[str, p.Bilingual] = {}
COMPARED = ("at_least", "more_than", "at_most", "less_than", "equals")


class Speller:
    """Spells what a pack writes, in one language; names of other packs are found in `packs`."""

    def __init__(self, pack: Pack, packs: Mapping[str, Pack], lang: str) -> None:
        self.pack = pack
        self.packs = packs
        self.lang = lang
        model = pack.model
        named: list[Mapping[Text, Any]] = [model.facts, model.define, model.amounts]
        named += [fact.fields for fact in model.facts.values() if fact.fields is not None]
        self.named = {str(name): each for models in named for name, each in models.items()}
        self.provisions = dict(_provisions(model.provisions))

    # ---- names

    def name(self, name: str) -> str:
        """What a name is called in words."""
        if name == "as_of":
            return say.V_TODAY.of(self.lang)
        home, _, rest = name.partition("/")
        if rest and home in self.packs:
            other = Speller(self.packs[home], self.packs, self.lang)
            cite = self.words(self.packs[home].model.cite)
            return say.V_NAME_OF.of(self.lang, name=other.name(rest), act=cite)
        if name in self.pack.model.use:
            return self.name(self.pack.model.use[Text(name)])
        if name in self.provisions:
            model, cite = self.provisions[name]
            cited = self.words(cite) if cite is not None else name
            called = self._called(model)
            text = f"{cited} ({called})" if called else cited
            return say.C_PROVISION.of(self.lang, cite=text)
        return self._called(self.named.get(name)) or name

    def _called(self, model: Any) -> str:
        text = getattr(model, self.lang, None)
        return str(text) if text is not None else ""

    def words(self, model: Any) -> str:
        """A text that stands in both languages."""
        return str(getattr(model, self.lang))

    def labels(self, name: Any) -> Mapping[str, Any]:
        """The labels of the class that a name stands for."""
        text = str(name)
        home, _, rest = text.partition("/")
        if rest and home in self.packs:
            return Speller(self.packs[home], self.packs, self.lang).labels(rest)
        if text in self.pack.model.use:
            return self.labels(self.pack.model.use[Text(text)])
        return getattr(self.named.get(text), "labels", None) or {}

    def label(self, label: str, labels: Mapping[str, Any]) -> str:
        """A label in words."""
        return self.words(labels[label]) if label in labels else label

    # ---- values

    def constant(self, text: str, labels: Mapping[str, p.Bilingual] = NO_LABELS) -> str:
        """A number with its unit, or a day, as people write it; `labels` are those of units."""
        try:
            return date.fromisoformat(text).strftime("%d/%m/%Y")
        except ValueError:
            pass
        end = next((i for i, char in enumerate(text) if char.isalpha() or char in "%₫"), len(text))
        try:
            number = decimal_text(1, *read_number(text[:end], pack=True))
            shown = people_text(number, self.lang)
            if end == len(text):
                return shown
            id_ = parse_unit(text[end:]).id
            one = number == "1"
            unit = unit_label(id_, self.lang, one=one)
            if id_ in labels and not (one and self.lang == "en"):
                unit = self.words(labels[id_])
        except QuantityError:
            return text
        return numerals.with_unit(shown, numerals.held(unit))

    def value(self, model: Any, labels: Mapping[str, Any] | None = None) -> str:
        """A value in words; `labels` are those of the class that it gives."""
        if isinstance(model, Text):
            if labels and model in labels:
                return self.label(model, labels)
            if model == "unknown":
                return say.V_UNKNOWN.of(self.lang)
            return self.constant(model) if is_constant(model) else self.name(model)
        if isinstance(model, p.Dated):
            days = (
                say.V_DATED.of(
                    self.lang, value=self.value(value, labels), day=self.constant(str(day))
                )
                for day, value in model.root.items()
            )
            return say.LISTED.join(days)
        return self._bounded(model, self._bare(model, labels))

    def _bare(self, model: Any, labels: Mapping[str, Any] | None) -> str:
        lang = self.lang
        if isinstance(model, p.Same):
            return self.value(model.of)
        if isinstance(model, p.Sum):
            return self._sum(model.sum)
        if isinstance(model, p.Weighted):
            return self._weighted(model)
        if isinstance(model, p.Less):
            first, second = map(self.value, model.less)
            return say.V_LESS.of(lang, first=first, second=second)
        if isinstance(model, p.Times):
            first, second = map(self.value, model.times)
            return say.V_TIMES.of(lang, first=first, second=second)
        if isinstance(model, p.Share):
            return say.V_SHARE.of(lang, share=self.value(model.share), of=self.value(model.of))
        if isinstance(model, p.Ratio):
            of, per = self.value(model.ratio.of), self.value(model.ratio.per)
            return say.V_RATIO.of(lang, of=of, per=per)
        if isinstance(model, p.Highest | p.Lowest):
            highest = isinstance(model, p.Highest)
            terms = model.highest if isinstance(model, p.Highest) else model.lowest
            phrase = say.V_HIGHEST if highest else say.V_LOWEST
            return phrase.of(lang, terms=say.LISTED.join(map(self.value, terms)))
        if isinstance(model, p.Divide):
            return say.V_DIVIDE.of(lang, value=self.value(model.divide), by=self.constant(model.by))
        return self._chosen(model, labels or {})

    def _chosen(self, model: Any, labels: Mapping[str, Any]) -> str:
        lang = self.lang
        if isinstance(model, p.Count):
            listed = self.name(model.count)
            if model.where is None:
                return say.V_COUNT.of(lang, list=listed)
            return say.V_COUNT_WHERE.of(lang, list=listed, where=self.condition(model.where))
        if isinstance(model, p.Table):
            return self._table(model.table, labels)
        if isinstance(model, p.First):
            return self._first(model, labels)
        for unit, phrase in (
            ("years", say.V_YEARS),
            ("months", say.V_MONTHS),
            ("days", say.V_DAYS),
        ):
            span = getattr(model, unit, None)
            if span is not None:
                start, end = self.value(span.from_), self.value(span.to)
                return phrase.of(lang, start=start, end=end)
        return ""

    def _sum(self, terms: Any) -> str:
        if isinstance(terms, p.Each):
            each, listed = self.value(terms.each), self.name(terms.of)
            each = each if isinstance(terms.each, Text) else f"({each})"
            return say.V_EACH.of(self.lang, each=each, list=listed)
        return " + ".join(map(self.value, terms))

    def _weighted(self, model: p.Weighted) -> str:
        unknown = say.V_UNKNOWN_WEIGHT.of(self.lang)
        terms = (
            say.V_WEIGHT.of(
                self.lang,
                coefficient=unknown if weight == "unknown" else self.value(weight),
                fact=self.name(fact),
            )
            for fact, weight in model.weighted.items()
        )
        return say.V_SUM.of(self.lang, terms=say.LISTED.join(terms))

    def _bounded(self, model: Any, text: str) -> str:
        lang = self.lang
        if model.floor is not None:
            text = say.V_FLOOR.of(lang, value=text, bound=self.value(model.floor))
        if model.cap is not None:
            text = say.V_CAP.of(lang, value=text, bound=self.value(model.cap))
        if model.round is not None:
            to = self.constant(model.round.to)
            text = say.V_ROUND[model.round.way].of(lang, value=text, to=to)
        return text

    def _table(self, model: p.TableModel, labels: Mapping[str, Any]) -> str:
        keys = model.by if isinstance(model.by, list) else [model.by]
        cells = self._cells(model.body, [self.labels(key) for key in keys], labels)
        named = say.V_AND.of(self.lang).join(map(self.name, keys))
        return say.V_TABLE.of(self.lang, keys=named, cells=cells)

    def _cells(
        self, cells: Any, keys: Sequence[Mapping[str, Any]], labels: Mapping[str, Any]
    ) -> str:
        texts = []
        for label, cell in cells.root.items():
            inner = isinstance(cell, p.Cells)
            value = self._cells(cell, keys[1:], labels) if inner else self.value(cell, labels)
            value = f"({value})" if inner else value
            texts.append(say.V_CELL.of(self.lang, label=self.label(label, keys[0]), value=value))
        return say.LISTED.join(texts)

    def _first(self, model: p.First, labels: Mapping[str, Any]) -> str:
        texts = []
        for branch in model.first:
            if branch.else_ is not None:
                then = self._then(branch.else_, labels)
                texts.append(say.V_ELSE.of(self.lang, then=then))
                continue
            if branch.when is not None:
                when = self.condition(branch.when)
            else:
                when = self._compared(model.of, branch)
            then = self._then(branch.then, labels)
            texts.append(say.V_BRANCH.of(self.lang, when=when, then=then))
        return say.V_FIRST.of(self.lang, branches=say.LISTED.join(texts))

    def _then(self, model: Any, labels: Mapping[str, Any]) -> str:
        """What follows on a line; lines of its own are held together."""
        text = self.value(model, labels)
        return f"({text})" if isinstance(model, p.First) else text

    # ---- conditions

    def condition(self, model: Any) -> str:
        """A condition in words."""
        lang = self.lang
        if isinstance(model, Text):
            asks = model in self.named
            return say.C_HOLDS.of(lang, name=self.name(model)) if asks else self.name(model)
        if isinstance(model, p.Required):
            return self.require(model.require)
        if isinstance(model, p.Not):
            if isinstance(model.not_, Text) and model.not_ in self.named:
                return say.C_FAILS.of(lang, name=self.name(model.not_))
            return say.C_NOT.of(lang, text=self.condition(model.not_))
        if isinstance(model, p.Activity):
            activity = self.pack.model.activities.get(model.activity)
            named = self.words(activity) if activity is not None else str(model.activity)
            return say.C_ACTIVITY.of(lang, activity=named)
        children: Any = getattr(model, "all", None) or getattr(model, "any", None)
        if isinstance(model, p.AtLeast):
            parts = self._parts(model.of)
            return say.C_AT_LEAST.of(lang, count=str(model.at_least), parts=parts)
        phrase = say.C_ALL if isinstance(model, p.All) else say.C_ANY
        if len(children) == 1:
            return self._parts(children)
        return phrase.of(lang, parts=self._parts(children))

    def _parts(self, children: Any) -> str:
        if isinstance(children, Mapping):
            return say.LISTED.join(self.name(name) for name in children)
        return say.LISTED.join(map(self.condition, children))

    def require(self, model: p.Require) -> str:
        """A comparison in words."""
        if model.is_ is not None:
            phrase = say.C_HOLDS if model.is_ == "true" else say.C_FAILS
            return phrase.of(self.lang, name=self.value(model.body))
        return self._compared(model.body, model)

    def _compared(self, value: Any, model: Any) -> str:
        """What is compared with what, of a `require` or a line of `first`."""
        lang = self.lang
        body = value.of if isinstance(value, p.Same) else value
        labels = self.labels(body) if isinstance(body, Text) else {}
        shown = self.value(value) if value is not None else ""
        if model.in_ is not None or (labels and model.equals is not None):
            named = model.in_ if model.in_ is not None else [model.equals]
            texts = [self.label(str(label), labels) for label in named]
            return say.C_AMONG.of(lang, value=shown, labels=numerals.choice_text(texts, lang))
        parts, units = [], dict(self._units(value))
        for comparison in COMPARED:
            bound = getattr(model, comparison)
            if bound is not None:
                sign = say.SIGNS[comparison]
                constant = isinstance(bound, Text) and is_constant(bound)
                asked = self.constant(bound, units) if constant else self.value(bound)
                parts.append(f"{sign}{say.HELD}{asked}")
        return f"{shown} {say.V_AND.of(lang).join(parts)}".strip()

    def _units(self, value: Any) -> Iterator[tuple[str, p.Bilingual]]:
        """The units in which people see what is measured, where its facts call them alike."""
        facts = list(self._measured(value))
        for unit in {fact.unit for fact in facts if fact.unit is not None}:
            labels = [fact.label for fact in facts if fact.unit == unit and fact.label is not None]
            if labels and all(self.words(label) == self.words(labels[0]) for label in labels):
                yield parse_unit(unit).id, labels[0]

    def _measured(self, value: Any) -> Iterator[p.FactModel]:
        """The facts that a value is, or is the sum or difference of."""
        if isinstance(value, Text):
            model = self.named.get(str(value))
            if isinstance(model, p.FactModel):
                yield model
            elif isinstance(model, p.DefinitionModel):
                yield from self._measured(model.body)
        for key in ("of", "sum", "less"):
            under = getattr(value, key, None)
            for each in under if isinstance(under, list) else [under]:
                if each is not None and not isinstance(each, p.Each):
                    yield from self._measured(each)


def _provisions(models: Mapping[Any, Any], cite: Any = None) -> Any:
    """Every provision of a pack with its citation, its parent's where it has none."""
    for name, model in models.items():
        cited = model.cite if model.cite is not None else cite
        yield str(name), (model, cited)
        body = model.body
        for key in ("all", "any", "of"):
            children = getattr(body, key, None)
            if isinstance(children, Mapping):
                yield from _provisions(children, cited)
