"""A code says what it should: its path, read back, is the library's matrix."""

import re

import qrcode

from alongside.ui.qr import QUIET, code

ADDRESS = "https://alongside.example/back/Zk3f9_0aQx-1/"


def test_the_path_is_the_matrix():
    found = code(ADDRESS)

    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", found.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    made.add_data(ADDRESS)
    made.make(fit=True)
    wanted = {(x, y) for y, row in enumerate(made.get_matrix()) for x, on in enumerate(row) if on}
    assert dark == wanted
    assert found.size == len(made.get_matrix())


def test_around_it_is_white():
    found = code(ADDRESS)

    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", found.path):
        assert QUIET <= int(y) < found.size - QUIET
        assert int(x) >= QUIET and int(x) + int(length) <= found.size - QUIET
