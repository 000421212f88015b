"""Delimited text: every cell read as it is meant or named by its place, and no row lost in silence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from files.hostile import refused, written

from lossgui.core.study import Study
from lossgui.files import delimited
from lossgui.files.delimited import read_delimited
from lossgui.files.open import open_path
from lossgui.files.unreadable import UnreadableError


def opened(folder: Path, text: str | bytes, name: str = "a.csv") -> Study:
    return open_path(written(folder / name, text))


def numbers(text: str) -> list[list[float]]:
    found = read_delimited(text.encode()).predictions
    assert found is not None
    return found.tolist()


# What is read


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("header", ["", "cat{0}dog{0}‘bird’\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "\n", "\n\n\n"])
def test_delimiters_headers_and_line_ends(
    tmp_path: Path, delimiter: str, header: str, end: str, last: str
) -> None:
    rows = f"0.25{delimiter}0.5{delimiter}0.25\n1{delimiter}0{delimiter}0"
    text = (header.format(delimiter) + rows + last).replace("\n", end)
    study = opened(tmp_path, text)
    assert study.predictions.to_array().tolist() == [[0.25, 0.5, 0.25], [1, 0, 0]]
    assert study.classes == (("cat", "dog", "‘bird’") if header else ("0", "1", "2"))


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_unicode_that_says_what_it_is(tmp_path: Path, codec: str) -> None:
    mark = "\ufeff" if codec[-3:] in ("-le", "-be") else ""
    study = opened(tmp_path, (mark + "Käse,猫\n0.5,0.5\n").encode(codec))
    assert study.classes == ("Käse", "猫")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("0,5;1\n2;0,25\n", [[0.5, 1], [2, 0.25]]),
        ("0,5\t1\n2\t0,25\n", [[0.5, 1], [2, 0.25]]),
        ("1,234;0,500\n2;3,125\n", [[1.234, 0.5], [2, 3.125]]),
        ("1,234;5,6789\n", [[1.234, 5.6789]]),
        ('"0,5","1"\n"2","0,25"\n', [[0.5, 1], [2, 0.25]]),
        ('a,b\n" 0.5","""x"""', None),
        ("+1,.5\n1.,−2e−1\n", [[1, 0.5], [1, -0.2]]),
        (" 1 , 2\n3,  4 \n", [[1, 2], [3, 4]]),
        ("1 2\n3    4\n", [[1, 2], [3, 4]]),
        ("# a b\n1.5 2\n3 4\n", [[1.5, 2], [3, 4]]),
        ("1e-30,0\n0,1E-300\n", [[1e-30, 0], [0, 1e-300]]),
        ('"a\nb",c\n1,2\n3,4\n', [[1, 2], [3, 4]]),
        ("a;b,c\n1;2\n", [[1, 2]]),
        ("5\n6\n", [[5], [6]]),
        ("1", [[1]]),
    ],
)
def test_numbers_as_programs_write_them(text: str, rows: list[list[float]] | None) -> None:
    if rows is None:
        with pytest.raises(UnreadableError, match=r"Row 2, column 2 \(‘b’\): ‘\"x\"’ is not a number"):
            numbers(text)
        return
    assert numbers(text) == rows


def test_not_finite_numbers_are_carried_as_values(tmp_path: Path) -> None:
    study = opened(tmp_path, "a,b\nNaN,-inf\n+Infinity,0\n")
    assert np.array_equal(study.predictions.to_array(), [[np.nan, -np.inf], [np.inf, 0]], equal_nan=True)
    assert study.kind == "values"


# Headers


@pytest.mark.parametrize(
    ("text", "classes", "samples"),
    [
        ("0,1\n1,0\n", ("0", "1"), 2),
        ("nan,1\n0.5,0.5\n", ("0", "1"), 2),
        ("0,1,2\n0.5,0.25,0.25\n", ("0", "1", "2"), 1),
        ("label,0,1,2\n0,0.5,9,0\n", ("0", "1", "2"), 1),
        ("label,0.1,0.9\n0,0.5,9\n", ("0.1", "0.9"), 1),
        ("1st,2nd\n0.5,0.5\n", ("1st", "2nd"), 1),
        ("2.5,3.5\n4.5,5.5\n", ("0", "1"), 2),
    ],
)
def test_a_first_row_is_a_header_or_a_sample(
    tmp_path: Path, text: str, classes: tuple[str, ...], samples: int
) -> None:
    study = opened(tmp_path, text)
    assert (study.classes, study.samples) == (classes, samples)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0,1\n0.5,0.5\n", "Row 1 counts 0, 1, …: is it a header or a sample?"),
        ("0,1,2\n0.5,3.25,0.25\n", "Row 1 counts 0, 1, …"),
        ("cat,0.2,0.8\ndog,0.5,0.5\n", "Row 1, column 1: ‘cat’ is not a number"),
        ("1,abc,0\n0,1,0\n", "Row 1, column 2: ‘abc’ is not a number"),
        ("0.5%,1\n1,2\n", "Row 1, column 1: ‘0.5%’ has a percent sign"),
        ("1_000,1\n1,2\n", "Row 1, column 1: ‘1_000’ is not a number"),
        ("a,b,a\n1,2,3\n", "Row 1: Columns 1 and 3 are both called ‘a’"),
        ("a,,c\n1,2,3\n", "Row 1, column 2: The name is missing."),
        (",a,b\n0,0.5,1\n1,3,4\n", "Row 1, column 1: The name is missing. It counts the rows"),
        ("a,b\n", "a header, and no row below it"),
        ("label,target,a\n0,0,1\n", "Columns 1 and 2 may both be the labels"),
        ("label\n1\n", "labels, and no predictions"),
        ("label_a,label_b,a\n1,0,2\n", "2 columns of labels and 1 of predictions"),
    ],
)
def test_what_cannot_be_a_header_is_not_guessed(tmp_path: Path, text: str, words: str) -> None:
    assert words in refused(written(tmp_path / "a.csv", text))


# What is wrong


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "It is empty"),
        ("\n \n\r\n", "only blanks"),
        ("a,b\n1,2\n3\n", "Row 3 has 1 cell; the header has 2"),
        ("1,2\n3,4,5\n", "Row 2 has 3 cells; row 1 has 2"),
        ("1,2\n\n3,4\n", "Row 2 is empty"),
        ("1,2\n" + "\n" * 4999 + "3,4\n", "Row 2 is empty"),
        ("1,2\n,\n3,4\n", "Row 2 is empty"),
        ("1,2\n3,\n", "Row 2, column 2: A number is missing"),
        ("a,b\n1,x\n", "Row 2, column 2 (‘b’): ‘x’ is not a number"),
        ("a,b\n1,1e999\n", "‘1e999’ is too large"),
        ("a,b\n1,-1e-400\n", "‘-1e-400’ is too small"),
        ("a,b\n1,0." + "0" * 400 + "1\n", "is too small"),
        ("a,b\n1," + "9" * 5000 + "\n", "is too large"),
        ("a,b\n1,1_0\n", "‘1_0’ is not a number"),
        ("a,b\n1,١\n", "use the digits 0 to 9"),
        ("a,b\n1,１\n", "use the digits 0 to 9"),
        ("a,b\n1,0x10\n", "‘0x10’ is not a number"),
        ("a,b\n1,NA\n", "‘NA’ is not a number"),
        ("a;b\n1,234;5,678\n", "Row 2, column 1 (‘a’): ‘1,234’ may be thousands or have decimals"),
        ('a,b\n1,"1,234"\n', "Row 2, column 2 (‘b’): ‘1,234’ may be thousands"),
        ("a;b\n1.234,5;1\n", "leave out thousands separators"),
        ('a,b\n"1,234.5",1\n', "leave out thousands separators"),
        ("a;b\n0,5;1\n2;0.25\n", "Row 3, column 2 (‘b’) has a ‘.’ and row 2, column 1 (‘a’) a ‘,’"),
        ('a,b\n"0,5",1\n2,0.25\n', "Mark decimals in one way"),
        ("1,2\n3,4],[5,6\n", "Row 2 has 4 cells"),
        ("1,[2]\n3,4\n", "Row 1, column 2: ‘[2]’ is not a number"),
        ("a,b\n1,=2+3\n", "‘=2+3’ is not a number"),
        ('a,b\n1,"2\n3,4\n', "Row 2: "),
        ('a,b\n1,"2"3\n', "Row 2: "),
        ('"1,2\n3",4\n', "Row 1, column 1: ‘1,2�3’ is not a number"),
        ('a,b,c\n"1,2",3\n', "Row 2 has 2 cells"),
        ('a,b\n"1,2",3\n"4,5",6.5\n', "Mark decimals in one way"),
        ("a,b\n1," + "x" * 200_000 + "\n", "Row 2"),
        ("a,b\n" + "1," * 200_000 + "1\n", "Row 2 has 200,001 cells"),
        ("1," * 150_000 + "1\n", "150,001 columns; 100,000 can be classes"),
        ("1,2\u20283,4\n", "Row 1, column 2: ‘2�3’ is not a number"),
        ("1,2\x0b3,4\n", "Row 1, column 2"),
    ],
    ids=range(37),
)
def test_what_is_wrong_is_named_by_row_and_column(tmp_path: Path, text: str, words: str) -> None:
    assert words in refused(written(tmp_path / "a.csv", text))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a,b\nKäse,1\n".encode("latin-1"), "Row 2 is not UTF-8 (byte 5)"),
        ("a,b\n1,2\n".encode("utf-16-le"), "Row 1 holds a zero byte"),
        (b"\xff\xfea\x00,\x00b", "It is not UTF-16-LE, as it begins"),
        (b"1,2\n3,\x00\n", "Row 2 holds a zero byte"),
        (bytes(range(256)), "Row 1 holds a zero byte"),
        (b"\xef\xbb\xbf", "only blanks"),
    ],
    ids=range(6),
)
def test_what_is_no_text_is_said(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refused(written(tmp_path / "a.csv", content))


@pytest.mark.parametrize("row", [1, 2, 4_999, 5_000, 9_999])
def test_the_place_is_right_in_a_long_file(tmp_path: Path, row: int) -> None:
    lines = ["0.123456,0.234567,0.345678"] * 10_000
    lines[row - 1] = "0.1,0.2,0,3"
    text = "a,b,c\n" + "\n".join(lines)
    assert len(text) > 3 * delimited.AT_ONCE
    assert f"Row {row + 1} has 4 cells" in refused(written(tmp_path / "a.csv", text))
    lines[row - 1] = ""
    text = "a,b,c\n" + "\n".join(lines)
    assert f"Row {row + 1} is empty" in refused(written(tmp_path / "a.csv", text))


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "1,2\n")
    with path.open("r+b") as file:
        try:
            file.truncate(10 << 30)
        except OSError:
            pytest.skip("the file system has no holes")
    assert "It has 10.7 GB; 1.1 GB can be read" in refused(path)
