"""Every word of advice, in Vietnamese and in English; the part of `engine.phrases` for it.

A change is said of a figure or a state of things, never as an order, and nobody is told that they
will get something.
"""

from __future__ import annotations

from typing import Final

from tieuchi.engine.phrases import Phrase

T_ADVICE = Phrase("Sẽ đáp ứng nếu", "It would be met with")
T_ADVICE_FOR = Phrase("Sẽ đáp ứng {name} nếu", "{name} would be met with")
T_FORECAST = Phrase(
    "Sẽ đáp ứng {name} (dự báo {day}) nếu", "{name} (forecast {day}) would be met with"
)
T_AMOUNT = Phrase("Sẽ đạt {value} ({name}) nếu", "{value} ({name}) would be reached with")
T_STUCK = Phrase("Không thay đổi nào là đủ", "No change would do")
T_STUCK_FOR = Phrase(
    "Không thay đổi nào đủ để đạt {value} ({name})", "No change would reach {value} ({name})"
)
FORECAST = Phrase("{name} (dự báo {day})", "{name} (forecast {day})")
T_OPEN = Phrase("Trước hết còn thiếu thông tin", "Facts are missing first")

MORE = Phrase(
    "{name}: thêm\u00a0{change} ({before} → {after})",
    "{name}: {change}\u00a0more ({before} → {after})",
)
LESS = Phrase(
    "{name}: bớt\u00a0{change} ({before} → {after})",
    "{name}: {change}\u00a0less ({before} → {after})",
)
BECOMES = Phrase("{name}: {after} (đang là {before})", "{name}: {after} (now {before})")
STATED = Phrase("{name}: {after} (chưa khai)", "{name}: {after} (not stated)")
OF_MEMBER = Phrase("{member} · {name}", "{member} · {name}")
MEMBER = Phrase("dòng {number}", "entry {number}")

T_NONE = Phrase("Không có gì để khuyên", "No advice")
NO_VERDICT = Phrase(
    "gói này tính ra kết quả, không xét đạt hay không đạt.",
    "this pack works something out; there is nothing to be met or not met.",
)
WITH_SHARE = Phrase("{changes} · {share} mức yêu cầu", "{changes} · {share} of what is asked")
WITH_PRICE = Phrase("{changes} · chi phí {price}", "{changes} · costs {price}")
UNDER = Phrase("{changes} · {cites}", "{changes} · {cites}")
UNFINISHED = Phrase(
    "Có thể còn cách ít hơn: hết thời gian tìm.", "There may be less: the time to look was over."
)
NOTHING_FOUND = Phrase("Hết thời gian mà chưa tìm ra cách.", "The time to look was over.")

STUCK: Final = {
    "case": Phrase("{name}: hồ sơ ghi là không đổi", "{name}: fixed, as the case says"),
    "pack": Phrase("{name}: {reason}", "{name}: {reason}"),
    "date": Phrase("{name}: một ngày không đổi được", "{name}: a day cannot be changed"),
    "text": Phrase("{name}: không phải số liệu", "{name}: no figure"),
    "price": Phrase("{name}: chưa có đơn giá", "{name}: no price is given"),
}
STUCK_AT = Phrase("{name} — {reasons}", "{name} — {reasons}")
STUCK_WHATEVER = Phrase(
    "không con số nào có thể khai làm cho đáp ứng", "no figure that can be stated meets it"
)
