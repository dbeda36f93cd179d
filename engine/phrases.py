"""Every word of every explanation, in Vietnamese and in English, in one place.

A `Phrase` is a sentence or a piece of one with places for names and figures; `of` fills it in one
language. Nothing else in the project puts sentences together but `codes` and `diagnostic`, which
speak of faults. Law is quoted in Vietnamese always, so quotes are no phrases. Between a number and
its unit stands a no-break space; `layout` knows it.

One rule holds for all of them: an answer says which condition of which article is met, never that
somebody is eligible or will get something.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from tieuchi.engine.words import Words

HELD: Final = "\u00a0"


class Phrase(NamedTuple):
    """A sentence or a piece of one in both languages, with the same places in both."""

    vi: str
    en: str

    def of(self, lang: str, /, **facts: str) -> str:
        """The phrase in one language, its places filled."""
        text = self.vi if lang == "vi" else self.en
        return text.format_map(facts) if facts else text

    def words(self, /, **facts: Words) -> Words:
        """The phrase in both languages."""
        return Words(
            self.vi.format_map({name: fact.vi for name, fact in facts.items()}),
            self.en.format_map({name: fact.en for name, fact in facts.items()}),
        )


# ---- the headline

MEETS = Phrase("Đáp ứng {about}", "Meets {about}")
FALLS_SHORT = Phrase("Chưa đáp ứng {about}", "Does not meet {about}")
OPEN = Phrase("Chưa xác định được {about}", "Not yet determined: {about}")
NOT_APPLICABLE = Phrase("Không áp dụng: {about}", "Not applicable: {about}")
OPEN_MISSING = Phrase("Còn thiếu thông tin.", "Facts are missing.")
OPEN_UNKNOWN = Phrase(
    "Có quy định chưa biết hoặc không có hiệu lực vào ngày này.",
    "Something in the law is not known, or not in force on this day.",
)
OPEN_REVIEW = Phrase("Cần cơ quan có thẩm quyền xem xét.", "The authority has to review it.")
OPEN_BOTH = Phrase(
    "Còn thiếu thông tin, và cần cơ quan có thẩm quyền xem xét.",
    "Facts are missing, and the authority has to review it.",
)
THE_CONDITIONS = Phrase("các điều kiện của văn bản", "the conditions of the act")
RESULTS = Phrase("Kết quả tính theo văn bản", "What comes out under the act")
NOT_IN_FORCE = Phrase(
    "{act} không có hiệu lực vào ngày {day}, nên không có câu trả lời",
    "{act} is not in force on {day}, so there is no answer",
)
IN_FORCE = Phrase("Thời hạn: {period}.", "In force: {period}.")
SUCCESSOR = Phrase("Văn bản kế tiếp: {successor}.", "Its successor: {successor}.")

# ---- provisions

ANY_OF = Phrase("cần một trong {count}", "one of {count} is needed")
ALL_OF = Phrase("cần cả {count}", "all {count} are needed")
BOTH_OF = Phrase("cần cả hai", "both are needed")
AT_LEAST_OF = Phrase("cần ít nhất {least} trong {count}", "at least {least} of {count} are needed")
NOT_OF = Phrase("không được đúng", "must not hold")
COUNTS: Final = (
    Words("không", "none"), Words("một", "one"), Words("hai", "two"), Words("ba", "three"),
    Words("bốn", "four"), Words("năm", "five"), Words("sáu", "six"), Words("bảy", "seven"),
    Words("tám", "eight"), Words("chín", "nine"), Words("mười", "ten"),
)  # fmt: skip

NEEDS = Phrase("cần {value}", "needs {value}")
NEEDS_LABEL = Phrase("cần: {value}", "needed: {value}")
SIGNS: Final = {
    "at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "equals": "=",
}  # fmt: skip
DAYS: Final = {
    "at_least": Phrase("từ ngày {value}", "{value} or later"),
    "more_than": Phrase("sau ngày {value}", "after {value}"),
    "at_most": Phrase("đến hết ngày {value}", "{value} or earlier"),
    "less_than": Phrase("trước ngày {value}", "before {value}"),
    "equals": Phrase("đúng ngày {value}", "on {value}"),
}
LACKS = Phrase("thiếu\u00a0{value}", "{value}\u00a0short")
EXCEEDS = Phrase("vượt\u00a0{value}", "{value} too\u00a0much")
DIFFERS = Phrase("lệch\u00a0{value}", "off by\u00a0{value}")
STATED = Phrase("khai: {value}", "stated: {value}")
YES = Phrase("có", "yes")
NO = Phrase("không", "no")
OR = Phrase(" hoặc ", " or ")
DECLARED_NONE = Phrase("{value} (khai không có)", "{value} (declared none)")
NOT_STATED = Phrase("chưa khai", "not stated")
NOT_MEASURED = Phrase("không có gì để đo", "nothing to measure")
OR_NOT_MEASURED = Phrase(
    "{value}, hoặc không có gì để đo", "{value}, or there is nothing to measure"
)
FROM = Phrase("từ {value} trở lên", "{value} or more")
UP_TO = Phrase("nhiều nhất {value}", "at most {value}")
NOT_KNOWN = Phrase("chưa biết", "not known")
BETWEEN = Phrase("từ {least} đến {most}", "{least} to {most}")
NEEDS_OPEN = Phrase(
    "cần {value} (tùy thông tin còn thiếu)", "needs {value} (as the missing facts turn out)"
)
NEEDS_UNKNOWN = Phrase(
    "mức cần chưa biết (tùy thông tin còn thiếu)", "what it needs hangs on the missing facts"
)
RANGE = Phrase("{least}–{most}", "{least}–{most}")
RATIO = Phrase("{part}/{whole} ({share})", "{part}/{whole} ({share})")
RATIO_OPEN = Phrase("{part} / {whole}", "{part} / {whole}")
SHARE = Phrase("{value}\u00a0%", "{value}\u00a0%")
SHARE_KNOWN = Phrase("≥{value}\u00a0%", "≥{value}\u00a0%")
LESS_THAN_ONE = Phrase("<1\u00a0%", "<1\u00a0%")

MISSING = Phrase("chưa khai: {facts}", "not stated: {facts}")
REVIEW = Phrase("cần xem xét", "needs review")
FALLS_SHORT_IN = Phrase("{member} · chưa đạt: {fields}", "{member} · falls short in: {fields}")
OPEN_IN = Phrase("{member} · chưa khai: {fields}", "{member} · not stated: {fields}")
HAS_IT = Phrase("{member} · thuộc diện này", "{member} · is one of them")
MEMBER = Phrase("người thứ {number} trong danh sách", "number {number} on the list")
AND_MORE = Phrase("và {count} thông tin khác", "and {count} more")
GATE_OPEN = Phrase(
    "chưa rõ có áp dụng không; chưa khai: {facts}",
    "it is open whether this applies; not stated: {facts}",
)
ON_LIST = Phrase("thứ {number} trong danh sách", "number {number} on the list")
OF_MEMBER = Phrase("{member} {value}", "{member} {value}")
NONE_LISTED = Phrase("không có trong danh sách", "none on the list")
OTHERS = Phrase("và {count} người khác", "and {count} more")
NOT_ENCODED = Phrase("chưa xét", "not encoded")
NOT_IN_FORCE_THEN = Phrase("không có hiệu lực vào ngày này", "not in force on this day")
NO_NUMBER = Phrase("không tính được con số", "no figure comes out")

NONE_DECLARED = Phrase("Khai không có: {items}", "Declared none: {items}")
NONE_STATED = Phrase("Chưa khai: {items}", "Not stated: {items}")
NOT_NEEDED = Phrase("Không cần xét thêm: {items}", "Not needed any more: {items}")
WITH_NEED = Phrase("{name} (cần {value})", "{name} (needs {value})")
ALL_DECLARED_NONE = Phrase("khai không có", "declared none")
ALL_NOT_STATED = Phrase("chưa khai gì", "nothing stated")
MORE_ITEMS = Phrase("{count} điều kiện khác", "{count} other conditions")

# ---- sections

T_MISSING = Phrase("Cần khai thêm", "Facts that could still matter")
T_NOT_APPLICABLE = Phrase("Không áp dụng", "Not applicable")
T_NEAREST = Phrase("Gần đạt nhất", "Nearest to being met")
T_AMOUNTS = Phrase("Mức tiền theo văn bản", "Amounts under the act")
T_DEFINITIONS = Phrase("Tính ra", "Worked out")
T_DEFINITIONS_LAW = Phrase("Giải thích, cách tính", "Definitions")
T_SUCCESSOR = Phrase("Văn bản kế tiếp", "Successor")
T_USES = Phrase("Theo văn bản khác", "Under other acts")
T_NOTES = Phrase("Lưu ý", "Note")
T_SOURCES = Phrase("Nguồn", "Source")
T_INPUT = Phrase("Cách hiểu số liệu", "How the input was read")
T_WARNINGS = Phrase("Cảnh báo", "Warning")
T_LIMITS = Phrase("Phạm vi xét", "Scope")
T_FACTS = Phrase("Dữ kiện", "Facts")
T_CHECKS = Phrase("Kiểm tra số liệu khai", "Checks of the input")
T_VERDICT = Phrase("Kết luận", "Answer")
T_PERIOD = Phrase("Thời hạn", "In force")
T_PLACE = Phrase("Địa bàn (mã đơn vị)", "Place (unit code)")
T_ACTIVITIES = Phrase("Lĩnh vực", "Activities")
T_PACKS = Phrase("Các gói văn bản", "Packs")

OUTSIDE_ACTIVITIES = Phrase(
    "{items} (ngoài lĩnh vực đã khai: {activities})",
    "{items} (outside the activities stated: {activities})",
)
NEAREST = Phrase(
    "{name} · thêm {value} ({share} mức yêu cầu)",
    "{name} · {value} more ({share} of what is asked)",
)
NEAREST_LESS = Phrase(
    "{name} · bớt {value} ({share} mức yêu cầu)", "{name} · {value} less ({share} of what is asked)"
)
NEAREST_TOGETHER = Phrase("cùng lúc {changes}", "together: {changes}")
AMOUNT = Phrase("{name}: {value}", "{name}: {value}")
AMOUNT_CITED = Phrase("{name} ({cite}): {value}", "{name} ({cite}): {value}")
CEILING = Phrase("tối đa {value}", "at most {value}")
CEILING_BETWEEN = Phrase(
    "mức tối đa từ {least} đến {most}, tùy thông tin còn thiếu",
    "a ceiling of {least} to {most}, as the missing facts turn out",
)
AMOUNT_BETWEEN = Phrase(
    "từ {least} đến {most}, tùy thông tin còn thiếu",
    "{least} to {most}, as the missing facts turn out",
)
AMOUNT_FROM = Phrase(
    "từ {value} trở lên, tùy thông tin còn thiếu", "{value} or more, as the missing facts turn out"
)
AMOUNT_UP_TO = Phrase(
    "nhiều nhất {value}, tùy thông tin còn thiếu", "at most {value}, as the missing facts turn out"
)
ITS_CONDITION = Phrase("điều kiện của mức này", "its condition")
CAPPED = Phrase(
    "{value} (mức trần; tính ra {before})", "{value} (the cap; it comes to {before} before it)"
)
NO_AMOUNT = Phrase("{value} (chưa đáp ứng {cite})", "{value} ({cite} is not met)")
DEFINED = Phrase("{name}: {value}", "{name}: {value}")
UNDETERMINED = Phrase("chưa xác định được", "undetermined")
OPEN_CLASS = Phrase("chưa xác định, có thể là {labels}", "undetermined, can be {labels}")
USE = Phrase("{act} · {text}", "{act} · {text}")
MET = Phrase("đáp ứng", "met")
NOT_MET = Phrase("chưa đáp ứng", "not met")
NO_PART = Phrase("không áp dụng", "not applicable")

USED_NOT_IN_FORCE = Phrase(
    "{act} không có hiệu lực vào ngày {day}, nên những gì dẫn theo văn bản này là chưa biết.",
    "{act} is not in force on {day}, so what is used of it is not known.",
)
MISPRINT = Phrase("Bản in “{printed}”, đọc là “{read}”.", "“{printed}” is printed, read “{read}”.")
SOURCE = Phrase("{title}; mức tin cậy {grade}", "{title}; grade {grade}")
GRADE_FOR = Phrase("{grade} với: {items}", "{grade} for: {items}")
NOTE_ON = Phrase("{cite}: {text}", "{cite}: {text}")
READ_IN = Phrase(
    "{title}; không đọc được lời văn của văn bản; mức tin cậy {grade}",
    "{title}; the act's own text was not read; grade {grade}",
)
GRADES: Final = {
    "A": Words("A (hai bản độc lập khớp nhau)", "A (two independent copies agree)"),
    "B": Words("B (đọc một bản)", "B (one copy read)"),
    "C": Words("C (suy ra hoặc gián tiếp)", "C (inferred or secondary)"),
}
CONVERTED = Phrase(
    "{fact}: “{written}” được đổi thành {value}", "{fact}: “{written}” was converted to {value}"
)
PER_OMITTED = Phrase(
    "{fact}: “{written}” được hiểu là {value}", "{fact}: “{written}” was taken as {value}"
)
NONE_ITS_OWN = Phrase(
    "văn bản này không hỏi dữ kiện nào đã khai; vì khai là không có gì khác, {count} dữ kiện của"
    " nó được hiểu là không có",
    "this act asks for none of the facts stated; as there is said to be nothing else, {count} of"
    " its own were taken as none",
)
LISTED: Final = "; "

# ---- the law itself

PERIOD = Phrase("từ {since} đến {until}", "{since} to {until}")
SINCE = Phrase("từ {since}", "from {since}")
UNTIL = Phrase("đến {until}", "until {until}")
PERIOD_UNKNOWN = Phrase("không rõ", "not known")
PLAN_PERIOD = Phrase("kỳ kế hoạch {period}", "plan period {period}")
QUOTE = Phrase("“{text}”", "“{text}”")
READ_ONLY = Phrase(
    "Không đọc được lời văn; theo: {title}; mức tin cậy {grade}",
    "The text was not read; from: {title}; grade {grade}",
)
PART_OF = Phrase("Thuộc: {cite}", "Under: {cite}")
WITH_ID = Phrase("{name} [{id}]", "{name} [{id}]")
ASKED = Phrase("Cần: {text}", "Asked: {text}")
GRADED = Phrase("Nguồn: {title}; mức tin cậy {grade}", "Source: {title}; grade {grade}")
FACT = Phrase("{name} ({id}) · {unit}", "{name} ({id}) · {unit}")
FACT_ASK = Phrase("{name} ({id}) · {unit} · {ask}", "{name} ({id}) · {unit} · {ask}")
KIND_COUNT = Phrase("số đếm", "a count")
KIND_YES_NO = Phrase("có hoặc không", "yes or no")
KIND_DATE = Phrase("ngày", "date")
KIND_LIST = Phrase("danh sách: {fields}", "list: {fields}")
KIND_TEXT = Phrase("chữ", "text")
APPLIES_WHEN = Phrase("Chỉ áp dụng khi: {text}", "Applies only where: {text}")
UNLESS = Phrase("Trừ trường hợp: {text}", "Except where: {text}")
REVIEW_WHEN = Phrase("Cần xem xét khi: {text}", "Needs review where: {text}")
DEADLINE = Phrase("Hạn: {day}", "Deadline: {day}")
CUMULATIVE = Phrase("Cộng dồn trong kỳ.", "Adds up over the period.")
NOTE = Phrase("Lưu ý: {text}", "Note: {text}")
NOT_ENCODED_BECAUSE = Phrase("Chưa xét: {text}", "Not encoded: {text}")
PROVISION_IN_FORCE = Phrase("Hiệu lực: {period}", "In force: {period}")
DEFINED_AS = Phrase("Là: {text}", "Is: {text}")
GIVEN_WHEN = Phrase("Khi: {text}", "Where: {text}")
GIVEN_UP_TO = Phrase("Mức tối đa: {text}", "At most: {text}")
GIVEN = Phrase("Mức: {text}", "Amount: {text}")

V_VERDICT = Phrase("{about}: {text}", "{about}: {text}")
V_NAME_OF = Phrase("{name} ({act})", "{name} ({act})")
V_SUM = Phrase("tổng của {terms}", "the sum of {terms}")
V_AND = Phrase(" và ", " and ")
V_LESS = Phrase("{first} trừ {second}", "{first} less {second}")
V_TIMES = Phrase("{first} × {second}", "{first} × {second}")
V_SHARE = Phrase("{share} của {of}", "{share} of {of}")
V_RATIO = Phrase("{of} trên {per}", "{of} per {per}")
V_HIGHEST = Phrase("số lớn nhất trong {terms}", "the highest of {terms}")
V_LOWEST = Phrase("số nhỏ nhất trong {terms}", "the lowest of {terms}")
V_DIVIDE = Phrase("{value} chia {by}", "{value} divided by {by}")
V_COUNT = Phrase("số {list}", "the number of {list}")
V_COUNT_WHERE = Phrase("số {list} mà {where}", "the number of {list} where {where}")
V_EACH = Phrase("tổng của {each} trên danh sách {list}", "the sum of {each} over the list {list}")
V_FOR = Phrase("với mỗi {list}: {value}", "for each of the {list}: {value}")
V_TABLE = Phrase("mức theo {keys}: {cells}", "the level by {keys}: {cells}")
V_CELL = Phrase("{label}: {value}", "{label}: {value}")
V_FIRST = Phrase("xét lần lượt: {branches}", "the first that fits: {branches}")
V_BRANCH = Phrase("{when} thì {then}", "{when}: {then}")
V_ELSE = Phrase("còn lại là {then}", "else {then}")
V_YEARS = Phrase("số năm tròn từ {start} đến {end}", "completed years from {start} to {end}")
V_MONTHS = Phrase("số tháng tròn từ {start} đến {end}", "completed months from {start} to {end}")
V_DAYS = Phrase("số ngày từ {start} đến {end}", "days from {start} to {end}")
V_TODAY = Phrase("ngày xét", "the day asked about")
V_DATED = Phrase("{value} từ {day}", "{value} from {day}")
V_WEIGHT = Phrase("{coefficient} × {fact}", "{coefficient} × {fact}")
V_UNKNOWN_WEIGHT = Phrase("hệ số chưa rõ", "a coefficient not known")
V_UNKNOWN = Phrase("không rõ", "unknown")
V_FLOOR = Phrase("{value}, không dưới {bound}", "{value}, not below {bound}")
V_CAP = Phrase("{value}, không quá {bound}", "{value}, not above {bound}")
V_ROUND: Final = {
    "down": Phrase("{value}, làm tròn xuống {to}", "{value}, rounded down to {to}"),
    "up": Phrase("{value}, làm tròn lên {to}", "{value}, rounded up to {to}"),
    "half_up": Phrase("{value}, làm tròn đến {to}", "{value}, rounded half up to {to}"),
}
C_AMONG = Phrase("{value} là {labels}", "{value} is {labels}")
C_HOLDS = Phrase("{name}: có", "{name}: yes")
C_FAILS = Phrase("{name}: không", "{name}: no")
C_NOT = Phrase("không phải: {text}", "not: {text}")
C_ALL = Phrase("tất cả: {parts}", "all of: {parts}")
C_ANY = Phrase("một trong: {parts}", "one of: {parts}")
C_AT_LEAST = Phrase("ít nhất {count} trong: {parts}", "at least {count} of: {parts}")
C_ACTIVITY = Phrase("lĩnh vực {activity}", "the activity {activity}")
C_PROVISION = Phrase("{cite} được đáp ứng", "{cite} is met")


# ---- audits

PROGRESS: Final = {
    "exceeded": Phrase("vượt chỉ tiêu", "exceeded"),
    "met": Phrase("đạt", "met"),
    "on_track": Phrase("đúng tiến độ", "on track"),
    "undetermined": Phrase("chưa xác định", "undetermined"),
    "behind": Phrase("chậm tiến độ", "behind"),
    "missed": Phrase("quá hạn mà chưa đạt", "missed"),
}
STANDS = Phrase("Tiến độ: {progress}", "Progress: {progress}")
STANDS_BY = Phrase("Tiến độ: {progress} · {evidence}", "Progress: {progress} · {evidence}")
OF_TARGET = Phrase("{share} chỉ tiêu", "{share} of the target")
AT_PACE = Phrase(
    "{share} chỉ tiêu khi đã qua {elapsed}/{days} ngày ({time}) của kỳ",
    "{share} of the target with {elapsed} of {days} days ({time}) of the period gone",
)
NOT_LESS = Phrase("ít nhất {value}", "at least {value}")
NOT_MORE = Phrase("nhiều nhất {value}", "at most {value}")
NOTHING_TO_JUDGE_BY = Phrase(
    "chưa đủ số liệu, không có dự kiến", "not enough figures and no forecast"
)
NOT_MET_NO_FORECAST = Phrase("chưa đạt, không có dự kiến", "not met, no forecast")
FORECAST = Phrase("dự kiến {day}", "forecast for {day}")
FORECAST_IN_TIME = Phrase("dự kiến {day}, hạn {deadline}", "forecast for {day}, due {deadline}")
FORECAST_LATE = Phrase(
    "dự kiến {day}, sau hạn {deadline}", "forecast for {day}, after it is due on {deadline}"
)
PARTS_LATE = Phrase(
    "có phần dự kiến sau hạn {deadline}", "parts are forecast for after it is due on {deadline}"
)
DUE = Phrase("hạn {deadline}", "was due on {deadline}")
DUE_OPEN = Phrase("hạn {deadline}, chưa đủ số liệu", "was due on {deadline}, not enough figures")
MET_OF = Phrase("mới đạt {met} trong {count}", "{met} of {count} met so far")
WITHOUT_FORECAST = Phrase("không có dự kiến: {items}", "no forecast for {items}")
FORECAST_OVER = Phrase("{text} (dự kiến {day} đã qua)", "{text} (that for {day} is over)")
EXPECTED = Phrase("Dự kiến đạt: {day}", "Forecast: {day}")
EXPECTED_LATE = Phrase(
    "Dự kiến đạt: {day}, sau hạn {deadline}", "Forecast: {day}, after it is due on {deadline}"
)
NOT_ASSESSED = Phrase(
    "Chưa đánh giá (không phải là không đạt), không có dự kiến",
    "Not assessed (which is not failed), no forecast",
)
NOT_YET = Phrase("Chưa đạt, không có dự kiến", "Not met, no forecast")
REPORT_SAYS = Phrase("Báo cáo: “{label}”", "Report: “{label}”")
REPORT_SAYS_AT = Phrase("Báo cáo ({where}): “{label}”", "Report ({where}): “{label}”")
REPORT_LABEL = Phrase("báo cáo: “{label}”", "report: “{label}”")
AGREEMENT: Final = {
    "agrees": Phrase("khớp", "agrees"),
    "disagrees": Phrase("lệch", "disagrees"),
    "cannot_compare": Phrase("không so được", "cannot be compared"),
}
LABEL_MEANS = Phrase(
    "lệch, vì nhãn này là “{meant}” mà tính ra “{progress}”",
    "disagrees: the label means “{meant}”, it comes out “{progress}”",
)
NO_COMPARISON = Phrase("không so được, vì {reason}", "cannot be compared: {reason}")
LACKING = Phrase("thiếu {facts}", "{facts} not stated")
PROGRESS_OPEN = Phrase("chưa xác định được tiến độ", "its progress is undetermined")
LABEL_UNKNOWN = Phrase(
    "kế hoạch không nói nhãn này nghĩa là gì", "the plan does not say what this label means"
)
COUNT_ONE: Final = {
    "agrees": Phrase("{count} khớp", "{count} agrees"),
    "disagrees": Phrase("{count} lệch ({items})", "{count} disagrees ({items})"),
    "cannot_compare": Phrase(
        "{count} không so được ({items})", "{count} cannot be compared ({items})"
    ),
}
COUNT_MANY: Final = {
    "agrees": Phrase("{count} khớp", "{count} agree"),
    "disagrees": Phrase("{count} lệch ({items})", "{count} disagree ({items})"),
    "cannot_compare": Phrase(
        "{count} không so được ({items})", "{count} cannot be compared ({items})"
    ),
}
LABELS = Phrase("Nhãn của báo cáo: {counts}.", "Labels of the report: {counts}.")
STANDING = Phrase("Tiến độ: {counts}.", "Progress: {counts}.")
STANDING_COUNT = Phrase("{count} {progress}", "{count} {progress}")
T_ROLLUPS = Phrase(
    "Đánh giá chung, tính lại theo phần kém nhất", "Roll-ups, recomputed by the worst part"
)
ROLLED_UP = Phrase("{name}: {progress}", "{name}: {progress}")
ROLLED_UP_BY = Phrase("{name}: {progress} ({items})", "{name}: {progress} ({items})")
AT = Phrase("{name} ({where})", "{name} ({where})")
T_CLAIMS = Phrase("Số liệu in trong báo cáo, tính lại", "Printed figures, recomputed")
CLAIM = Phrase("“{printed}”: {parts} = {value}", "“{printed}”: {parts} = {value}")
CLAIM_OF_PARTS = Phrase("“{printed}”: {parts}", "“{printed}”: {parts}")
CLAIM_AT = Phrase("{where}, {text}", "{where}, {text}")
SHARE_OF = Phrase("{part} là {share}", "{part} is {share}")
VERDICT: Final = {
    "exact": Phrase("đúng", "right"),
    "rounding": Phrase(
        "lệch, nhưng trong mức làm tròn của các số in",
        "off, within what rounding of the parts allows",
    ),
    "truncated": Phrase("cắt bớt chữ số, không phải làm tròn", "cut off, not rounded"),
    "wrong": Phrase("sai", "wrong"),
}
RIGHT_ROUNDED = Phrase("đúng khi làm tròn", "right, rounded")
BASE_FITS = Phrase("cùng khớp một số gốc {bases}", "one base fits all: {bases}")
NO_BASE = Phrase("không số gốc nào khớp tất cả", "no base fits all")
BASE_WOULD_FIT = Phrase(
    "số gốc {bases} thì làm tròn thành “{printed}”", "a base of {bases} would round to “{printed}”"
)

# ---- the order of conclusions

T_TRACE = Phrase("Thứ tự suy ra (durable-rules)", "In the order concluded (durable-rules)")
NO_SESSION = Phrase(
    "durable-rules chưa được cài, nên không có", "durable-rules is not installed, so there is none"
)
NOTHING_RULED_OUT = Phrase("chưa loại trừ được gì", "nothing could be ruled out")
THE_VERDICT = Phrase("kết luận", "the verdict")
RULED_OUT: Final = {
    "met": Phrase("{name}: không thể đạt", "{name}: cannot be met"),
    "not_met": Phrase("{name}: không thể không đạt", "{name}: cannot be not met"),
    "not_applicable": Phrase("{name}: chắc chắn áp dụng", "{name}: cannot be not applicable"),
}


_TABLES: Final = (
    ("DAYS", DAYS),
    ("V_ROUND", V_ROUND),
    ("PROGRESS", PROGRESS),
    ("AGREEMENT", AGREEMENT),
    ("COUNT_ONE", COUNT_ONE),
    ("COUNT_MANY", COUNT_MANY),
    ("VERDICT", VERDICT),
    ("RULED_OUT", RULED_OUT),
)
REGISTER: Final[dict[str, Phrase]] = {
    **{name: value for name, value in globals().items() if isinstance(value, Phrase)},
    **{f"{name}.{key}": value for name, table in _TABLES for key, value in table.items()},
}
"""All phrases by name: those of a table by their key besides."""
