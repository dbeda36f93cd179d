"""What an entry of the register of mistakes is made of, and the nouns its sentence takes."""

from typing import Final, Literal, NamedTuple

from tieuchi.engine.words import Words

Level = Literal["error", "warning"]


class Code(NamedTuple):
    """One kind of mistake: its sentence a language, and the remedy it has unless told.

    In a sentence `{name}` is a fact in the user's own words; `{given:term}` is one of `TERMS`, and
    `{expected:form}` one of `FORMS`.
    """

    vi: str
    en: str
    remedy: str | None = None
    level: Level = "error"


TERMS: Final[dict[str, Words]] = {
    "map": Words("các cặp `khóa: giá trị`", "a map of keys and values"),
    "list": Words("một danh sách", "a list"),
    "text": Words("một dòng chữ", "a text"),
    "number": Words("một số", "a number"),
    "date": Words("một ngày", "a date"),
    "yes_no": Words("`true` hoặc `false`", "`true` or `false`"),
    "nothing": Words("chỗ trống", "empty"),
    "quantity": Words("một đại lượng", "a quantity"),
    "ratio": Words("một tỷ lệ", "a ratio"),
    "condition": Words("một điều kiện", "a condition"),
    "value": Words("một giá trị", "a value"),
    "label": Words("một nhãn", "a label"),
    "children": Words("các điểm hay điều kiện bên trong", "a list or map of conditions"),
    "provision": Words("một điểm của luật", "a provision"),
    "amount": Words("một mức tiền", "an amount"),
    "words": Words("chữ bằng cả hai thứ tiếng", "a text in both languages"),
    "class": Words("một phân loại", "a class"),
    "exactly": Words("đúng ở", "exactly at"),
    "below": Words("ngay dưới", "just below"),
    "above": Words("ngay trên", "just above"),
    "past": Words("vượt quá", "past"),
    "procedure": Words("trình tự, thủ tục, hồ sơ", "procedure"),
    "beneficiaries": Words("đối tượng được hỗ trợ", "who is supported"),
    "amounts": Words("mức hỗ trợ", "the amounts of support"),
    "budget": Words("ngân sách, nguồn vốn", "the budget"),
    "period": Words("thời hạn hiệu lực", "the days in force"),
    "successor": Words("văn bản thay thế", "what replaces it after its last day"),
    "unknowns": Words("những số liệu chưa biết (`unknown`)", "what is `unknown`"),
}
"""The closed list of nouns and places that sentences take, so that no fact needs a translation."""

FORMS: Final[dict[str, Words]] = {
    "map": Words("`khóa: giá trị`", "`key: value`"),
    "list": Words("`[…, …]`", "`[…, …]`"),
    "text": Words("một từ, hoặc chữ trong dấu nháy", "one word, or a text in quotes"),
    "words": Words("`{vi: …, en: …}`", "`{vi: …, en: …}`"),
    "value": Words("một số, một tên hay `{sum: […]}`", "a number, a name or `{sum: […]}`"),
    "condition": Words("một tên hay `{require: …}`", "a name or `{require: …}`"),
    "children": Words("`[…, …]` hay `id: …`", "`[…, …]` or `id: …`"),
}
"""How what a document should have at a place is written."""
