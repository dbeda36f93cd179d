"""An interview with a working memory beside it: each answer is asserted as it is given, what
follows fires at once, and both must say the same after every answer.

Without durable-rules it works on `decide` alone. A difference is a `Disagreement`, never an answer.
"""

from __future__ import annotations

from collections.abc import Callable

from tieuchi.engine.answer import Answer, Disagreement
from tieuchi.engine.case import Case
from tieuchi.engine.interview import Interview
from tieuchi.engine.kernel import Value
from tieuchi.engine.session import Session, available, disagreements


class Live:
    """An interview and its session; close it. `case` gives what was answered, for a record."""

    def __init__(self, interview: Interview, case: Callable[[], Case]) -> None:
        self.interview = interview
        self._case = case
        self._told: dict[str, Value] = {}
        self._session: Session | None = None
        if available():
            self._session = Session(interview.graph)
        self._follow()

    def close(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.close()

    def answer(self, value: Value) -> None:
        """Answer the question. Raises `CaseError`, and `Disagreement`."""
        self.interview.answer(value)
        self._follow()

    def skip(self) -> None:
        """Answer that it is not known."""
        self.interview.skip()
        self._follow()

    def back(self) -> bool:
        """Take the last answer back, and all that followed from it."""
        done = self.interview.back()
        self._follow()
        return done

    def _follow(self) -> None:
        """Have the session told what the interview was, and hold the two against each other."""
        session, given = self._session, self.interview.given
        if session is None:
            return
        for name in [name for name in self._told if name not in given]:
            session.retract(name)
            del self._told[name]
        for name, value in given.items():
            if name not in self._told or self._told[name] != value:
                session.assert_fact(name, value)
                self._told[name] = value
        decision = self.interview.decision
        nodes = disagreements(decision, session)
        if nodes:
            answer = Answer(self._case(), decision, (), (), (), ())
            raise Disagreement(answer, {node: session.value(node) for node in nodes})
