"""`tieuchi pack schema`: the JSON Schema of packs, or of the test files beside them."""

from __future__ import annotations

import sys

from tieuchi.cli.command import Option, Verb
from tieuchi.cli.options import LANG
from tieuchi.engine.words import Words


def schema(tests: bool) -> int:
    """Print a schema."""
    from tieuchi.cli.streams import emit, is_unicode
    from tieuchi.engine.schema import schema_text

    text = schema_text("test" if tests else "pack", ascii_only=not is_unicode(sys.stdout))
    emit(text.rstrip("\n"))
    return 0


command = Verb(
    "schema",
    schema,
    says=Words(
        "In JSON Schema (draft 7) của gói luật. Dòng đầu của một gói nêu tệp này, nên VS Code và "
        "các trình soạn thảo có YAML language server gợi ý khóa, giải thích và gạch đỏ chỗ sai.",
        "Print the JSON Schema (draft 7) of packs. The first line of a pack names its file, so "
        "that VS Code and other editors with the YAML language server complete its keys, explain "
        "them and underline what is wrong.",
    ),
    params=(
        Option(
            "--tests",
            says=Words("Của tệp X.test.yaml thay vì của gói.", "Of the files X.test.yaml instead."),
            is_flag=True,
        ),
        LANG,
    ),
    examples=("tieuchi pack schema",),
)
