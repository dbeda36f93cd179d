"""What an editor says of each key of a pack and of its test file, in both languages.

A key alone, or `model.key` where one word means several things. `schema` puts them beside the keys
that it finds in the models; a test sees that none is missing and none is left over.
"""

from __future__ import annotations

from typing import Final

from tieuchi.engine.words import Words

KEYS: Final[dict[str, Words]] = {
    # the head of a pack
    "pack": Words("Tên gói luật, cũng là tên tệp.", "The pack's name, which is the file's too."),
    "pack.kind": Words(
        "subsidy, standard: xét bằng check; criterion, plan: soát bằng audit.",
        "subsidy, standard: for check; criterion, plan: for audit.",
    ),
    "pack.cite": Words(
        "Tên ngắn của văn bản, đứng đầu mọi kết quả.",
        "The act's short name, at the head of every result.",
    ),
    "title": Words("Tên đầy đủ.", "The full title."),
    "place": Words(
        'Mã đơn vị hành chính ("20", "06217"); bỏ trống là cả nước.',
        'Unit code ("20", "06217"); left out, the act is national.',
    ),
    "in_force": Words(
        "Thời gian có hiệu lực, kể cả hai ngày đầu cuối.",
        "When it is in force, both ends included.",
    ),
    "period": Words(
        "Kỳ của kế hoạch, để tính tiến độ và thời hạn.",
        "The plan's period, for pace and deadlines.",
    ),
    "successor": Words(
        "Văn bản thay thế, nêu khi hỏi về ngày sau đó.",
        "What replaced the act, named when a later day is asked.",
    ),
    "verdict": Words(
        "Điều kiện mà kết luận và mã thoát nói đến.",
        "The condition that the headline and the exit code mean.",
    ),
    "about": Words(
        "Kết luận nói về điều gì: “điều kiện quy mô”.",
        "What the verdict is about: “the scale condition”.",
    ),
    "sources": Words("Các tài liệu đã đọc, theo tên.", "What was read, by name."),
    "source.date": Words("Ngày của tài liệu.", "The day of the source."),
    "pack.source": Words(
        "Nguồn mặc định, một tên trong `sources`.", "The source by default, a name of `sources`."
    ),
    "grade": Words(
        "A: hai bản độc lập khớp nhau; B: đã đọc một bản; C: suy ra hoặc nguồn gián tiếp.",
        "A: two independent copies agree; B: one copy read; C: inferred or secondary.",
    ),
    "limits": Words(
        "Những gì người đọc chờ đợi mà gói này không có.",
        "What a reader would expect and the pack does not cover.",
    ),
    "notes": Words(
        "Cách đọc: chữ chưa rõ, lựa chọn, chỗ khuyết.",
        "Readings: a doubtful word, a choice, a gap.",
    ),
    "activities": Words(
        "Các hoạt động mà hồ sơ có thể nêu.", "The activities that a case may name."
    ),
    "pack.labels": Words(
        "Nhãn trong báo cáo nghĩa là gì; nhãn khớp đầu tiên được dùng.",
        "What the labels of reports mean; the first that fits is taken.",
    ),
    "use": Words(
        "Tên lấy từ gói khác, cùng ngày: `farm_scale: chan-nuoi-2020/farm_scale`.",
        "Names of another pack, on the same day: `farm_scale: chan-nuoi-2020/farm_scale`.",
    ),
    "facts": Words("Những gì hồ sơ có thể khai.", "What a case may state."),
    "checks": Words(
        "Kiểm tra chính số liệu khai: phần không lớn hơn tổng.",
        "Checks of what is stated itself: a part is no more than the whole.",
    ),
    "define": Words(
        "Giải thích từ ngữ: giá trị, điều kiện, phân loại có tên.",
        "Definitions: named values, conditions and classes.",
    ),
    "provisions": Words(
        "Các điểm của luật, theo số điều khoản: `7.2.b`.", "The provisions, by article: `7.2.b`."
    ),
    "amounts": Words("Mức hỗ trợ, mức tiền.", "Amounts of support."),
    # days
    "from": Words("Từ ngày này, dạng 2023-05-31.", "From this day, as 2023-05-31."),
    "until": Words(
        "Đến hết ngày này, dạng 2023-05-31.", "Until this day, as 2023-05-31, included."
    ),
    "span.from": Words(
        "Từ ngày nào: `as_of`, một ngày hay tên dữ kiện ngày.",
        "From which day: `as_of`, a day or the name of a date.",
    ),
    "span.to": Words(
        "Đến ngày nào: `as_of`, một ngày hay tên dữ kiện ngày.",
        "To which day: `as_of`, a day or the name of a date.",
    ),
    # words
    "vi": Words("Bằng tiếng Việt.", "In Vietnamese."),
    "en": Words("Bằng tiếng Anh.", "In English."),
    "cite": Words(
        "Trích dẫn: Điều 7 khoản 2 điểm b.", "The citation: Article 7, clause 2, point b."
    ),
    "quote": Words(
        "Nguyên văn của luật, bằng tiếng Việt; hoặc `read_in`, không cả hai.",
        "The act's own words, in Vietnamese; or `read_in`, not both.",
    ),
    "read_in": Words(
        "Đọc ở nguồn nào khi chưa đọc chính văn.",
        "The source it was read in, where the act's own text was not read.",
    ),
    "source": Words(
        "Nguồn, một tên trong `sources`; thay cho mặc định.",
        "The source, a name of `sources`; instead of the default.",
    ),
    "misprint": Words(
        "Lỗi in trong nguồn và cách đọc.", "What the source misprints, and how it is read."
    ),
    "printed": Words("In là.", "As printed."),
    "read": Words("Đọc là.", "As read."),
    # labels of reports
    "progresslabel.is": Words("Nhãn đúng như chữ này.", "The label is just this."),
    "contains": Words("Nhãn có chứa chữ này.", "The label contains this."),
    "means": Words(
        "Những tình trạng mà nhãn có thể nói đến.", "The standings that the label may mean."
    ),
    # facts
    "fact.kind": Words(
        "quantity (mặc định): đại lượng có đơn vị; yes_no; class: một trong `labels`; date; "
        "list: có `fields`; text.",
        "quantity (when left out): has a unit; yes_no; class: one of `labels`; date; "
        "list: has `fields`; text.",
    ),
    "unit": Words(
        "Đơn vị: ha, head, t/batch, đồng/person/month…",
        "The unit: ha, head, t/batch, đồng/person/month…",
    ),
    "min": Words("Giá trị nhỏ nhất có thể có.", "The least that it can be."),
    "max": Words("Giá trị lớn nhất có thể có.", "The most that it can be."),
    "step": Words(
        "Bước nhỏ nhất; mặc định theo đơn vị.", "The finest step; by the unit when left out."
    ),
    "fact.else": Words(
        "Định nghĩa dùng thay khi dữ kiện không được khai.",
        "The definition used where the fact is not stated.",
    ),
    "when_complete": Words(
        "zero: không liệt kê là 0 khi hồ sơ đầy đủ; open: vẫn để ngỏ.",
        "zero: 0 where a complete case does not list it; open: still open.",
    ),
    "label": Words("Đơn vị theo cách người dân gọi.", "The unit as people say it."),
    "labels": Words("Các nhãn của phân loại, theo thứ tự.", "The labels of the class, in order."),
    "fields": Words(
        "Mỗi người hay mục trong danh sách có những gì.",
        "What is stated of each member of the list.",
    ),
    "ask": Words("Câu hỏi dành cho người khai.", "The question that people are asked."),
    "fixed": Words("Vì sao người hỏi không thay đổi được.", "Why whoever asks cannot change it."),
    "grows": Words("Chỉ có thể tăng lên.", "It can only become more."),
    "level": Words(
        "error: từ chối hồ sơ; warning: chỉ nhắc.",
        "error: the case is refused; warning: it is only told.",
    ),
    # provisions
    "applies_when": Words(
        "Chỉ áp dụng khi; ngoài ra là không áp dụng.",
        "Applies only when; otherwise it is not applicable.",
    ),
    "unless": Words("Trừ trường hợp.", "But for this case."),
    "review_when": Words(
        "Khi điều này đúng, “chưa đạt” thành “cần xem xét”.",
        "Where this holds, a “no” becomes “needs review”.",
    ),
    "review": Words("Lời ghi khi cần xem xét.", "What is said where it needs review."),
    "deadline": Words(
        "Thời hạn của chỉ tiêu; mặc định là cuối kỳ.",
        "The target's deadline; else the end of the period.",
    ),
    "pace": Words(
        "cumulative: cộng dồn trong năm, như số thu.",
        "cumulative: adds up over the year, as revenue does.",
    ),
    "not_encoded": Words(
        "Vì sao điều kiện này không được mã hóa; luôn được nêu ra.",
        "Why this condition is not encoded; it is always shown.",
    ),
    # conditions
    "require": Words(
        "Phép so sánh: một giá trị với một ngưỡng.", "A comparison: a value with a threshold."
    ),
    "all": Words("Mọi điều kiện (“và”).", "Every condition (“and”)."),
    "any": Words("Một trong các điều kiện (“hoặc”).", "One of the conditions (“or”)."),
    "at_least": Words(
        "Từ … trở lên, tối thiểu; hoặc: ít nhất N điều kiện trong `of`.",
        "… or more, at the least; or: at least N of the conditions in `of`.",
    ),
    "atleast.at_least": Words(
        "Ít nhất bao nhiêu điều kiện trong `of`.", "At least how many of the conditions in `of`."
    ),
    "atleast.of": Words("Các điều kiện được đếm.", "The conditions that are counted."),
    "not": Words("Không phải.", "Not so."),
    "activity": Words("Hồ sơ hỏi về hoạt động này.", "The case asks about this activity."),
    "when": Words("Khi điều kiện này đạt.", "When this condition is met."),
    # comparisons
    "compared.at_least": Words("Từ … trở lên, tối thiểu (≥).", "… or more, at the least (≥)."),
    "more_than": Words("Trên, quá (>).", "More than, above (>)."),
    "at_most": Words("Không quá, trở xuống, tối đa (≤).", "At most, no more than (≤)."),
    "less_than": Words("Dưới (<).", "Less than, under (<)."),
    "equals": Words("Bằng (=).", "Equal to (=)."),
    "in": Words("Thuộc một trong các nhãn.", "Is one of these labels."),
    "require.is": Words("true: có; false: không.", "true: it is so; false: it is not."),
    # values
    "of": Words(
        "Giá trị nào: một tên, hay một giá trị viết ra.",
        "Which value: a name, or a value written out.",
    ),
    "sum": Words(
        "Tổng của các số, hay của mọi thành viên một danh sách: `{each: cost, of: plots}`.",
        "The sum of several, or over a list: `{each: cost, of: plots}`.",
    ),
    "each": Words("Giá trị của một thành viên.", "The value of one member."),
    "each.of": Words("Danh sách nào.", "Which list."),
    "for": Words(
        "Là giá trị của mỗi thành viên danh sách này.", "It is a value of each member of this list."
    ),
    "weighted": Words(
        "Tổng có hệ số: `{cattle: 0.34, goats: unknown}`.",
        "A sum with coefficients: `{cattle: 0.34, goats: unknown}`.",
    ),
    "less": Words("Hiệu: số thứ nhất trừ số thứ hai.", "The first less the second."),
    "times": Words("Tích của hai số.", "The product of two."),
    "share": Words("Tỷ lệ của `of`: `share: 60 %`.", "A share of `of`: `share: 60 %`."),
    "share.of": Words("Tỷ lệ của cái gì.", "A share of what."),
    "ratio": Words("Tỷ số của hai đại lượng.", "The ratio of two quantities."),
    "ratioparts.of": Words("Tử số.", "The numerator."),
    "per": Words("Mẫu số.", "The denominator."),
    "highest": Words("Số lớn nhất.", "The highest."),
    "lowest": Words("Số nhỏ nhất.", "The lowest."),
    "divide": Words("Chia cho `by`.", "Divided by `by`."),
    "divide.by": Words("Số chia, lớn hơn 0.", "The divisor, more than 0."),
    "count": Words("Đếm trong danh sách này.", "Counts in this list."),
    "where": Words(
        "Chỉ đếm những ai thỏa điều kiện này.", "Counts only those for whom this holds."
    ),
    "table": Words(
        "Bảng: `by` là khóa, mỗi nhãn một ô.", "A table: `by` is its key, every label has a cell."
    ),
    "table.by": Words(
        "Bảng tra theo phân loại nào; nhiều khóa thì lồng nhau.",
        "The class by which the table is read; nested where there are several.",
    ),
    "first": Words(
        "Xét lần lượt, lấy dòng đầu tiên đúng; dòng cuối là `else`.",
        "Line by line, the first that fits; the last is `else`.",
    ),
    "first.of": Words("Giá trị mà các dòng so sánh.", "The value that the lines compare."),
    "then": Words("Thì là.", "Then it is."),
    "else": Words("Còn lại là.", "Otherwise it is."),
    "floor": Words("Không dưới.", "No less than."),
    "cap": Words("Không quá.", "No more than."),
    "round": Words(
        "Làm tròn: `{to: 1_000 đồng, way: down}`.", "Rounded: `{to: 1_000 đồng, way: down}`."
    ),
    "rounding.to": Words("Đến bước nào.", "To which step."),
    "way": Words(
        "down: xuống; up: lên; half_up: gần nhất, nửa thì lên.",
        "down, up, or half_up: to the nearest, halves up.",
    ),
    "years": Words("Số năm đã đủ.", "Completed years."),
    "months": Words("Số tháng đã đủ.", "Completed months."),
    "days": Words("Số ngày.", "Days."),
    "up_to": Words(
        "Luật nói “tối đa”: số tính ra là mức trần.",
        "The law says “at most”: what comes out is a ceiling.",
    ),
}
"""Of a pack."""

TEST_KEYS: Final[dict[str, Words]] = {
    "pack": Words(
        "Gói luật được thử, đứng cạnh tệp này.",
        "The pack under test, which stands beside this file.",
    ),
    "as_of": Words("Xét theo luật ngày nào.", "As of which day."),
    "cases": Words("Các trường hợp thử.", "The test cases."),
    "refused": Words(
        "Những gì không thể khai: một phép kiểm tra trong `checks` phải từ chối.",
        "What cannot be stated: a check of the pack must refuse it.",
    ),
    "name": Words("Trường hợp này là gì, một dòng.", "What this case is, in a line."),
    "cite": Words(
        "Điều khoản mà kết quả dựa vào.", "The article that the expected result follows from."
    ),
    "given": Words(
        "Dữ kiện đã khai; không khai là chưa biết.",
        "The facts stated; what is not stated is unknown.",
    ),
    "expect": Words(
        "Kết quả phải ra, tính tay từ luật: id và trạng thái, hay các trường của kết quả.",
        "What must come out, worked by hand from the law: id and status, or fields of the result.",
    ),
    "complete": Words("true: ngoài ra không có gì khác.", "true: there is nothing else."),
    "activities": Words("Chỉ xét các hoạt động này.", "Only these activities are asked about."),
    "decimal": Words(
        "Dấu thập phân của các số trong `given`.", "The decimal mark of the numbers in `given`."
    ),
}
"""Of a test file."""

PACK: Final = Words(
    "Gói luật của tieuchi: một văn bản thành dữ liệu. Cách viết: rules/README.md.",
    "A pack of tieuchi: one act as data. How to write it: rules/README.md.",
)
TESTS: Final = Words(
    "Các trường hợp thử cạnh một gói luật của tieuchi.", "The test cases beside a pack of tieuchi."
)

FORMS: Final[dict[str, Words]] = {
    "value": Words(
        "Một số có đơn vị (50 head, 4.5 ha, 1_000 đồng/m2; dấu chấm thập phân, _ phân nhóm), "
        "một ngày hay một tên.",
        "A number with its unit (50 head, 4.5 ha, 1_000 đồng/m2; a decimal point, _ groups), "
        "a day or a name.",
    ),
    "number": Words(
        "Một số (12, 4.5, 1_000), có thể kèm đơn vị.",
        "A number (12, 4.5, 1_000), with its unit if need be.",
    ),
    "whole": Words("Một số nguyên từ 1.", "A whole number from 1."),
    "day": Words("Một ngày dạng 2023-05-31.", "A day written as 2023-05-31."),
    "moment": Words(
        "`as_of`, một ngày dạng 2023-05-31 hay một tên.",
        "`as_of`, a day written as 2023-05-31 or a name.",
    ),
    "unit": Words("Một đơn vị, hay đơn vị ghép bằng `/`.", "A unit, or several joined by `/`."),
    "name": Words("Một tên, hay `gói/tên`; không dấu cách.", "A name, or `pack/name`; no spaces."),
    "id": Words(
        "Một tên không có dấu cách hay `/`, không kết thúc bằng .shortfall, .least, .most.",
        "A name without spaces and `/` that does not end in .shortfall, .least or .most.",
    ),
    "fact-id": Words("Chữ thường a-z, số và `_`.", "Small letters a-z, digits and `_`."),
    "grade": Words("A, B hoặc C.", "A, B or C."),
}
"""What a word must look like, said where it does not."""
