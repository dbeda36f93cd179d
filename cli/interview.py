"""How `ask` talks: a question, a line typed, and so on until the answer is fixed.

It reads lines and writes prompts; what to ask, how it is worded and what an answer means is the
engine's business.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from shlex import join
from textwrap import wrap
from typing import NamedTuple, TextIO
from unicodedata import normalize

from tieuchi.cli.answers import Arguments, as_text, asked, exit_code, recorded
from tieuchi.cli.command import refuse
from tieuchi.cli.render import WIDTH, width
from tieuchi.cli.streams import emit, prompt
from tieuchi.engine.answer import KINDS, Answer, Disagreement, answer, decided
from tieuchi.engine.cache import graph_for
from tieuchi.engine.case import Case
from tieuchi.engine.case_file import read_case
from tieuchi.engine.contradiction import contradicted
from tieuchi.engine.decision import CaseError, Given
from tieuchi.engine.diagnostic import Lang, Mark, message
from tieuchi.engine.given import read_given
from tieuchi.engine.graph import Fact
from tieuchi.engine.interview import Interview, Question
from tieuchi.engine.interview import phrases as words
from tieuchi.engine.interview.asking import Asker
from tieuchi.engine.interview.live import Live
from tieuchi.engine.interview.reply import Refused, Replies
from tieuchi.engine.interview.sheet import sheet
from tieuchi.engine.kernel import Members, Value
from tieuchi.engine.quantity import DecimalMark
from tieuchi.engine.reading import yes_no
from tieuchi.engine.source import Map, Text, read, read_file
from tieuchi.engine.statement import is_unknown, open_value

WIDEST = 100
Reader = Callable[[str], Value]


class Line(NamedTuple):
    """The command line of `ask`."""

    pack: str | None
    as_of: int | None
    activities: tuple[str, ...]
    decimal: DecimalMark | None
    trees: tuple[Path, ...]
    resume: str | None


class _Stop(Exception):
    """The interview ends here: `q`, or nothing more to read."""

    def __init__(self, *, ended: bool) -> None:
        super().__init__()
        self.ended = ended


class _Back(Exception):
    """One question back."""


class _Unknown(Exception):
    """It is not known."""


def hold(line: Line, lang: Lang) -> int:
    """Hold an interview, show what it came to, and return the exit code of that."""
    document = _document(line.resume) if line.resume is not None else None
    case = _begun(line, document)
    pack = line.pack or case.packs[0]
    today = datetime.now().astimezone().date().toordinal()
    graph = graph_for(pack, today if case.as_of is None else case.as_of, *line.trees)
    given, _ = read_given(graph, case)
    decided(graph, given, case)  # what was stated may not be possible
    known = {fact.id for fact in graph.facts}
    unknown = {str(name) for name, node in case.facts.items() if name in known and _open(node)}
    taken = frozenset((*map(str, case.facts), *given)) & known
    interview = Interview(graph, Given(given), unknown)
    talk = _Talk(line, lang, pack, interview, document, taken)
    try:
        return talk.hold(today)
    except Disagreement as found:
        raise recorded(found) from None
    except KeyboardInterrupt:
        prompt("\n", talk.out)
        raise


def _document(file: str) -> Map:
    """The one case of a file."""
    if file == "-":
        refuse("`--resume -`: đầu vào chuẩn là để trả lời", "`--resume -`: stdin is for answers")
    documents = read_file(file)
    if len(documents) != 1:
        refuse(
            f"`--resume {file}`: tệp phải có đúng một hồ sơ, ở đây có {len(documents)}",
            f"`--resume {file}`: there must be one case in the file, not {len(documents)}",
        )
    return documents[0]


def _begun(line: Line, document: Map | None) -> Case:
    """The case as it is before the first question."""
    if document is None:
        stated = asked(
            Arguments(
                cases=(), packs=(), as_of=None, facts=(), activities=line.activities,
                complete=False, places=(), decimal=None, trees=(), form="text", trace=False,
            )
        )  # fmt: skip
    else:
        stated = read_case(document, str(line.resume))
        if line.pack is None and len(stated.packs) != 1:
            refuse(
                f"`{line.resume}` không nêu đúng một gói luật; nêu PACK",
                f"`{line.resume}` does not name exactly one pack; name PACK",
            )
    return stated._replace(
        packs=stated.packs if line.pack is None else (Text(line.pack),),
        as_of=stated.as_of if line.as_of is None else line.as_of,
        decimal=stated.decimal or line.decimal,
    )


def _open(node: object) -> bool:
    """Whether a fact is stated to be unknown."""
    return is_unknown(node.get("value", "") if isinstance(node, Map) else node)


class _Talk:
    """One interview on one terminal, or from one pipe."""

    def __init__(
        self,
        line: Line,
        lang: Lang,
        pack: str,
        interview: Interview,
        document: Map | None,
        taken: frozenset[str],
    ) -> None:
        self.line, self.lang, self.pack = line, lang, pack
        self.interview, self.document, self.taken = interview, document, taken
        self.asker = Asker(interview.graph, lang)
        self.replies = Replies(interview.graph, lang, self._decimal())
        on_terminal = sys.stdout is not None and sys.stdout.isatty()
        self.out: TextIO | None = sys.stdout if on_terminal else sys.stderr
        self.last: Value = None  # what was typed last, of a fact
        self.echoes = sys.stdin is None or not sys.stdin.isatty()

    def _decimal(self) -> DecimalMark | None:
        stated = None if self.document is None else self.document.get("decimal")
        return stated if stated in ("comma", "point") else self.line.decimal

    # ---- from the first question to the last

    def hold(self, today: int) -> int:
        """Ask until the answer is fixed; show it; offer to save."""
        self.tell(*self.asker.opening(self.interview))
        with closing(Live(self.interview, self.case)) as live:
            try:
                self._ask_all(live)
            except _Stop as stop:
                self.tell("", words.STOPPED.of(self.lang))
                if not stop.ended and self.interview.asked:
                    self._offer(partial=True)
                return exit_code(self._decided(today))
        answers = self._decided(today)
        self.tell(*self.asker.closing(self.interview), "")
        emit("\n\n".join(as_text("check", each, self.lang, False) for each in answers))
        if self.interview.asked:
            self._offer(partial=self.interview.decision.truth not in (1, 2, 4, None))
        return exit_code(answers)

    def _ask_all(self, live: Live) -> None:
        told, implied = False, self.interview.implied
        while (question := self.interview.question) is not None:
            if question.settles and not told:
                self.tell("", words.SETTLES.of(self.lang))
            told = question.settles
            self._show(question)
            self._answer(live, question)
            now = self.interview.implied
            self.tell(*self.asker.implied(self.interview, [n for n in now if n not in implied]))
            implied = now

    def _show(self, question: Question) -> None:
        number = len(self.interview.asked) + 1
        self.tell("", f"{number}. {self.asker.text(question)}", hang=len(f"{number}. "))
        for choice in self.asker.choices(question):
            self.tell(choice, indent=3, hang=3)
        self.tell(self.asker.hint(question), indent=3)

    def _answer(self, live: Live, question: Question) -> None:
        """Take lines until one is an answer that is taken, or leads back."""
        while True:
            try:
                live.answer(self._value(question))
            except _Unknown:
                live.skip()
            except _Back:
                if not live.back():
                    self.tell(words.FIRST.of(self.lang))
                    continue
            except CaseError as error:
                self.tell(self._refused(question, error))
                continue
            return

    def _refused(self, question: Question, error: CaseError) -> str:
        """Why an answer cannot be true beside the others."""
        given = Given(self.interview.given)
        if question.fact is not None:
            given[question.name] = self.last
        fault = contradicted(self.interview.graph, given, error, lambda _: Mark(""))
        return message(fault, self.lang)

    # ---- one answer

    def _value(self, question: Question) -> Value:
        fact = question.fact
        if fact is None:
            return self._read(self.replies.activities, question)
        if fact.kind == "list":
            self.last = self._members(fact, question)
        else:
            self.last = self._read(lambda typed: self.replies.fact(fact, typed), question)
        return self.last

    def _members(self, fact: Fact, question: Question) -> Members:
        """The members of a list, field by field; what is not known of one stays open."""
        while True:
            self.tell(words.MEMBERS.of(self.lang), indent=3)
            count = self._read(self.replies.count, question)
            try:
                rows = [
                    [self._field(field, at, count, question) for field in fact.fields]
                    for at in range(count)
                ]
            except _Back:  # to the head of the list
                continue
            return Members(tuple(rows), True)

    def _field(self, field: Fact, at: int, count: int, question: Question) -> Value:
        if field.kind == "text":
            return ""
        number, text = str(at + 1), self.asker.of(field)
        self.tell(words.MEMBER.of(self.lang, number=number, count=str(count), question=text),
                  indent=3)  # fmt: skip
        for choice in self.asker.labels(field):
            self.tell(choice, indent=6)
        self.tell(self.asker.how(field), indent=6)
        try:
            return self._read(lambda typed: self.replies.fact(field, typed), question)
        except _Unknown:
            return open_value(field)

    def _read(self, reader: Reader, question: Question) -> Value:
        """What a reader makes of the next line that is an answer."""
        while True:
            typed = self.next_line("> ")
            word = (typed or "").strip()
            if typed is None or word.lower() == "q":
                raise _Stop(ended=typed is None)
            if word == "-":
                raise _Unknown
            if word == "<":
                raise _Back
            if word == "?":
                self._explain(question)
                continue
            if not word:
                self.tell(words.EMPTY.of(self.lang))
                continue
            try:
                return reader(word)
            except Refused as refused:
                self.tell(str(refused))

    def _explain(self, question: Question) -> None:
        for remark in self.asker.why(question, self.interview):
            indent = {"heading": 0, "cite": 2}.get(remark.role, 4)
            self.tell(remark.text, indent=indent, hang=2)

    # ---- the case

    def sheet(self) -> str:
        """What was answered, as a case."""
        return sheet(self.interview, self.pack, self.document, self.line.decimal, self.taken)

    def case(self) -> Case:
        """The same, read back."""
        [document] = read(self.sheet().encode(), "-")
        return read_case(document, "-")

    def _decided(self, today: int) -> list[Answer]:
        """What `check` says of the case."""
        return answer([self.case()], KINDS["check"], today, self.line.trees)

    def _offer(self, *, partial: bool) -> None:
        """Save the case, if a name is typed."""
        gap = "\n"
        while True:
            word = (self.next_line(f"{gap}{words.SAVE.of(self.lang)} ") or "").strip()
            gap = ""
            if word.lower() in ("", "q", "-", *words.NO) or yes_no(word) is False:
                return
            if word in ("?", "<") or self._is_yes(word):  # no name of a file
                continue
            file = Path(word)
            if file.exists() and not self._agreed(words.EXISTS.of(self.lang, file=str(file))):
                continue
            try:
                file.write_text(self.sheet(), "utf-8")
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or str(error)
                self.tell(words.NOT_SAVED.of(self.lang, file=str(file), reason=reason))
                continue
            phrase = words.SAVED_PART if partial else words.SAVED
            self.tell(phrase.of(self.lang, file=str(file), command=self._command(file, partial)))
            return

    def _agreed(self, question: str) -> bool:
        return self._is_yes(self.next_line(f"{question} ") or "")

    @staticmethod
    def _is_yes(typed: str) -> bool:
        word = normalize("NFC", typed).strip().lower()
        return word in words.YES or yes_no(word) is True

    def _command(self, file: Path, partial: bool) -> str:
        verb = ["ask", self.pack, "--resume"] if partial else ["check"]
        trees = [part for tree in self.line.trees for part in ("--packs", str(tree))]
        return join(["tieuchi", *verb, str(file), *trees])

    # ---- lines in and out

    def next_line(self, text: str) -> str | None:
        """What is typed next; None at the end. One that cannot be read is asked for again.

        Of what does not come from a terminal nobody sees what was typed: it is shown here.
        """
        while True:
            if not self.echoes:
                prompt(text, self.out)
            typed = sys.stdin.buffer.readline() if sys.stdin is not None else b""
            if not typed:
                prompt("" if self.echoes else "\n", self.out)
                return None
            if self.echoes:
                prompt(text, self.out)
            try:
                line = typed.decode(sys.stdin.encoding or "utf-8").rstrip("\r\n")
            except UnicodeDecodeError:
                self.tell(*([""] if self.echoes else []), words.UNREADABLE.of(self.lang))
                continue
            if self.echoes:
                self.tell(line)
            return line

    def tell(self, *texts: str, indent: int = 0, hang: int = 0) -> None:
        """Lines of the terminal's width on the stream of questions."""
        for text in texts:
            lines = self._wrapped(text, indent, hang)
            prompt("".join(f"{line}\n" for line in lines), self.out)

    def _wrapped(self, text: str, indent: int, hang: int) -> Iterator[str]:
        columns = min(width(self.out) if self.out is not None else WIDTH, WIDEST)
        margin = " " * indent
        lines: Sequence[str] = wrap(
            text, columns, initial_indent=margin, subsequent_indent=margin + " " * hang,
            break_on_hyphens=False,
        )  # fmt: skip
        yield from (line.replace("\u00a0", " ") for line in (lines or [""]))
