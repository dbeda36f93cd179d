"""Conditions of an exported model as functions: what `truth` says, in FEEL."""

from __future__ import annotations

from typing import Final

from tieuchi.engine.export.dmn.function import OUTCOME, function

OUTCOMES: Final = {
    "outcome": function(
        "met not_met not_applicable",
        '{status: if met and not(not_met or not_applicable) then "met"'
        ' else if not_met and not(met or not_applicable) then "not_met"'
        ' else if not_applicable and not(met or not_met) then "not_applicable"'
        ' else if met or not_met or not_applicable then "undetermined" else null,'
        " can_be_met: met, can_be_not_met: not_met, can_be_not_applicable: not_applicable}",
        OUTCOME,
        "Một điều kiện, theo những kết quả còn có thể xảy ra.",
        "A condition, by the outcomes that are still possible.",
    ),
    "yes_no": function(
        "value",
        "outcome(value = null or value = true, value = null or value = false, false)",
        OUTCOME,
        "Dữ kiện đúng/sai; chưa khai thì để ngỏ.",
        "A yes/no fact; not stated, it is open.",
    ),
    "activity": function(
        "name named",
        "outcome(named = null or list contains(named, name),"
        " named != null and not(list contains(named, name)), false)",
        OUTCOME,
        "Có xét hoạt động này không; null thì xét tất cả.",
        "Whether this activity is asked about; null: all are.",
    ),
    "at_least": function(
        "x bound",
        "outcome(x.can_be_measured and (x.most = null or x.most >= bound),"
        " x.can_be_measured and (x.least = null or x.least < bound), x.can_be_not_applicable)",
        OUTCOME,
        "Từ mức này trở lên.",
        "At least so much.",
    ),
    "more_than": function(
        "x bound",
        "outcome(x.can_be_measured and (x.most = null or x.most > bound),"
        " x.can_be_measured and (x.least = null or x.least <= bound), x.can_be_not_applicable)",
        OUTCOME,
        "Trên mức này.",
        "More than so much.",
    ),
    "at_most": function(
        "x bound",
        "outcome(x.can_be_measured and (x.least = null or x.least <= bound),"
        " x.can_be_measured and (x.most = null or x.most > bound), x.can_be_not_applicable)",
        OUTCOME,
        "Không quá mức này.",
        "At most so much.",
    ),
    "less_than": function(
        "x bound",
        "outcome(x.can_be_measured and (x.least = null or x.least < bound),"
        " x.can_be_measured and (x.most = null or x.most >= bound), x.can_be_not_applicable)",
        OUTCOME,
        "Dưới mức này.",
        "Less than so much.",
    ),
    "among": function(
        "labels wanted",
        "outcome(some label in labels satisfies list contains(wanted, label),"
        ' some label in labels satisfies label != "not_applicable"'
        " and not(list contains(wanted, label)),"
        ' list contains(labels, "not_applicable"))',
        OUTCOME,
        "Thuộc một trong các loại này.",
        "One of these labels.",
    ),
    "all_of": function(
        "conditions",
        "outcome((some c in conditions satisfies c.can_be_met)"
        ' and not(some c in conditions satisfies c.status = "not_met"),'
        " some c in conditions satisfies c.can_be_not_met,"
        " every c in conditions satisfies c.can_be_not_applicable)",
        OUTCOME,
        "Đạt mọi điều kiện; điều kiện không áp dụng thì không tính.",
        "All conditions are met; those not applicable do not count.",
    ),
    "any_of": function(
        "conditions",
        "outcome(some c in conditions satisfies c.can_be_met,"
        " (some c in conditions satisfies c.can_be_not_met)"
        ' and not(some c in conditions satisfies c.status = "met"),'
        " every c in conditions satisfies c.can_be_not_applicable)",
        OUTCOME,
        "Đạt một trong các điều kiện.",
        "One condition at least is met.",
    ),
    "so_many_of": function(
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
    "negated": function(
        "c",
        "outcome(c.can_be_not_met, c.can_be_met, c.can_be_not_applicable)",
        OUTCOME,
        "Điều ngược lại.",
        "The opposite.",
    ),
    "applies_when": function(
        "condition own",
        "outcome(own.can_be_met and condition.can_be_met,"
        " own.can_be_not_met and condition.can_be_met,"
        " (own.can_be_not_applicable and condition.can_be_met)"
        " or condition.can_be_not_met or condition.can_be_not_applicable)",
        OUTCOME,
        "Chỉ áp dụng khi điều kiện đầu đạt.",
        "Applies only where the first condition is met.",
    ),
    "unless": function(
        "condition own",
        "outcome(own.can_be_met and (condition.can_be_not_met or condition.can_be_not_applicable),"
        " own.can_be_not_met and (condition.can_be_not_met or condition.can_be_not_applicable),"
        " condition.can_be_met or (own.can_be_not_applicable"
        " and (condition.can_be_not_met or condition.can_be_not_applicable)))",
        OUTCOME,
        "Trừ trường hợp điều kiện đầu đạt.",
        "Does not apply where the first condition is met.",
    ),
    "reviewed": function(
        "condition own",
        "outcome(own.can_be_met or (own.can_be_not_met and condition.can_be_met),"
        " own.can_be_not_met, own.can_be_not_applicable)",
        OUTCOME,
        "Cần xem xét: chưa đạt nhưng có lý do để cơ quan có thẩm quyền quyết định.",
        "Needs review: not met, but the authority may decide otherwise.",
    ),
    "also": function(
        "c more",
        "outcome(c.can_be_met and more.can_be_met, c.can_be_not_met and more.can_be_not_met,"
        " c.can_be_not_applicable)",
        OUTCOME,
        "Hai cách tính cùng một điều kiện; chỉ giữ điều cả hai cho phép.",
        "One condition counted in two ways; what both allow.",
    ),
    "holds": function(
        "c",
        'if c.status = "met" then "yes" else if c.can_be_met then "maybe" else "no"',
        "string",
        "Điều kiện có đạt không: có, có thể, không.",
        "Whether a condition is met: yes, maybe, no.",
    ),
}
