"""Results as they are written: a CSV file as rows, whatever separates its cells."""

import csv
from pathlib import Path


def delimiter_of(path: Path) -> str:
    """What separates the cells of a file: what its first line has most of."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header = stream.readline()
    return max(",;\t", key=header.count)


def rows_of_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a file, by its header."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter_of(path)))
