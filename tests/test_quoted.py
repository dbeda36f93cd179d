"""The numbers in the words of an act, each with its unit and how it is compared."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieuchi.engine.lint.quoted import numbers_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("từ 1 triệu cây/năm trở lên", [("1000000", "tree/year", "from")]),
        ("một triệu đồng", [("1000000", "đồng", "")]),
        ("tập trung từ 500 nghìn cây/năm trở lên", [("500000", "tree/year", "from")]),
        ("rau từ 02 ha trở lên", [("2", "ha", "from")]),
        ("cây dược liệu từ 1.000 m² trở lên", [("1000", "m2", "from")]),
        ("quy mô tối thiểu 1.000m³ đối với lồng", [("1000", "m3", "from")]),
        ("đảm bảo 100% chỉ tiêu tuyển quân năm 2023", [("100", "%", "")]),
        ("đạt 0,35 tỷ đồng/năm trở lên", [("350000000", "đồng/year", "from")]),
        ("mười lăm ngày", [("15", "day", "")]),
        ("hai mươi mốt tháng", [("21", "month", "")]),
        ("một trăm linh năm người", [("105", "person", "")]),
        ("năm mươi con; năm năm", [("50", "head", ""), ("5", "year", "")]),
        ("1 triệu 500 nghìn đồng", [("1500000", "đồng", "")]),
        ("một triệu rưỡi đồng, hai năm rưỡi", [("1500000", "đồng", ""), ("5/2", "year", "")]),
        ("2 tỷ rưỡi đồng", [("2500000000", "đồng", "")]),
        ("ba nghìn tỷ đồng", [("3000000000000", "đồng", "")]),
        ("từ 30 đến dưới 300 đơn vị vật nuôi", [("30", "lu", "from"), ("300", "lu", "below")]),
        ("trên 50%, quá 3 tháng", [("50", "%", "above"), ("3", "month", "above")]),
        ("hơn 5 con, chưa đủ 9 con", [("5", "head", "above"), ("9", "head", "below")]),
        ("không quá 02 tỷ đồng/01 tổ chức", [("2000000000", "đồng", "to")]),
        ("tối đa 5 ha, từ 9 con trở xuống", [("5", "ha", "to"), ("9", "head", "to")]),
        ("không dưới 5 ha, ít hơn 5 con", [("5", "ha", "from"), ("5", "head", "below")]),
        ("không ít hơn 5 con", [("5", "head", "from")]),
        ("ít nhất một câu lạc bộ", [("1", "", "from")]),
        ("ít nhất 2/3 số thành viên", [("2/3", "", "from")]),
        ("tổng số 50 người", [("50", "person", "")]),
        ("50% số điểm tối đa trở lên", [("50", "%", "from")]),
        ("50 (năm mươi) con", [("50", "head", "")]),
        ("trong thời hạn ít nhất 05 (năm) ngày", [("5", "day", "from")]),
        ("500 ngàn đồng/nông dân", [("500000", "đồng/person", "")]),
        ("tăng ít nhất 1,5 lần", [("3/2", "", "from")]),
        ("lớn hơn hoặc bằng 5 ha; nhỏ hơn hoặc bằng 9 l", [("5", "ha", "from"), ("9", "l", "to")]),
        ("bằng hoặc lớn hơn 5 ha; bằng hoặc ít hơn 9 ha", [("5", "ha", "from"), ("9", "ha", "to")]),
        ("nước sạch ≥ 65%, hộ nghèo <5%", [("65", "%", "from"), ("5", "%", "below")]),
        ("(≤ 30 %), thu nhập >50 triệu đồng", [("30", "%", "to"), ("50000000", "đồng", "above")]),
        ("chậm nhất trong thời hạn 03 (ba) ngày làm việc", [("3", "day", "to")]),
        ("không vượt 30% tổng số", [("30", "%", "to")]),
        ("đạt 1.000 tấn kho; đạt tỷ lệ 90%", [("1000", "t", "from"), ("90", "%", "from")]),
        ("chưa đạt 50%; không đạt mức 50%", [("50", "%", "below"), ("50", "%", "below")]),
        ("đạt dưới 5%; đạt 5% trở xuống", [("5", "%", "below"), ("5", "%", "to")]),
    ],
)  # fmt: skip
def test_what_the_words_say(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Digits, words and both; from, to, above and below."""
    assert [(str(n.value), n.unit, n.way) for n in numbers_in(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "khoản 2 Điều 7; các khoản 1, 2 và 3 Điều 5",
        "Nghị quyết số 08/2019/NQ-HĐND ngày 10 tháng 12 năm 2019",
        "ngày 10/12/2019, 05/6/2023, giai đoạn 2021-2025",
        "tiêu chí số 18- hệ thống chính trị; chỉ tiêu 18.1",
        "Kế hoạch 74/KH-UBND; điểm b khoản 2 Điều 8",
        "tiêu chuẩn ISO/IEC 17025; nhà cấp IV",
        "2. Đối với trang trại tổng hợp",
        "một trong các điều kiện sau; mỗi năm một lần; trong năm đánh giá",
        "per head; at least some",
    ],
)
def test_what_is_no_number_of_the_law(text: str) -> None:
    """Citations, days, years, items of a list, words that only look like numbers."""
    assert numbers_in(text) == []


def test_an_increase_may_be_said_of_the_whole() -> None:
    """10 % over a figure is 110 % of it."""
    [grows], [falls] = numbers_in("thu vượt 10% dự toán"), numbers_in("giảm 10% so với năm 2020")

    assert (str(grows.also), str(falls.also)) == ("110", "90")


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("tăng từ 10% trở lên", "110"),
        ("tăng thêm ít nhất 10%", "110"),
        ("giảm tối thiểu 10%", "90"),
        ("không vượt 10%", "None"),
        ("từ 10%", "None"),
    ],
)
def test_how_much_it_grows_may_be_compared(text: str, also: str) -> None:
    """ "Tăng từ 10%" is 110 % or more; what may not exceed 10 % does not grow by it."""
    assert str(numbers_in(text)[0].also) == also


def _in_words(n: int) -> str:
    """A number below a million in Vietnamese, as it is taught."""
    ones = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    if n >= 1000:
        rest = n % 1000
        tail = (
            f" {_in_words(rest)}" if rest >= 100 else f" không trăm {_tail(rest)}" if rest else ""
        )
        return f"{_in_words(n // 1000)} nghìn{tail}"
    if n >= 100:
        return f"{ones[n // 100]} trăm" + (f" {_tail(n % 100)}" if n % 100 else "")
    if n < 10:
        return ones[n]
    tens, unit = divmod(n, 10)
    last = {0: "", 1: " mốt" if tens > 1 else " một", 5: " lăm"}.get(unit, f" {ones[unit]}")
    return ("mười" if tens == 1 else f"{ones[tens]} mươi") + last


def _tail(n: int) -> str:
    return f"linh {_in_words(n)}" if n < 10 else _in_words(n)


@given(n=st.integers(2, 999))
def test_numbers_in_words(n: int) -> None:
    """Every number below a thousand; with a power of it; of something that is counted."""
    [trees] = numbers_in(f"từ {_in_words(n)} cây trở lên" if n != 5 else "từ 5 cây trở lên")
    [money] = numbers_in(f"{_in_words(n)} triệu đồng")

    assert (trees.value, trees.unit) == (Fraction(n), "tree")
    assert (money.value, money.unit) == (Fraction(n * 10**6), "đồng")


@given(n=st.integers(1, 10**12), places=st.integers(0, 2))
def test_numbers_in_digits(n: int, places: int) -> None:
    """The point groups, the comma is decimal."""
    whole, part = divmod(n, 10**places)
    text = f"{whole:,}".replace(",", ".") + (f",{part:0{places}}" if places else "")

    [found] = numbers_in(f"không quá {text} ha")

    assert found.value == Fraction(n, 10**places)
