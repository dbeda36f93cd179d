"""A pack to begin with: it loads, its tests pass, and its comments ask what its author must say.

What it states is made up and says so with a "…"; it knows the language of packs and no file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tieuchi.engine.phrases_new import ASKED, NAMED
from tieuchi.engine.schema import FILES, schema_text

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST: Final = 60

_PACK: Final = """\
# yaml-language-server: $schema={schema}
# {head}
pack: {id}
# {kind}
kind: standard
# {cite}
cite: {{vi: Văn bản …, en: Act …}}
title: {{vi: Văn bản … về …, en: Act … on …}}
# {place}
# {in_force}
in_force: {{from: 2020-01-01}}
# {verdict}
verdict: {{all: ["1"], about: {{vi: điều kiện …, en: the condition …}}}}

# {sources}
sources:
  gazette: {{title: {{vi: Công báo số …, en: Gazette no. …}}, date: 2020-01-01, grade: B}}
source: gazette
grade: B

# {limits}
limits:
  - {{vi: 'Chưa xét trình tự, thủ tục và …', en: Procedure and … are not encoded.}}

# {facts}
facts:
  cattle:
    vi: số bò …
    en: cattle …
    unit: head
    ask:
      vi: Cơ sở nuôi bao nhiêu con bò?
      en: How many cattle does the holding keep?

# {provisions}
provisions:
  "1":
    cite: {{vi: Điều 1 …, en: Article 1 …}}
    vi: …
    en: …
    quote: từ 50 con bò trở lên …
    # {require}
    require: {{of: cattle, at_least: 50 head}}
"""
_TESTS: Final = """\
# yaml-language-server: $schema={schema}
# {by_hand}
pack: {id}
as_of: 2020-01-01
# {tests}
cases:
  - name: {at}
    cite: Điều 1 …
    given: {{cattle: 50}}
    expect: {{"1": met, verdict: met}}
  - name: {short}
    cite: Điều 1 …
    given: {{cattle: 49}}
    expect: {{"1": {{status: not_met, shortfall: "1"}}, verdict: not_met}}
  - name: {enough}
    cite: Điều 1 …
    given: {{cattle: 51}}
    expect: {{"1": met}}
  - name: {unknown}
    cite: Điều 1 …
    given: {{}}
    expect: {{"1": {{status: undetermined, missing: [cattle]}}, verdict: undetermined}}
"""


def is_pack_id(name: str) -> bool:
    """Whether a pack may be called so.

    >>> is_pack_id("nq-08-2019"), is_pack_id("NQ 08/2019"), is_pack_id("-")
    (True, False, False)
    """
    return len(name) <= LONGEST and _ID.fullmatch(name) is not None


def starter(name: str, path: Path, lang: str) -> dict[Path, str]:
    """The files of a new pack: itself, its tests, and where there are none near, the schemas."""
    home = next((each for each in _folders(path) if each.joinpath(FILES["pack"]).is_file()), None)
    folder = path.parent if home is None else home
    asked = {key: words.of(lang) for key, words in {**ASKED, **NAMED}.items()}
    tests = path.with_name(f"{name}.test.yaml")
    near = {of: _beside(folder.joinpath(file), path) for of, file in FILES.items()}
    made = {
        path: _PACK.format(id=name, schema=near["pack"], **asked),
        tests: _TESTS.format(id=name, schema=near["test"], **asked),
    }
    missing = {
        of: folder.joinpath(file)
        for of, file in FILES.items()
        if not folder.joinpath(file).is_file()
    }
    return made | {file: schema_text(of) for of, file in missing.items()}


def _folders(path: Path) -> list[Path]:
    """The pack's folder and the two above it, where a tree of packs keeps its schemas."""
    parent = path.parent.resolve()
    return [parent, *list(parent.parents)[:2]]


def _beside(file: Path, path: Path) -> str:
    """A file as the pack names it."""
    parent = path.parent.resolve()
    ups = [parent, *parent.parents].index(file.parent.resolve())
    return "../" * ups + file.name
