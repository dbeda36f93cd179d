"""Doubts about packs that `pack lint` alone tells: their days, and what readers would look for."""

from typing import Final

from tieuchi.engine.codes.code import Code
from tieuchi.engine.words import Words

CODES: Final[dict[str, Code]] = {
    # days
    "dated-apart": Code(
        "các ô của một bảng trong `{name}` đổi vào những ngày khác nhau: ô này không đổi {day}",
        "cells of one table of `{name}` change on different days: this one not on {day}",
        "same-days",
        "warning",
    ),
    "dated-same": Code(
        "từ {day}, `{name}` vẫn là `{written}` như trước, nên mức ấy không đổi",
        "from {day}, `{name}` is `{written}` as before, so nothing changes then",
        "amend-value",
        "warning",
    ),
    "dated-unquoted": Code(
        "lời văn của `{name}` có nói ngày tháng, nhưng không nói năm {year} như `{day}` ở đây",
        "the words of `{name}` speak of days, and not of {year} as `{day}` does here",
        "date-as-quoted",
        "warning",
    ),
    "days-between": Code(
        "`{name}` kết thúc ngày {until}, phần nối tiếp bắt đầu ngày {start}",
        "`{name}` ends on {until}, and what follows it begins on {start}",
        "join-days",
        "warning",
    ),
    "limit-day": Code(
        "giới hạn hay ghi chú này có ngày {day}, trong khi lời của nó hay phần khác của gói có "
        "ngày {other}",
        "this limit or note has the day {day}, and its words or another part of the pack have "
        "{other}",
        "same-day",
        "warning",
    ),
    "plan-day": Code(
        "kỳ kế hoạch có ngày {day}, giữa tháng hoặc ngoài các năm mà tiêu đề nói đến",
        "the period of the plan has {day}, inside a month or in a year that its title has not",
        "name-day",
        "warning",
    ),
    # test cases
    "check-untested": Code(
        "không trường hợp thử nào làm phép kiểm tra này không qua",
        "no test case fails this check of the input",
        "add-refused",
        "warning",
    ),
    "cite-untested": Code(
        "`{name}` viện dẫn “{cite}”, mà trường hợp thử nào của `{name}` cũng viện dẫn khác",
        "`{name}` is cited as “{cite}”, and by every test case of `{name}` otherwise",
        "cite-own",
        "warning",
    ),
    # citations and quotes
    "quote-missing": Code(
        "`{name}` không có lời văn nào, cả ở trên nó",
        "`{name}` has no words of the law, nor has anything above it",
        "quote-law",
        "warning",
    ),
    "cite-apart": Code(
        "`{name}` viện dẫn “{cite}”, trong đó không có {number}",
        "`{name}` is cited as “{cite}”, which has no {number} in it",
        "cite-own",
        "warning",
    ),
    "cite-languages": Code(
        "`{name}` viện dẫn “{vi}” bằng tiếng Việt và “{en}” bằng tiếng Anh",
        "`{name}` is cited as “{vi}” in Vietnamese and “{en}” in English",
        "cite-alike",
        "warning",
    ),
    "label-languages": Code(
        "nhãn `{label}` của `{name}` là “{vi}” bằng tiếng Việt và “{en}” bằng tiếng Anh",
        "the label `{label}` of `{name}` is “{vi}” in Vietnamese and “{en}” in English",
        "number-alike",
        "warning",
    ),
    # what a reader would expect to be told: `pack lint` alone
    "limit-unnamed": Code(
        "không giới hạn nào nói đến {topic:term}",
        "no limit speaks of {topic:term}",
        "name-limit",
        "warning",
    ),
    "number-skipped": Code(
        "gói có phần trước và phần sau {name} mà không nói gì về chỗ ấy",
        "the pack has what stands before and after {name}, and says nothing of it",
        "say-left-out",
        "warning",
    ),
    "words-untaken": Code(
        "lời văn của `{name}` viết “{words}”, mà không dữ kiện, ghi chú hay giới hạn nào nói đến",
        "the words of `{name}` say “{words}”, and no fact, note or limit speaks of it",
        "take-up",
        "warning",
    ),
}

REMEDIES: Final[dict[str, Words]] = {
    "same-days": Words(
        "thêm giá trị từ ngày ấy vào mọi ô, hoặc sửa ngày sai",
        "give every cell a value from that day, or correct the day that is wrong",
    ),
    "amend-value": Words(
        "sửa giá trị mới, hoặc bỏ dòng thừa",
        "correct the new value, or leave it out",
    ),
    "date-as-quoted": Words(
        "sửa ngày, hoặc nói trong ghi chú ngày ấy đọc từ đâu",
        "correct the day, or say in a note how it is read",
    ),
    "join-days": Words(
        "sửa một trong hai ngày cho liền nhau, hoặc nêu hai ngày ấy (dd/mm/yyyy) trong một ghi chú",
        "correct one of the two days so that they join, or give both (dd/mm/yyyy) in a note",
    ),
    "same-day": Words(
        "sửa ngày sai",
        "correct the day that is wrong",
    ),
    "name-day": Words(
        "sửa ngày, hoặc nêu ngày ấy (dd/mm/yyyy) trong một ghi chú",
        "correct the day, or give it (dd/mm/yyyy) in a note",
    ),
    "add-refused": Words(
        "thêm một trường hợp vào {file}: dưới `refused`, hoặc với `verdict: {{warned: true}}`",
        "add one to {file}: under `refused`, or with `verdict: {{warned: true}}`",
    ),
    "quote-law": Words(
        "thêm `quote`, hoặc `read_in` nếu chưa đọc chính văn",
        "add the `quote`, or `read_in` where the act itself was not read",
    ),
    "cite-own": Words(
        "sửa viện dẫn, hoặc sửa tên theo điều khoản",
        "correct the citation, or name it by its article",
    ),
    "number-alike": Words(
        "sửa một trong hai cho cùng con số", "correct one of them so that both have the same number"
    ),
    "cite-alike": Words(
        "sửa một trong hai cho cùng điều khoản",
        "correct one of them so that both name the same",
    ),
    "name-limit": Words(
        "nói trong `limits` rằng phần ấy chưa xét, hay vì sao không cần",
        "say in `limits` that it is not encoded, or why it need not be",
    ),
    "say-left-out": Words(
        "viết thêm, hoặc nói trong `limits` rằng chưa xét {name}",
        "write it, or say in `limits` that {name} is not encoded",
    ),
    "take-up": Words(
        "thêm dữ kiện và điều kiện, hoặc nói trong ghi chú hay `limits` vì sao không xét",
        "add the fact and the condition, or say in a note or in `limits` why it is not decided",
    ),
}
