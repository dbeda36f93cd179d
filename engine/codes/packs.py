"""Mistakes of packs: names, units, conditions and values, and the words of the law."""

from typing import Final

from tieuchi.engine.codes.code import Code
from tieuchi.engine.words import Words

CODES: Final[dict[str, Code]] = {
    # writing one
    "output-exists": Code(
        "tệp này đã có",
        "this file is there already",
        "keep-file",
    ),
    # names
    "name-unknown": Code(
        "không có gì tên là `{name}`",
        "nothing is called `{name}`",
        "define-name",
    ),
    "name-twice": Code(
        "`{name}` đặt cho hai thứ, lần đầu ở {first}",
        "two things are called `{name}`, first in {first}",
        "rename",
    ),
    "name-malformed": Code(
        "`{name}` không dùng làm tên được",
        "`{name}` cannot be a name",
        "name-form",
    ),
    "name-wrong-kind": Code(
        "`{name}` là {given:term}, trong khi ở đây cần {expected:term}",
        "`{name}` is {given:term}, where {expected:term} is expected",
        "other-name",
    ),
    "fact-two-units": Code(
        "dữ kiện `{name}` có hai đơn vị: `{unit}` ở đây, `{other}` ở {first}",
        "the fact `{name}` has two units: `{unit}` here, `{other}` in {first}",
        "rename",
    ),
    "list-two-fields": Code(
        "danh sách `{name}` ở đây và ở {other} không có cùng các trường: {fields}",
        "the list `{name}` has not the same fields here and in {other}: {fields}",
        "same-fields",
    ),
    "label-unknown": Code(
        "`{name}` không có nhãn `{label}`",
        "`{name}` has no label `{label}`",
        "see-labels",
    ),
    "label-ambiguous": Code(
        "`{label}` có thể là {labels}",
        "`{label}` could be {labels}",
        "write-label",
    ),
    "source-unknown": Code(
        "không có nguồn nào tên là `{name}`",
        "there is no source called `{name}`",
        "add-source",
    ),
    "pack-unknown": Code(
        "không có gói luật nào tên là `{name}`",
        "there is no pack called `{name}`",
        "see-packs",
    ),
    "pack-file": Code(
        "gói luật tên là `{name}`, nhưng tệp tên là `{file}`",
        "the pack is called `{name}` and its file `{file}`",
        "rename",
    ),
    "circle": Code(
        "các tên này định nghĩa vòng quanh: {ring}",
        "these are defined by one another: {ring}",
        "break-circle",
    ),
    "circle-of-one": Code(
        "`{name}` định nghĩa bằng chính nó",
        "`{name}` is defined by itself",
        "by-others",
    ),
    # units and days
    "unit-missing": Code(
        "`{written}` không có đơn vị, và ở đây không suy ra được",
        "`{written}` has no unit, and none follows from where it stands",
        "add-unit",
    ),
    "unit-mismatch": Code(
        "`{written}` tính bằng `{unit}`, trong khi ở đây cần `{expected}`",
        "`{written}` is in `{unit}`, where `{expected}` is expected",
        "use-unit",
    ),
    "dimension-mismatch": Code(
        "`{expression}`: `{left}` và `{right}` là hai thứ khác nhau",
        "`{expression}`: `{left}` and `{right}` are different things",
        "same-unit",
    ),
    "ratio-added": Code(
        "`{name}` là tỷ lệ, không cộng trừ nhân được",
        "`{name}` is a ratio, which cannot be added or multiplied",
        "compare-ratio",
    ),
    "two-moving-factors": Code(
        "`{first}` và `{second}` đều thay đổi theo dữ kiện, không nhân với nhau được",
        "`{first}` and `{second}` both move with the facts and cannot be multiplied",
        "fix-factor",
    ),
    "overflow": Code(
        "`{name}` có thể lớn quá 64 bit ({largest})",
        "`{name}` can grow past 64 bits ({largest})",
        "set-max",
    ),
    "number-too-large": Code(
        "`{written}` lớn quá 64 bit",
        "`{written}` is past 64 bits",
        "smaller-number",
    ),
    "divisor-zero": Code(
        "không chia cho `{written}` được",
        "nothing can be divided by `{written}`",
        "other-divisor",
    ),
    "dates-out-of-order": Code(
        "`{until}` đứng trước `{start}`",
        "`{until}` is before `{start}`",
        "swap-dates",
    ),
    # conditions and values
    "comparison-missing": Code(
        "`require` không nói so với gì",
        "`require` does not say what to compare with",
        "add-comparison",
    ),
    "comparison-twice": Code(
        "`{first}` và `{second}` không đứng chung được",
        "`{first}` and `{second}` cannot stand together",
        "one-comparison",
    ),
    "range-empty": Code(
        "không có giá trị nào vừa {low} vừa {high}",
        "no value is both {low} and {high}",
        "widen",
    ),
    "count-impossible": Code(
        "cần {count} trong {of}, không bao giờ đạt hoặc luôn đạt",
        "{count} out of {of} is never or always reached",
        "count-between",
    ),
    "children-missing": Code(
        "`{key}` không có gì bên trong",
        "`{key}` has nothing under it",
        "add-child",
    ),
    "cell-missing": Code(
        "bảng thiếu ô cho nhãn `{label}` của `{key}`",
        "the table has no cell for the label `{label}` of `{key}`",
        "add-cell",
    ),
    "else-missing": Code(
        "`first` không có `else`, nên có trường hợp không dòng nào nói đến",
        "`first` has no `else`, so a case may fit no line",
        "add-else",
    ),
    "else-not-last": Code(
        "sau `else` còn dòng không bao giờ xét đến",
        "a line after `else` is never reached",
        "else-last",
    ),
    "condition-missing": Code(
        "`{name}` không có điều kiện nào",
        "`{name}` has no condition",
        "add-condition",
    ),
    "condition-twice": Code(
        "`{name}` có hơn một điều kiện: {keys}",
        "`{name}` has more than one condition: {keys}",
        "join-conditions",
    ),
    # the words of the law
    "words-missing": Code(
        "`{name}` nói đến con số mà không có `quote` hay `read_in`",
        "`{name}` states a number with neither `quote` nor `read_in`",
        "add-words",
    ),
    "words-twice": Code(
        "`{name}` có cả `quote` và `read_in`",
        "`{name}` has both `quote` and `read_in`",
        "keep-words",
    ),
    # the words of the law beside the numbers and conditions: `pack lint` alone
    "quote-number-unbound": Code(
        "lời văn của `{name}` có `{written}`, nhưng phần `{name}` của gói không có con số ấy",
        "the words of `{name}` say `{written}`, and no number of `{name}` in the pack does",
        "bind-words",
    ),
    "number-unquoted": Code(
        "`{written}` không có trong lời văn của `{name}`",
        "`{written}` is not in the words of `{name}`",
        "bind-number",
    ),
    "number-too-often": Code(
        "`{written}` đứng {own} lần trong `{name}`, trong khi lời văn chỉ có {times} lần",
        "`{written}` stands {own} times in `{name}`, and {times} times in its words",
        "bind-number",
    ),
    "comparison-unquoted": Code(
        "lời văn của `{name}` viết “{words}”, trong khi gói so bằng `{comparison}`",
        "the words of `{name}` say “{words}”, and the pack compares by `{comparison}`",
        "compare-as-quoted",
    ),
    "ceiling-unquoted": Code(
        "lời văn của `{name}` viết “{words}”, trong khi gói tính đúng mức ấy",
        "the words of `{name}` say “{words}” (at most), and the pack reckons just as much",
        "write-ceiling",
        "warning",
    ),
    "operator-unquoted": Code(
        "lời văn của `{name}` nối bằng “{word}”, trong khi gói nối bằng `{operator}`",
        "the words of `{name}` join by “{word}”, and the pack by `{operator}`",
        "join-as-quoted",
        "warning",
    ),
    "negation-unquoted": Code(
        "`{name}` nói “{words}”, trong khi gói đòi `{fact}` là `{found}`",
        "`{name}` says “{words}”, and the pack asks for `{fact}` to be `{found}`",
        "join-as-quoted",
        "warning",
    ),
    # what was proven for every case: `pack lint` alone
    "provision-never-met": Code(
        "`{name}` không bao giờ đạt, dù {free} thế nào",
        "`{name}` can never be met, whatever {free} may be",
        "mend-alone",
    ),
    "provision-never-fails": Code(
        "`{name}` không bao giờ không đạt, dù {free} thế nào",
        "`{name}` can never fail, whatever {free} may be",
        "mend-alone",
        "warning",
    ),
    "provision-implied": Code(
        "`{name}` chỉ không đạt khi `{other}` cũng không đạt, nên không thêm gì (với {case} thì chỉ"
        " `{name}` đạt)",
        "`{name}` fails only where `{other}` does, so it adds nothing (with {case}, `{name}` alone"
        " is met)",
        "mend-pair",
        "warning",
    ),
    "provisions-contradict": Code(
        "`{name}` và `{other}` không bao giờ cùng đạt (với {case} thì chỉ `{name}` đạt)",
        "`{name}` and `{other}` can never both be met (with {case}, `{name}` alone is)",
        "mend-pair",
    ),
    "provision-shadowed": Code(
        "`{name}` chỉ đạt khi `{other}` cũng đạt, nên không thêm gì (với {case} thì chỉ `{other}`"
        " đạt)",
        "`{name}` is met only where `{other}` is, so it adds nothing (with {case}, `{other}` alone"
        " is met)",
        "mend-pair",
        "warning",
    ),
    "provisions-alike": Code(
        "`{name}` và `{other}` luôn cùng đạt (như với {case})",
        "`{name}` and `{other}` are always met together (as with {case})",
        "mend-pair",
        "warning",
    ),
    "line-unreachable": Code(
        "không bao giờ đến dòng {line} của `{name}`, dù {free} thế nào",
        "line {line} of `{name}` is never reached, whatever {free} may be",
        "mend-line",
        "warning",
    ),
    # what is left over or left out: `pack lint` alone
    "fact-unused": Code(
        "dữ kiện `{name}` không dùng ở đâu cả",
        "the fact `{name}` is used nowhere",
        "use-fact",
        "warning",
    ),
    "dated-late": Code(
        "`{name}` chỉ có giá trị từ {first}, trong khi có hiệu lực từ {start}",
        "`{name}` has a value only from {first}, and is in force from {start}",
        "earlier-value",
        "warning",
    ),
    "pack-twice": Code(
        "gói luật `{name}` có hai tệp, tệp kia là {file}",
        "the pack `{name}` has two files, the other is {file}",
        "rename",
    ),
    "packs-overlap": Code(
        "`{name}` và `{other}` là cùng một văn bản, cùng nơi, cùng có hiệu lực trong một thời gian",
        "`{name}` and `{other}` are one act for one place, in force at the same time",
        "end-older",
        "warning",
    ),
    "boundary-untested": Code(
        "không có trường hợp thử nào {place:term} mức của `{name}`",
        "no test case is {place:term} the threshold of `{name}`",
        "add-trial",
        "warning",
    ),
}

REMEDIES: Final[dict[str, Words]] = {
    "keep-file": Words(
        "chọn tên khác, hoặc tự xóa tệp đó",
        "choose another name, or remove that file yourself",
    ),
    "define-name": Words(
        "thêm vào `facts` hoặc `define`, hoặc sửa tên",
        "add it to `facts` or `define`, or correct the name",
    ),
    "rename": Words(
        "đổi tên một trong hai",
        "rename one of them",
    ),
    "same-fields": Words(
        "viết các trường giống nhau ở cả hai, hoặc đổi tên một trong hai",
        "give it the same fields in both, or rename one of the two",
    ),
    "name-form": Words(
        "dùng tên không có dấu cách hay `/`, không kết thúc bằng `.shortfall`, `.least`, `.most`,"
        " và không phải `status`, `verdict`",
        "use a name without spaces and `/` that does not end in `.shortfall`, `.least` or `.most`"
        " and is neither `status` nor `verdict`",
    ),
    "other-name": Words(
        "dùng tên khác, hoặc định nghĩa một tên cho nó",
        "use another name, or define one for it",
    ),
    "write-label": Words(
        "viết đủ dấu, hoặc viết mã của nhãn",
        "write it with all its marks, or the id of the label",
    ),
    "see-labels": Words(
        "dùng một trong {labels}",
        "use one of {labels}",
    ),
    "add-source": Words(
        "thêm vào `sources`",
        "add it to `sources`",
    ),
    "see-packs": Words(
        "xem các gói bằng `tieuchi explain`",
        "see the packs with `tieuchi explain`",
    ),
    "break-circle": Words(
        "định nghĩa một trong số đó bằng dữ kiện",
        "define one of them by facts",
    ),
    "by-others": Words(
        "định nghĩa bằng dữ kiện hoặc tên khác",
        "define it by facts or other names",
    ),
    "fact-form": Words(
        "dùng chữ thường không dấu, chữ số và `_`",
        "use small letters, digits and `_`",
    ),
    "add-unit": Words(
        "viết đơn vị sau con số",
        "write the unit after the number",
    ),
    "use-unit": Words(
        "viết bằng `{expected}`",
        "write it in `{expected}`",
    ),
    "same-unit": Words(
        "so hoặc cộng những thứ cùng loại",
        "compare or add things of one kind",
    ),
    "compare-ratio": Words(
        "so sánh nó, hoặc chia bậc bằng `first`",
        "compare it, or band it with `first`",
    ),
    "fix-factor": Words(
        "thay một trong hai bằng hằng số",
        "make one of them a constant",
    ),
    "set-max": Words(
        "đặt `max` cho các dữ kiện của nó",
        "give its facts a `max`",
    ),
    "smaller-number": Words(
        "viết số nhỏ hơn, hoặc dùng đơn vị lớn hơn",
        "write a smaller number, or one of a larger unit",
    ),
    "other-divisor": Words(
        "chia cho một số khác 0",
        "divide by a number other than 0",
    ),
    "swap-dates": Words(
        "viết ngày trước đứng trước",
        "put the earlier day first",
    ),
    "add-comparison": Words(
        "thêm `at_least`, `more_than`, `at_most`, `less_than`, `equals`, `in` hoặc `is`",
        "add `at_least`, `more_than`, `at_most`, `less_than`, `equals`, `in` or `is`",
    ),
    "one-comparison": Words(
        "giữ một, hoặc một cận dưới và một cận trên",
        "keep one, or one lower and one upper",
    ),
    "widen": Words(
        "sửa một trong hai cận",
        "correct one of the two bounds",
    ),
    "count-between": Words(
        "chọn một số từ 1 đến {of}",
        "choose a number from 1 to {of}",
    ),
    "add-child": Words(
        "thêm ít nhất một điều kiện",
        "add at least one condition",
    ),
    "add-cell": Words(
        "thêm `{label}: …`, hoặc `{label}: unknown`",
        "add `{label}: …`, or `{label}: unknown`",
    ),
    "add-else": Words(
        "thêm `{{else: …}}` làm dòng cuối",
        "add `{{else: …}}` as its last line",
    ),
    "else-last": Words(
        "đưa `else` xuống cuối",
        "put `else` last",
    ),
    "add-condition": Words(
        "thêm `require`, `all`, `any`… hoặc `not_encoded`",
        "add `require`, `all`, `any`… or `not_encoded`",
    ),
    "join-conditions": Words(
        "gộp lại trong một `all` hoặc `any`",
        "put them under one `all` or `any`",
    ),
    "add-words": Words(
        "thêm `quote`, hoặc `read_in` nếu chưa đọc chính văn",
        "add the `quote`, or `read_in` where the act itself was not read",
    ),
    "keep-words": Words(
        "chỉ giữ `quote` nếu đã đọc chính văn",
        "keep `quote` alone if the act itself was read",
    ),
    "bind-words": Words(
        "sửa con số sai, hoặc thêm ghi chú nói `{written}` là gì",
        "correct the one that is wrong, or say in a note what `{written}` is",
    ),
    "bind-number": Words(
        "sửa con số sai, hoặc thêm ghi chú nói con số này đọc từ đâu",
        "correct the one that is wrong, or say in a note how the number is read",
    ),
    "compare-as-quoted": Words(
        "dùng `{fits}`, hoặc thêm ghi chú có con số và cách so đã đọc",
        "use `{fits}`, or say in a note, with the number, how it is read",
    ),
    "group-digits": Words(
        "dấu chấm ở đây là dấu thập phân: viết `{digits}` nếu là hàng nghìn, không thì sửa con số"
        " sai hoặc thêm ghi chú nói con số này đọc từ đâu",
        "the point is decimal here: write `{digits}` for thousands, else correct the one that is"
        " wrong or say in a note where it is read",
    ),
    "write-ceiling": Words(
        "thêm `up_to: true`, hoặc thêm ghi chú có con số và cách đọc",
        "add `up_to: true`, or say in a note, with the number, how it is read",
    ),
    "join-as-quoted": Words(
        "dùng `{fits}`, hoặc thêm ghi chú có chữ “đọc là”",
        "use `{fits}`, or add a note with the words “đọc là” (read as)",
    ),
    "mend-alone": Words(
        "sửa các mức của nó, hoặc thêm ghi chú có `{name}` nói vì sao như vậy",
        "correct its thresholds, or say why in a note on it that has `{name}`",
    ),
    "mend-pair": Words(
        "sửa một trong hai, hoặc thêm ghi chú vào `{name}`, có “{words}”, nói vì sao có cả hai",
        "correct one of them, or say why both stand in a note on `{name}` that has “{words}”",
    ),
    "mend-line": Words(
        "sửa mức của dòng ấy hay xếp lại các dòng, hoặc thêm ghi chú có `{name}` nói vì sao",
        "correct its bound or the order, or say why in a note on it that has `{name}`",
    ),
    "use-fact": Words(
        "dùng nó trong một điều kiện, hoặc bỏ nó đi",
        "use it in a condition, or leave it out",
    ),
    "earlier-value": Words(
        "thêm giá trị có từ trước, hoặc `in_force` muộn hơn",
        "add the value before that, or a later `in_force`",
    ),
    "end-older": Words(
        "đặt `until` cho văn bản cũ, hoặc gộp hai gói",
        "give the older one an `until`, or join the two",
    ),
    "add-trial": Words(
        "thêm một trường hợp vào {file}",
        "add one to {file}",
    ),
}
