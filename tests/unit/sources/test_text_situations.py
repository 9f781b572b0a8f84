"""Text files as systems write them in practice: each situation with the rows that are right and what is told."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ldbu_desktop.sources.delimited import read_delimited
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.sources.text_encoding import encoded_once

HEAD = "id;cpr;navn;vægt;bemærkning"


class Situation(NamedTuple):
    """A text, the rows below its first, and the codes that are told with their rows."""

    text: str | bytes
    rows: list[list[str]]
    told: list[tuple[str, int]] = []  # noqa: RUF012 - a named tuple's default is never changed
    encoding: str = "utf-8"
    first: list[str] | None = None


def _read(situation: Situation) -> tuple[list[list[str]], Table]:
    text = situation.text
    table = read_delimited(text if isinstance(text, bytes) else text.encode(situation.encoding), "t.csv")
    return [cells for _, cells in table.rows], table


def _check(situation: Situation) -> None:
    rows, table = _read(situation)
    assert rows[1:] == situation.rows
    if situation.first is not None:
        assert rows[0] == situation.first
    assert sorted((remark.code, remark.row) for remark in table.remarks) == sorted(situation.told)
    found = table.account.found
    assert (found.rows, found.cells) == (len(rows), sum(bool(cell) for row in rows for cell in row))


BROKEN = "file-quotes-broken"

QUOTES = {
    "every cell in quotes": Situation('"a";"b";"c"\n"1";"x;y";"3"\n', [["1", "x;y", "3"]]),
    "a quote within quotes": Situation('a;b;c\n1;"sagde ""hej""";3\n', [["1", 'sagde "hej"', "3"]]),
    "a quote within quotes, all in quotes": Situation('"a";"b"\n"1";"sagde ""hej"""\n', [["1", 'sagde "hej"']]),
    "an empty cell in quotes": Situation('a;b;c\n"";"";"3"\n', [["", "", "3"]]),
    "a text over two lines": Situation('a;b;c\n1;"x\ny";3\n4;5;6\n', [["1", "x\ny", "3"], ["4", "5", "6"]]),
    "a text over two lines at the end": Situation('a;b;c\n1;2;"x\ny"\n4;5;6\n', [["1", "2", "x\ny"], ["4", "5", "6"]]),
    "a text over two lines at the beginning": Situation(
        'a;b;c\n"x\ny";2;3\n4;5;6\n', [["x\ny", "2", "3"], ["4", "5", "6"]]
    ),
    "a text with an empty line": Situation('a;b;c\n1;"x\n\ny";3\n', [["1", "x\n\ny", "3"]]),
    "two texts over several lines in a row": Situation('a;b;c\n"x\ny";"u\nv";3\n', [["x\ny", "u\nv", "3"]]),
    "a text with lines and delimiters": Situation(
        'a;b;c;d;e\n1;"x; y\nz, æ";3;4;5\n', [["1", "x; y\nz, æ", "3", "4", "5"]]
    ),
    "lines end with return and feed": Situation('a;b\r\n1;"x\r\ny"\r\n', [["1", "x\ny"]]),
    "a return alone within quotes": Situation('a;b\r\n1;"x\ry"\r\n2;z\r\n', [["1", "x y"], ["2", "z"]]),
    "never closed": Situation('a;b\n"x;y\nc;d\ne;f\n', [["x", "y"], ["c", "d"], ["e", "f"]], [(BROKEN, 2)]),
    "never closed in the last cell": Situation(
        'a;b;c\n1;2;"x\n4;5;6\n', [["1", "2", "x"], ["4", "5", "6"]], [(BROKEN, 2)]
    ),
    "opened, and closed two rows further down": Situation(
        f'{HEAD}\n"K1;1;A;3350;x\nK2;2;B;3350;y"\nK3;3;C;3350;z\n',
        [["K1", "1", "A", "3350", "x"], ["K2", "2", "B", "3350", "y"], ["K3", "3", "C", "3350", "z"]],
        [(BROKEN, 2), (BROKEN, 3)],
    ),
    "opened in the last cell, and closed at the end of the next row": Situation(
        f'{HEAD}\nK1;1;A;3350;"x\nK2;2;B;3350;y"\nK3;3;C;3350;z\n',
        [["K1", "1", "A", "3350", "x"], ["K2", "2", "B", "3350", "y"], ["K3", "3", "C", "3350", "z"]],
        [(BROKEN, 2), (BROKEN, 3)],
    ),
    "opened and closed in the same column": Situation(
        f'{HEAD}\nK1;1;"A;3350;x\nK2;2;B";3350;y\nK3;3;C;3350;z\n',
        [["K1", "1", "A", "3350", "x"], ["K2", "2", "B", "3350", "y"], ["K3", "3", "C", "3350", "z"]],
        [(BROKEN, 2), (BROKEN, 3)],
    ),
    "opened, and closed five rows further down": Situation(
        f'{HEAD}\n"K1;1;A;3350;x\n' + "".join(f"K{n};{n};B;3350;y\n" for n in range(2, 6)) + 'K6;6;C;3350;z"\n',
        [["K1", "1", "A", "3350", "x"]]
        + [[f"K{n}", str(n), "B", "3350", "y"] for n in range(2, 6)]
        + [["K6", "6", "C", "3350", "z"]],
        [(BROKEN, 2), (BROKEN, 7)],
    ),
    "closed too early": Situation('a;b\n"x"y;z\n1;2\n', [['"x"y', "z"], ["1", "2"]], [(BROKEN, 2)]),
    "two strays in one line join no cells": Situation(
        f'{HEAD}\nK1;"1;A;3350";x\nK2;2;B;3350;y\n',
        [["K1", "1", "A", "3350", "x"], ["K2", "2", "B", "3350", "y"]],
        [(BROKEN, 2)],
    ),
    "a quote within a text without quotes": Situation('a;b\nBarn "Ole" Hansen;2\n', [['Barn "Ole" Hansen', "2"]]),
    "a name in quotes at the end of a text": Situation('a;b\nBarn "Ole";2\n', [['Barn "Ole"', "2"]]),
    "a stray at the end of a text": Situation('a;b\nprimært";2\n1;2\n', [["primært", "2"], ["1", "2"]], [(BROKEN, 2)]),
    "inches": Situation('a;b\nskærm 5";2\n1;2\n', [["skærm 5", "2"], ["1", "2"]], [(BROKEN, 2)]),
    "spaces before a quote": Situation('a;b;c\n1; "x;y"; 3\n', [["1", "x;y", "3"]]),
    "quotes told by backslashes": Situation('a;b;c\n1;"sagde \\"hej;du\\"";3\n', [["1", 'sagde "hej;du"', "3"]]),
    "every line in quotes as a whole": Situation('"a;b;c"\n"1;2;3"\n"4;""x"";6"\n', [["1", "2", "3"], ["4", "x", "6"]]),
    "only the headings in quotes": Situation('"a";"b"\n1;2\n', [["1", "2"]], first=["a", "b"]),
    "commas and quotes": Situation('a,b,c\n1,"x,y",3\n', [["1", "x,y", "3"]]),
    "tabs and quotes": Situation('a\tb\n1\t"x\ty"\n', [["1", "x\ty"]]),
}

DELIMITERS = {
    "semicolons and decimal commas": Situation("a;b\n1,5;2,5\n1,5;2,5\n", [["1,5", "2,5"], ["1,5", "2,5"]]),
    "decimal commas in more rows than headings": Situation(
        "a;b;c\n" + "1,5;2,5;3,5\n" * 9, [["1,5", "2,5", "3,5"]] * 9, first=["a", "b", "c"]
    ),
    "trimmed ends": Situation(
        "a;b;c;d;e;f\n1;2,1;3\n1;2,2;3;4\n1;2,3;3;4;5\n",
        [["1", "2,1", "3"], ["1", "2,2", "3", "4"], ["1", "2,3", "3", "4", "5"]],
    ),
    "commas in headings": Situation("Længde, cm;Vægt, g\n51,5;3350,5\n", [["51,5", "3350,5"]]),
    "sentences with commas": Situation("a;b\nx, y, z;1\nu, v, w;2\n", [["x, y, z", "1"], ["u, v, w", "2"]]),
    "comma": Situation("a,b,c\n1,2,3\n4,5,6\n", [["1", "2", "3"], ["4", "5", "6"]]),
    "comma with points in numbers": Situation("a,b\n1.5,2.5\n", [["1.5", "2.5"]]),
    "comma with semicolons in a list": Situation("a,b,c\n1,x;y,3\n2,z,4\n", [["1", "x;y", "3"], ["2", "z", "4"]]),
    "tab": Situation("a\tb\n1,5\t2;5\n", [["1,5", "2;5"]]),
    "bar": Situation("a|b|c\n1,5|x;y|3\n", [["1,5", "x;y", "3"]]),
    "said in the first line": Situation("sep=,\na,b;c\n", [], first=["a", "b;c"]),
    "said in the first line in quotes": Situation('"sep=|"\na|b;c\n', [], first=["a", "b;c"]),
    "said to be tab": Situation("sep=\t\na\tb;c\n", [], first=["a", "b;c"]),
    "a title above the headings": Situation(
        "Udtræk, uge 20, Odense\na;b;c\n1;2;3\n4;5;6\n", [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]]
    ),
    "a single column": Situation("a\n1\n2\n", [["1"], ["2"]]),
    "a text with more delimiters than columns": Situation(
        "a;b\n1;2;3;4\n1;2\n1;2\n", [["1", "2", "3", "4"], ["1", "2"], ["1", "2"]]
    ),
    "delimiters in quotes do not count": Situation(
        'a,b\n"x;y;z;u","1"\n"x;y;z;v","2"\n', [["x;y;z;u", "1"], ["x;y;z;v", "2"]]
    ),
    "ends with return alone": Situation("a;b\r1;2\r3;4", [["1", "2"], ["3", "4"]]),
    "two files with other line ends in one": Situation(
        "a;b\r\n1;2\r3;4\r\n5;6\n", [["1", "2"], ["3", "4"], ["5", "6"]]
    ),
}

OTHER = "file-encoding-other"
TWICE = "file-encoding-twice"
UNCERTAIN = "file-encoding-uncertain"


def encoded(text: str, times: int = 1, taken_for: str = "cp1252") -> bytes:
    """A text in UTF-8 that was taken for another encoding, and encoded once more, so many times."""
    for _ in range(times):
        text = "".join(bytes((byte,)).decode(taken_for, "ignore") or chr(byte) for byte in text.encode())
    return text.encode()


DANISH = "navn;ø\nÆblegrød på Ålborg;1\n"
DANISH_ROWS = [["Æblegrød på Ålborg", "1"]]

ENCODINGS = {
    "UTF-8": Situation(DANISH, DANISH_ROWS, first=["navn", "ø"]),
    "UTF-8 with a mark": Situation(DANISH, DANISH_ROWS, encoding="utf-8-sig", first=["navn", "ø"]),
    "Windows-1252": Situation(DANISH, DANISH_ROWS, encoding="cp1252", first=["navn", "ø"]),
    "ISO-8859-1": Situation(DANISH, DANISH_ROWS, encoding="latin-1"),
    "ISO-8859-15": Situation(DANISH, DANISH_ROWS, encoding="iso8859-15"),
    "CP850": Situation(DANISH, DANISH_ROWS, [(OTHER, 1)], "cp850", ["navn", "ø"]),
    "CP865": Situation(DANISH, DANISH_ROWS, [(OTHER, 1)], "cp865"),
    "Mac Roman": Situation(DANISH, DANISH_ROWS, [(OTHER, 1)], "mac_roman"),
    "Windows-1257": Situation("navn;b\nGrød på Åen og Ærø;1\n", [["Grød på Åen og Ærø", "1"]], [(OTHER, 1)], "cp1257"),
    "UTF-16 with a mark": Situation(DANISH, DANISH_ROWS, encoding="utf-16", first=["navn", "ø"]),
    "UTF-16 big-endian with a mark": Situation(b"\xfe\xff" + DANISH.encode("utf-16-be"), DANISH_ROWS),
    "UTF-16 without a mark": Situation(DANISH, DANISH_ROWS, [(OTHER, 1)], "utf-16-le", ["navn", "ø"]),
    "UTF-16 big-endian without a mark": Situation(DANISH, DANISH_ROWS, [(OTHER, 1)], "utf-16-be"),
    "UTF-32": Situation(DANISH, DANISH_ROWS, [(OTHER, 1)], "utf-32"),
    "UTF-16 with returns": Situation(DANISH.replace("\n", "\r\n"), DANISH_ROWS, encoding="utf-16"),
    "two in one file": Situation(
        DANISH.encode() + "Sønderjylland;2\n".encode("cp1252"),
        [*DANISH_ROWS, ["Sønderjylland", "2"]],
        [("file-encoding-mixed", 3)],
    ),
    "an old one first, then UTF-8": Situation(
        DANISH.encode("cp850") + "Sønderjylland;2\n".encode(),
        [*DANISH_ROWS, ["Sønderjylland", "2"]],
        [("file-encoding-mixed", 3)],
    ),
    "UTF-8 encoded twice": Situation(DANISH.encode().decode("cp1252", "ignore").encode(), [], []),
    "UTF-8 encoded twice as Latin-1": Situation(
        DANISH.encode().decode("latin-1").encode(), DANISH_ROWS, [("file-encoding-twice", 1)], first=["navn", "ø"]
    ),
    "UTF-32 without a mark": Situation(DANISH, DANISH_ROWS, [(OTHER, 1)], "utf-32-le", ["navn", "ø"]),
    "UTF-32 big-endian without a mark": Situation(DANISH, DANISH_ROWS, [(OTHER, 1)], "utf-32-be", ["navn", "ø"]),
    "UTF-32 with dashes and no mark": Situation("a;b\n2–3 gange;1\n", [["2–3 gange", "1"]], [(OTHER, 1)], "utf-32-be"),
    "UTF-8 encoded four times": Situation(encoded("navn;b\nGrød på Ærø;1\n", 3), [["Grød på Ærø", "1"]], [(TWICE, 2)]),
    "UTF-8 encoded three times as Latin-1": Situation(
        encoded(DANISH, 2, "latin-1"), DANISH_ROWS, [(TWICE, 1)], first=["navn", "ø"]
    ),
    "capitals encoded three times": Situation(encoded("a;b\nØRSTED ÆRØ;1\n", 2), [["ØRSTED ÆRØ", "1"]], [(TWICE, 2)]),
    "a currency encoded twice": Situation(encoded("a;b\n5 €;1\n"), [["5 €", "1"]], [(TWICE, 2)]),
    "encoded twice in some lines only": Situation(
        DANISH.encode() + encoded("Sønderjylland;2\n") + encoded("Ærø;3\n", 2) + "Fåborg;4\n".encode(),
        [*DANISH_ROWS, ["Sønderjylland", "2"], ["Ærø", "3"], ["Fåborg", "4"]],
        [(TWICE, 3)],
    ),
    "encoded twice beside letters that are right": Situation(
        "a;b\nSøren;".encode() + encoded("Åse;x\n", 1, "latin-1"), [["Søren", "Åse", "x"]], [(TWICE, 2)]
    ),
    "signs of Windows taken for Latin-1": Situation("a;b\n2\x963 \x93så\x94;1\n", [["2–3 “så”", "1"]], [(TWICE, 2)]),
    "a name in CP850": Situation("a;b\nMüller;1\n", [["Müller", "1"]], [(OTHER, 1), (UNCERTAIN, 2)], "cp850"),
    "a name in CP437": Situation("a;b\nAndré;1\n", [["André", "1"]], [(OTHER, 1), (UNCERTAIN, 2)], "cp437"),
    "a name in Mac Roman": Situation("a;b\nAndré;1\n", [["André", "1"]], [(OTHER, 1), (UNCERTAIN, 2)], "mac_roman"),
    "quotation marks in CP850": Situation("a;b\n»så« sagde;1\n", [["»så« sagde", "1"]], [(OTHER, 1)], "cp850"),
    "degrees in CP850": Situation("a;b\n37°;1\n", [["37°", "1"]], [(OTHER, 1), (UNCERTAIN, 2)], "cp850"),
    "a half, or a mark of quotation": Situation(b"a;b\n3\xab;1\n", [["3«", "1"]], [(UNCERTAIN, 2)]),
    "UTF-8 encoded three times": Situation(
        "navn;b\nGrød;1\n".encode().decode("cp1252").encode().decode("cp1252").encode(),
        [["Grød", "1"]],
        [("file-encoding-twice", 2)],
    ),
    "dashes encoded twice": Situation(
        "a;b\n2–3 gange;1\n".encode().decode("cp1252").encode(), [["2–3 gange", "1"]], [("file-encoding-twice", 2)]
    ),
    "letters that were lost": Situation(
        "a;b\nForn\ufffdjet;1\n", [["Forn\ufffdjet", "1"]], [("file-characters-lost", 2)]
    ),
    "a zero within a text": Situation(
        "a;b\nFuldamning;1\nFuld\0amning;1\n" + "Fuldamning;1\n" * 5,
        [["Fuldamning", "1"]] * 7,
        [("file-zeros-passed-over", 3)],
    ),
    "zeros up to the end": Situation("a;b\nFuldamning;1\n" + "\0" * 100, [["Fuldamning", "1"]]),
    "one sign that tells nothing": Situation(b"a;b\n\xa4;1\n", [["¤", "1"]], [("file-encoding-uncertain", 2)]),
    "a French name alone": Situation("a;b\nRenée;1\n", [["Renée", "1"]], encoding="cp1252"),
    "quotation marks of Windows": Situation("a;b\n‘ja’ – og “nej”;1\n", [["‘ja’ – og “nej”", "1"]], encoding="cp1252"),
}
del ENCODINGS["UTF-8 encoded twice"]  # Å has no sign for its second byte in Windows-1252: nobody can write that

INVISIBLE = {
    "zero width space": ("050520-9996\u200b", "050520-9996"),
    "zero width joiner": ("K\u200d1", "K1"),
    "zero width non-joiner": ("K\u200c1", "K1"),
    "byte order mark within a text": ("\ufeffK1", "K1"),
    "word joiner": ("K1\u2060", "K1"),
    "soft hyphen": ("Hjemme\u00adbesøg", "Hjemmebesøg"),
    "non-breaking hyphen": ("050520\u20119996", "050520-9996"),
    "minus sign": ("\u22125", "-5"),
    "non-breaking space": ("5\u00a0250", "5 250"),
    "narrow non-breaking space": ("5\u202f250", "5 250"),
    "thin space": ("5\u2009250", "5 250"),
    "figure space": ("5\u2007250", "5 250"),
    "decomposed å": ("Fa\u030aborg", "Fåborg"),
    "decomposed é": ("Rene\u0301e", "Renée"),
    "right-to-left mark": ("K1\u200f", "K1"),
    "right-to-left override": ("\u202eK1\u202c", "K1"),
}

DRESSED = {
    "a formula that is a text": ('="0505209996"', "0505209996"),
    "a formula that is a text, in quotes": ('"=""0505209996"""', "0505209996"),
    "a formula that is the empty text": ('=""', ""),
    "a leading apostrophe": ("'0505209996", "0505209996"),
    "a leading apostrophe in quotes": ('"\'0505209996"', "0505209996"),
    "a leading apostrophe before a letter": ("'K1", "K1"),
    "an apostrophe within": ("d'Alambert", "d'Alambert"),
    "two apostrophes": ("'t Hooft's", "'t Hooft's"),
    "point nought": ("505209996.0", "505209996"),
    "a decimal": ("51.05", "51.05"),
    "a date with points": ("05.05.2020", "05.05.2020"),
    "scientific form": ("5.05210E+9", "5.05210E+9"),
    "a leading tab": ("\t0505209996", "\t0505209996"),
    "a sign": ("+4512345678", "+4512345678"),
}


@pytest.mark.parametrize("name", QUOTES)
def test_quotes(name: str) -> None:
    _check(QUOTES[name])


@pytest.mark.parametrize("name", DELIMITERS)
def test_delimiters(name: str) -> None:
    _check(DELIMITERS[name])


@pytest.mark.parametrize("name", ENCODINGS)
def test_encodings(name: str) -> None:
    _check(ENCODINGS[name])


PARTED_OTHERWISE = {
    "commas": f"{HEAD}\n1;2;3;4;5\n6,7,8,9,x\n6,7,8,9,y\n",
    "bars": f"{HEAD}\n1;2;3;4;5\n\n6|7|8|9|3,5 g\n6|7|8|9|y",
    "tabs, in a file of commas": f"{HEAD}\n1;2;3;4;5\n6\t7\t8\t9\t\n6\t7\t8\t9".replace(";", ","),
}


@pytest.mark.parametrize("name", PARTED_OTHERWISE)
def test_rows_by_another_delimiter_are_told_and_not_guessed(name: str) -> None:
    rows, table = _read(Situation(PARTED_OTHERWISE[name], []))
    assert rows[1:] == [["1", "2", "3", "4", "5"]]
    (remark,) = [one for one in table.remarks if one.code == "file-other-delimiter"]
    assert remark.row == (4 if name == "bars" else 3)
    assert remark.facts == {"rows": 2, "delimiter": {"c": ",", "b": "|", "t": "tab"}[name[0]]}
    assert table.account.left_out[2:] == (2, 2)


@pytest.mark.parametrize("note", ["Bemærk: vejet, målt, set, hørt, prøvet", "en, to", "3,5", "I alt 1.204,50"])
def test_a_line_of_text_with_commas_is_no_such_row(note: str) -> None:
    rows, table = _read(Situation(f"{HEAD}\n1;2;3;4;5\n{note}\n", []))
    assert rows[2] == [note]
    assert table.remarks == []


SHORT = ["Vægt", "Ærø", "besøg", "Ørsted", "på", "Århus", "FØDSEL", "BLÅ", "så", "Å", "ø", "Ældre Ørn på Å", "3 får"]


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp850", "cp865", "mac_roman", "iso8859-10", "iso8859-15"])
def test_a_single_danish_word_tells_its_encoding(text: str, encoding: str) -> None:
    table = read_delimited(f"a;b\n1;{text}\n".encode(encoding), "t.csv")
    assert [cells for _, cells in table.rows] == [["a", "b"], ["1", text]]
    told = {remark.code: remark.facts["encoding"] for remark in table.remarks}
    names = {"cp850": "CP850", "cp865": "CP850", "mac_roman": "Mac Roman"}
    assert told.get(OTHER) == names.get(encoding)
    # In Mac Roman ø stands where æ does on the Baltic Sea: one letter alone may be either.
    assert UNCERTAIN not in told or encoding == "mac_roman"


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_without_a_mark(text: str, encoding: str) -> None:
    table = read_delimited(f"kontakt;navn\n1;{text}\n".encode(encoding), "t.csv")
    assert [cells for _, cells in table.rows] == [["kontakt", "navn"], ["1", text]]
    assert {remark.facts["encoding"] for remark in table.remarks} == {encoding[:6].upper()}


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("taken_for", ["cp1252", "latin-1"])
def test_what_was_encoded_more_than_once_is_put_right(text: str, times: int, taken_for: str) -> None:
    table = read_delimited(b"a;b\n1;" + encoded(text, times, taken_for) + b"\n", "t.csv")
    assert [cells for _, cells in table.rows] == [["a", "b"], ["1", text]]
    assert [remark.code for remark in table.remarks] == [TWICE]


@pytest.mark.parametrize("name", INVISIBLE)
def test_invisible_characters(name: str) -> None:
    written, read = INVISIBLE[name]
    for encoding in ("utf-8", "utf-16"):
        _check(Situation(f"a;b\n{written};x\n", [[read, "x"]], encoding=encoding))


@pytest.mark.parametrize("name", DRESSED)
def test_identifiers_in_spreadsheet_clothes(name: str) -> None:
    written, read = DRESSED[name]
    _check(Situation(f"a;b\n{written};x\n", [[read, "x"]]))


def test_every_sign_that_was_encoded_twice_is_put_right() -> None:
    """Letters of western Europe, dashes, quotes and signs of money: each is found, and what is found is UTF-8."""
    for point in (*range(0xA0, 0x100), *range(0x2000, 0x3000)):
        sign = chr(point)
        assert encoded_once(encoded(sign).decode()) == sign, hex(point)


def test_what_no_line_says_before_the_middle_is_said_by_all_that_are_not_utf8() -> None:
    """One in CP850 alone may be Windows-1252; those after it tell."""
    many = "K;Sønderjylland\n" * 100_000
    late = "a;b\nx;½\nrød grød;æble på å\n"
    table = read_delimited(many.encode() + late.encode("cp850") + "ø;x\n".encode(), "a.csv")
    rows = [cells for _, cells in table.rows]
    assert rows[-5:] == [["K", "Sønderjylland"], ["a", "b"], ["x", "½"], ["rød grød", "æble på å"], ["ø", "x"]]
    assert [(one.code, one.row, one.facts["encoding"]) for one in table.remarks] == [
        ("file-encoding-mixed", 100_002, "CP850")
    ]
