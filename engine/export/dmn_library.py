"""The functions that the decisions of an exported model call: the algebra of what is possible, in FEEL.

Each becomes a business knowledge model. They say again, in another language, what `truth`,
`interval` and `arithmetic` say, and an engine that is not ours is held against those by the tests.
A value is a context:

- an outcome (of a condition): `status`, and which of the three outcomes it still can have;
- a quantity or a day: `least` and `most` (null where there is no bound), whether it can be measured
  at all and whether it can be not applicable;
- a class is the list of its labels that are possible, ``not_applicable`` among them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tieuchi.engine.words import Words


class Function(NamedTuple):
    """A function of the model: its parameters, its FEEL, the type of its result, what it does."""

    params: tuple[str, ...]
    text: str
    type: str
    says: Words


OUTCOME, QUANTITY, DAY, LABELS, NUMBER = "tOutcome", "tQuantity", "tDay", "tLabels", "number"


def calls(text: str) -> list[str]:
    """The functions of the library that an expression calls, each once."""
    return [name for name in dict.fromkeys(_CALL.findall(text)) if name in FUNCTIONS]


def needed(texts: list[str]) -> list[str]:
    """The functions that some expressions call, and those that these call, in the order here."""
    todo, found = list(texts), set[str]()
    while todo:
        for name in calls(todo.pop()):
            if name not in found:
                found.add(name)
                todo.append(FUNCTIONS[name].text)
    return [name for name in FUNCTIONS if name in found]


_CALL = re.compile(r"([a-z_]+)\(")


def _function(params: str, text: str, kind: str, vi: str, en: str) -> Function:
    return Function(tuple(params.split()), text, kind, Words(vi, en))


FUNCTIONS = {
    # ---- outcomes
    "outcome": _function(
        "met not_met not_applicable",
        "{status: if met and not(not_met or not_applicable) then \"met\""
        ' else if not_met and not(met or not_applicable) then "not_met"'
        ' else if not_applicable and not(met or not_met) then "not_applicable"'
        ' else if met or not_met or not_applicable then "undetermined" else null,'
        " can_be_met: met, can_be_not_met: not_met, can_be_not_applicable: not_applicable}",
        OUTCOME,
        "Một điều kiện, theo những kết quả còn có thể xảy ra.",
        "A condition, by the outcomes that are still possible.",
    ),
    "yes_no": _function(
        "value",
        "outcome(value = null or value = true, value = null or value = false, false)",
        OUTCOME,
        "Dữ kiện đúng/sai; chưa khai thì để ngỏ.",
        "A yes/no fact; not stated, it is open.",
    ),
    "activity": _function(
        "name named",
        "outcome(named = null or list contains(named, name),"
        " named != null and not(list contains(named, name)), false)",
        OUTCOME,
        "Có xét hoạt động này không; null thì xét tất cả.",
        "Whether this activity is asked about; null: all are.",
    ),
    "at_least": _function(
        "x bound",
        "outcome(x.can_be_measured and (x.most = null or x.most >= bound),"
        " x.can_be_measured and (x.least = null or x.least < bound), x.can_be_not_applicable)",
        OUTCOME,
        "Từ mức này trở lên.",
        "At least so much.",
    ),
    "more_than": _function(
        "x bound",
        "outcome(x.can_be_measured and (x.most = null or x.most > bound),"
        " x.can_be_measured and (x.least = null or x.least <= bound), x.can_be_not_applicable)",
        OUTCOME,
        "Trên mức này.",
        "More than so much.",
    ),
    "at_most": _function(
        "x bound",
        "outcome(x.can_be_measured and (x.least = null or x.least <= bound),"
        " x.can_be_measured and (x.most = null or x.most > bound), x.can_be_not_applicable)",
        OUTCOME,
        "Không quá mức này.",
        "At most so much.",
    ),
    "less_than": _function(
        "x bound",
        "outcome(x.can_be_measured and (x.least = null or x.least < bound),"
        " x.can_be_measured and (x.most = null or x.most >= bound), x.can_be_not_applicable)",
        OUTCOME,
        "Dưới mức này.",
        "Less than so much.",
    ),
    "among": _function(
        "labels wanted",
        "outcome(some label in labels satisfies list contains(wanted, label),"
        ' some label in labels satisfies label != "not_applicable"'
        " and not(list contains(wanted, label)),"
        ' list contains(labels, "not_applicable"))',
        OUTCOME,
        "Thuộc một trong các loại này.",
        "One of these labels.",
    ),
    "all_of": _function(
        "conditions",
        "outcome((some c in conditions satisfies c.can_be_met)"
        ' and not(some c in conditions satisfies c.status = "not_met"),'
        " some c in conditions satisfies c.can_be_not_met,"
        " every c in conditions satisfies c.can_be_not_applicable)",
        OUTCOME,
        "Đạt mọi điều kiện; điều kiện không áp dụng thì không tính.",
        "All conditions are met; those not applicable do not count.",
    ),
    "any_of": _function(
        "conditions",
        "outcome(some c in conditions satisfies c.can_be_met,"
        " (some c in conditions satisfies c.can_be_not_met)"
        ' and not(some c in conditions satisfies c.status = "met"),'
        " every c in conditions satisfies c.can_be_not_applicable)",
        OUTCOME,
        "Đạt một trong các điều kiện.",
        "One condition at least is met.",
    ),
    "so_many_of": _function(
        "needed conditions",
        "outcome(count(conditions[item.can_be_met]) >= needed,"
        ' count(conditions[item.status = "met"]) < needed'
        " and ((some c in conditions satisfies c.can_be_not_met)"
        " or (needed > 1 and (some c in conditions satisfies c.can_be_met))),"
        " every c in conditions satisfies c.can_be_not_applicable)",
        OUTCOME,
        "Đạt ít nhất bấy nhiêu điều kiện.",
        "So many conditions at least are met.",
    ),
    "negated": _function(
        "c",
        "outcome(c.can_be_not_met, c.can_be_met, c.can_be_not_applicable)",
        OUTCOME,
        "Điều ngược lại.",
        "The opposite.",
    ),
    "applies_when": _function(
        "condition own",
        "outcome(own.can_be_met and condition.can_be_met,"
        " own.can_be_not_met and condition.can_be_met,"
        " (own.can_be_not_applicable and condition.can_be_met)"
        " or condition.can_be_not_met or condition.can_be_not_applicable)",
        OUTCOME,
        "Chỉ áp dụng khi điều kiện đầu đạt.",
        "Applies only where the first condition is met.",
    ),
    "unless": _function(
        "condition own",
        "outcome(own.can_be_met and (condition.can_be_not_met or condition.can_be_not_applicable),"
        " own.can_be_not_met and (condition.can_be_not_met or condition.can_be_not_applicable),"
        " condition.can_be_met or (own.can_be_not_applicable"
        " and (condition.can_be_not_met or condition.can_be_not_applicable)))",
        OUTCOME,
        "Trừ trường hợp điều kiện đầu đạt.",
        "Does not apply where the first condition is met.",
    ),
    "reviewed": _function(
        "condition own",
        "outcome(own.can_be_met or (own.can_be_not_met and condition.can_be_met),"
        " own.can_be_not_met, own.can_be_not_applicable)",
        OUTCOME,
        "Cần xem xét: chưa đạt nhưng có lý do để cơ quan có thẩm quyền quyết định.",
        "Needs review: not met, but the authority may decide otherwise.",
    ),
    "also": _function(
        "c more",
        "outcome(c.can_be_met and more.can_be_met, c.can_be_not_met and more.can_be_not_met,"
        " c.can_be_not_applicable)",
        OUTCOME,
        "Hai cách tính cùng một điều kiện; chỉ giữ điều cả hai cho phép.",
        "One condition counted in two ways; what both allow.",
    ),
    "holds": _function(
        "c",
        'if c.status = "met" then "yes" else if c.can_be_met then "maybe" else "no"',
        "string",
        "Điều kiện có đạt không: có, có thể, không.",
        "Whether a condition is met: yes, maybe, no.",
    ),
    # ---- quantities
    "quantity": _function(
        "least most measured not_applicable",
        "{least: if measured then least else null, most: if measured then most else null,"
        " can_be_measured: measured, can_be_not_applicable: not_applicable}",
        QUANTITY,
        "Một lượng, từ ít nhất đến nhiều nhất; null: không có giới hạn.",
        "A quantity, from the least to the most; null: no bound.",
    ),
    "stated": _function(
        "value least most",
        "if value = null then quantity(least, most, true, false)"
        " else quantity(value, value, true, false)",
        QUANTITY,
        "Dữ kiện là số; chưa khai thì nằm giữa hai giới hạn.",
        "A fact that is a number; not stated, it is between two bounds.",
    ),
    "stated_or_none": _function(
        "value complete least most",
        "stated(if value = null and complete = true then 0 else value, least, most)",
        QUANTITY,
        "Như trên; khi đã khai đủ thì không khai nghĩa là không có.",
        "The same; where the case is complete, what is not stated is 0.",
    ),
    "exactly": _function(
        "value",
        "quantity(value, value, true, false)",
        QUANTITY,
        "Đúng bằng số này.",
        "Just this number.",
    ),
    "lowest": _function(
        "numbers",
        "if count(numbers) = 0 or list contains(numbers, null) then null else min(numbers)",
        NUMBER,
        "Số nhỏ nhất; null nếu có số không giới hạn.",
        "The least number; null where one has no bound.",
    ),
    "highest": _function(
        "numbers",
        "if count(numbers) = 0 or list contains(numbers, null) then null else max(numbers)",
        NUMBER,
        "Số lớn nhất; null nếu có số không giới hạn.",
        "The greatest number; null where one has no bound.",
    ),
    "one_of": _function(
        "numbers",
        "quantity(min(numbers), max(numbers), true, false)",
        QUANTITY,
        "Một trong các số này.",
        "One of these numbers.",
    ),
    "nothing": _function(
        "because",
        "quantity(null, null, false, true)",
        QUANTITY,
        "Không có gì để đo: không áp dụng.",
        "Nothing to measure: not applicable.",
    ),
    "is_outside": _function(
        "value x",
        "x.can_be_measured and ((x.least != null and value < x.least)"
        " or (x.most != null and value > x.most))",
        "boolean",
        "Một số có nằm ngoài lượng này không.",
        "Whether a number is none that a quantity can be.",
    ),
    "scaled": _function(
        "k x",
        "quantity(if k = 0 then 0 else if k > 0 then k * x.least else k * x.most,"
        " if k = 0 then 0 else if k > 0 then k * x.most else k * x.least,"
        " x.can_be_measured, x.can_be_not_applicable)",
        QUANTITY,
        "Nhân với một số.",
        "So many times a quantity.",
    ),
    "total": _function(
        "start terms",
        "quantity(if list contains(terms.least, null) then null else start + sum(terms.least),"
        " if list contains(terms.most, null) then null else start + sum(terms.most),"
        " every t in terms satisfies t.can_be_measured,"
        " some t in terms satisfies t.can_be_not_applicable)",
        QUANTITY,
        "Cộng lại; một số hạng không áp dụng thì tổng không áp dụng.",
        "Added up; not applicable where a term is.",
    ),
    "sum_of": _function(
        "start terms",
        "if every t in terms satisfies not(t.can_be_not_applicable) then total(start, terms)"
        " else sum_of_those_there(start, terms[item.can_be_measured])",
        QUANTITY,
        "Tổng; số hạng không áp dụng thì bỏ qua.",
        "A sum; what is not applicable is skipped.",
    ),
    "sum_of_those_there": _function(
        "start there",
        'if count(there) = 0 then nothing("none is there") else {'
        "certain: some t in there satisfies not(t.can_be_not_applicable),"
        " low: for t in there[not(item.can_be_not_applicable) or item.least = null"
        " or item.least < 0] return t.least,"
        " high: for t in there[not(item.can_be_not_applicable) or item.most = null"
        " or item.most > 0] return t.most,"
        " least: if list contains(low, null) then null else if count(low) > 0"
        " then start + sum(low) else if certain then start else start + lowest(there.least),"
        " most: if list contains(high, null) then null else if count(high) > 0"
        " then start + sum(high) else if certain then start else start + highest(there.most),"
        " whole: quantity(least, most, true, not(certain))}.whole",
        QUANTITY,
        "Tổng của các số hạng có thể đo, trong đó ít nhất một số hạng có mặt.",
        "The sum of terms that may be there, of which one at least is.",
    ),
    "difference": _function(
        "x y",
        "total(0, [x, scaled(-1, y)])",
        QUANTITY,
        "Hiệu của hai lượng.",
        "One quantity less another.",
    ),
    "highest_of": _function(
        "values",
        "highest_of_those_there(values[item.can_be_measured], values[item.can_be_measured"
        " and not(item.can_be_not_applicable)])",
        QUANTITY,
        "Số lớn nhất; lượng không áp dụng thì bỏ qua.",
        "The highest; what is not applicable is skipped.",
    ),
    "highest_of_those_there": _function(
        "there certain",
        "quantity(if count(certain) > 0 then highest(certain.least[item != null])"
        " else lowest(there.least), highest(there.most), count(there) > 0, count(certain) = 0)",
        QUANTITY,
        "Số lớn nhất của các lượng có thể đo, trong đó một số chắc chắn có mặt.",
        "The highest of quantities that may be there, of which some surely are.",
    ),
    "lowest_of": _function(
        "values",
        "scaled(-1, highest_of(for v in values return scaled(-1, v)))",
        QUANTITY,
        "Số nhỏ nhất; lượng không áp dụng thì bỏ qua.",
        "The lowest; what is not applicable is skipped.",
    ),
    "not_below": _function(
        "x bound",
        "quantity(highest([x.least, bound.least][item != null]),"
        " highest([x.most, bound.most]),"
        " x.can_be_measured and bound.can_be_measured,"
        " x.can_be_not_applicable or bound.can_be_not_applicable)",
        QUANTITY,
        "Không thấp hơn mức sàn.",
        "Not below a floor.",
    ),
    "not_above": _function(
        "x bound",
        "scaled(-1, not_below(scaled(-1, x), scaled(-1, bound)))",
        QUANTITY,
        "Không vượt mức trần.",
        "Not above a cap.",
    ),
    "times": _function(
        "x y",
        "if y.least = null or y.most = null then times_ends(y, x) else times_ends(x, y)",
        QUANTITY,
        "Tích của hai lượng.",
        "One quantity times another.",
    ),
    "times_ends": _function(
        "x y",
        "times_between(scaled(y.least, x), scaled(y.most, x), y)",
        QUANTITY,
        "Tích, khi lượng thứ hai có cả hai giới hạn.",
        "The product, where the second has both bounds.",
    ),
    "times_between": _function(
        "low high y",
        "quantity(lowest([low.least, high.least]), highest([low.most, high.most]),"
        " low.can_be_measured and y.can_be_measured,"
        " low.can_be_not_applicable or y.can_be_not_applicable)",
        QUANTITY,
        "Tích, từ tích với hai giới hạn của lượng thứ hai.",
        "The product, from those with both bounds of the second.",
    ),
    "hull": _function(
        "values",
        "hull_of_those_there(values[item.can_be_measured],"
        " some v in values satisfies v.can_be_not_applicable)",
        QUANTITY,
        "Từ ít nhất đến nhiều nhất của các giá trị còn có thể.",
        "From the least to the most of what is possible.",
    ),
    "hull_of_those_there": _function(
        "there not_applicable",
        "quantity(lowest(there.least), highest(there.most), count(there) > 0, not_applicable)",
        QUANTITY,
        "Như trên, của các lượng có thể đo.",
        "The same, of quantities that can be measured.",
    ),
    "rounded_down": _function(
        "x per step",
        "quantity(if x.least = null then null else floor(x.least / per) * step,"
        " if x.most = null then null else floor(x.most / per) * step,"
        " x.can_be_measured, x.can_be_not_applicable)",
        QUANTITY,
        "Làm tròn xuống.",
        "Rounded down.",
    ),
    "rounded_up": _function(
        "x per step",
        "quantity(if x.least = null then null else ceiling(x.least / per) * step,"
        " if x.most = null then null else ceiling(x.most / per) * step,"
        " x.can_be_measured, x.can_be_not_applicable)",
        QUANTITY,
        "Làm tròn lên.",
        "Rounded up.",
    ),
    "rounded_half_up": _function(
        "x per step",
        "quantity(if x.least = null then null else nearest(x.least, per) * step,"
        " if x.most = null then null else nearest(x.most, per) * step,"
        " x.can_be_measured, x.can_be_not_applicable)",
        QUANTITY,
        "Làm tròn đến số gần nhất, một nửa thì ra xa số 0.",
        "Rounded to the nearest, a half away from 0.",
    ),
    "nearest": _function(
        "value per",
        "if value >= 0 then floor(value / per + 0.5)"
        " else -floor(0.5 - value / per)",
        NUMBER,
        "Số nguyên gần nhất của một thương.",
        "The whole number nearest to a quotient.",
    ),
    "vague": _function(
        "x",
        "quantity(0, if x.most = 0 then 0 else null, x.can_be_measured, x.can_be_not_applicable)",
        QUANTITY,
        "Lượng chưa biết hệ số: bằng 0 nếu không có, nếu không thì từ 0 trở lên.",
        "With a coefficient that nobody knows: 0 where there is none, else from 0 up.",
    ),
    "ratio_margin": _function(
        "top bottom step rate factor",
        "if bottom.can_be_measured and (bottom.most = null or bottom.most >= step) then"
        " difference(scaled(factor, top), times(quantity(max(step, if bottom.least = null then step"
        " else bottom.least), bottom.most, true, bottom.can_be_not_applicable or bottom.least = null"
        " or bottom.least < step), rate))"
        ' else nothing("measured by nothing")',
        QUANTITY,
        "Tử số vượt phần phải đạt của mẫu số bao nhiêu; không chia, nên chính xác."
        " Mẫu số bằng 0 thì không áp dụng.",
        "By how much the numerator exceeds its share of the denominator; nothing is divided, so it"
        " is exact. Not applicable where the denominator is 0.",
    ),
    "amount_when": _function(
        "condition x",
        "if not(condition.can_be_met) or not(x.can_be_measured) then exactly(0)"
        ' else if condition.status = "met" and not(x.can_be_not_applicable) then x'
        " else hull([quantity(x.least, x.most, true, false), exactly(0)])",
        QUANTITY,
        "Mức tiền; bằng 0 khi điều kiện không đạt.",
        "An amount; 0 where its condition is not met.",
    ),
    # ---- members of a list
    "counted": _function(
        "condition k",
        "quantity(if condition.status = \"met\" then k else if condition.can_be_met then min(0, k)"
        " else 0, if condition.status = \"met\" then k else if condition.can_be_met then max(0, k)"
        " else 0, true, false)",
        QUANTITY,
        "Một thành viên được tính là bao nhiêu.",
        "What one member counts for.",
    ),
    "counted_up": _function(
        "members",
        "total(0, append(members, exactly(0)))",
        QUANTITY,
        "Đếm các thành viên đã khai.",
        "The members that are stated, counted.",
    ),
    "with_more": _function(
        "x open_below open_above",
        "quantity(if open_below then null else x.least, if open_above then null else x.most,"
        " true, false)",
        QUANTITY,
        "Một phép đếm khi danh sách có thể còn nữa.",
        "A count where there may be more in the list.",
    ),
    "is_closed": _function(
        "own complete closes",
        "if own != null then own else complete = true and closes",
        "boolean",
        "Danh sách đã đủ chưa.",
        "Whether a list is complete.",
    ),
    # ---- days
    "on_day": _function(
        "value",
        "{least: value, most: value, can_be_measured: true, can_be_not_applicable: false}",
        DAY,
        "Một ngày; chưa khai thì là ngày bất kỳ.",
        "A day; not stated, it is any.",
    ),
    "elapsed_years": _function(
        "start end",
        "rounded_down(elapsed_months(start, end), 12, 1)",
        QUANTITY,
        "Số năm tròn giữa hai ngày.",
        "Completed years between two days.",
    ),
    "elapsed_months": _function(
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
    "elapsed_days": _function(
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
    "completed_months": _function(
        "start end",
        "if end <= start then 0 else 12 * (end.year - start.year) + end.month - start.month"
        " - (if end.day < min(start.day, last_day(end.year, end.month)) then 1 else 0)",
        NUMBER,
        "Số tháng tròn; tháng ngắn thì tròn vào ngày cuối tháng.",
        "Completed months; a shorter month is completed on its last day.",
    ),
    "completed_days": _function(
        "start end",
        'if end <= start then 0 else (end - start) / duration("P1D")',
        NUMBER,
        "Số ngày, không âm.",
        "Days, not below 0.",
    ),
    "last_day": _function(
        "year month",
        'if month = 12 then 31 else (date(year, month + 1, 1) - duration("P1D")).day',
        NUMBER,
        "Ngày cuối của một tháng.",
        "The last day of a month.",
    ),
    # ---- ratios, for people to read
    "ratio": _function(
        "top bottom factor",
        "{numerator: top, denominator: bottom, value: if not(top.can_be_measured) or not(bottom.can_be_measured)"
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
