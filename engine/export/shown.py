"""Text from a pack as it may stand in a document: nothing in it that cannot be seen.

Signs that turn the direction of what follows could make a page say something else than the pack;
they are shown by their number, as are other signs that have no picture.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufffe\uffff]"
)
_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def shown(text: str) -> str:
    """The text, its lines parted by ``\\n`` alone, hidden signs as ``‹U+202E›``.

    >>> shown("a\\r\\nb"), shown("a\\u202eb")
    ('a\\nb', 'a‹U+202E›b')
    """
    return _HIDDEN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", _ENDS.sub("\n", text))
