"""Every word of what authors of packs are told: what an amendment does, what no test sees.

The phrases are built as those of `phrases`, and the same rule holds: what is said is which
condition is met, never that somebody is eligible or will get something.
"""

from __future__ import annotations

from typing import Final

from tieuchi.engine.phrases import Phrase

# ---- what an amendment does

DAYS = Phrase("{old} → {new}", "{old} → {new}")
CHANGES: Final[dict[str, Phrase]] = {
    "same": Phrase("như cũ", "the same"),
    "looser": Phrase("nới lỏng", "looser"),
    "stricter": Phrase("chặt hơn", "stricter"),
    "different": Phrase("khác đi", "different"),
    "new": Phrase("mới", "new"),
    "gone": Phrase("không còn", "gone"),
    "not_shown": Phrase("chưa chứng minh được", "not shown"),
}
AMOUNT_CHANGES: Final[dict[str, Phrase]] = {
    **CHANGES,
    "looser": Phrase("cao hơn", "higher"),
    "stricter": Phrase("thấp hơn", "lower"),
}
VERDICT: Final = Phrase("{about}: {change}", "{about}: {change}")
NOTHING_DIFFERS = Phrase(
    "Không hồ sơ nào có kết quả khác: mọi điểm như cũ",
    "No case comes out otherwise: every provision is the same",
)
NOTHING_READ_DIFFERS = Phrase(
    "Không hồ sơ nào cả hai cùng đọc được có kết quả khác",
    "No case that both read comes out otherwise",
)
SOMETHING_DIFFERS = Phrase(
    "{count} trong {total} kết quả khác đi", "{count} of {total} outcomes are not the same"
)
WAYS: Final[dict[str, Phrase]] = {
    "gained": Phrase("Thêm được", "Gains"),
    "lost": Phrase("Mất đi", "Loses"),
    "other": Phrase("Khác đi", "Otherwise"),
}
SMALLEST = Phrase("{way}: {facts}", "{way}: {facts}")
BEFORE = Phrase("Trước: {text}", "Before: {text}")
AFTER = Phrase("Sau: {text}", "After: {text}")
A_CEILING = Phrase("là mức tối đa", "it is a ceiling")
AN_AMOUNT = Phrase("là mức hỗ trợ", "it is the amount itself")
NOTHING_ELSE = Phrase("không có gì khác mà điều này hỏi đến", "nothing else that this asks about")
NOTHING_AT_ALL = Phrase("không có gì", "nothing")
NOT_STATED = Phrase("chưa khai gì", "nothing stated")
FACT = Phrase("{fact} {value}", "{fact} {value}")
MEMBERS = Phrase("{name}: {count} mục", "{name}: {count} members")
ACTIVITIES = Phrase("hoạt động {names}", "activity {names}")
FIGURES = Phrase("{status} ({figures})", "{status} ({figures})")
T_SAME = Phrase("Như cũ", "The same")
T_SETTLED = Phrase("Đã xét", "Looked at")
SAME_COUNT = Phrase(
    "{count} kết quả, chứng minh trên mọi hồ sơ có thể có",
    "{count} outcomes, shown over every case there can be",
)
T_UNSHARED = Phrase("Chỉ một bên đọc được", "Read by one alone")
ASKED_BY: Final[dict[str, Phrase]] = {
    "old": Phrase("chỉ trước đây hỏi {names}", "only the old one asks for {names}"),
    "new": Phrase("chỉ từ nay hỏi {names}", "only the new one asks for {names}"),
}
KNOWN_TO: Final[dict[str, Phrase]] = {
    "old": Phrase(
        "{fact}: chỉ trước đây có {labels}; hồ sơ ấy không so được",
        "{fact}: only the old one has {labels}; such a case is not compared",
    ),
    "new": Phrase(
        "{fact}: chỉ từ nay có {labels}; hồ sơ ấy không so được",
        "{fact}: only the new one has {labels}; such a case is not compared",
    ),
}
SAME_COUNT_READ = Phrase(
    "{count} kết quả, chứng minh trên mọi hồ sơ mà cả hai cùng đọc được",
    "{count} outcomes, shown over every case that both read",
)
T_NOT_SHOWN = Phrase("Chưa chứng minh được", "Not shown")
UNSETTLED = Phrase(
    "{names}: trong thời gian cho phép không tìm được câu trả lời",
    "{names}: no answer was found in the time there is",
)

T_REGISTRY = Phrase("Trong bảng ({rows} dòng)", "In the table ({rows} rows)")
T_REGISTRY_LESS = Phrase(
    "Trong bảng ({rows} dòng; {rejected} dòng không đọc được)",
    "In the table ({rows} rows; {rejected} that cannot be read)",
)
NOBODY = Phrase("không dòng nào có kết quả khác", "no row comes out otherwise")
GAIN = Phrase("thêm", "gain")
LOSE = Phrase("mất", "lose")

# ---- what no test case catches

CAUGHT = Phrase(
    "{file}: {caught} trong {total} lỗi gài bị phát hiện ({share})",
    "{file}: {caught} of {total} mutants caught ({share})",
)
EQUIVALENT = Phrase(
    "{count} không đổi kết quả của hồ sơ khai đủ nào (đã chứng minh)",
    "{count} shown to decide every complete case alike",
)
REFUSED = Phrase("{count} bị ngôn ngữ từ chối", "{count} refused by the language")
FAILING = Phrase(
    "{file}: {count} trường hợp thử sai; sửa cho đúng đã, `tieuchi pack test` cho xem sai chỗ nào",
    "{file}: {count} test cases fail; make them pass first, `tieuchi pack test` shows where",
)
SLIPS: Final[dict[str, Phrase]] = {
    "threshold": Phrase("`{before}` thành `{after}`", "`{after}` for `{before}`"),
    "strict": Phrase("`{before}` thành `{after}`", "`{after}` for `{before}`"),
    "unit": Phrase("`{before}` thành `{after}`", "`{after}` for `{before}`"),
    "junction": Phrase("`{before}` thành `{after}`", "`{after}` for `{before}`"),
    "day": Phrase("`{before}` thành `{after}`", "`{after}` for `{before}`"),
    "number": Phrase("`{before}` thành `{after}`", "`{after}` for `{before}`"),
    "truth": Phrase("`{before}` thành `{after}`", "`{after}` for `{before}`"),
    "term": Phrase("bỏ `{before}`{after}", "`{before}` left out{after}"),
    "label": Phrase("`{before}` thành `{after}`", "`{after}` for `{before}`"),
    "more": Phrase("thêm `{after}` sau `{before}`", "`{after}` put after `{before}`"),
    "swap": Phrase("`{before}` và `{after}` đổi chỗ", "`{before}` and `{after}` swapped"),
    "round": Phrase("`{before}` thành `{after}`", "`{after}` for `{before}`"),
    "gate": Phrase("bỏ `{before}`{after}", "`{before}` left out{after}"),
    "turned": Phrase("`{before}` thêm `not`{after}", "`not` put into `{before}`{after}"),
    "check": Phrase("bỏ phép kiểm tra này{before}{after}", "this check left out{before}{after}"),
    "bound": Phrase("bỏ `{before}`{after}", "`{before}` left out{after}"),
}
SURVIVES = Phrase(
    "{mark}: {owner}: {slip}: không trường hợp nào phát hiện; đối chiếu với luật rồi thêm",
    "{mark}: {owner}: {slip}: no test case catches it; check this one against the law and add it",
)
UNREFUSED = Phrase(
    "{mark}: {owner}: {slip}: không trường hợp nào phát hiện; đối chiếu với luật rồi thêm vào"
    " `refused`",
    "{mark}: {owner}: {slip}: no test case catches it; check this one against the law and add it"
    " under `refused`",
)
ALIKE = Phrase(
    "{mark}: {owner}: {slip}: mọi hồ sơ khai đủ vẫn ra như cũ (đã chứng minh)",
    "{mark}: {owner}: {slip}: every complete case still comes out alike (shown)",
)
NO_CASE = Phrase(
    "{mark}: {owner}: {slip}: không trường hợp nào phát hiện; chưa tìm được trường"
    " hợp nào, hãy tự viết",
    "{mark}: {owner}: {slip}: no test case catches it; none that would was found in time, write"
    " one yourself",
)

# ---- what no test case looks at

COVERED = Phrase(
    "{seen} trong {total} tình huống đã có trường hợp thử ({share})",
    "{seen} of {total} situations are seen by a test case ({share})",
)
SITUATIONS: Final[dict[str, Phrase]] = {
    "met": Phrase("đáp ứng", "met"),
    "not_met": Phrase("chưa", "not met"),
    "undetermined": Phrase("còn mở", "open"),
    "boundary": Phrase("đúng mức", "boundary"),
    "below": Phrase("sát mức", "just below"),
}
WHAT_IS_SET = Phrase("mức theo luật", "what the law sets")
TIME = Phrase("thời gian từ {start} đến {end}", "time from {start} to {end}")
AND_OTHERS = Phrase("{first} + {count} số khác", "{first} + {count} more")
LACKS = Phrase(
    "{owner}: {text}: thiếu “{situation}”; đối chiếu với luật rồi thêm",
    "{owner}: {text}: “{situation}” is lacking; check this one against the law and add it",
)
NEVER = Phrase(
    "{owner}: {text}: “{situation}” không bao giờ xảy ra (đã chứng minh)",
    "{owner}: {text}: “{situation}” never happens (shown)",
)
NOT_FOUND = Phrase(
    "{owner}: {text}: thiếu “{situation}”; chưa tìm được trường hợp nào, hãy tự viết",
    "{owner}: {text}: “{situation}” is lacking; no case was found in time, write one yourself",
)

_REGISTERED: Final = {name: value for name, value in globals().items() if isinstance(value, Phrase)}
REGISTER: Final[dict[str, Phrase]] = {
    **_REGISTERED,
    **{f"CHANGES-{key}": value for key, value in CHANGES.items()},
    **{f"AMOUNT_CHANGES-{key}": value for key, value in AMOUNT_CHANGES.items()},
    **{f"SLIPS-{key}": value for key, value in SLIPS.items()},
    **{f"SITUATIONS-{key}": value for key, value in SITUATIONS.items()},
    **{f"WAYS-{key}": value for key, value in WAYS.items()},
}
"""All phrases by name: those of a table by their key besides."""
