"""What a reader of a result would expect to be told, and is not: no limit, fact or note has it.

A subsidy of which no limit names the procedure; an article between two that are encoded; a quote
that asks for a plan or an approval of which nothing else speaks. Each is silent where some limit or
note has the words, whatever it says of them. It knows packs as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from tieuchi.engine import pack as p
from tieuchi.engine.diagnostic import Diagnostic, listed, problem
from tieuchi.engine.load import Program
from tieuchi.engine.pack import Pack, PackModel
from tieuchi.engine.source import Text, mark
from tieuchi.engine.written import children_of, provisions_of


def unsaid(program: Program) -> list[Diagnostic]:
    """All of it, of the asked pack."""
    pack = program.packs[program.id]
    return [*_unnamed(pack), *_skipped(pack), *_untaken(pack)]


def _words_of(model: Any) -> Iterator[str]:
    """Every Vietnamese word of a part of a pack but its quotes, citations and titles."""
    if isinstance(model, p.Bilingual):
        yield str(model.vi)
    if isinstance(model, p.Worded) and model.vi is not None:
        yield str(model.vi)
    if isinstance(model, Mapping | list):
        for each in model.values() if isinstance(model, Mapping) else model:
            yield from _words_of(each)
    elif isinstance(model, p.Dated | p.Cells):
        yield from _words_of(model.root)
    elif isinstance(model, p.Model):
        for field in type(model).model_fields:
            if field not in ("cite", "title", "successor", "sources"):
                yield from _words_of(getattr(model, field))


def _has(pattern: str, texts: Iterable[str]) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for text in texts)


# ---- limits

_WHO: Final = r"đối tượng|đề nghị|chủ thể"
_TOPICS: Final = {
    "procedure": r"trình tự|quy trình|thủ tục|hồ sơ|kê khai",
    "beneficiaries": _WHO,
    "amounts": r"mức hỗ trợ|mức tiền|số tiền",
    "budget": r"ngân sách|nguồn vốn|vốn được giao|kinh phí được giao",
    "period": r"hiệu lực|thời hạn|áp dụng",
    "successor": r"thay thế|kế tiếp|hiệu lực|áp dụng",
    "unknowns": r"(?:không|chưa) (?:tìm thấy|biết|rõ|đọc|có số)",
}


def _unnamed(pack: Pack) -> Iterator[Diagnostic]:
    """What no limit of a pack names, of what readers of its kind of law look for."""
    model = pack.model
    told = [str(each.vi) for each in (*model.limits, *model.notes)]
    everywhere = list(_words_of(model))
    for topic in _expected(model):
        here = told if topic in ("procedure", "amounts", "period", "successor") else everywhere
        if not _has(_TOPICS[topic], here):
            yield problem("limit-unnamed", mark(model.pack, pack.file), topic=topic)


def _expected(model: PackModel) -> Iterator[str]:
    """What readers of this kind of law look for, and the pack does not answer by itself."""
    period = model.in_force
    if model.kind in ("subsidy", "standard"):
        yield "procedure"
        if period is None or period.from_ is None:
            yield "period"
    if model.kind == "subsidy":
        yield "beneficiaries"
        yield "budget" if model.amounts else "amounts"
    if period is not None and period.until is not None and model.kind != "plan":
        yield from ("successor",) if model.successor is None else ()
    if any(word == "unknown" for word in _scalars([model.define, model.provisions, model.amounts])):
        yield "unknowns"


def _scalars(model: Any) -> Iterator[str]:
    if isinstance(model, str):
        yield model
    elif isinstance(model, Mapping | list):
        for each in model.values() if isinstance(model, Mapping) else model:
            yield from _scalars(each)
    elif isinstance(model, p.Dated | p.Cells):
        yield from _scalars(model.root)
    elif isinstance(model, p.Model):
        for field in type(model).model_fields:
            yield from _scalars(getattr(model, field))


# ---- numbers that are passed over

_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_ITEM: Final = r"(?:\d+(?:\.\d+)*[a-zđ]?|[a-zđ])(?!\w)"
_NAMED: Final = re.compile(
    r"(?<!\w)(?:điều|khoản|điểm|chỉ tiêu|tiêu chí|mục|nhiệm vụ|thành phần|phần)(?: số)?"
    rf" ({_ITEM}(?:(?:\s*[,–-]\s*|\s+và\s+|\s+đến\s+)(?:(?:điều|khoản|điểm) )?{_ITEM})*)",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(rf"({_ITEM})(?:\s*[–-]\s*|\s+đến\s+)({_ITEM})", re.IGNORECASE)


def _skipped(pack: Pack) -> Iterator[Diagnostic]:
    """Between two articles, clauses or points of which something is encoded, one of which nothing
    is said."""
    model = pack.model
    provisions = provisions_of(pack)
    texts = [str(each.vi) for each in (*model.limits, *model.notes)]
    texts += [str(note.vi) for each in provisions.values() for note in each.notes]
    named = {item for text in texts for item in items(text)}
    only = _has(r"(?:chỉ|mới) xét", texts)
    for prefix, under in _numbered([*provisions, *map(str, model.amounts)]).items():
        missing = [item for item in _between(under) if not {item, f"{prefix}{item}"} & named]
        if missing and not (only and not prefix):
            first = next(
                (n for n in (*provisions, *map(str, model.amounts)) if n.startswith(prefix)), ""
            )
            owner: Any = provisions.get(first) or model.amounts.get(Text(first))
            yield problem(
                "number-skipped", owner.mark(pack.file), name=listed(prefix + x for x in missing)
            )


def items(text: str) -> Iterator[str]:
    """The articles, clauses and points that a text names, those of a range too."""
    for found in _NAMED.finditer(text):
        said = found[1].lower()
        yield from re.findall(_ITEM, said)
        for span in _RANGE.finditer(said):
            yield from _between({span[1], span[2]})


def _numbered(names: Iterable[str]) -> dict[str, set[str]]:
    """What stands under each number, by the numbers that the act itself has."""
    under: dict[str, set[str]] = {}
    for name in names:
        prefix = ""
        for part in numbering(name):
            under.setdefault(prefix, set()).add(part)
            prefix += f"{part}."
    return under


def numbering(name: str) -> list[str]:
    """The numbers and letters of the act that an id begins with.

    >>> numbering("7.2.b.sows"), numbering("18.1"), numbering("pay")
    (['7', '2', 'b'], ['18', '1'], [])
    """
    parts = name.split(".")
    ours = (not (x.isdigit() or (len(x) == 1 and x in _LETTERS)) for x in parts)
    return parts[: next((at for at, own in enumerate(ours) if own), len(parts))]


def _between(items: Iterable[str]) -> Iterator[str]:
    """What an act has between these, and they have not."""
    there = {*items}
    numbers = sorted(int(item) for item in there if item.isdigit())
    if numbers:
        yield from (str(n) for n in range(numbers[0], numbers[-1]) if str(n) not in there)
    letters = sorted(_LETTERS.index(item) for item in there if item in _LETTERS)
    if letters:
        yield from (
            _LETTERS[at] for at in range(letters[0], letters[-1]) if _LETTERS[at] not in there
        )


# ---- words of a quote that nothing takes up

IF_ANY: Final = "(nếu có)"
_ASKED: Final = tuple(
    (re.compile(asked, re.IGNORECASE), taken)
    for asked, taken in (
        (r"phù hợp (?:với )?(?:\w+ )?(?:quy hoạch|định hướng|chiến lược)", r"phù hợp|quy hoạch"),
        (r"(?<!\w)quy hoạch(?! chung của)", r"quy hoạch"),
        (r"(?:được|có) [^,;.]*(?:phê duyệt|chấp thuận)", r"phê duyệt|chấp thuận|thống nhất"),
        (r"cam kết", r"cam kết"),
        (r"hợp đồng|thỏa thuận", r"hợp đồng|thỏa thuận|liên kết"),
        (r"giấy chứng nhận|chứng nhận", r"chứng nhận|đăng ký|công nhận"),
        (r"(?:bảo vệ|đánh giá tác động) môi trường", r"môi trường"),
        (r"an toàn (?:thực phẩm|dịch bệnh|sinh học)", r"an toàn"),
        (r"nguồn gốc|xuất xứ", r"nguồn gốc|xuất xứ"),
        (r"không (?:bị|vi phạm)[^,;.]*", r"không bị|vi phạm|kỷ luật|truy cứu|xử phạt|xử lý"),
        (re.escape(IF_ANY), r"nếu có"),
        (r"trừ trường hợp|ngoại trừ", r"trừ"),
    )
)


def _untaken(pack: Pack) -> Iterator[Diagnostic]:
    """A quote that asks for something of which no fact, note, limit or name speaks."""
    model = pack.model
    told = list(_words_of(model))
    worded: dict[str, Any] = {**provisions_of(pack)}
    worded |= {str(name): each for name, each in (*model.define.items(), *model.amounts.items())}
    for name, each in worded.items():
        quote = "" if each.quote is None else " ".join(each.quote.split())
        for asked, taken in _ASKED:
            found = asked.search(quote)
            if found and found[0] == IF_ANY and _is_gated(each):
                continue
            if found and not _has(taken, told):
                at = mark(each.quote, pack.file)
                yield problem("words-untaken", at, name=name, words=found[0])
    yield from _unfollowed(pack, worded, told)


def _is_gated(model: Any) -> bool:
    """Whether something in a provision applies only where a condition holds."""
    if isinstance(model, Mapping | list):
        return any(map(_is_gated, model.values() if isinstance(model, Mapping) else model))
    if not isinstance(model, p.Model):
        return False
    values = {name: getattr(model, name) for name in type(model).model_fields}
    gates = (values.get("applies_when"), values.get("unless"))
    return any(gate is not None for gate in gates) or any(map(_is_gated, values.values()))


def _unfollowed(pack: Pack, worded: Mapping[str, Any], told: Iterable[str]) -> Iterator[Diagnostic]:
    """A reference of a quote to another act that nobody who quotes it follows."""
    where: dict[str, tuple[str, Text]] = {}
    followed: set[str] = set()
    for name, each in worded.items():
        found = _ACT.search("" if each.quote is None else " ".join(each.quote.split()))
        if found and children_of(getattr(each, "body", None)) is None:
            where.setdefault(found[0], (name, each.quote))
            followed |= {found[0]} if _refers(pack.model, each, found[0], told) else set()
    for words, (name, quote) in where.items():
        if words not in followed:
            yield problem("words-untaken", mark(quote, pack.file), name=name, words=words)


_ACT: Final = re.compile(
    r"theo (?:đúng )?(?:quy định|hướng dẫn) (?:tại|của) (?:[^,;.]*?)"
    r"(?:Luật|Nghị định|Thông tư|Quyết định|Nghị quyết)[^,;.]*"
)


def _refers(model: PackModel, each: Any, words: str, told: Iterable[str]) -> bool:
    """Whether a note reads the reference, another pack is used, or some text names the act."""
    if any(re.search("đọc", str(note.vi), re.IGNORECASE) for note in each.notes):
        return True
    if any(word in model.use or "/" in word for word in _scalars(getattr(each, "body", None))):
        return True
    acts = re.findall(r"\d+/\d{4}|Luật [\w ]{4,18}", words)
    return any(act.strip() in text for act in acts for text in told)
