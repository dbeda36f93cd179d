"""The engine: a pack of law compiles to one decision graph, and everything else reads that graph.

    from datetime import date
    from tieuchi.engine import compile_pack, decide, explain, load_case, load_pack

    graph = compile_pack(load_pack("nq-08-2019"), as_of=date(2023, 5, 31))
    decision = decide(graph, {"cattle": 38, "buffaloes": "12"})
    decision["7.2.b.large-livestock"].status          # Status.MET
    print(explain(decision, lang="vi").text(width=80))

These names are the library; they are imported when first used, since what reads YAML and checks
packs is heavy and a decision needs none of it. The engine knows nothing of the terminal.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from tieuchi.engine.case import Case as Case
    from tieuchi.engine.decision import CaseError as CaseError
    from tieuchi.engine.decision import Decision as Decision
    from tieuchi.engine.diagnostic import Faults as Faults
    from tieuchi.engine.explanation import Explanation as Explanation
    from tieuchi.engine.explanation import explain as explain
    from tieuchi.engine.graph import Graph as Graph
    from tieuchi.engine.library import decide as decide
    from tieuchi.engine.library import load_case as load_case
    from tieuchi.engine.load import compile_pack as compile_pack
    from tieuchi.engine.load import load_pack as load_pack
    from tieuchi.engine.truth import Status as Status

_HOMES = {
    "Case": "case",
    "CaseError": "decision",
    "Decision": "decision",
    "Explanation": "explanation",
    "Faults": "diagnostic",
    "Graph": "graph",
    "Status": "truth",
    "compile_pack": "load",
    "decide": "library",
    "explain": "explanation",
    "load_case": "library",
    "load_pack": "load",
}
__all__ = [
    "Case",
    "CaseError",
    "Decision",
    "Explanation",
    "Faults",
    "Graph",
    "Status",
    "__version__",
    "compile_pack",
    "decide",
    "explain",
    "load_case",
    "load_pack",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
