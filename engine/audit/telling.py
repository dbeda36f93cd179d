"""What is shown of an audit: `explain_audit(audit, decision, case, lang=…) -> Explanation`.

The explanation of the decision, with the progress of every target and the report's own label under
it and the forecasts of what is outstanding; after the targets the roll-ups and the printed figures,
recomputed. The words are those of `phrases`; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tieuchi.engine import numerals
from tieuchi.engine import phrases as say
from tieuchi.engine.audit import Agreement, Audit, Entry, Reason, RolledUp
from tieuchi.engine.audit.claims import Bases, Checked, Verdict
from tieuchi.engine.audit.progress import WORSE, Judgement, Progress, operands
from tieuchi.engine.case import Case, Notice
from tieuchi.engine.decision import Decision
from tieuchi.engine.explanation import Explanation, Remark, Section, explain
from tieuchi.engine.figure import Figure
from tieuchi.engine.quantity import unit_label
from tieuchi.engine.truth import MET, NOT_APPLICABLE, Status

DOT = " · "
ROLES = {
    Agreement.AGREES: "agrees",
    Agreement.DISAGREES: "disagrees",
    Agreement.CANNOT_COMPARE: "cannot_compare",
    None: "label",
    Verdict.EXACT: "agrees",
    Verdict.ROUNDING: "warning",
    Verdict.TRUNCATED: "warning",
    Verdict.WRONG: "disagrees",
}


def explain_audit(
    audit: Audit,
    decision: Decision,
    case: Case,
    *,
    lang: str = "vi",
    notices: Sequence[Notice] = (),
    sections: Sequence[Section] = (),
) -> Explanation:
    """What is shown of an audit; `sections` stand after those of the audit."""
    return _Teller(audit, decision, lang).told(case, notices, sections)


class _Teller:
    """Tells one audit in one language."""

    def __init__(self, audit: Audit, decision: Decision, lang: str) -> None:
        self.audit = audit
        self.decision = decision
        self.lang = lang
        self.facts = {fact.id: fact.words.of(lang) for fact in decision.graph.facts}
        self.remarks: dict[str, list[Remark]] = {}

    def told(
        self, case: Case, notices: Sequence[Notice], sections: Sequence[Section]
    ) -> Explanation:
        """The explanation."""
        for target in self.audit.targets:
            self._target(target)
        shown = explain(
            self.decision,
            case,
            lang=self.lang,
            notices=notices,
            remarks=self.remarks,
            sections=(*self._sections(), *sections),
        )
        if shown.headline is None or not self.decision.graph.main.in_force:
            return shown
        more = (*shown.headline.more, *self._counts())
        return shown._replace(headline=shown.headline._replace(more=more))

    # ---- the whole in two lines

    def _counts(self) -> Iterator[str]:
        """How many labels agree, and how many targets stand how."""
        lang, counts = self.lang, []
        for agreement in Agreement:
            found = self.audit.labelled(agreement)
            if found:
                table = say.COUNT_ONE if len(found) == 1 else say.COUNT_MANY
                items = ", ".join(entry.provision.id for entry in found)
                count = numerals.count_text(len(found), lang)
                counts.append(table[agreement].of(lang, count=count, items=items))
        if counts:
            yield say.LABELS.of(lang, counts=", ".join(counts))
        stand = [entry.progress for entry in self.audit.targets]
        counts = [
            say.STANDING_COUNT.of(
                lang,
                count=numerals.count_text(stand.count(progress), lang),
                progress=say.PROGRESS[progress].of(lang),
            )
            for progress in WORSE
            if progress in stand
        ]
        if counts:
            yield say.STANDING.of(lang, counts=", ".join(counts))

    # ---- targets

    def _target(self, entry: Entry) -> None:
        """The remarks on a target and on what is under it."""
        judgement = entry.judgement
        if judgement.progress is not None:
            self._add(entry, "progress", self._stands(entry, judgement.progress))
        self._label(entry)
        parts = judgement.outstanding.below if judgement.outstanding is not None else ()
        if judgement.forecast is None or any(part.forecast is not None for part in parts):
            self._below(entry)

    def _below(self, entry: Entry) -> None:
        """The forecasts of what a provision is waiting for, as far down as one is made."""
        for child in entry.entries:
            self._label(child)
            waiting = child.judgement.outstanding
            if waiting is None:
                continue
            if waiting.forecast is not None:
                self._add(child, "forecast", self._expected(child.judgement, waiting.forecast))
            elif len(entry.entries) == 1 or any(e.judgement.forecast for e in child.walk()):
                self._below(child)
            elif entry.provision.operator == "all":
                phrase = say.NOT_YET if child.status is Status.NOT_MET else say.NOT_ASSESSED
                text = self._lacking(phrase.of(self.lang), child.judgement)
                self._add(child, "no_forecast", text)

    def _add(self, entry: Entry, role: str, text: str) -> None:
        remark = Remark(role, text)
        found = self.remarks.setdefault(entry.id, [])
        if remark not in found:
            found.append(remark)

    def _expected(self, judgement: Judgement, day: int) -> str:
        deadline = judgement.deadline
        phrase = say.EXPECTED_LATE if deadline and day > deadline else say.EXPECTED
        return phrase.of(self.lang, day=numerals.day_text(day), deadline=_day(deadline))

    def _stands(self, entry: Entry, progress: Progress) -> str:
        """How a target stands, and by what."""
        evidence = self._evidence(entry, progress)
        phrase = say.STANDS_BY if evidence else say.STANDS
        shown = say.PROGRESS[progress].of(self.lang)
        return phrase.of(self.lang, progress=shown, evidence=evidence)

    def _evidence(self, entry: Entry, progress: Progress) -> str:
        lang, judgement = self.lang, entry.judgement
        waiting, deadline = judgement.outstanding, _day(judgement.deadline)
        if progress is Progress.EXCEEDED:
            share = judgement.share
            return say.OF_TARGET.of(lang, share=self._share(share.least)) if share else ""
        if progress is Progress.MISSED:
            return say.DUE.of(lang, deadline=deadline)
        if progress is Progress.MET or waiting is None:
            return ""
        day = None if waiting.forecast is None else numerals.day_text(waiting.forecast)
        if progress is Progress.ON_TRACK:
            if day is None or waiting.late:
                return self._pace(judgement)
            phrase = say.FORECAST_IN_TIME if deadline else say.FORECAST
            return phrase.of(lang, day=day, deadline=deadline)
        if progress is Progress.UNDETERMINED and self._is_over(judgement):
            return say.DUE_OPEN.of(lang, deadline=deadline)
        if waiting.late:
            phrase = say.PARTS_LATE if day is None else say.FORECAST_LATE
            return phrase.of(lang, day=day or "", deadline=deadline)
        if judgement.cumulative:
            return self._pace(judgement)
        if entry.entries:
            return self._parts(entry)
        open_ = progress is Progress.UNDETERMINED
        text = (say.NOTHING_TO_JUDGE_BY if open_ else say.NOT_MET_NO_FORECAST).of(lang)
        return self._lacking(text, judgement)

    def _lacking(self, text: str, judgement: Judgement) -> str:
        """What says that nothing is forecast, with the day of a forecast that is over."""
        if judgement.passed is None:
            return text
        day = numerals.day_text(judgement.passed)
        return say.FORECAST_OVER.of(self.lang, text=text, day=day)

    def _is_over(self, judgement: Judgement) -> bool:
        return 0 < judgement.deadline < self.decision.graph.as_of

    def _pace(self, judgement: Judgement) -> str:
        """How much of the target there is when so much of the period is over."""
        share, pace = judgement.share, judgement.pace
        if share is None or pace is None:
            return ""
        least, most = self._share(share.least), self._share(share.most)
        if share.least == share.most:
            text = least
        elif judgement.progress is Progress.BEHIND:
            text = say.NOT_MORE.of(self.lang, value=most)
        else:
            text = say.NOT_LESS.of(self.lang, value=least)
        return say.AT_PACE.of(
            self.lang,
            share=text,
            elapsed=str(pace.elapsed),
            days=str(pace.days),
            time=numerals.share_text(pace.elapsed, pace.days, self.lang),
        )

    def _share(self, share: Fraction | None) -> str:
        return "" if share is None else numerals.share_text(*share.as_integer_ratio(), self.lang)

    def _parts(self, entry: Entry) -> str:
        """How many parts of a composite are met, and which are without forecast."""
        conditions = self._conditions(entry)
        while len(conditions) == len(entry.entries) == 1 and entry.entries[0].entries:
            entry = entry.entries[0]
            conditions = self._conditions(entry)
        met, asked = conditions.count(MET), len(conditions) - conditions.count(NOT_APPLICABLE)
        texts = [say.MET_OF.of(self.lang, met=str(met), count=str(asked))]
        lacking = [
            self._lacking(self._name(each, entry), each.judgement)
            for each in entry.entries
            if each.judgement.outstanding is not None and each.judgement.forecast is None
        ]
        if lacking:
            texts.append(say.WITHOUT_FORECAST.of(self.lang, items=", ".join(lacking)))
        return "; ".join(texts)

    def _conditions(self, entry: Entry) -> list[int]:
        """The outcomes of all that a composite joins, of conditions without a name too."""
        node = self.decision.graph.nodes[entry.provision.own]
        return [self.decision.values[part] for part in operands(node)]

    def _name(self, entry: Entry, parent: Entry) -> str:
        """A part by its citation, or by its name where it has none of its own."""
        provision = entry.provision
        if provision.cite != parent.provision.cite or provision.words is None:
            return provision.cite.of(self.lang)
        return provision.words.of(self.lang)

    # ---- the report's label

    def _label(self, entry: Entry) -> None:
        """The report's own label of a provision beside what it comes to."""
        if entry.reported is None:
            return
        where, label = str(entry.reported.where), str(entry.reported.label)
        phrase = say.REPORT_SAYS_AT if where else say.REPORT_SAYS
        text = phrase.of(self.lang, where=where, label=label)
        result = self._compared(entry)
        self._add(entry, ROLES[entry.agreement], DOT.join(filter(None, (text, result))))

    def _compared(self, entry: Entry) -> str:
        compared = entry.compared
        if compared.agreement is None:
            return ""
        if compared.agreement is Agreement.AGREES:
            return say.AGREEMENT[compared.agreement].of(self.lang)
        if compared.reason is Reason.OTHERWISE and entry.progress is not None:
            meant = (say.PROGRESS[each].of(self.lang) for each in compared.meant)
            progress = say.PROGRESS[entry.progress].of(self.lang)
            return say.LABEL_MEANS.of(
                self.lang, meant=say.OR.of(self.lang).join(meant), progress=progress
            )
        reason = say.LABEL_UNKNOWN.of(self.lang)
        if compared.reason is Reason.UNDETERMINED:
            missing = entry.view.missing
            names = ", ".join(self.facts[name] for name in missing)
            phrase = say.LACKING if missing else say.PROGRESS_OPEN
            reason = phrase.of(self.lang, facts=names)
        return say.NO_COMPARISON.of(self.lang, reason=reason)

    # ---- sections

    def _sections(self) -> Iterator[Section]:
        rolled = tuple([self._rolled_up(each) for each in self.audit.rollups])
        if rolled:
            yield Section("rollups", say.T_ROLLUPS.of(self.lang), rolled)
        checked = tuple([self._claim(each) for each in self.audit.claims])
        if checked:
            yield Section("claims", say.T_CLAIMS.of(self.lang), checked)

    def _rolled_up(self, of: RolledUp) -> Remark:
        """What several provisions come to, beside the label that the report gave them."""
        lang, rollup = self.lang, of.rollup
        name = rollup.name.of(lang) if rollup.name else ", ".join(of.of)
        if rollup.where:
            name = say.AT.of(lang, name=name, where=str(rollup.where))
        texts = [name]
        if of.computed is not None:
            phrase = say.ROLLED_UP_BY if len(of.of) > 1 else say.ROLLED_UP
            progress = say.PROGRESS[of.computed].of(lang)
            texts = [phrase.of(lang, name=name, progress=progress, items=", ".join(of.worst))]
        texts.append(say.REPORT_LABEL.of(lang, label=str(rollup.label)))
        if of.compared.agreement is not None:
            texts.append(say.AGREEMENT[of.compared.agreement].of(lang))
        return Remark(ROLES[of.compared.agreement], DOT.join(texts))

    def _claim(self, of: Checked) -> Remark:
        """A printed figure, what it is said to be made of, and what comes of that."""
        lang, claim = self.lang, of.claim
        verdict = say.VERDICT[of.verdict].of(lang)
        if claim.figure is None or of.computed is None:
            pairs = zip(claim.parts, claim.percents, strict=True)
            parts = ", ".join(
                say.SHARE_OF.of(lang, part=self._written(part), share=self._written(share))
                for part, share in pairs
            )
            text = say.CLAIM_OF_PARTS.of(lang, printed=_held(claim.printed), parts=parts)
            fits = say.NO_BASE.of(lang)
            if of.bases is not None:
                fits = say.BASE_FITS.of(lang, bases=self._bases(of.bases))
            texts = [text, verdict, fits]
        else:
            written = [self._written(part) for part in claim.parts]
            value = self._number(of.computed, claim.figure.places + 2, of.unit)
            text = say.CLAIM.of(
                lang,
                printed=_held(claim.printed),
                parts={"sum_of": " + ", "product": " × "}.get(claim.kind, " ÷ ").join(written),
                value=value,
            )
            if of.verdict is Verdict.EXACT and of.computed != Fraction(*claim.figure.value):
                verdict = say.RIGHT_ROUNDED.of(lang)
            texts = [text, verdict]
            if of.bases is not None:
                bases, printed = self._bases(of.bases), _held(claim.printed)
                texts.append(say.BASE_WOULD_FIT.of(lang, bases=bases, printed=printed))
        whole = DOT.join(texts)
        if claim.where:
            whole = say.CLAIM_AT.of(lang, where=str(claim.where), text=whole)
        return Remark(ROLES[of.verdict], whole)

    def _written(self, figure: Figure) -> str:
        """A part as it was written; in English as English writes it, beside what comes of it."""
        if self.lang == "vi":
            return _held(figure.written)
        return self._number(Fraction(*figure.value), figure.places, figure.unit)

    def _bases(self, bases: Bases) -> str:
        """Between what a base lies: in whole steps of its unit, where it can be in any."""
        (least, most), places = bases.within(), 2
        if most is None:
            return say.FROM.of(self.lang, value=self._number(least, places, bases.unit))
        if least > most:
            least, most, places = bases.above, bases.most or most, 4
        if least == most:
            return self._number(least, places, bases.unit)
        ends = self._number(least, places, ""), self._number(most, places, bases.unit)
        return say.BETWEEN.of(self.lang, least=ends[0], most=ends[1])

    def _number(self, value: Fraction, places: int, unit: str) -> str:
        """A number with its unit, cut off after so many digits where there are more."""
        cut, more = divmod(abs(value.numerator) * 10**places, value.denominator)
        number = numerals.number_text(cut if value >= 0 else -cut, 1, 10**places, self.lang)
        label = unit_label(unit, self.lang, one=value == 1) if unit else ""
        return numerals.with_unit(number + ("…" if more else ""), _held(label))


def _held(text: str) -> str:
    """A text that stays on one line."""
    return text.replace(" ", say.HELD)


def _day(ordinal: int) -> str:
    return numerals.day_text(ordinal) if ordinal else ""
