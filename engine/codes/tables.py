"""Mistakes of tables: files that hold them, their columns, and where results are written."""

from typing import Final

from tieuchi.engine.codes.code import Code
from tieuchi.engine.words import Words

CODES: Final[dict[str, Code]] = {
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
    "column-type-unread": Code(
        "cột `{header}` có kiểu {type}, không đọc được thành `{name}`",
        "the column `{header}` is of type {type}, which cannot be read as `{name}`",
        "make-plain",
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
    "csv-ragged": Code(
        "hơn {limit} dòng không có đủ {columns} ô như dòng tên cột",
        "more than {limit} rows do not have {columns} cells as the header has",
        "say-separator",
    ),
    "folder-no-tables": Code(
        "thư mục không có tệp nào (`*.parquet`)",
        "the folder has no table in it (`*.parquet`)",
        "check-table",
    ),
    "sheet-unknown": Code(
        "không có trang tính `{sheet}`; có {sheets}",
        "there is no sheet `{sheet}`; there are {sheets}",
        "choose-table",
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
        "choose-table",
    ),
    "table-unnamed": Code(
        "cơ sở dữ liệu có nhiều bảng: {tables}",
        "the database has several tables: {tables}",
        "name-table",
    ),
    "duckdb-missing": Code(
        "thư viện duckdb chưa được cài",
        "the library duckdb is not installed",
        "install-duckdb",
    ),
    "pyspark-missing": Code(
        "thư viện pyspark chưa được cài",
        "the library pyspark is not installed",
        "install-spark",
    ),
    "java-missing": Code(
        "không khởi động được Spark: {reason}",
        "a session of Spark does not start: {reason}",
        "install-java",
    ),
    "sqlglot-missing": Code(
        "thư viện sqlglot chưa được cài",
        "the library sqlglot is not installed",
        "install-sql",
    ),
    "spark-kind-unknown": Code(
        "với Spark không đọc, không ghi tệp `{suffix}`",
        "with Spark no `{suffix}` files are read or written",
        "use-parquet",
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
    "column-is-result": Code(
        "cột `{name}` trùng tên với một cột kết quả",
        "the column `{name}` has the name of a result",
        "rename-column",
    ),
    "row-ragged": Code(
        "dòng có {found} ô, còn tiêu đề có {columns}",
        "the row has {found} cells, the header {columns}",
        "say-separator",
    ),
    "row-quote": Code(
        "một dấu nháy kép không được đóng, hoặc đứng giữa ô, nên không tách được dòng thành "
        "{columns} ô",
        "a double quote is not closed, or stands within a cell, so that the row cannot be split "
        "into {columns} cells",
        "double-quote",
    ),
    "member-without-key": Code(
        "thành viên này không có khóa trong cột `{column}`",
        "this member has no key in the column `{column}`",
        "fill-key",
    ),
    "member-without-row": Code(
        "không dòng nào của bảng có khóa `{key}` của thành viên này",
        "no row of the table has this member's key `{key}`",
        "fill-key",
    ),
    "member-of-rows": Code(
        "nhiều dòng của bảng có khóa `{key}` của thành viên này",
        "several rows of the table have this member's key `{key}`",
        "name-key",
    ),
    "row-without-key": Code(
        "dòng này không có khóa trong cột `{column}`, nên không rõ thành viên nào của nó",
        "this row has no key in the column `{column}`, so that nobody knows which members are its",
        "fill-row-key",
    ),
    "list-reads-row": Code(
        "gói so thành viên của `{name}` với số liệu của từng dòng, chưa xét được theo bảng",
        "the pack compares members of `{name}` with figures of their row, which tables cannot yet",
        "check-alone",
    ),
    "step-no-decimal": Code(
        "một kết quả của gói tính theo bước {step} {unit}, không viết được thành số thập phân",
        "a figure of the pack counts in steps of {step} {unit}, which no decimal is equal to",
        "round-figure",
    ),
    "texts-too-many": Code(
        "cột có hơn {limit} cách viết khác nhau không phải là số thường",
        "the column has more than {limit} different texts that are no plain numbers",
        "make-numbers",
    ),
}

REMEDIES: Final[dict[str, Words]] = {
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
        "nêu một bảng bằng `--sheet`",
        "name one with `--sheet`",
    ),
    "install-duckdb": Words(
        'cài bằng `pip install "tieuchi[duckdb]"`',
        'install it with `pip install "tieuchi[duckdb]"`',
    ),
    "install-spark": Words(
        'cài bằng `pip install "tieuchi[spark]"`',
        'install it with `pip install "tieuchi[spark]"`',
    ),
    "install-java": Words(
        "cài Java 17 hoặc 21, hoặc xem lại `--master` và `--conf`",
        "install Java 17 or 21, or see to `--master` and `--conf`",
    ),
    "install-sql": Words(
        'cài bằng `pip install "tieuchi[sql]"`',
        'install it with `pip install "tieuchi[sql]"`',
    ),
    "use-parquet": Words(
        "dùng .parquet, hoặc tên một bảng của Spark",
        "use .parquet, or the name of a table of Spark",
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
    "check-table": Words(
        "xem lại đường dẫn của bảng",
        "check the path of the table",
    ),
    "choose-table": Words(
        "chọn một bằng `--sheet`",
        "choose one with `--sheet`",
    ),
    "rename-column": Words(
        "đổi tên cột trong bảng",
        "rename it in the table",
    ),
    "fill-key": Words(
        "ghi khóa của dòng mà thành viên thuộc về",
        "write the key of the row that it belongs to",
    ),
    "fill-row-key": Words(
        "ghi khóa của dòng, như trong bảng danh sách",
        "write the row's key, as the table of the list has it",
    ),
    "name-key": Words(
        "nêu bằng `--key` một cột không có hai dòng giống nhau, như mã số",
        "name a column with `--key` in which no two rows are alike, such as a number",
    ),
    "check-alone": Words(
        "xét từng hồ sơ bằng `tieuchi check`",
        "decide each case with `tieuchi check`",
    ),
    "round-figure": Words(
        "thêm `round` vào kết quả đó trong gói",
        "give the figure a `round` in the pack",
    ),
    "say-decimal-option": Words(
        "nêu dấu thập phân của bảng: `--decimal comma` hoặc `--decimal point`",
        "say which mark is the table's: `--decimal comma` or `--decimal point`",
    ),
    "write-yes-or-no": Words(
        "viết `có` hoặc `không`",
        "write `yes` or `no`",
    ),
    "make-plain": Words(
        "đổi cột thành cột số, chữ hoặc ngày",
        "make it a column of numbers, texts or days",
    ),
    "make-numbers": Words(
        "đổi cột thành cột số",
        "make it a column of numbers",
    ),
}
