"""Mistakes of any file: the file itself, its YAML, and the shape of the document in it."""

from typing import Final

from tieuchi.engine.codes.code import Code
from tieuchi.engine.words import Words

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
        "key-value",
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
        "key-value",
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
}

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
    "mend-comma": Words(
        "trong `{{…}}` dấu phẩy tách các phần: viết số thập phân bằng dấu chấm, chữ có dấu phẩy thì"
        " đặt trong dấu nháy, và viết `khóa: giá trị`",
        "a comma in `{{…}}` separates: write decimals with a point, put text that has a comma in"
        " quotes, and write `key: value`",
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
}
