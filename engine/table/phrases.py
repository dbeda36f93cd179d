"""Every word of a registry's summary, in Vietnamese and in English.

Like `engine.phrases`, of which it is the part for tables: who meets which condition is said, never
that somebody is eligible.
"""

from __future__ import annotations

from tieuchi.engine.phrases import Phrase

# ---- before the run

READ = Phrase("{path}: {columns} cột", "{path}: {columns} columns")
MATCHED = Phrase("Cột là dữ kiện", "Columns that are facts")
UNMATCHED = Phrase("Cột không dùng đến", "Columns not used")
NO_COLUMN = Phrase("Dữ kiện không có cột nào", "Facts that no column has")
CLOSED = Phrase("coi như không có", "taken as none")
UNKNOWN = Phrase("coi như chưa biết", "taken as not known")

# ---- the figures

ROWS = Phrase(
    "{read} dòng vào = {out} dòng được xét + {rejected} dòng bị loại",
    "{read} rows in = {out} decided + {rejected} rejected",
)
FLOATS = Phrase(
    "Cột `{column}`: {count} ô số thực lấy về bước gần nhất",
    "Column `{column}`: floating-point cells taken to the nearest step: {count}",
)
WRITTEN = Phrase("Kết quả: {path}", "Results: {path}")
REJECTS = Phrase("Dòng bị loại và lý do: {path}", "Rejected rows and why: {path}")
MET = Phrase("đạt", "met")
NOT_MET = Phrase("chưa đạt", "not met")
UNDETERMINED = Phrase("chưa rõ", "open")
NOT_APPLICABLE = Phrase("không áp dụng", "n/a")
VERDICT = Phrase("Chung", "Overall")
NEAREST = Phrase("Gần đạt nhất", "Nearest to being met")
NEAR_ROW = Phrase(
    "dòng {row}{subject}: {name} ({id}) thiếu {share} % mức yêu cầu",
    "row {row}{subject}: {name} ({id}), short by {share} % of what is required",
)
NEAR_ROW_OVER = Phrase(
    "dòng {row}{subject}: {name} ({id}) vượt {share} % mức cho phép",
    "row {row}{subject}: {name} ({id}), over by {share} % of what is allowed",
)
NEAR_ROW_OFF = Phrase(
    "dòng {row}{subject}: {name} ({id}) lệch {share} % mức yêu cầu",
    "row {row}{subject}: {name} ({id}), off by {share} % of what is required",
)
SHORT = Phrase(
    "Cách mức yêu cầu bao nhiêu (số dòng)", "By what share they miss what is required (rows)"
)
UP_TO = Phrase("≤{edge} %", "≤{edge}%")
MISSING = Phrase(
    "Dữ kiện chưa biết làm nhiều dòng chưa rõ nhất", "Unknown facts that hold most rows open"
)
MISSING_ROWS = Phrase("{count} dòng", "{count} rows")
MATRIX = Phrase("Từng dòng theo từng điều", "Rows by provisions")
MORE_GROUPS = Phrase("… và {count} nhóm nữa", "… and {count} more groups")
MORE_ROWS = Phrase("… và {count} dòng nữa", "… and {count} rows more")
NOT_COVERED = Phrase("Chưa xét", "Not covered")
PROGRESS = Phrase("{rows} dòng, {speed} dòng/giây", "{rows} rows, {speed} rows/s")
LEFT = Phrase("còn khoảng {seconds} giây", "about {seconds} s left")

# ---- the sheet of the summary

SHEETS = Phrase("kết quả", "results"), Phrase("tóm tắt", "summary")
COUNTED = (
    Phrase("dòng vào", "rows in"),
    Phrase("dòng được xét", "rows decided"),
    Phrase("dòng bị loại", "rows rejected"),
)
PROVISION = Phrase("cột", "column")
NAME = Phrase("nội dung", "what it asks")
CITE = Phrase("căn cứ", "citation")
REQUIRED = Phrase("mức yêu cầu", "required")
UNIT = Phrase("đơn vị", "unit")
LEAST = Phrase("thiếu, vượt ít nhất", "least shortfall")
SHORT_BY = Phrase("cách ≤{edge} %", "short ≤{edge}%")
