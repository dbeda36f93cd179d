"""Every word of a form to fill in, in both languages; those of facts are the pack's."""

from __future__ import annotations

from tieuchi.engine.phrases import Phrase

DATA = Phrase("Số liệu", "Data")
GUIDE = Phrase("Hướng dẫn", "Guide")
LABELS = Phrase("Nhãn", "Labels")
FACT = Phrase("Dữ kiện", "Fact")
ID = Phrase("Mã", "Id")
SHEET = Phrase("Trang", "Sheet")
UNIT = Phrase("Đơn vị", "Unit")
ASK = Phrase("Câu hỏi", "Question")
STEP = Phrase("Mịn đến", "To the nearest")
ANSWERS = Phrase("Cách điền", "How to fill it in")
CITES = Phrase("Căn cứ hỏi", "Asked for by")
GRADE = Phrase("Độ tin cậy của nguồn", "Grade of the source")
NUMBER = Phrase("một số từ {least} trở lên", "a number of {least} or more")
NUMBER_BETWEEN = Phrase("một số từ {least} đến {most}", "a number from {least} to {most}")
WHOLE = Phrase("một số nguyên từ {least} trở lên", "a whole number of {least} or more")
WHOLE_BETWEEN = Phrase(
    "một số nguyên từ {least} đến {most}", "a whole number from {least} to {most}"
)
ONE_OF = Phrase("chọn một: {labels}", "one of: {labels}")
SOME_OF = Phrase(
    "một hay nhiều, cách nhau bằng dấu chấm phẩy: {labels}; bỏ trống là mọi hoạt động",
    "one or more, with semicolons between: {labels}; empty stands for all",
)
DATE = Phrase(
    "một ngày đầy đủ; chỉ biết năm thì ghi ngày cuối năm",
    "a whole day; where only the year is known, its last day",
)
TEXT = Phrase("chữ tùy ý", "any text")
SUBJECT = Phrase(
    "mỗi chủ thể một dòng; ô bỏ trống là chưa biết, không phải là 0",
    "one row a subject; an empty cell is unknown, not 0",
)
KEY = Phrase(
    "ghi đúng như ở trang “{sheet}”; mỗi thành viên một dòng",
    "as it stands in the sheet “{sheet}”; one row a member",
)
IN_SHEET = Phrase("điền ở trang “{sheet}”", "fill in the sheet “{sheet}”")
ABOUT = Phrase(
    "{act}: {title}. Lập theo {pack}, xét ngày {day}.",
    "{act}: {title}. Made from {pack}, as of {day}.",
)
WROTE = Phrase(
    "{file}: {columns} cột dữ kiện của {pack}, xét ngày {day}",
    "{file}: {columns} columns of facts of {pack}, as of {day}",
)
WROTE_LISTS = Phrase(
    "{wrote}; danh sách ở trang riêng: {sheets}", "{wrote}; lists in sheets of their own: {sheets}"
)
NO_LISTS = Phrase(
    "{wrote}; danh sách không có trong CSV: {names}", "{wrote}; not in a CSV: the lists {names}"
)
