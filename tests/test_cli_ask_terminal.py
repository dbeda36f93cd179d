"""`tieuchi ask` on a real terminal."""

import os
import re
import signal
import time
from pathlib import Path
from unicodedata import normalize

from command import run
from terminal import terminal

HOUSES = ("ask", "lao-cai-26-2020", "--as-of", "2023-05-31")


def test_on_a_terminal(tmp_path: Path) -> None:
    """Vietnamese typed composed and decomposed, a number with a comma, why, back, and saving."""
    with terminal("ask", "nq-08-2019", "--as-of", "2023-05-31", at=tmp_path) as of:
        assert "Hỏi để biết: điều kiện quy mô." in of.until("2) chăn nuôi")
        of.until("> ")
        of.type(normalize("NFD", "trồng trọt"))
        of.until("nhiều nhất còn 8 câu\n> ")
        of.type("?")
        assert "Điều 7 khoản 2 điểm c" in of.until("\n> ")
        of.type("bốn")
        of.until("là chữ")
        of.until("\n> ")
        of.type("0,5 ha")
        of.until("nhiều nhất còn 7 câu\n> ")
        of.type("<")
        of.until("nhiều nhất còn 8 câu\n> ")
        of.type("1 000 ha")
        assert "✓ Đáp ứng điều kiện quy mô" in re.sub(r"\x1b\[[0-9;]*m", "", of.until("Phạm vi"))
        of.until("(bỏ trống: không lưu) ")
        of.type("hồ sơ.yaml")
        of.until("tieuchi check 'hồ sơ.yaml'\n")
        assert of.process.wait(30) == 0

    assert "_area: 1000 ha" in (tmp_path / "hồ sơ.yaml").read_text("utf-8")
    assert run("check", "hồ sơ.yaml", at=tmp_path).code == 0


def test_ctrl_d_and_ctrl_c_on_a_terminal(tmp_path: Path) -> None:
    """The end of input is a stop, an interrupt is 130; neither shows a traceback."""
    with terminal(*HOUSES, at=tmp_path) as of:
        of.until("> ")
        os.write(of.master, b"\x04")
        of.until("Dừng ở đây, chưa có kết luận.\n")
        assert of.process.wait(30) == 3

    with terminal(*HOUSES, at=tmp_path) as of:
        of.until("> ")
        os.write(of.master, b"\x03")
        time.sleep(0.3)
        if of.process.poll() is None:  # where the terminal is not the controlling one
            of.process.send_signal(signal.SIGINT)
        assert of.process.wait(30) == 130
        assert "Traceback" not in of.seen
