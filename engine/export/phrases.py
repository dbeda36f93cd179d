"""Every word of the document that `pack export` writes for those who check a pack.

The phrases are built as those of `phrases`, and the same rule holds: what is said is which
condition is met, never that somebody is eligible or will get something.
"""

from __future__ import annotations

from typing import Final

from tieuchi.engine.phrases import Phrase

# ---- the head

CHECK_BY = Phrase(
    "Văn bản này để đối chiếu với công báo: mỗi dòng đặt lời văn cạnh cách đọc. Nó không thay cho "
    "chính văn.",
    "This document is to be checked against the gazette: each row has the words of the act beside "
    "how they are read. It does not take the place of the act.",
)
MADE_OF = Phrase(
    "Lập từ gói {pack}, theo luật ngày {day}, bằng tieuchi {version}.",
    "Made of the pack {pack}, under the law of {day}, by tieuchi {version}.",
)
NOT_LAW_THEN = Phrase(
    "Văn bản không có hiệu lực vào ngày {day}.", "The act is not in force on {day}."
)
CONTENTS = Phrase("Mục lục", "Contents")
T_ACT = Phrase("Văn bản", "The act")
T_ABOUT = Phrase("Thông tin chung", "In general")
T_PROVISIONS = Phrase("Điều khoản", "Provisions")
T_NUMBERS = Phrase("Con số trong lời văn và trong gói", "Numbers in the words and in the pack")
T_LABELS = Phrase("Nhãn của báo cáo", "Labels of reports")
T_CASES = Phrase("Trường hợp thử", "Test cases")

ACT = Phrase("Tên gọi", "Short name")
PACK = Phrase("Gói", "Pack")
KIND = Phrase("Loại", "Kind")
KINDS: Final = {
    "subsidy": Phrase("chính sách hỗ trợ", "subsidy"),
    "standard": Phrase("tiêu chuẩn", "standard"),
    "criterion": Phrase("tiêu chí", "criterion"),
    "plan": Phrase("kế hoạch", "plan"),
}
NATIONAL = Phrase("cả nước", "national")
PERIOD = Phrase("Kỳ kế hoạch", "Plan period")
USES = Phrase("Dẫn theo văn bản khác", "Used of other acts")
NAMED_AS = Phrase("{name}: {of}", "{name}: {of}")
DATED = Phrase("{text} ({period})", "{text} ({period})")
WITH_ID = Phrase("{name} ({id})", "{name} ({id})")
DIGEST = Phrase("{pack} · {digest}", "{pack} · {digest}")

# ---- columns

ITEM = Phrase("Mục", "Item")
CONTENT = Phrase("Nội dung", "What it is")
SOURCE = Phrase("Nguồn", "Source")
DAY = Phrase("Ngày", "Day")
GRADE = Phrase("Mức tin cậy", "Grade")
PROVISION = Phrase("Điều khoản", "Provision")
DEFINITION = Phrase("Khái niệm", "Definition")
AMOUNT = Phrase("Mức tiền", "Amount")
WORDS = Phrase("Lời văn", "Words of the act")
READING = Phrase("Cách đọc", "How it is read")
NOTES = Phrase("Lưu ý", "Notes")
IN_PACK = Phrase("Trong gói", "In the pack")
RESULT = Phrase("Kết quả", "Result")
FACT = Phrase("Dữ kiện", "Fact")
VIETNAMESE = Phrase("Tiếng Việt", "Vietnamese")
ENGLISH = Phrase("Tiếng Anh", "English")
UNIT = Phrase("Đơn vị, loại", "Unit or kind")
USED_IN = Phrase("Dùng ở", "Used in")
CHECKED = Phrase("Điều kiện", "Condition")
SAID = Phrase("Lời báo", "What is said")
LEVEL = Phrase("Mức", "Level")
LABEL = Phrase("Nhãn", "Label")
MEANS = Phrase("Nghĩa là", "Means")
NUMBER = Phrase("Số", "No.")
CASE = Phrase("Trường hợp", "Case")
AS_OF = Phrase("Ngày xét", "As of")
STATED = Phrase("Khai", "Stated")
EXPECTED = Phrase("Phải ra", "Expected")
WHERE = Phrase("Trường hợp", "Where")
COMES_TO = Phrase("Kết quả", "Comes to")
COEFFICIENT = Phrase("Hệ số", "Coefficient")
OTHERWISE = Phrase("còn lại", "else")

# ---- words beside their reading

ACT_NOT_READ = Phrase(
    "Không đọc được lời văn của văn bản; đọc theo: {title}",
    "The act's own text was not read; it was read in: {title}",
)
WORDS_OF = Phrase("Cùng lời văn với {cite}", "The same words as {cite}")
WORDS_BELOW = Phrase("Lời văn ở các dòng bên dưới", "Its words are in the rows below")
NO_WORDS = Phrase("Không trích lời văn", "No words quoted")
GRADED = Phrase("Mức tin cậy {grade}", "Grade {grade}")
GRADED_IN = Phrase("{title}; mức tin cậy {grade}", "{title}; grade {grade}")
CASES = Phrase("Trường hợp thử:", "Test cases:")
NO_CASES = Phrase("Không trường hợp thử nào nêu mục này", "No test case names it")
UNDER_IT = Phrase("Gồm:", "Under it:")
TABLE = Phrase("Bảng {number}", "Table {number}")
TABLE_OF = Phrase("Bảng {number} – {name}: {what}", "Table {number} – {name}: {what}")
BY = Phrase("theo {keys}", "by {keys}")
FIRST = Phrase("xét lần lượt từ trên xuống", "the first that fits, from the top")
WEIGHTED = Phrase("tổng các số nhân hệ số", "the sum of figures times coefficients")
FIRST_IN = Phrase("kết quả xét lần lượt ở {table}", "what {table} comes to")
LEVEL_IN = Phrase("mức theo {keys} ở {table}", "the level by {keys} in {table}")
SUM_IN = Phrase("tổng theo hệ số ở {table}", "the sum by the coefficients in {table}")
NOTHING_STATED = Phrase("không khai gì", "nothing")
COMPLETE = Phrase("ngoài ra không có gì khác", "and nothing else")
ACTIVITIES = Phrase("lĩnh vực: {names}", "activities: {names}")
FACT_IS = Phrase("{fact}: {value}", "{fact}: {value}")
LISTED = Phrase("{name}: {count} mục", "{name}: {count} members")
LISTED_ALL = Phrase("{name}: {count} mục, hết", "{name}: {count} members and no more")
PASSES = Phrase("đúng", "passes")
FAILS = Phrase("sai", "fails")
FAILS_IN = Phrase(
    "{id} {field}: cần {expected}, được {got}", "{id} {field}: expected {expected}, got {got}"
)
SUMMARY = Phrase(
    "{passed} trên {total} trường hợp đúng (tính bằng decide).",
    "{passed} of {total} cases pass (by decide).",
)
NO_SUITE = Phrase(
    "Không có trường hợp thử nào bên cạnh gói này.", "No test cases stand beside this pack."
)
LEVELS: Final = {
    "error": Phrase("không được khai như vậy", "cannot be stated so"),
    "warning": Phrase("cảnh báo", "warning"),
}
BOUNDS: Final = {
    "cap": Phrase("không quá {value}", "not above {value}"),
    "floor": Phrase("không dưới {value}", "not below {value}"),
}
LABEL_IS = Phrase("đúng là “{text}”", "is “{text}”")
LABEL_HAS = Phrase("có “{text}”", "has “{text}”")

# ---- what a test expects

VERDICT = Phrase("kết luận", "the verdict")
FIELDS: Final = {
    "status": Phrase("{value}", "{value}"),
    "class": Phrase("{value}", "{value}"),
    "possible": Phrase("có thể là {value}", "can be {value}"),
    "open_because": Phrase("{value}", "{value}"),
    "measured": Phrase("đo được {value}", "measured {value}"),
    "required": Phrase("mức cần {value}", "required {value}"),
    "comparison": Phrase("so bằng {value}", "compared by {value}"),
    "shortfall": Phrase("lệch {value}", "off by {value}"),
    "unit": Phrase("đơn vị {value}", "unit {value}"),
    "shortfall_unit": Phrase("phần lệch tính bằng {value}", "what it is off by is in {value}"),
    "least": Phrase("ít nhất {value}", "least {value}"),
    "most": Phrase("nhiều nhất {value}", "most {value}"),
    "equals": Phrase("bằng {value}", "is {value}"),
    "exact": Phrase("{value}", "{value}"),
    "up_to": Phrase("{value}", "{value}"),
    "missing": Phrase("chưa khai: {value}", "not stated: {value}"),
    "in_force": Phrase("{value}", "{value}"),
}
OPEN_BECAUSE: Final = {
    "missing": Phrase("vì còn thiếu thông tin", "for want of facts"),
    "review": Phrase("vì cần xem xét", "because it needs review"),
    "both": Phrase(
        "vì còn thiếu thông tin và cần xem xét", "for want of facts, and because it needs review"
    ),
}
EXACT: Final = {
    "true": Phrase("đã rõ", "settled"),
    "false": Phrase("chưa rõ", "not settled"),
}
UP_TO: Final = {
    "true": Phrase("là mức tối đa", "a ceiling"),
    "false": Phrase("không phải mức tối đa", "no ceiling"),
}
IN_FORCE: Final = {
    "true": Phrase("văn bản có hiệu lực", "the act is in force"),
    "false": Phrase("văn bản không có hiệu lực", "the act is not in force"),
}
NO_STATUS = Phrase("không xét", "not decided")
AS_WRITTEN = Phrase("{value} (viết là {written})", "{value} (written {written})")
OTHER_FIELD = Phrase("{field}: {value}", "{field}: {value}")
NONE = Phrase("không có", "none")

# ---- facts

ASKS = Phrase("Hỏi: {text}", "Asks: {text}")
BETWEEN = Phrase("Từ {least} đến {most}", "From {least} to {most}")
AT_LEAST = Phrase("Không dưới {value}", "Not below {value}")
AT_MOST = Phrase("Không quá {value}", "Not above {value}")
STEP = Phrase("Bước {value}", "In steps of {value}")
ELSE = Phrase("Không khai thì là: {text}", "Not stated, it is: {text}")
WHEN_COMPLETE: Final = {
    "zero": Phrase(
        "Hồ sơ đầy đủ mà không khai thì là 0", "0 where a complete case does not state it"
    ),
    "open": Phrase(
        "Hồ sơ đầy đủ mà không khai thì vẫn chưa rõ", "Open even where a complete case leaves it"
    ),
}
FIXED = Phrase("Người khai không thay đổi được: {text}", "Whoever asks cannot change it: {text}")
GROWS = Phrase("Chỉ có thể tăng", "It can only become more")
CHECK = Phrase("kiểm tra {number}", "check {number}")

_TABLES: Final = (
    ("KINDS", KINDS),
    ("LEVELS", LEVELS),
    ("BOUNDS", BOUNDS),
    ("FIELDS", FIELDS),
    ("WHEN_COMPLETE", WHEN_COMPLETE),
    ("OPEN_BECAUSE", OPEN_BECAUSE),
    ("EXACT", EXACT),
    ("UP_TO", UP_TO),
    ("IN_FORCE", IN_FORCE),
)
_REGISTERED: Final = {name: value for name, value in globals().items() if isinstance(value, Phrase)}
REGISTER: Final[dict[str, Phrase]] = {
    **_REGISTERED,
    **{f"{name}-{key}": value for name, table in _TABLES for key, value in table.items()},
}
"""All phrases by name: those of a table by their key besides."""
IS_REFUSED = Phrase("số liệu bị từ chối", "the figures are refused")
