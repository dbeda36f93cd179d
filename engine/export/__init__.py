"""A pack for others: `exported(form, request)` is the text of it in one of `FORMS`.

A form is a module here with `text(request)`; another is one line in `FORMS` and one module. Each is
imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from tieuchi.engine.export.request import Request

FORMS: Final = {
    "md": "tieuchi.engine.export.markdown",
    "html": "tieuchi.engine.export.html",
    "sql": "tieuchi.engine.export.sql",
    "dmn": "tieuchi.engine.export.dmn",
}
"""What a pack can be exported to, each with its module."""


def exported(form: str, request: Request) -> str:
    """The whole text, a newline at its end. Raises what the form's `text` raises."""
    return cast("str", import_module(FORMS[form]).text(request))
