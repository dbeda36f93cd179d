"""Every sentence that stands in an exported model, in Vietnamese and in English."""

from __future__ import annotations

from tieuchi.engine.phrases import Phrase

ABOUT = Phrase(
    "{title}. Theo pháp luật ngày {day}. Gói {pack}, {digest}.",
    "{title}. Under the law of {day}. Pack {pack}, {digest}.",
)
READ = Phrase(
    "Mỗi quy định, định nghĩa, mức tiền là một quyết định. Một điều kiện là `status` (met, not_met,"
    " not_applicable, undetermined) cùng những kết quả còn có thể xảy ra; một lượng là `least` và"
    " `most` (null: không giới hạn). Dữ kiện chưa biết thì để null: thiếu không phải là không."
    " Xem `input_errors` trước: khi danh sách này không rỗng thì các kết quả khác không có nghĩa.",
    "Every provision, definition and amount is a decision. A condition is its `status` (met,"
    " not_met, not_applicable, undetermined) with the outcomes that are still possible; a quantity"
    " is `least` and `most` (null: no bound). What is not known is null: missing is not zero and"
    " not no. Look at `input_errors` first: where that list is not empty, the rest says nothing.",
)
LIMIT = Phrase("Phạm vi xét: {text}", "Scope: {text}")
NOTE = Phrase("Lưu ý: {text}", "Note: {text}")
QUOTE = Phrase("“{text}”", "“{text}”")
READ_IN = Phrase("Đọc trong: {source}.", "Read in: {source}.")
GRADE = Phrase("Nguồn: {source} (mức {grade}).", "Source: {source} (grade {grade}).")
MISPRINT = Phrase("In là “{printed}”, đọc là “{read}”.", "Printed “{printed}”, read “{read}”.")
NOT_ENCODED = Phrase("Không xét: {text}", "Not decided: {text}")
NOT_IN_FORCE = Phrase("Không có hiệu lực vào ngày này.", "Not in force on this day.")
UP_TO = Phrase("Là mức tối đa.", "It is the most that may be given.")
IN_UNIT = Phrase("Đơn vị: {unit}.", "Unit: {unit}.")
IN_PARTS = Phrase(
    "Để chính xác, số ghi ở đây gấp {times} lần lượng đó.",
    "To be exact, the figures here are {times} times the quantity.",
)

INPUT_NUMBER = Phrase(
    "Số, theo {unit}, từ {least} đến {most}, bước {step}; null khi chưa biết.",
    "A number, in {unit}, from {least} to {most}, in steps of {step}; null where not known.",
)
COUNT = Phrase("đơn vị đếm", "a plain count")
INPUT_NONE = Phrase(
    "Không khai khi `{complete}` là true nghĩa là không có.",
    "Not stated where `{complete}` is true means that there is none.",
)
INPUT_YES_NO = Phrase("true hoặc false; null khi chưa biết.", "true or false; null if not known.")
INPUT_CLASS = Phrase(
    "Một trong {labels}; null khi chưa biết.", "One of {labels}; null where not known."
)
INPUT_DATE = Phrase("Một ngày; null khi chưa biết.", "A day; null where not known.")
INPUT_LIST = Phrase(
    "Danh sách, mỗi thành viên gồm {fields}; điều chưa biết thì để null.",
    "A list, each member with {fields}; what is not known is null.",
)
LABELS = Phrase(
    "Những loại còn có thể, trong {labels}, và “not_applicable”.",
    "The labels that are possible, of {labels} and “not_applicable”.",
)
LABEL_TERM = Phrase("“{id}” ({words})", "“{id}” ({words})")
CLOSED = Phrase("danh sách đã đủ: {list}", "list complete: {list}")
CLOSED_SAYS = Phrase(
    "true khi `{list}` có mọi thành viên, false khi có thể còn nữa; null thì theo `{complete}`.",
    "true where `{list}` has all members, false where there may be more; null: as `{complete}`.",
)
COMPLETE = Phrase("đã khai đủ", "nothing else to state")
COMPLETE_SAYS = Phrase(
    "true khi những gì không khai (số con, cây, diện tích, thể tích, khối lượng) là không có.",
    "true where what is not stated (heads, trees, areas, volumes, masses) is 0.",
)
ACTIVITIES = Phrase("hoạt động được xét", "activities asked about")
ACTIVITIES_SAYS = Phrase(
    "Các hoạt động được xét, trong số {labels}; null: xét tất cả; rỗng: không xét hoạt động nào.",
    "The activities asked about, of {labels}; null: all; empty: none.",
)

VERDICT = Phrase("kết luận: {about}", "the verdict: {about}")
VERDICT_ALONE = Phrase("kết luận", "the verdict")
ERRORS = Phrase("lỗi của dữ kiện", "what is wrong with the input")
ERRORS_SAYS = Phrase(
    "Những gì không thể đúng trong dữ kiện; khi danh sách không rỗng thì không được dùng kết quả.",
    "What cannot be true of the input; where the list is not empty, no result may be used.",
)
WARNINGS = Phrase("lưu ý về dữ kiện", "what is odd in the input")
WARNINGS_SAYS = Phrase("Những gì đáng xem lại trong dữ kiện.", "What is worth a second look.")
OUTSIDE = Phrase(
    "{fact}: ngoài khoảng từ {least} đến {most} hoặc lẻ hơn bước {step}",
    "{fact}: not from {least} to {most}, or finer than {step}",
)
NO_LABEL = Phrase("{fact}: không phải là một trong các loại", "{fact}: none of the labels")
NO_ACTIVITY = Phrase("hoạt động không có trong văn bản", "an activity that the act does not name")
BOTH_STATED = Phrase(
    "{fact}: số khai và các dữ kiện khác không thể cùng đúng",
    "{fact}: what is stated and the other facts cannot both be true",
)
TABLE_SAYS = Phrase(
    "Mọi dòng còn có thể đúng đều được lấy: điều chưa biết thì khớp với nhiều dòng.",
    "Every row that may still apply counts: what is not known fits several.",
)
PART = Phrase("một bước để tính “{of}”", "a step towards “{of}”")
TABLE = Phrase(
    "bảng để tính “{of}”",
    "a table for “{of}”",
)
LAW = Phrase("từ dữ kiện đến kết luận", "from the facts to the verdict")
INPUT = Phrase("kiểm tra dữ kiện", "what is looked at in the input")
LIBRARY = Phrase("các hàm", "the functions")

# ---- what cannot be said

NO_DECIMAL = Phrase(
    "số {number} không viết được thành số thập phân hữu hạn mà FEEL cần",
    "the number {number} has no finite decimal, which FEEL needs",
)
NO_STEP = Phrase(
    "dữ kiện `{fact}` có bước {step}, không phải là số thập phân hữu hạn mà FEEL cần",
    "the fact `{fact}` goes in steps of {step}, which is no finite decimal, as FEEL needs",
)
NO_WORDS = Phrase("FEEL không có cách nói `{op}`", "FEEL has no words for `{op}`")
LABEL_TAKEN = Phrase(
    "loại `{label}` của `{name}` trùng với từ mà mô hình dùng; đổi tên loại này",
    "the label `{label}` of `{name}` is a word that the model uses; rename the label",
)
