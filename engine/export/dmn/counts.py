"""Members of lists, days and ratios of an exported model as functions, in FEEL."""

from __future__ import annotations

from typing import Final

from tieuchi.engine.export.dmn.function import DAY, NUMBER, QUANTITY, function

COUNTS: Final = {
    # ---- members of a list
    "counted": function(
        "condition k",
        'quantity(if condition.status = "met" then k else if condition.can_be_met then min(0, k)'
        ' else 0, if condition.status = "met" then k else if condition.can_be_met then max(0, k)'
        " else 0, true, false)",
        QUANTITY,
        "Một thành viên được tính là bao nhiêu.",
        "What one member counts for.",
    ),
    "or_nothing": function(
        "x",
        "if not(x.can_be_measured) then exactly(0) else if x.can_be_not_applicable"
        " then hull([quantity(x.least, x.most, true, false), exactly(0)]) else x",
        QUANTITY,
        "Một lượng, bằng 0 nếu không áp dụng.",
        "A quantity, 0 where it is not applicable.",
    ),
    "counted_up": function(
        "members",
        "total(0, append(members, exactly(0)))",
        QUANTITY,
        "Đếm các thành viên đã khai.",
        "The members that are stated, counted.",
    ),
    "with_more": function(
        "x open_below open_above",
        "quantity(if open_below then null else x.least, if open_above then null else x.most,"
        " true, false)",
        QUANTITY,
        "Một phép đếm khi danh sách có thể còn nữa.",
        "A count where there may be more in the list.",
    ),
    "is_closed": function(
        "own complete closes",
        "if own != null then own else complete = true and closes",
        "boolean",
        "Danh sách đã đủ chưa.",
        "Whether a list is complete.",
    ),
    # ---- days
    "on_day": function(
        "value",
        "{least: value, most: value, can_be_measured: true, can_be_not_applicable: false}",
        DAY,
        "Một ngày; chưa khai thì là ngày bất kỳ.",
        "A day; not stated, it is any.",
    ),
    "elapsed_years": function(
        "start end",
        "rounded_down(elapsed_months(start, end), 12, 1)",
        QUANTITY,
        "Số năm tròn giữa hai ngày.",
        "Completed years between two days.",
    ),
    "elapsed_months": function(
        "start end",
        "quantity(if start.most = null or end.least = null then 0"
        " else completed_months(start.most, end.least),"
        " if start.least = null or end.most = null then null"
        " else completed_months(start.least, end.most),"
        " start.can_be_measured and end.can_be_measured,"
        " start.can_be_not_applicable or end.can_be_not_applicable)",
        QUANTITY,
        "Số tháng tròn giữa hai ngày.",
        "Completed months between two days.",
    ),
    "elapsed_days": function(
        "start end",
        "quantity(if start.most = null or end.least = null then 0"
        " else completed_days(start.most, end.least),"
        " if start.least = null or end.most = null then null"
        " else completed_days(start.least, end.most),"
        " start.can_be_measured and end.can_be_measured,"
        " start.can_be_not_applicable or end.can_be_not_applicable)",
        QUANTITY,
        "Số ngày giữa hai ngày.",
        "Days between two days.",
    ),
    "elapsed_begun_years": function(
        "start end",
        "quantity(if start.most = null or end.least = null then 0"
        " else begun_years(start.most, end.least),"
        " if start.least = null or end.most = null then null"
        " else begun_years(start.least, end.most),"
        " start.can_be_measured and end.can_be_measured,"
        " start.can_be_not_applicable or end.can_be_not_applicable)",
        QUANTITY,
        "Số năm giữa hai ngày, tính cả năm đang chạy.",
        "Years between two days, the one under way counted too.",
    ),
    "elapsed_begun_months": function(
        "start end",
        "quantity(if start.most = null or end.least = null then 0"
        " else begun_months(start.most, end.least),"
        " if start.least = null or end.most = null then null"
        " else begun_months(start.least, end.most),"
        " start.can_be_measured and end.can_be_measured,"
        " start.can_be_not_applicable or end.can_be_not_applicable)",
        QUANTITY,
        "Số tháng giữa hai ngày, tính cả tháng đang chạy.",
        "Months between two days, the one under way counted too.",
    ),
    "begun_years": function(
        "start end",
        "if end <= start then 0"
        ' else floor(completed_months(start, end - duration("P1D")) / 12) + 1',
        NUMBER,
        "Số năm, tính cả năm đang chạy.",
        "Years, the one under way counted too.",
    ),
    "begun_months": function(
        "start end",
        'if end <= start then 0 else completed_months(start, end - duration("P1D")) + 1',
        NUMBER,
        "Số tháng, tính cả tháng đang chạy.",
        "Months, the one under way counted too.",
    ),
    "completed_months": function(
        "start end",
        "if end <= start then 0 else 12 * (end.year - start.year) + end.month - start.month"
        " - (if end.day < min(start.day, last_day(end.year, end.month)) then 1 else 0)",
        NUMBER,
        "Số tháng tròn; tháng ngắn thì tròn vào ngày cuối tháng.",
        "Completed months; a shorter month is completed on its last day.",
    ),
    "completed_days": function(
        "start end",
        'if end <= start then 0 else (end - start) / duration("P1D")',
        NUMBER,
        "Số ngày, không âm.",
        "Days, not below 0.",
    ),
    "last_day": function(
        "year month",
        'if month = 12 then 31 else (date(year, month + 1, 1) - duration("P1D")).day',
        NUMBER,
        "Ngày cuối của một tháng.",
        "The last day of a month.",
    ),
    # ---- ratios, for people to read
    "ratio": function(
        "top bottom factor",
        "{numerator: top, denominator: bottom, value:"
        " if not(top.can_be_measured) or not(bottom.can_be_measured)"
        ' or bottom.most = 0 then nothing("measured by nothing") else quantity('
        "if bottom.most = null then 0 else if top.least = null then null"
        " else factor * top.least / bottom.most,"
        " if top.most = null or bottom.least = null or bottom.least <= 0 then null"
        " else factor * top.most / bottom.least, true, top.can_be_not_applicable"
        " or bottom.can_be_not_applicable or bottom.least = null or bottom.least <= 0)}",
        "tRatio",
        "Một tỷ lệ; `value` chỉ để đọc, các điều kiện dùng `numerator` và `denominator`.",
        "A ratio; `value` is to be read only, conditions use `numerator` and `denominator`.",
    ),
}
