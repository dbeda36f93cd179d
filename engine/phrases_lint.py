"""Every word of the table of numbers that `pack lint --numbers` shows, and of what a code means."""

from __future__ import annotations

from typing import Final

from tieuchi.engine.phrases import Phrase

TITLE = Phrase("Con số trong lời văn và trong gói", "Numbers in the words and in the pack")
NOTHING = Phrase("Không có con số nào.", "There are no numbers.")
HEAD = (
    Phrase("Lời văn", "Words"),
    Phrase("Gói luật", "Pack"),
    Phrase("Kết quả", "Result"),
)
VERDICTS: Final = {
    "agrees": Phrase("khớp", "agrees"),
    "quote": Phrase("chỉ trong lời văn", "only in the words"),
    "pack": Phrase("chỉ trong gói", "only in the pack"),
    "comparison": Phrase("khác cách so", "compared otherwise"),
    "note": Phrase("đọc theo ghi chú", "read in a note"),
    "unread": Phrase("chưa đọc chính văn", "the act was not read"),
    "zero": Phrase("không có mức", "none set"),
}

# ---- what a code means

LEVELS: Final = {"error": Phrase("lỗi", "error"), "warning": Phrase("cảnh báo", "warning")}
BAD = Phrase("Sai:", "Wrong:")
GOOD = Phrase("Đúng, chỉ khác một dòng:", "Right, with one line changed:")
NO_TWIN = Phrase("Không có ví dụ dạng văn bản.", "There is no example in text.")
