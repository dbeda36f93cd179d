"""Every word of what is said beside an answer: other days, forecasts, other facts.

The phrases are built as those of `phrases`, and the same rule holds: an answer says which condition
is met, never that somebody is eligible or will get something.
"""

from __future__ import annotations

from typing import Final

from tieuchi.engine.phrases import Phrase

# ---- what is still worth knowing

T_COULD = Phrase("Còn có thể đổi kết quả", "Could still change the answer")
T_CANNOT = Phrase("Không còn ảnh hưởng", "Cannot change it any more")
T_SETTLING = Phrase("Ít nhất cần biết", "The least to know")
TURNS = Phrase("{name}: {turns}", "{name}: {turns}")
THEN = Phrase("{values}: {status}", "{values}: {status}")
AT_MOST = Phrase("đến {value}", "up to {value}")
WITH_OTHERS = Phrase("chỉ cùng với thông tin khác", "only together with others")
NOT_WHOLE = Phrase("có mục chưa khai đủ", "some entry is not fully stated")
GOES_ON = Phrase("danh sách còn mở", "the list may go on")
NOT_SHOWN = Phrase("có thể", "perhaps")
SETTLES = Phrase("{status}: {facts}", "{status}: {facts}")

# ---- the same facts on other days

T_SPANS = Phrase("Cùng dữ kiện này, theo thời gian", "The same facts on other days")
UNTIL_ENDS = Phrase(
    "{status} đến {day}, khi {act} hết hiệu lực; {successor}",
    "{status} until {day}, when {act} ends; {successor}",
)
NO_SUCCESSOR = Phrase("văn bản kế tiếp chưa được mã hóa", "no successor is encoded")
A_SUCCESSOR = Phrase("văn bản kế tiếp: {successor}", "its successor: {successor}")
UNTIL_LAW = Phrase(
    "{status} đến {day}; từ {next} quy định thay đổi",
    "{status} until {day}; from {next} the law is another",
)
UNTIL_TIME = Phrase(
    "{status} đến {day}; từ {next} thời gian đã qua làm thay đổi",
    "{status} until {day}; from {next} the time that has passed changes it",
)
TURNED = Phrase("{text}: {items}", "{text}: {items}")
WHATEVER_LATER = Phrase(
    "{status}; về sau không có ngày nào thay đổi theo luật đã mã hóa",
    "{status}; no later day changes it under the law encoded",
)
THIS_RESULT = Phrase("Kết quả trên", "The result above stands")
NOT_YET = Phrase("{act} chưa có hiệu lực", "{act} is not in force yet")
ENDED = Phrase("{act} đã hết hiệu lực", "{act} has ended")
NO_LONGER = Phrase("{act} đã hết hiệu lực; {successor}", "{act} has ended; {successor}")
IMPOSSIBLE = Phrase(
    "các dữ kiện không thể cùng đúng vào những ngày này",
    "the facts cannot all be true on these days",
)
ON_DAYS = Phrase("{days}: {text}", "{days}: {text}")
EVERY_DAY = Phrase("mọi ngày", "every day")
ONE_DAY = Phrase("ngày {day}", "on {day}")
MOVES = Phrase("{value} (thay đổi theo ngày)", "{value} (moves with the day)")

# ---- forecasts

T_TIMELINE = Phrase("Nếu mọi dự kiến đều đúng", "If each forecast holds")
MET_BY = Phrase(
    "{meets} sớm nhất vào {day}; dự kiến quyết định: {items}",
    "{meets} by {day} at the earliest; decided by the forecast of {items}",
)
LAPSED_BY_THEN = Phrase(
    "{text}; nhưng {act} hết hiệu lực sau ngày {day}", "{text}; but {act} ends on {day}"
)
NO_DATE = Phrase("Chưa tính được ngày, vì: {items}", "There is no date, because of: {items}")
WAITS = Phrase("{name} ({why})", "{name} ({why})")
WAITS_NOT_MET = Phrase("chưa đạt, không có dự kiến", "not met, no forecast")
WAITS_OPEN = Phrase("chưa đánh giá, không có dự kiến", "not assessed, no forecast")
WAITS_REVIEW = Phrase("cần xem xét, không có dự kiến", "needs review, no forecast")
WAITS_PASSED = Phrase("dự kiến {day} đã qua mà chưa đạt", "forecast for {day}, which is over")
WAITS_PASSED_OPEN = Phrase(
    "dự kiến {day} đã qua, chưa đánh giá", "forecast for {day}, which is over; not assessed"
)
BY_DAY = Phrase("{day}: {items}", "{day}: {items}")
BY_FACTS = Phrase("{name} (theo dự kiến về {facts})", "{name} (by the forecast of {facts})")

# ---- other facts

T_WHAT_IF = Phrase("Nếu khác đi", "What if")
AS_STATED = Phrase("như đã khai", "as stated")
IS = Phrase("{fact} = {value}", "{fact} = {value}")
NOTHING_CHANGES = Phrase("{facts}: không có gì thay đổi", "{facts}: nothing changes")

# ---- one fact over a range

T_SWEEP = Phrase("Khi {fact} đi từ {least} đến {most}", "As {fact} goes from {least} to {most}")
ALL_OVER = Phrase("cả khoảng: {text}", "all over: {text}")
AT = Phrase("{value}: {text}", "{value}: {text}")
UP_TO = Phrase("đến {value}: {text}", "up to {value}: {text}")
FROM = Phrase("từ {value}: {text}", "from {value}: {text}")
BETWEEN = Phrase("từ {least} đến {most}: {text}", "{least} to {most}: {text}")
MORE_TURNS = Phrase("và {count} đoạn nữa", "and {count} more stretches")
CANNOT_BE = Phrase("trái với dữ kiện khác", "contradicts other facts")
NOTHING_TURNS = Phrase("không có gì thay đổi", "nothing turns")
AMOUNT_OVER = Phrase("{name}: {least} → {most}", "{name}: {least} → {most}")

_REGISTERED: Final = {name: value for name, value in globals().items() if isinstance(value, Phrase)}
REGISTER: Final[dict[str, Phrase]] = {**_REGISTERED}
"""All phrases by name: those of a table by their key besides."""
