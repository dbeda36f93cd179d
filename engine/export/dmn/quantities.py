"""Quantities of an exported model as functions: `interval` and `arithmetic` again, in FEEL."""

from __future__ import annotations

from typing import Final

from tieuchi.engine.export.dmn.function import NUMBER, QUANTITY, function

QUANTITIES: Final = {
    "quantity": function(
        "least most measured not_applicable",
        "{least: if measured then least else null, most: if measured then most else null,"
        " can_be_measured: measured, can_be_not_applicable: not_applicable}",
        QUANTITY,
        "Một lượng, từ ít nhất đến nhiều nhất; null: không có giới hạn.",
        "A quantity, from the least to the most; null: no bound.",
    ),
    "stated": function(
        "value least most",
        "{least: if value = null then least else value, most: if value = null then most else value,"
        " can_be_measured: true, can_be_not_applicable: false}",
        QUANTITY,
        "Dữ kiện là số; chưa khai thì nằm giữa hai giới hạn.",
        "A fact that is a number; not stated, it is between two bounds.",
    ),
    "stated_or_none": function(
        "value complete least most",
        "stated(if value = null and complete = true then 0 else value, least, most)",
        QUANTITY,
        "Như trên; khi đã khai đủ thì không khai nghĩa là không có.",
        "The same; where the case is complete, what is not stated is 0.",
    ),
    "exactly": function(
        "value",
        "{least: value, most: value, can_be_measured: true, can_be_not_applicable: false}",
        QUANTITY,
        "Đúng bằng số này.",
        "Just this number.",
    ),
    "lowest": function(
        "numbers",
        "if count(numbers) = 0 or list contains(numbers, null) then null else min(numbers)",
        NUMBER,
        "Số nhỏ nhất; null nếu có số không giới hạn.",
        "The least number; null where one has no bound.",
    ),
    "highest": function(
        "numbers",
        "if count(numbers) = 0 or list contains(numbers, null) then null else max(numbers)",
        NUMBER,
        "Số lớn nhất; null nếu có số không giới hạn.",
        "The greatest number; null where one has no bound.",
    ),
    "one_of": function(
        "numbers",
        "quantity(min(numbers), max(numbers), true, false)",
        QUANTITY,
        "Một trong các số này.",
        "One of these numbers.",
    ),
    "nothing": function(
        "because",
        "quantity(null, null, false, true)",
        QUANTITY,
        "Không có gì để đo: không áp dụng.",
        "Nothing to measure: not applicable.",
    ),
    "is_outside": function(
        "value x",
        "x.can_be_measured and ((x.least != null and value < x.least)"
        " or (x.most != null and value > x.most))",
        "boolean",
        "Một số có nằm ngoài lượng này không.",
        "Whether a number is none that a quantity can be.",
    ),
    "scaled": function(
        "k x",
        "if k = 0 or not(x.can_be_measured) then no_more_of(x) else {"
        "least: if k > 0 then k * x.least else k * x.most,"
        " most: if k > 0 then k * x.most else k * x.least,"
        " can_be_measured: true, can_be_not_applicable: x.can_be_not_applicable}",
        QUANTITY,
        "Nhân với một số.",
        "So many times a quantity.",
    ),
    "no_more_of": function(
        "x",
        "quantity(0, 0, x.can_be_measured, x.can_be_not_applicable)",
        QUANTITY,
        "Không lần một lượng: bằng 0, trừ khi không áp dụng.",
        "A quantity taken no times: 0, but where it is not applicable.",
    ),
    "total": function(
        "start terms",
        "quantity(if list contains(terms.least, null) then null else start + sum(terms.least),"
        " if list contains(terms.most, null) then null else start + sum(terms.most),"
        " every t in terms satisfies t.can_be_measured,"
        " some t in terms satisfies t.can_be_not_applicable)",
        QUANTITY,
        "Cộng lại; một số hạng không áp dụng thì tổng không áp dụng.",
        "Added up; not applicable where a term is.",
    ),
    "sum_of": function(
        "start terms",
        "if every t in terms satisfies not(t.can_be_not_applicable) then total(start, terms)"
        " else sum_of_those_there(start, terms[item.can_be_measured])",
        QUANTITY,
        "Tổng; số hạng không áp dụng thì bỏ qua.",
        "A sum; what is not applicable is skipped.",
    ),
    "sum_of_those_there": function(
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
    "difference": function(
        "x y",
        "{least: if x.least = null or y.most = null then null else x.least - y.most,"
        " most: if x.most = null or y.least = null then null else x.most - y.least,"
        " can_be_measured: x.can_be_measured and y.can_be_measured,"
        " can_be_not_applicable: x.can_be_not_applicable or y.can_be_not_applicable}",
        QUANTITY,
        "Hiệu của hai lượng.",
        "One quantity less another.",
    ),
    "highest_of": function(
        "values",
        "highest_of_those_there(values[item.can_be_measured], values[item.can_be_measured"
        " and not(item.can_be_not_applicable)])",
        QUANTITY,
        "Số lớn nhất; lượng không áp dụng thì bỏ qua.",
        "The highest; what is not applicable is skipped.",
    ),
    "highest_of_those_there": function(
        "there certain",
        "quantity(if count(certain) > 0 then highest(certain.least[item != null])"
        " else lowest(there.least), highest(there.most), count(there) > 0, count(certain) = 0)",
        QUANTITY,
        "Số lớn nhất của các lượng có thể đo, trong đó một số chắc chắn có mặt.",
        "The highest of quantities that may be there, of which some surely are.",
    ),
    "lowest_of": function(
        "values",
        "scaled(-1, highest_of(for v in values return scaled(-1, v)))",
        QUANTITY,
        "Số nhỏ nhất; lượng không áp dụng thì bỏ qua.",
        "The lowest; what is not applicable is skipped.",
    ),
    "not_below": function(
        "x bound",
        "quantity(highest([x.least, bound.least][item != null]),"
        " highest([x.most, bound.most]),"
        " x.can_be_measured and bound.can_be_measured,"
        " x.can_be_not_applicable or bound.can_be_not_applicable)",
        QUANTITY,
        "Không thấp hơn mức sàn.",
        "Not below a floor.",
    ),
    "not_above": function(
        "x bound",
        "scaled(-1, not_below(scaled(-1, x), scaled(-1, bound)))",
        QUANTITY,
        "Không vượt mức trần.",
        "Not above a cap.",
    ),
    "times": function(
        "x y",
        "if y.least = null or y.most = null then times_ends(y, x) else times_ends(x, y)",
        QUANTITY,
        "Tích của hai lượng.",
        "One quantity times another.",
    ),
    "times_ends": function(
        "x y",
        "times_between(scaled(y.least, x), scaled(y.most, x), y)",
        QUANTITY,
        "Tích, khi lượng thứ hai có cả hai giới hạn.",
        "The product, where the second has both bounds.",
    ),
    "times_between": function(
        "low high y",
        "quantity(lowest([low.least, high.least]), highest([low.most, high.most]),"
        " low.can_be_measured and y.can_be_measured,"
        " low.can_be_not_applicable or y.can_be_not_applicable)",
        QUANTITY,
        "Tích, từ tích với hai giới hạn của lượng thứ hai.",
        "The product, from those with both bounds of the second.",
    ),
    "hull": function(
        "values",
        "hull_of_those_there(values[item.can_be_measured],"
        " some v in values satisfies v.can_be_not_applicable)",
        QUANTITY,
        "Từ ít nhất đến nhiều nhất của các giá trị còn có thể.",
        "From the least to the most of what is possible.",
    ),
    "hull_of_those_there": function(
        "there not_applicable",
        "quantity(lowest(there.least), highest(there.most), count(there) > 0, not_applicable)",
        QUANTITY,
        "Như trên, của các lượng có thể đo.",
        "The same, of quantities that can be measured.",
    ),
    "rounded_down": function(
        "x per step",
        "quantity(if x.least = null then null else floor(x.least / per) * step,"
        " if x.most = null then null else floor(x.most / per) * step,"
        " x.can_be_measured, x.can_be_not_applicable)",
        QUANTITY,
        "Làm tròn xuống.",
        "Rounded down.",
    ),
    "rounded_up": function(
        "x per step",
        "quantity(if x.least = null then null else ceiling(x.least / per) * step,"
        " if x.most = null then null else ceiling(x.most / per) * step,"
        " x.can_be_measured, x.can_be_not_applicable)",
        QUANTITY,
        "Làm tròn lên.",
        "Rounded up.",
    ),
    "rounded_half_up": function(
        "x per step",
        "quantity(if x.least = null then null else nearest(x.least, per) * step,"
        " if x.most = null then null else nearest(x.most, per) * step,"
        " x.can_be_measured, x.can_be_not_applicable)",
        QUANTITY,
        "Làm tròn đến số gần nhất, một nửa thì ra xa số 0.",
        "Rounded to the nearest, a half away from 0.",
    ),
    "nearest": function(
        "value per",
        "if value >= 0 then floor(value / per + 0.5) else -floor(0.5 - value / per)",
        NUMBER,
        "Số nguyên gần nhất của một thương.",
        "The whole number nearest to a quotient.",
    ),
    "vague": function(
        "x",
        "quantity(0, if x.most = 0 then 0 else null, x.can_be_measured, x.can_be_not_applicable)",
        QUANTITY,
        "Lượng chưa biết hệ số: bằng 0 nếu không có, nếu không thì từ 0 trở lên.",
        "With a coefficient that nobody knows: 0 where there is none, else from 0 up.",
    ),
    "ratio_margin": function(
        "top bottom step rate factor",
        "if bottom.can_be_measured and (bottom.most = null or bottom.most >= step) then"
        " difference(scaled(factor, top), times(quantity(max(step, if bottom.least = null then step"
        " else bottom.least), bottom.most, true, bottom.can_be_not_applicable"
        " or bottom.least = null or bottom.least < step), rate))"
        ' else nothing("measured by nothing")',
        QUANTITY,
        "Tử số vượt phần phải đạt của mẫu số bao nhiêu; không chia, nên chính xác."
        " Mẫu số bằng 0 thì không áp dụng.",
        "By how much the numerator exceeds its share of the denominator; nothing is divided, so it"
        " is exact. Not applicable where the denominator is 0.",
    ),
    "amount_when": function(
        "condition x",
        "if not(condition.can_be_met) or not(x.can_be_measured) then exactly(0)"
        ' else if condition.status = "met" and not(x.can_be_not_applicable) then x'
        " else hull([quantity(x.least, x.most, true, false), exactly(0)])",
        QUANTITY,
        "Mức tiền; bằng 0 khi điều kiện không đạt.",
        "An amount; 0 where its condition is not met.",
    ),
}
