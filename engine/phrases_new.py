"""What a new pack asks its author, where the answer goes, in both languages."""

from __future__ import annotations

from typing import Final

from tieuchi.engine.words import Words

ASKED: Final[dict[str, Words]] = {
    "head": Words(
        "Trả lời từng câu hỏi ngay dưới nó, rồi xóa câu hỏi. Ngôn ngữ: rules/README.md.",
        "Answer each question right below it, then remove it. The language: rules/README.md.",
    ),
    "kind": Words(
        "Văn bản loại nào? subsidy, standard: xét hồ sơ; criterion, plan: soát báo cáo.",
        "What kind of act? subsidy, standard: cases are checked; criterion, plan: reports audited.",
    ),
    "cite": Words(
        "Tên ngắn và tên đầy đủ của văn bản?",
        "The act's short name, and its full title?",
    ),
    "place": Words(
        'Của tỉnh, xã nào? place: "20" (tỉnh), "06217" (xã); cả nước thì bỏ dòng này.',
        'Of which province or commune? place: "20", "06217"; a national act has no such line.',
    ),
    "in_force": Words(
        "Có hiệu lực từ ngày nào, đến hết ngày nào? Không biết thì bỏ, và nói rõ ở limits.",
        "In force from which day, until which? Leave out what is not known; say so in limits.",
    ),
    "verdict": Words(
        "Kết luận và mã thoát nói về những điểm nào? all: mọi điểm; any: một trong các điểm.",
        "Which provisions do the headline and the exit code mean? all of them, or any of them.",
    ),
    "sources": Words(
        "Đã đọc ở đâu? A: hai bản độc lập khớp nhau; B: một bản; C: suy ra hoặc gián tiếp.",
        "Where was it read? A: two independent copies agree; B: one copy; C: inferred, secondary.",
    ),
    "limits": Words(
        "Người đọc chờ đợi gì mà ở đây không có?",
        "What would a reader expect that is not here?",
    ),
    "facts": Words(
        "Hồ sơ phải khai những gì, theo đơn vị nào, hỏi người khai ra sao?",
        "What must a case state, in which unit, and how are people asked?",
    ),
    "provisions": Words(
        "Từng điểm: ở điều khoản nào, nguyên văn ra sao?",
        "Each provision: under which article, in which words?",
    ),
    "require": Words(
        "“từ … trở lên” at_least; “trên” more_than; “không quá” at_most; “dưới” less_than.",
        "“từ … trở lên” at_least; “trên” more_than; “không quá” at_most; “dưới” less_than.",
    ),
    "tests": Words(
        "Mỗi ngưỡng bốn trường hợp: đúng ngưỡng, dưới một bước, trên một bước, không biết.",
        "Four cases a threshold: at it, one step below, one step above, not known.",
    ),
    "by_hand": Words(
        "Tính tay từ luật, không chép từ kết quả.",
        "Worked by hand from the law, never copied from a result.",
    ),
}
NAMED: Final[dict[str, Words]] = {  # the test cases that it begins with
    "at": Words("đúng 50 con thì đạt", "50 is the boundary"),
    "short": Words("49 con thì thiếu một con", "49 falls one short"),
    "enough": Words("51 con thì đạt", "51 is enough"),
    "unknown": Words("chưa biết số con thì còn để ngỏ", "with the number unknown it is open"),
}
NEXT: Final = Words(
    "Đã ghi {files}. Tiếp theo: `tieuchi pack lint {file}`, `tieuchi pack test {file}`.",
    "Wrote {files}. Next: `tieuchi pack lint {file}`, `tieuchi pack test {file}`.",
)
