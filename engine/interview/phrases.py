"""Every sentence of an interview, in both languages; those about the law are of `phrases`."""

from __future__ import annotations

from typing import Final

from tieuchi.engine.phrases import Phrase

HEAD = Phrase("{act} · {day}", "{act} · {day}")
ABOUT = Phrase("Hỏi để biết: {about}.", "Asking about: {about}.")
AT_MOST = Phrase("Nhiều nhất {most} câu, thường khoảng {expected}.",
                 "At most {most} questions, about {expected} as a rule.")  # fmt: skip
AT_MOST_ONE = Phrase("Chỉ một câu.", "One question.")
LEFT = Phrase("nhiều nhất còn {most} câu", "at most {most} more questions")
LEFT_ONE = Phrase("câu cuối cùng", "the last question")
COMMANDS = Phrase(
    "Gõ ? để biết vì sao hỏi, - nếu chưa biết, < để quay lại, q để dừng.",
    "Type ? for why it is asked, - if it is not known, < to go back, q to stop.",
)
DONE_NOTHING = Phrase("Không có gì phải hỏi.", "There is nothing to ask.")
DONE = Phrase("Xong, sau {count} câu.", "That is all, after {count} questions.")
DONE_ONE = Phrase("Xong, sau một câu.", "That is all, after one question.")
NO_MORE = Phrase(
    "Không còn câu nào thay đổi được kết luận.", "No further question can change the answer."
)
SETTLES = Phrase(
    "Kết luận không còn thay đổi; chỉ cần thêm số liệu này để xét được hồ sơ.",
    "The answer can no longer change; this is needed only for the case to be decided.",
)
IMPLIED = Phrase(
    "Suy ra từ các câu trên: {fact}: {value}.", "Follows from the above: {fact}: {value}."
)
STOPPED = Phrase("Dừng ở đây, chưa có kết luận.", "Stopped here, without an answer.")
FIRST = Phrase("Đây là câu đầu tiên.", "This is the first question.")
EMPTY = Phrase(
    "Chưa có câu trả lời; gõ - nếu chưa biết, q để dừng.",
    "There is no answer; type - if it is not known, q to stop.",
)
UNREADABLE = Phrase("Không đọc được dòng này; dùng bảng mã UTF-8.",
                    "That line cannot be read; use UTF-8.")  # fmt: skip
UNASKED = Phrase("{name}?", "{name}?")

# ---- how to answer

IN_UNIT = Phrase("đơn vị: {unit}", "unit: {unit}")
SUCH_AS = Phrase("ví dụ: {example}", "for example: {example}")
YES_NO = Phrase("có hoặc không (c/k)", "yes or no (y/n)")
MONEY_UNIT: Final = "đồng"
MONEY = Phrase("350 triệu {unit}", "350 million {unit}")
DAY = Phrase("một ngày, ví dụ: 31/05/2023", "a day, for example: 31/05/2023")
LABEL = Phrase("số thứ tự hoặc tên", "its number or its name")
NUMBERED = Phrase("{number}) {label}", "{number}) {label}")
ACTIVITIES = Phrase("Hồ sơ thuộc lĩnh vực nào?", "Which activities is it about?")
SEVERAL = Phrase(
    "một hay nhiều, cách nhau bằng dấu phẩy; * là tất cả",
    "one or more, with commas between; * for all",
)
ALL: Final = frozenset(("*", "tất cả", "all"))
YES: Final = frozenset(("c", "co", "y"))
NO: Final = frozenset(("k", "khong", "ko", "n"))
MEMBERS = Phrase("Trước hết: danh sách có bao nhiêu?", "First: how many are on the list?")
MEMBER = Phrase("{number}/{count}: {question}", "{number}/{count}: {question}")
WHOLE = Phrase("một số nguyên từ 0 đến {most}", "a whole number from 0 to {most}")
AMBIGUOUS = Phrase(
    "`{written}` có thể hiểu hai cách; viết `{whole}` hoặc `{part}`",
    "`{written}` can be read in two ways; write `{whole}` or `{part}`",
)
YES_OR_NO = Phrase(
    "`{written}` không phải là có hay không; trả lời c hoặc k",
    "`{written}` is neither yes nor no; answer y or n",
)
LABELS = Phrase(
    "không có `{written}`; gõ số từ 1 đến {most}, hoặc tên",
    "there is no `{written}`; type a number from 1 to {most}, or a name",
)

# ---- why it is asked

WHY = Phrase("Hỏi vì:", "Asked because of:")
WHY_ALL = Phrase(
    "Lĩnh vực cho biết điều kiện nào được xét:",
    "The activities say which conditions are looked at:",
)
WHY_TOGETHER = Phrase("{required}; xét cùng: {facts}", "{required}; together with: {facts}")
WHY_APPLIES = Phrase("cho biết điều này có áp dụng không", "tells whether it applies")
WHY_USED = Phrase("dùng để tính: {names}", "used to work out: {names}")
WHY_MORE = Phrase("và {count} quy định khác", "and {count} other provisions")

# ---- saving

SAVE = Phrase("Lưu hồ sơ vào tệp nào? (bỏ trống: không lưu)",
              "Save the case to which file? (empty: do not save)")  # fmt: skip
EXISTS = Phrase("{file} đã có; ghi đè? (c/k)", "{file} exists; overwrite it? (y/n)")
SAVED = Phrase("Đã lưu {file}; xét lại bằng: {command}",
               "Saved {file}; decide it again with: {command}")  # fmt: skip
SAVED_PART = Phrase("Đã lưu {file}; hỏi tiếp bằng: {command}",
                    "Saved {file}; go on with: {command}")  # fmt: skip
NOT_SAVED = Phrase("{file}: không ghi được: {reason}", "{file}: cannot be written: {reason}")

REGISTER: Final[dict[str, Phrase]] = {
    name: value for name, value in globals().items() if isinstance(value, Phrase)
}
"""All phrases by name."""
