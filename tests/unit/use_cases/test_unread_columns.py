"""A column that is not read is one cause, whichever it is: what is missing for want of it follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ldbu_desktop.findings.causes import Cause
from ldbu_desktop.findings.model import Finding, Severity
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Visit
from ldbu_desktop.use_cases.examples import example_day
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.standards import shipped_standard
from ldbu_desktop.use_cases.validate import validate

HEAD = "kontakt_id;barn_cpr;sor;kontakttype;kontaktform;start;slut;Vægt;Vægt enhed;Længde/højde;Ernæring"
VISIT = "050520-9996;451000016003;Barselsbesøg;Hjemmebesøg"
FED = "Ammes primært;Velfungerende forældre-barn-relation"
WIDE = f"""\
{HEAD};Forældre-barn-relation
K1;{VISIT};08-05-2020 10:30;08-05-2020 11:30;3350;g;51,2;{FED}
K2;{VISIT};09-05-2020 10:30;09-05-2020 11:30;3400;g;51,4;{FED}
"""
LONG = {
    "Borgere": """\
borger_id;cpr;rolle;barn;sor
B1;0505209996;barn;;451000016003
M1;2911829996;forælder;B1;451000016003
""",
    "Kontakter": """\
kontakt_id;borger_id;kontakttype;kontaktform;start;slut
K1;B1;Barselsbesøg;Hjemmebesøg;08-05-2020 10:30;08-05-2020 11:30
""",
    "Observationer": """\
kontakt_id;borger_id;variabel;værdi;enhed
K1;B1;Vægt;3350;g
K1;B1;Længde/højde;51,2;cm
K1;B1;Ernæring;Ammes primært;
K1;B1;Forældre-barn-relation;Velfungerende forældre-barn-relation;
""",
}


def judged(folder: Path, **texts: str) -> Findings:
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    standard = shipped_standard()
    return validate(load([folder], standard), standard, example_day())


def renamed(text: str, header: str, other: str = "Xyzq") -> str:
    first, rest = text.split("\n", 1)
    return ";".join(other if each == header else each for each in first.split(";")) + "\n" + rest


def follows(cause: Cause[Finding]) -> dict[str, int]:
    return dict(cause.followers)


@pytest.mark.parametrize(
    ("header", "followers"),
    [
        ("kontakt_id", {}),
        (
            "barn_cpr",
            {"visit-subject-missing": 2, "subject-missing": 8, "file-header-missing": 1, "file-cell-unused": 2},
        ),
        ("sor", {"organisation-missing": 1, "file-header-missing": 1}),
        ("kontakttype", {"visit-type-missing": 2, "file-header-missing": 1}),
        ("kontaktform", {"visit-class-missing": 2, "file-header-missing": 1}),
        ("start", {"visit-start-missing": 2, "file-header-missing": 1}),
        ("slut", {}),
        ("Vægt", {"value-missing": 2}),
        ("Vægt enhed", {"unit-missing": 2}),
        ("Længde/højde", {}),
        ("Ernæring", {"mandatory-missing-gateway": 2}),
        ("Forældre-barn-relation", {"mandatory-missing-gateway": 2}),
    ],
)
def test_a_wide_column(tmp_path: Path, header: str, followers: dict[str, int]) -> None:
    findings = judged(tmp_path, export=renamed(WIDE, header))
    (cause,) = findings.causes
    assert cause.code == "file-header-unknown"
    assert follows(cause) == followers
    assert len(cause.findings) + len(cause.following) == findings.count
    assert cause.severity is (Severity.REJECTED if findings.rejected_visits else Severity.LOOK_AT)


@pytest.mark.parametrize(
    ("sheet", "header"),
    [(sheet, header) for sheet, text in LONG.items() for header in text.split("\n", 1)[0].split(";")],
)
def test_a_long_column_also_in_another_file_of_the_folder(tmp_path: Path, sheet: str, header: str) -> None:
    findings = judged(tmp_path, **{**LONG, sheet: renamed(LONG[sheet], header)})
    (cause,) = findings.causes
    assert cause.code == "file-header-unknown"
    assert len(cause.findings) + len(cause.following) == findings.count


def test_a_column_without_a_header(tmp_path: Path) -> None:
    findings = judged(tmp_path, export=renamed(WIDE, "kontakttype", ""))
    (cause,) = findings.causes
    assert (cause.code, cause.followers.total()) == ("file-header-missing", 3)


def test_a_header_that_is_not_there_at_all(tmp_path: Path) -> None:
    text = "\n".join(";".join(line.split(";")[:3] + line.split(";")[4:]) for line in WIDE.splitlines())
    (cause,) = judged(tmp_path, export=text).causes
    assert (cause.code, follows(cause)) == ("file-header-missing", {"visit-type-missing": 2})


def test_a_column_of_remarks_is_nothing_s_cause(tmp_path: Path) -> None:
    head, *rows = WIDE.splitlines()
    text = "\n".join([renamed(head + "\n", "kontakttype", "Bemærkninger").strip(), *rows])
    text = text.replace("Barselsbesøg", "Set sammen med far")
    told = {cause.code: follows(cause) for cause in judged(tmp_path, export=text).causes}
    assert told == {"file-header-unknown": {}, "file-header-missing": {"visit-type-missing": 2}}


def test_of_two_tables_in_a_sheet_each_has_its_own(tmp_path: Path) -> None:
    second = renamed(WIDE, "start", "Ztart").replace("K1;", "K3;").replace("K2;", "K4;").replace("08-05", "10-05")
    causes = judged(tmp_path, export=f"{renamed(WIDE, 'kontakttype')}\n{second}").causes
    (cause,) = (cause for cause in causes if cause.code == "file-header-unknown")
    assert [finding.location.origin.row for finding in cause.findings] == [1, 5]
    assert follows(cause) == {"file-header-missing": 2, "visit-type-missing": 2, "visit-start-missing": 2}


def test_what_is_missing_in_another_export_is_a_cause_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "andet.csv").write_text(
        WIDE.replace("Ernæring", "Kost i alt").replace("Ammes primært", "?").replace("0505209996", "0605209995"),
        encoding="utf-8",
    )
    causes = judged(tmp_path, **{**LONG, "Observationer": renamed(LONG["Observationer"], "kontakt_id")}).causes
    alone = [cause for cause in causes if cause.code == "mandatory-missing-gateway"]
    assert [finding.location.origin.file for cause in alone for finding in cause.findings] == ["other/andet.csv"] * 2


PARENT = ";Forælder 1 CPR;Forælder 1 Netværk"


def with_parent(cpr: str = "291182-9996") -> str:
    head, *visits = WIDE.splitlines()
    return "\n".join([head + PARENT, *(f"{visit};{cpr};Godt netværk" for visit in visits)]) + "\n"


def test_a_visit_is_no_parents_where_the_child_stands_in_a_column_that_was_not_read(tmp_path: Path) -> None:
    """Else it would be delivered about the parent who is named beside."""
    found = judged(tmp_path, bred=renamed(with_parent(), "barn_cpr"))
    assert found.rejected_count == 2
    assert [visit.subject.is_empty for visit in _all_visits(found)] == [True, True]
    (cause,) = found.causes
    assert cause.code == "file-header-unknown"
    assert "visit-subject-missing" in follows(cause)


def _all_visits(found: Findings) -> list[Visit]:
    return [visit for family in found.journal.families for visit in family.visits]


def test_a_visit_before_birth_is_a_parents_where_no_child_may_be_named(tmp_path: Path) -> None:
    lines = ["kontakt_id;sor;kontakttype;kontaktform;start;Forælder 1 CPR;Bemærkning"]
    lines += ["K1;451000016003;Graviditetsbesøg;Hjemmebesøg;12-03-2020 09:00;291182-9996;ringet 12-03"]
    found = judged(tmp_path, bred="\n".join(lines))
    assert [visit.subject.is_empty for visit in _all_visits(found)] == [False]


def test_a_parents_number_that_was_not_read_is_one_cause(tmp_path: Path) -> None:
    found = judged(tmp_path, bred=renamed(with_parent(), "Forælder 1 CPR"))
    (cause,) = found.causes
    assert (cause.code, found.rejected_count) == ("file-header-unknown", 2)
    assert "cpr-missing" in follows(cause)


@pytest.mark.parametrize("name", [*LONG])
@pytest.mark.parametrize("is_named", [True, False])
def test_a_sheet_that_was_not_read_is_one_cause(tmp_path: Path, name: str, *, is_named: bool) -> None:
    first, rest = LONG[name].split("\n", 1)
    unread = ";".join(f"q{header}" for header in first.split(";")) + "\n" + rest
    others = {other: text for other, text in LONG.items() if other != name}
    found = judged(tmp_path, **others, **{name if is_named else "Data": unread})
    causes = {cause.code: cause for cause in found.causes}
    assert causes.keys() <= {"file-sheet-unknown", "file-no-visit"}
    assert follows(causes["file-sheet-unknown"])
    assert found.counts[Severity.REJECTED]


def test_a_sheet_of_other_tables_is_no_cause_where_all_tables_are_there(tmp_path: Path) -> None:
    found = judged(tmp_path, **LONG, Data="qa;qb;qc\n1;2;3\n")
    (unknown,) = [cause for cause in found.causes if cause.code == "file-sheet-unknown"]
    assert follows(unknown) == {}
