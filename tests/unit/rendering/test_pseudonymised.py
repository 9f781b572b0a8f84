"""What is told of files written without anybody in them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ldbu_desktop.faults import FileFault
from ldbu_desktop.pseudonyms.model import EmptiedColumn, Pseudonymised
from ldbu_desktop.rendering.pseudonymised import pseudonymised_lines


def lines(told: Pseudonymised, *, is_key_kept: bool = False) -> list[str]:
    """The lines of what is told."""
    return list(pseudonymised_lines(told, is_key_kept=is_key_kept))


def test_where_all_is_well_little_is_told() -> None:
    told = lines(Pseudonymised(written=[Path("a.csv")], findings=3))
    assert len(told) == 4
    assert "3" in told[2]


def test_all_that_was_not_written_or_is_found_otherwise_is_told() -> None:
    faults = [FileFault("file-damaged", file=f"a{number:02}.csv") for number in range(23)]
    emptied = Counter({EmptiedColumn("a.csv", "", 1): 7, EmptiedColumn("a.csv", "", 27): 5})
    told = Pseudonymised(
        [Path("a.csv")],
        [Path("kort-1.ldbumap")],
        emptied,
        dropped=6,
        not_read=faults,
        converted=8,
        months_left=9,
        findings=3,
        came=Counter({"came": 2}),
        went=Counter({"went": 4}),
    )
    assert not told.is_whole
    written, maps, *others = lines(told)
    assert ("1" in written, "1" in maps) == (True, True)
    told_lines = [written, *others]
    assert "12" in told_lines[1]
    assert all(word in told_lines[2] for word in ("a.csv", "B", "AB"))
    assert "--keep" in told_lines[3]
    for at, number in ((4, 6), (5, 8), (6, 9)):
        assert str(number) in told_lines[at]
    assert [f"a{number:02}.csv" in line for number, line in enumerate(told_lines[7:27])] == [True] * 20
    assert "3" in told_lines[27]
    came, went = (next(line for line in told_lines if f"  {code} " in line) for code in ("came", "went"))
    assert ("2" in came, "4" in went) == (True, True)


def test_a_key_that_is_kept_is_told() -> None:
    told = Pseudonymised()
    assert lines(told)[:-1] == lines(told, is_key_kept=True)[:-1]
    assert lines(told)[-1] != lines(told, is_key_kept=True)[-1]
