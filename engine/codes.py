"""The registers of what can be wrong: each code's sentence, each remedy, once a language.

To add a mistake, add an entry to `CODES` here (and to `REMEDIES` if its remedy is new), raise it
with `diagnostic.problem`, and put its smallest example into `tests/diagnostics/CODE.yaml`: the test
that walks both will not let one stand without the other. A sentence starts small, has the user's
own words in backticks and fits one line.
"""

from typing import Final, Literal, NamedTuple

from tieuchi.engine.words import Words

Level = Literal["error", "warning"]


class Code(NamedTuple):
    """One kind of mistake: its sentence a language, and the remedy it has unless told.

    In a sentence `{name}` is a fact in the user's own words; `{given:term}` is one of `TERMS`, and
    `{expected:form}` one of `FORMS`.
    """

    vi: str
    en: str
    remedy: str | None = None
    level: Level = "error"


TERMS: Final[dict[str, Words]] = {
    "map": Words("các cặp `khóa: giá trị`", "a map of keys and values"),
    "list": Words("một danh sách", "a list"),
    "text": Words("một dòng chữ", "a text"),
    "number": Words("một số", "a number"),
    "date": Words("một ngày", "a date"),
    "yes_no": Words("`true` hoặc `false`", "`true` or `false`"),
    "nothing": Words("chỗ trống", "empty"),
    "quantity": Words("một đại lượng", "a quantity"),
    "ratio": Words("một tỷ lệ", "a ratio"),
    "condition": Words("một điều kiện", "a condition"),
    "value": Words("một giá trị", "a value"),
    "label": Words("một nhãn", "a label"),
    "children": Words("các điểm hay điều kiện bên trong", "a list or map of conditions"),
    "provision": Words("một điểm của luật", "a provision"),
    "amount": Words("một mức tiền", "an amount"),
    "words": Words("chữ bằng cả hai thứ tiếng", "a text in both languages"),
    "class": Words("một phân loại", "a class"),
}
"""The closed list of nouns that sentences take, so that no fact needs a translation."""

FORMS: Final[dict[str, Words]] = {
    "map": Words("`khóa: giá trị`", "`key: value`"),
    "list": Words("`[…, …]`", "`[…, …]`"),
    "text": Words("một từ, hoặc chữ trong dấu nháy", "one word, or a text in quotes"),
    "words": Words("`{vi: …, en: …}`", "`{vi: …, en: …}`"),
    "value": Words("một số, một tên hay `{sum: […]}`", "a number, a name or `{sum: […]}`"),
    "condition": Words("một tên hay `{require: …}`", "a name or `{require: …}`"),
    "children": Words("`[…, …]` hay `id: …`", "`[…, …]` or `id: …`"),
}
"""How what a document should have at a place is written."""

REMEDIES: Final[dict[str, Words]] = {
    "near": Words(
        "có phải ý bạn là `{near}`?",
        "did you mean `{near}`?",
    ),
    "check-path": Words(
        "xem lại đường dẫn",
        "check the path",
    ),
    "permit": Words(
        "cấp quyền đọc tệp",
        "give permission to read it",
    ),
    "name-file": Words(
        "nêu tên một tệp trong đó",
        "name a file in it",
    ),
    "split-file": Words(
        "chia thành nhiều tệp",
        "split it into several files",
    ),
    "fill": Words(
        "xem mẫu bằng `tieuchi check -h`",
        "see an example with `tieuchi check -h`",
    ),
    "save-utf8": Words(
        "lưu tệp dưới dạng văn bản UTF-8",
        "save the file as plain text in UTF-8",
    ),
    "add-case": Words(
        "thêm một tệp hồ sơ, có `facts`",
        "add the file of a case, with `facts`",
    ),
    "drop-dashes": Words(
        "bỏ dấu `---` thừa",
        "remove the `---` that is too many",
    ),
    "key-value": Words(
        "viết `khóa: giá trị`",
        "write `key: value`",
    ),
    "keep-one": Words(
        "giữ lại một",
        "keep one",
    ),
    "quote-or-repeat": Words(
        "viết giá trị ra, hoặc đặt chữ trong dấu nháy",
        "write the value out, or put a text in quotes",
    ),
    "quote-or-drop": Words(
        "bỏ đi, hoặc đặt chữ trong dấu nháy",
        "remove it, or put a text in quotes",
    ),
    "write-out": Words(
        "viết các khóa ra tại chỗ",
        "write the keys out",
    ),
    "flatten": Words(
        "bớt tầng lồng nhau",
        "write it less deep",
    ),
    "word-key": Words(
        "viết `khóa: giá trị`",
        "write `key: value`",
    ),
    "spaces": Words(
        "thay bằng dấu cách",
        "use spaces",
    ),
    "quote": Words(
        "đặt chữ trong dấu nháy",
        "put the text in quotes",
    ),
    "quote-or-indent": Words(
        "đặt chữ trong dấu nháy, hoặc sửa thụt đầu dòng",
        "put the text in quotes, or correct the indentation",
    ),
    "add-colon": Words(
        "viết `khóa: giá trị`",
        "write `key: value`",
    ),
    "close-quote": Words(
        "đóng dấu nháy",
        "close the quote",
    ),
    "close-bracket": Words(
        "đóng dấu ngoặc, tách các phần bằng một dấu phẩy",
        "close the bracket and put one comma between members",
    ),
    "single-quotes": Words(
        "dùng dấu nháy đơn",
        "use single quotes",
    ),
    "indent": Words(
        "các khóa cùng cấp phải thẳng cột; sau dấu nháy hay ngoặc đã đóng không viết thêm gì",
        "line the keys of one map up, and write nothing after a closed quote or bracket",
    ),
    "mend-first": Words(
        "sửa các lỗi trên trước",
        "mend those above first",
    ),
    "drop-key": Words(
        "bỏ khóa này",
        "remove it",
    ),
    "add-key": Words(
        "thêm `{key}: …`",
        "add `{key}: …`",
    ),
    "write-expected": Words("viết {expected:form}", "write {expected:form}"),
    "choose": Words(
        "chọn một",
        "choose one of them",
    ),
    "count-members": Words(
        "thêm hoặc bớt cho đủ",
        "add or remove members",
    ),
    "see-language": Words(
        "xem ngôn ngữ trong rules/README.md",
        "see the language in rules/README.md",
    ),
    "split-branch": Words(
        "viết mỗi phép thử trên một dòng `{{at_least: …, then: …}}`",
        "write each test as a line of its own, `{{at_least: …, then: …}}`",
    ),
    "define-name": Words(
        "thêm vào `facts` hoặc `define`, hoặc sửa tên",
        "add it to `facts` or `define`, or correct the name",
    ),
    "rename": Words(
        "đổi tên một trong hai",
        "rename one of them",
    ),
    "name-form": Words(
        "dùng tên không có dấu cách hay `/`, không kết thúc bằng `.shortfall`, `.least`, `.most`",
        "use a name without spaces and `/` that does not end in `.shortfall`, `.least` or `.most`",
    ),
    "other-name": Words(
        "dùng tên khác, hoặc định nghĩa một tên cho nó",
        "use another name, or define one for it",
    ),
    "see-facts": Words(
        "xem các dữ kiện bằng `tieuchi explain {pack}`",
        "see its facts with `tieuchi explain {pack}`",
    ),
    "see-labels": Words(
        "dùng một trong {labels}",
        "use one of {labels}",
    ),
    "see-activities": Words(
        "dùng một trong {activities}",
        "use one of {activities}",
    ),
    "add-source": Words(
        "thêm vào `sources`",
        "add it to `sources`",
    ),
    "see-packs": Words(
        "xem các gói bằng `tieuchi explain`",
        "see the packs with `tieuchi explain`",
    ),
    "see-provisions": Words(
        "xem các điểm bằng `tieuchi explain {pack}`",
        "see its provisions with `tieuchi explain {pack}`",
    ),
    "break-circle": Words(
        "định nghĩa một trong số đó bằng dữ kiện",
        "define one of them by facts",
    ),
    "see-units": Words(
        "dùng `đồng`, `m2`, `ha`, `kg`, `t`, `head`, `person`, `%`… hoặc ghép như `đồng/m2`",
        "use `đồng`, `m2`, `ha`, `kg`, `t`, `head`, `person`, `%`… or a compound such as `đồng/m2`",
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
    "other-divisor": Words(
        "chia cho một số khác 0",
        "divide by a number other than 0",
    ),
    "write-number": Words(
        "viết một số, như `38` hoặc `4,5 ha`",
        "write a number, such as `38` or `4,5 ha`",
    ),
    "say-decimal": Words(
        "viết thêm `decimal: comma` hoặc `decimal: point`",
        "add `decimal: comma` or `decimal: point`",
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
    "write-yes-no": Words(
        "viết `true` hoặc `false`",
        "write `true` or `false`",
    ),
    "write-value": Words(
        "viết một giá trị, hoặc `unknown`",
        "write a value, or `unknown`",
    ),
    "write-exact": Words(
        "đưa vào dưới dạng chữ, `int` hoặc `Decimal`",
        "give it as text, an `int` or a `Decimal`",
    ),
    "write-claim": Words(
        "viết `printed` với một trong `sum_of`, `percent`, `product`, `same_base`",
        "write `printed` and one of `sum_of`, `percent`, `product`, `same_base`",
    ),
    "write-date": Words(
        "viết như `2023-05-31`",
        "write it as `2023-05-31`",
    ),
    "check-date": Words(
        "xem lại ngày, viết như `2023-05-31`",
        "check the day, and write it as `2023-05-31`",
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
    "add-words": Words(
        "thêm `quote`, hoặc `read_in` nếu chưa đọc chính văn",
        "add the `quote`, or `read_in` where the act itself was not read",
    ),
    "keep-words": Words(
        "chỉ giữ `quote` nếu đã đọc chính văn",
        "keep `quote` alone if the act itself was read",
    ),
    "add-condition": Words(
        "thêm `require`, `all`, `any`… hoặc `not_encoded`",
        "add `require`, `all`, `any`… or `not_encoded`",
    ),
    "join-conditions": Words(
        "gộp lại trong một `all` hoặc `any`",
        "put them under one `all` or `any`",
    ),
    "see-case": Words(
        "xem mẫu trong examples/",
        "see the examples in examples/",
    ),
    "name-pack": Words(
        "nêu tên bằng `pack: …` hoặc `--pack`",
        "name one with `pack: …` or `--pack`",
    ),
    "state-one": Words(
        "sửa một trong hai, hoặc chỉ khai một",
        "correct one of them, or state only one",
    ),
    "check-input": Words(
        "kiểm tra lại số liệu",
        "check the figures",
    ),
    # tables
    "see-columns": Words(
        "dùng một trong các cột {columns}",
        "use one of the columns {columns}",
    ),
    "mend-header": Words(
        "sửa tiêu đề cột, hoặc đổi số liệu sang `{expected}`",
        "correct the header, or convert the column to `{expected}`",
    ),
    "map-column": Words(
        "viết đơn vị trong tiêu đề, hoặc nêu `--map COLUMN={name}` nếu số liệu đã tính đúng đơn vị",
        "write a unit in the header, or say `--map COLUMN={name}` if the figures are in its unit",
    ),
    "map-one": Words(
        "bỏ một cột, hoặc chọn một bằng `--map COLUMN={name}`",
        "remove one of them, or choose one with `--map COLUMN={name}`",
    ),
    "map-which": Words(
        "nêu rõ bằng `--map COLUMN=FACT`",
        "say which with `--map COLUMN=FACT`",
    ),
    "give-list": Words(
        "đưa vào bằng một bảng riêng: `--list {name}=FILE`",
        "give it as a table of its own: `--list {name}=FILE`",
    ),
    "use-form": Words(
        "điền theo mẫu của `tieuchi template {pack} -o form.xlsx`, hoặc nêu `--map COLUMN=FACT`",
        "fill in the form of `tieuchi template {pack} -o form.xlsx`, or say `--map COLUMN=FACT`",
    ),
    "see-kinds": Words(
        "dùng tệp .csv, .tsv, .xlsx, .parquet, .arrow, .duckdb hoặc .sqlite",
        "use a .csv, .tsv, .xlsx, .parquet, .arrow, .duckdb or .sqlite file",
    ),
    "see-outputs": Words(
        "dùng tên tệp .csv, .tsv, .xlsx, .parquet hoặc .duckdb",
        "name a .csv, .tsv, .xlsx, .parquet or .duckdb file",
    ),
    "save-again": Words(
        "mở bằng chương trình đã tạo ra nó rồi lưu lại",
        "open it in the program that made it and save it again",
    ),
    "save-as-csv": Words(
        "lưu bảng dưới dạng `CSV UTF-8`",
        "save the table as `CSV UTF-8`",
    ),
    "fill-table": Words(
        "viết tên các cột ở một dòng, mỗi đối tượng một dòng bên dưới",
        "write the names of the columns in one row and each subject in a row below",
    ),
    "say-header-row": Words(
        "nêu số dòng bằng `--header-row`",
        "say which row with `--header-row`",
    ),
    "see-encodings": Words(
        "thử `utf-8`, `utf-16` hoặc `windows-1258`",
        "try `utf-8`, `utf-16` or `windows-1258`",
    ),
    "double-quote": Words(
        "đặt cả ô trong dấu nháy kép, mỗi dấu nháy bên trong viết hai lần",
        "put the whole cell in double quotes and write each quote in it twice",
    ),
    "say-separator": Words(
        "kiểm tra dấu tách ô, hoặc viết `sep=;` ở dòng đầu",
        "check what separates the cells, or write `sep=;` as first line",
    ),
    "unlock": Words(
        "bỏ mật khẩu rồi lưu lại",
        "save it without the password",
    ),
    "name-table": Words(
        "nêu một bảng bằng `--table`",
        "name one with `--table`",
    ),
    "install-duckdb": Words(
        'cài bằng `pip install "tieuchi[duckdb]"`',
        'install it with `pip install "tieuchi[duckdb]"`',
    ),
    "make-folder": Words(
        "tạo thư mục đó trước",
        "make the folder first",
    ),
    "other-output": Words(
        "chọn chỗ khác bằng `-o`",
        "choose another place with `-o`",
    ),
    "make-room": Words(
        "xóa bớt tệp, hoặc chọn chỗ khác bằng `-o`",
        "make room, or choose another place with `-o`",
    ),
    "write-parquet": Words(
        "ghi ra .parquet hoặc .csv",
        "write .parquet or .csv",
    ),
}

CODES: Final[dict[str, Code]] = {
    # files
    "file-missing": Code(
        "không có tệp này",
        "there is no such file",
        "check-path",
    ),
    "file-denied": Code(
        "không có quyền đọc tệp này",
        "this file may not be read: permission denied",
        "permit",
    ),
    "file-folder": Code(
        "đây là một thư mục, không phải một tệp",
        "this is a folder, not a file",
        "name-file",
    ),
    "file-unreadable": Code(
        "không đọc được tệp này: {reason}",
        "this file cannot be read: {reason}",
        "check-path",
    ),
    "file-large": Code(
        "tệp lớn hơn {limit}",
        "the file is larger than {limit}",
        "split-file",
    ),
    "file-empty": Code(
        "tệp không có gì",
        "the file has nothing in it",
        "fill",
    ),
    "file-not-utf8": Code(
        "byte `{byte}` không phải là chữ UTF-8",
        "byte `{byte}` is not text in UTF-8",
        "save-utf8",
    ),
    "file-character": Code(
        "ký tự {character} không được có trong YAML",
        "character {character} may not stand in YAML",
        "save-utf8",
    ),
    "folder-no-cases": Code(
        "thư mục không có hồ sơ nào (`*.yaml`)",
        "the folder has no case in it (`*.yaml`)",
        "add-case",
    ),
    # YAML
    "document-empty": Code(
        "giữa hai dấu `---` không có gì",
        "this document has nothing in it",
        "drop-dashes",
    ),
    "document-not-map": Code(
        "ở đây là {given:term}, trong khi cần các cặp khóa: giá trị",
        "here stands {given:term}, where keys and values are expected",
        "key-value",
    ),
    "duplicate-key": Code(
        "`{key}` có hai lần, lần đầu ở dòng {line}",
        "`{key}` stands twice, first in line {line}",
        "keep-one",
    ),
    "yaml-alias": Code(
        "`{name}` là tham chiếu YAML; mỗi giá trị phải được viết ra tại chỗ của nó",
        "`{name}` is an alias; every value is written where it belongs",
        "quote-or-repeat",
    ),
    "yaml-anchor": Code(
        "`{name}` là neo YAML, ở đây không dùng",
        "`{name}` is an anchor, which is not used here",
        "quote-or-drop",
    ),
    "yaml-tag": Code(
        "`{name}` là thẻ kiểu YAML, ở đây không dùng",
        "`{name}` is a tag, which is not used here",
        "quote-or-drop",
    ),
    "yaml-merge": Code(
        "`<<` là khóa gộp YAML, ở đây không dùng",
        "`<<` is a merge key, which is not used here",
        "write-out",
    ),
    "yaml-deep": Code(
        "lồng nhau quá {limit} tầng",
        "nested more than {limit} levels deep",
        "flatten",
    ),
    "yaml-key": Code(
        "khóa phải là một từ, không phải một danh sách hay các cặp khóa",
        "a key must be a word, not a list or a map",
        "word-key",
    ),
    "yaml-tab": Code(
        "dấu tab đứng trong phần thụt đầu dòng",
        "a tab stands in the indentation",
        "spaces",
    ),
    "yaml-character": Code(
        "`{name}` bắt đầu bằng ký tự mà YAML dành riêng",
        "`{name}` starts with a character that YAML keeps for itself",
        "quote",
    ),
    "yaml-colon": Code(
        "dấu `: ` đứng ở chỗ không thể có khóa",
        "a `: ` stands where there can be no key",
        "quote-or-indent",
    ),
    "yaml-no-colon": Code(
        "sau `{name}` không có dấu `: `",
        "no `: ` follows the key that begins with `{name}`",
        "add-colon",
    ),
    "yaml-quote-open": Code(
        "dấu nháy mở ở đây không được đóng",
        "the quote opened here is not closed",
        "close-quote",
    ),
    "yaml-bracket": Code(
        "dấu ngoặc ở đây không được đóng, hoặc thừa hay thiếu dấu phẩy",
        "the bracket here is not closed, or a comma is missing or too many",
        "close-bracket",
    ),
    "yaml-escape": Code(
        "sau dấu `\\` trong nháy kép là một ký tự YAML không biết",
        "a `\\` in double quotes is followed by something that YAML does not know",
        "single-quotes",
    ),
    "yaml-indent": Code(
        "ở đây không thể có gì theo cách thụt đầu dòng này",
        "nothing can stand here by this indentation",
        "indent",
    ),
    "yaml-syntax": Code(
        "YAML sai cú pháp: {problem}",
        "this is not YAML: {problem}",
        "quote-or-indent",
    ),
    "too-many": Code(
        "đã có {limit} lỗi, phần sau chưa được xem",
        "there are {limit} mistakes so far; the rest has not been looked at",
        "mend-first",
    ),
    # the shape of a document
    "key-unknown": Code(
        "không có khóa `{key}` ở đây",
        "there is no key `{key}` here",
        "drop-key",
    ),
    "key-missing": Code(
        "thiếu khóa `{key}`",
        "the key `{key}` is missing",
        "add-key",
    ),
    "key-wrong-type": Code(
        "`{key}` là {given:term}, trong khi cần {expected:term}",
        "`{key}` is {given:term}, where {expected:term} is expected",
        "write-expected",
    ),
    "choice-unknown": Code(
        "`{given}` không phải là một trong {choices}",
        "`{given}` is not one of {choices}",
        "choose",
    ),
    "length-wrong": Code(
        "`{key}` gồm {expected} phần, không phải {given}",
        "`{key}` takes {expected} members, not {given}",
        "count-members",
    ),
    "form-unknown": Code(
        "không rõ đây là giá trị hay điều kiện gì",
        "this is no value and no condition that the language has",
        "see-language",
    ),
    "meaning-missing": Code(
        "`{name}` không nói giá trị hay điều kiện nào",
        "`{name}` has neither a value nor a condition",
        "see-language",
    ),
    "branch-form": Code(
        "mỗi dòng của `first` là một phép thử với `then`, hoặc một mình `else`",
        "a line of `first` is one test with `then`, or `else` alone",
        "split-branch",
    ),
    "pack-several": Code(
        "ở đây bắt đầu một gói luật thứ hai trong cùng tệp",
        "a second pack begins here in one file",
        "split-file",
    ),
    "shape-wrong": Code(
        "chỗ này không đúng khuôn dạng: {reason}",
        "this has not the shape of the format: {reason}",
        "see-language",
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
    "fact-unknown": Code(
        "`{pack}` không hỏi dữ kiện nào tên là `{name}`",
        "`{pack}` asks for no fact called `{name}`",
        "see-facts",
    ),
    "fact-two-units": Code(
        "dữ kiện `{name}` có hai đơn vị: `{unit}` ở đây, `{other}` ở {first}",
        "the fact `{name}` has two units: `{unit}` here, `{other}` in {first}",
        "rename",
    ),
    "label-unknown": Code(
        "`{name}` không có nhãn `{label}`",
        "`{name}` has no label `{label}`",
        "see-labels",
    ),
    "activity-unknown": Code(
        "`{pack}` không có hoạt động nào tên là `{name}`",
        "`{pack}` has no activity called `{name}`",
        "see-activities",
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
    "provision-unknown": Code(
        "`{pack}` không có điểm nào tên là `{name}`",
        "`{pack}` has no provision called `{name}`",
        "see-provisions",
    ),
    "circle": Code(
        "các tên này định nghĩa vòng quanh: {ring}",
        "these are defined by one another: {ring}",
        "break-circle",
    ),
    # units and numbers
    "unit-unknown": Code(
        "`{part}` không phải là một đơn vị",
        "`{part}` is not a unit",
        "see-units",
    ),
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
    "divisor-zero": Code(
        "không chia cho `{written}` được",
        "nothing can be divided by `{written}`",
        "other-divisor",
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
    # dates
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
    "dates-out-of-order": Code(
        "`{until}` đứng trước `{start}`",
        "`{until}` is before `{start}`",
        "swap-dates",
    ),
    # conditions, values and the words of the law
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
    # cases
    "not-a-case": Code(
        "đây không phải là hồ sơ: không có `facts`, `pack` hay `packs`",
        "this is no case: it has no `facts`, `pack` or `packs`",
        "see-case",
    ),
    "pack-for-case": Code(
        "đây là một gói luật, không phải hồ sơ",
        "this is a pack of law, not a case",
        "see-case",
    ),
    "claim-form": Code(
        "một mục của `claims` phải cho biết con số được tính từ gì, theo đúng một cách",
        "a claim says what its figure is made of, in exactly one way",
        "write-claim",
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
    "both-stated": Code(
        "`{name}` được khai là {stated}, nhưng theo `{definition}` thì là {computed}",
        "`{name}` is stated as {stated}, but comes out of `{definition}` as {computed}",
        "state-one",
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
    # the columns of a table
    "column-unit-wrong": Code(
        "cột `{header}` tính bằng `{unit}`, còn `{name}` tính bằng `{expected}`",
        "the column `{header}` is in `{unit}`, where `{name}` is in `{expected}`",
        "mend-header",
    ),
    "column-unit-unknown": Code(
        "cột `{header}` có vẻ là `{name}`, nhưng `{unit}` không phải là đơn vị nào",
        "the column `{header}` looks like `{name}`, but `{unit}` is no unit",
        "map-column",
    ),
    "column-twice": Code(
        "hai cột cùng là `{name}`: `{first}` và `{second}`",
        "two columns are `{name}`: `{first}` and `{second}`",
        "map-one",
    ),
    "column-ambiguous": Code(
        "cột `{header}` có thể là {names}",
        "the column `{header}` could be {names}",
        "map-which",
    ),
    "column-unknown": Code(
        "bảng không có cột nào tên là `{name}`",
        "the table has no column called `{name}`",
        "see-columns",
    ),
    "column-for-list": Code(
        "`{name}` là một danh sách, không đứng trong một cột được",
        "`{name}` is a list, which no column can hold",
        "give-list",
    ),
    "columns-unmatched": Code(
        "không cột nào của bảng là dữ kiện của `{pack}`",
        "no column of the table is a fact of `{pack}`",
        "use-form",
    ),
    # tables
    "table-kind-unknown": Code(
        "không đọc được bảng từ loại tệp `{suffix}`",
        "tables are not read from `{suffix}` files",
        "see-kinds",
    ),
    "table-empty": Code(
        "trong tệp không có bảng nào",
        "there is no table in the file",
        "fill-table",
    ),
    "table-broken": Code(
        "không đọc được bảng này: {reason}",
        "this table cannot be read: {reason}",
        "save-again",
    ),
    "table-not-text": Code(
        "đây không phải là tệp chữ",
        "this is not a file of text",
        "save-as-csv",
    ),
    "table-no-header": Code(
        "không thấy dòng nào nêu tên các cột",
        "no row names the columns",
        "say-header-row",
    ),
    "header-row-empty": Code(
        "dòng này không có tên cột nào",
        "this row has no names of columns",
        "say-header-row",
    ),
    "encoding-unknown": Code(
        "không có bảng mã nào tên là `{encoding}`",
        "no encoding is called `{encoding}`",
        "see-encodings",
    ),
    "encoding-wrong": Code(
        "tệp không phải là chữ theo bảng mã `{encoding}`",
        "the file is not text in `{encoding}`",
        "see-encodings",
    ),
    "csv-quote": Code(
        "dấu nháy kép ở dòng này không được đóng, hoặc đứng giữa ô",
        "a double quote in this line is not closed, or stands within a cell",
        "double-quote",
    ),
    "csv-ragged": Code(
        "hơn {limit} dòng không có đủ {columns} ô như dòng tên cột",
        "more than {limit} rows do not have {columns} cells as the header has",
        "say-separator",
    ),
    "folder-no-tables": Code(
        "thư mục không có tệp nào (`*.parquet`)",
        "the folder has no table in it (`*.parquet`)",
        "check-path",
    ),
    "sheet-unknown": Code(
        "không có trang tính `{sheet}`; có {sheets}",
        "there is no sheet `{sheet}`; there are {sheets}",
        "choose",
    ),
    "workbook-broken": Code(
        "đây không phải là tệp bảng tính, hoặc tệp đã hỏng",
        "this is no workbook, or a damaged one",
        "save-again",
    ),
    "workbook-locked": Code(
        "tệp được bảo vệ bằng mật khẩu",
        "the workbook is protected with a password",
        "unlock",
    ),
    "table-unknown": Code(
        "không có bảng `{table}`; có {tables}",
        "there is no table `{table}`; there are {tables}",
        "choose",
    ),
    "table-unnamed": Code(
        "cơ sở dữ liệu có nhiều bảng: {tables}",
        "the database has several tables: {tables}",
        "name-table",
    ),
    "duckdb-missing": Code(
        "chưa cài DuckDB",
        "DuckDB is not installed",
        "install-duckdb",
    ),
    # results
    "output-kind-unknown": Code(
        "không ghi được kết quả ra loại tệp `{suffix}`",
        "results are not written to `{suffix}` files",
        "see-outputs",
    ),
    "output-no-folder": Code(
        "không có thư mục `{folder}`",
        "there is no folder `{folder}`",
        "make-folder",
    ),
    "output-denied": Code(
        "không có quyền ghi vào đây",
        "this place may not be written to: permission denied",
        "other-output",
    ),
    "output-full": Code(
        "không còn chỗ để ghi",
        "there is no room left to write it",
        "make-room",
    ),
    "output-failed": Code(
        "không ghi được tệp này: {reason}",
        "this file cannot be written: {reason}",
        "other-output",
    ),
    "sheet-too-long": Code(
        "kết quả có {rows} dòng, một trang tính chỉ chứa {limit}",
        "the result has {rows} rows, a sheet holds {limit}",
        "write-parquet",
    ),
    "sheet-too-wide": Code(
        "kết quả có {columns} cột, một trang tính chỉ chứa {limit}",
        "the result has {columns} columns, a sheet holds {limit}",
        "write-parquet",
    ),
    "sheet-cell-long": Code(
        "một ô của cột `{column}` dài {length} ký tự, trang tính chỉ chứa {limit}",
        "a cell of column `{column}` has {length} characters, a sheet holds {limit}",
        "write-parquet",
    ),
}
