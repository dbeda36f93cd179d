"""Mistakes of cases and of the command line, and of numbers and days wherever they are written."""

from typing import Final

from tieuchi.engine.codes.code import Code
from tieuchi.engine.words import Words

CODES: Final[dict[str, Code]] = {
    # numbers, units and days as people write them
    "unit-unknown": Code(
        "`{part}` không phải là một đơn vị",
        "`{part}` is not a unit",
        "see-units",
    ),
    "number-malformed": Code(
        "`{written}` không phải là một số",
        "`{written}` is not a number",
        "write-number",
    ),
    "number-ambiguous": Code(
        "`{written}` có thể là {as_point} hoặc {as_comma}",
        "`{written}` may be {as_point} or {as_comma}",
        "say-decimal",
    ),
    "number-cut": Code(
        "`{written}` trong một danh sách là {one} và {other}, hay một số thập phân",
        "`{written}` in a list may be {one} and {other}, or one decimal number",
        "part-numbers",
    ),
    "number-too-long": Code(
        "số `{written}` có hơn {limit} chữ số",
        "the number `{written}` has more than {limit} digits",
        "write-number",
    ),
    "number-not-finite": Code(
        "`{written}` không phải là một số hữu hạn",
        "`{written}` is not a finite number",
        "write-unknown",
    ),
    "number-negative": Code(
        "`{written}` nhỏ hơn 0, `{name}` không thể âm",
        "`{written}` is below 0, and `{name}` cannot be",
        "write-positive",
    ),
    "number-too-fine": Code(
        "`{written}` chi li hơn bước {step} của `{name}`",
        "`{written}` is finer than {step}, the step of `{name}`",
        "coarser",
    ),
    "number-outside": Code(
        "`{written}` nằm ngoài khoảng của `{name}`: từ {least} đến {most}",
        "`{written}` is outside what `{name}` can be: from {least} to {most}",
        "within",
    ),
    "amount-unknown": Code(
        "gói `{pack}` không có mức tiền `{name}`",
        "pack `{pack}` has no amount `{name}`",
        "see-provisions",
    ),
    "boolean-for-number": Code(
        "`{name}` là một đại lượng, `{written}` là có/không",
        "`{name}` is a quantity, and `{written}` is yes or no",
        "write-number",
    ),
    "list-for-number": Code(
        "`{name}` là một đại lượng, ở đây là {given:term}",
        "`{name}` is a quantity, and here stands {given:term}",
        "write-number",
    ),
    "text-for-number": Code(
        "`{name}` là một đại lượng, `{written}` là chữ",
        "`{name}` is a quantity, and `{written}` is text",
        "write-number",
    ),
    "float-for-number": Code(
        "`{name}`: `{written}` là số dấu phẩy động nhị phân, không chính xác",
        "`{name}`: `{written}` is a binary floating-point number, which is not exact",
        "write-exact",
    ),
    "date-malformed": Code(
        "`{written}` không phải là một ngày",
        "`{written}` is not a date",
        "write-date",
    ),
    "date-impossible": Code(
        "không có ngày `{written}`",
        "there is no day `{written}`",
        "check-date",
    ),
    # what a case states
    "fact-unknown": Code(
        "`{pack}` không hỏi dữ kiện nào tên là `{name}`",
        "`{pack}` asks for no fact called `{name}`",
        "see-facts",
    ),
    "activity-unknown": Code(
        "`{pack}` không có hoạt động nào tên là `{name}`",
        "`{pack}` has no activity called `{name}`",
        "see-activities",
    ),
    "provision-unknown": Code(
        "`{pack}` không có điểm nào tên là `{name}`",
        "`{pack}` has no provision called `{name}`",
        "see-provisions",
    ),
    "value-missing": Code(
        "`{name}` chưa có giá trị",
        "`{name}` has no value",
        "write-value",
    ),
    "flag-expected": Code(
        "`{key}` chỉ có thể là `true` hoặc `false`, không phải `{written}`",
        "`{key}` is `true` or `false`, not `{written}`",
        "write-yes-no",
    ),
    "yes-no-expected": Code(
        "`{name}` chỉ có thể là `true`, `false` hoặc `unknown`, không phải `{written}`",
        "`{name}` is `true`, `false` or `unknown`, not `{written}`",
        "write-yes-no",
    ),
    "claim-form": Code(
        "một mục của `claims` phải cho biết con số được tính từ gì, theo đúng một cách",
        "a claim says what its figure is made of, in exactly one way",
        "write-claim",
    ),
    "both-stated": Code(
        "`{name}` được khai là {stated}, nhưng theo `{definition}` thì là {computed}",
        "`{name}` is stated as {stated}, but comes out of `{definition}` as {computed}",
        "state-one",
    ),
    "not-together": Code(
        "`{name}` được khai là {stated}, không thể cùng đúng với `{others}`",
        "`{name}` is stated as {stated}, which cannot be together with `{others}`",
        "correct-one",
    ),
    "check-failed": Code(
        "{vi}",
        "{en}",
        "check-input",
    ),
    "check-warned": Code(
        "{vi}",
        "{en}",
        level="warning",
    ),
    # the case itself
    "not-a-case": Code(
        "đây không phải là hồ sơ: không có `facts`, `pack` hay `packs`",
        "this is no case: it has no `facts`, `pack` or `packs`",
        "write-case",
    ),
    "pack-for-case": Code(
        "đây là một gói luật, không phải hồ sơ",
        "this is a pack of law, not a case",
        "write-case",
    ),
    "folder-no-cases": Code(
        "thư mục không có hồ sơ nào (`*.yaml`)",
        "the folder has no case in it (`*.yaml`)",
        "add-case",
    ),
    "no-cases": Code(
        "không có hồ sơ nào để xét",
        "there is no case to look at",
        "add-case",
    ),
    "no-pack": Code(
        "không gói luật nào áp dụng cho hồ sơ này",
        "no pack applies to this case",
        "name-pack",
    ),
}

REMEDIES: Final[dict[str, Words]] = {
    "see-units": Words(
        "dùng `đồng`, `m2`, `ha`, `kg`, `t`, `head`, `person`, `%`… hoặc ghép như `đồng/m2`",
        "use `đồng`, `m2`, `ha`, `kg`, `t`, `head`, `person`, `%`… or a compound such as `đồng/m2`",
    ),
    "write-number": Words(
        "viết một số, như `38` hoặc `4,5 ha`",
        "write a number, such as `38` or `4,5 ha`",
    ),
    "write-point": Words(
        "viết một số với dấu chấm thập phân, như `38` hoặc `4.5 ha`",
        "write a number with a decimal point, such as `38` or `4.5 ha`",
    ),
    "write-comma": Words(
        "viết một số với dấu phẩy thập phân, như `38` hoặc `4,5 ha`",
        "write a number with a decimal comma, such as `38` or `4,5 ha`",
    ),
    "say-decimal": Words(
        "thêm `decimal: comma` hoặc `decimal: point`; ở dòng lệnh là `--decimal comma` hay `point`",
        "add `decimal: comma` or `decimal: point`; to a command, `--decimal comma` or `point`",
    ),
    "correct-one": Words(
        "sửa một trong các dữ kiện ấy",
        "correct one of them",
    ),
    "part-numbers": Words(
        "đặt số thập phân trong dấu nháy (`'1,5 ha'`), hoặc để dấu cách sau dấu phẩy giữa hai số",
        "put a decimal number in quotes (`'1,5 ha'`), or a space after a comma between two numbers",
    ),
    "write-unknown": Words(
        "viết một số, hoặc `unknown`",
        "write a number, or `unknown`",
    ),
    "write-positive": Words(
        "viết 0 hoặc một số lớn hơn",
        "write 0 or more",
    ),
    "coarser": Words(
        "viết tròn bước, đúng như sổ sách",
        "write it to that step, as the record has it",
    ),
    "within": Words(
        "kiểm tra lại con số",
        "check the number",
    ),
    "write-exact": Words(
        "đưa vào dưới dạng chữ, `int` hoặc `Decimal`",
        "give it as text, an `int` or a `Decimal`",
    ),
    "write-date": Words(
        "viết như `2023-05-31`",
        "write it as `2023-05-31`",
    ),
    "check-date": Words(
        "xem lại ngày, viết như `2023-05-31`",
        "check the day, and write it as `2023-05-31`",
    ),
    "see-facts": Words(
        "xem các dữ kiện bằng `tieuchi explain {pack}`",
        "see its facts with `tieuchi explain {pack}`",
    ),
    "see-activities": Words(
        "dùng một trong {activities}",
        "use one of {activities}",
    ),
    "see-provisions": Words(
        "xem các điểm bằng `tieuchi explain {pack}`",
        "see its provisions with `tieuchi explain {pack}`",
    ),
    "write-value": Words(
        "viết một giá trị, hoặc `unknown`",
        "write a value, or `unknown`",
    ),
    "write-yes-no": Words(
        "viết `true` hoặc `false`",
        "write `true` or `false`",
    ),
    "write-claim": Words(
        "viết `printed` với một trong `sum_of`, `percent`, `product`, `same_base`",
        "write `printed` and one of `sum_of`, `percent`, `product`, `same_base`",
    ),
    "state-one": Words(
        "sửa một trong hai, hoặc chỉ khai một",
        "correct one of them, or state only one",
    ),
    "check-input": Words(
        "kiểm tra lại số liệu",
        "check the figures",
    ),
    "write-case": Words(
        "viết hồ sơ như `pack: nq-08-2019` và `facts: {{cattle: 38}}`",
        "write a case, such as `pack: nq-08-2019` and `facts: {{cattle: 38}}`",
    ),
    "add-case": Words(
        "thêm một tệp hồ sơ, có `facts`",
        "add the file of a case, with `facts`",
    ),
    "name-pack": Words(
        "nêu tên bằng `pack: …` hoặc `--pack`",
        "name one with `pack: …` or `--pack`",
    ),
}
