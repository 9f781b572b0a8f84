"""What stands on the page of a visit."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import EMPTY, Answer, Citizen, Entry, Family, Journal, Visit
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.visit_summary import Line, Part, Summary, file_name, visit_summary
from ldbu_desktop.ui.printing.page import foot, page
from ldbu_desktop.use_cases.validate import validate
from tests.ui.printing.printed_family import (
    CHILD,
    EPDS,
    EXAM,
    FEEDING,
    MENTAL,
    MOTHER,
    NEED,
    SLEEP,
    STANDARD,
    START,
    TODAY,
    VISIT,
    VISIT_TYPE,
    WEIGHT,
    family,
    observed,
    said,
)


def summary(visit: Visit = VISIT, *citizens: Citizen, shows_cpr: bool = False) -> Summary:
    """The summary of a visit without findings."""
    return visit_summary(family(visit, *citizens), visit, STANDARD, (), TODAY, shows_cpr=shows_cpr)


def lines(of: Summary, heading: str) -> list[tuple[str, str, str]]:
    """The lines below a heading; none where it is not there."""
    return [astuple(line) for part in of.parts if part.heading.startswith(heading) for line in part.lines]  # type: ignore[misc]


def everything(of: Summary) -> str:
    """All that is printed."""
    return page(of) + foot(of)


def found(of: Family) -> tuple[Finding, ...]:
    """The findings of a family's visit."""
    return validate(Journal((of,)), STANDARD, TODAY).of_visit("K1")


def test_when_how_and_who() -> None:
    told = summary()
    assert told.title == STANDARD.visit_type_by_code[VISIT_TYPE["2-months"]].label.da
    assert told.about == (
        "7. juli 2020 kl. 12.45 til 14.00 · Hjemmebesøg · Afsluttet",
        "Barn B1 · CPR 050520-•••• · 9 uger",
        "Forælder M1 · CPR 291182-••••",
    )


def test_numbers_are_covered_unless_shown_on_purpose() -> None:
    covered, shown = everything(summary()), everything(summary(shows_cpr=True))
    assert "9996" not in covered
    assert "050520-9996" in shown
    assert "CPR-numre" in summary(shows_cpr=True).foot[-1]
    assert "CPR-numre" not in summary().foot[-1]


def test_numbers_written_where_they_do_not_belong_are_covered_too() -> None:
    odd = observed("sleep", Entry(None, "se 050520-9996"))
    visit = replace(VISIT, observations=(odd,), type=Entry(None, "050520-9996"), start=Entry(None, "050520-9996"))
    told = visit_summary(family(visit), visit, STANDARD, found(family(visit)), TODAY)
    assert "9996" not in everything(told)
    assert "kan ikke læses" in everything(told)


def test_measurements_with_units_and_scores() -> None:
    assert lines(summary(), "Målinger") == [
        ("Vægt", "5\u00a0250\u00a0g", "z 0,1 (WHO)"),
        ("Længde/højde", "57,5\u00a0cm", "z 0,1 (WHO)"),
        ("BMI, beregnet", "15,9\u00a0kg/m²", "z 0,0 (WHO)"),
    ]


def test_without_a_number_of_the_child_there_are_no_scores() -> None:
    told = summary(VISIT, replace(CHILD, cpr=EMPTY))
    assert [line[2] for line in lines(told, "Målinger")] == ["", ""]
    assert "CPR mangler" in told.about[1]


def test_after_the_reference_there_are_no_scores() -> None:
    late = replace(VISIT, start=said(START + timedelta(8000)), end=EMPTY)
    assert [line[2] for line in lines(summary(late), "Målinger")] == ["", "", ""]


def test_what_was_observed_and_what_was_not() -> None:
    told = lines(summary(), "Barnet")
    assert told[0][0] == STANDARD.variable["sleep"].label.da
    assert told[0][1].startswith("Ikke oplyst: ")
    assert told[1][2] == "5. maj 2020 – 1. juni 2020"
    assert lines(summary(), "Forældrene") == [
        (
            STANDARD.variable["parent-mental-status"].label.da,
            next(iter(STANDARD.concepts(STANDARD.variable["parent-mental-status"]).values())).term,
            "Forælder M1",
        )
    ]
    assert len(lines(summary(), "Undersøgelsesfund")) == 1


def test_what_is_empty_or_unknown_is_told_as_such() -> None:
    empty = replace(observed("hearing", EMPTY), missing_reason=EMPTY)
    unknown = replace(observed("x", said("y")), variable=Entry(None, "Hårfarve"))
    nameless = replace(observed("x", said("y")), variable=EMPTY)
    odd_unit = replace(WEIGHT, unit=Entry(None, "pund"))
    told = summary(replace(VISIT, observations=(empty, unknown, nameless, odd_unit)))
    values = [line[:2] for line in lines(told, "Barnet")]
    assert values[0][1] == "Ikke udfyldt"
    assert values[1:] == [("Hårfarve", "y"), ("Ukendt variabel", "y")]
    assert lines(told, "Målinger") == [("Vægt", "5\u00a0250\u00a0pund", "")]


def test_what_was_in_error_is_not_printed() -> None:
    wrong = said("entered-in-error")
    visit = replace(
        VISIT,
        observations=(replace(WEIGHT, status=wrong),),
        interventions=(replace(NEED, status=wrong),),
        responses=(replace(EPDS, status=wrong),),
    )
    assert [part.heading for part in summary(visit).parts] == ["Fund, der står åbne"]


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (said(date(2020, 7, 7)), EMPTY, "fra 7. juli 2020"),
        (said(date(2020, 7, 7)), said(date(2020, 8, 1)), "7. juli 2020 – 1. aug. 2020"),
        (EMPTY, said(date(2020, 8, 1)), "til 1. aug. 2020"),
        (EMPTY, EMPTY, ""),
    ],
)
def test_interventions_with_reasons_and_time(start: Entry[date], end: Entry[date], told: str) -> None:
    visit = replace(VISIT, interventions=(replace(NEED, start=start, end=end),))
    (line,) = lines(summary(visit), "Indsatser")
    assert line[0]
    assert line[1]
    assert line[2] == told


def test_scores_and_marks_are_facts() -> None:
    told = lines(summary(), "Spørgeskemaer")
    assert told[0][:2] == (STANDARD.questionnaire["epds"].label.da, "Samlet score 12 af 30")
    assert told[0][2].startswith("Forælder M1 · kilde: ")
    marks = STANDARD.questionnaire["epds"].marks
    assert [line[1] for line in told[1:]] == [f"Markeret: {mark.text.da}" for mark in marks]
    calm = replace(EPDS, answers=(Answer(said("10harm"), said(0)), Answer(said("score"), said(10))), informer=EMPTY)
    told = lines(summary(replace(VISIT, responses=(calm,))), "Spørgeskemaer")
    assert [line[1:] for line in told] == [("Samlet score 10 af 30", "Forælder M1")]


def test_instruments_without_a_score_tell_what_is_answered() -> None:
    one = replace(EPDS, questionnaire=said("topi"), answers=(Answer(said("1vurdering"), said("grøn")),), subject=EMPTY)
    none = replace(one, answers=())
    puf = replace(
        EPDS, questionnaire=said("puf"), answers=(Answer(said("8happy"), said(True)), Answer(said("x"), EMPTY))
    )
    partial = replace(EPDS, answers=(Answer(said("1humor"), said(1)),))
    odd = replace(EPDS, questionnaire=Entry(None, "Vores eget"))
    nameless = replace(EPDS, questionnaire=EMPTY)
    told = lines(summary(replace(VISIT, responses=(one, none, puf, partial, odd, nameless))), "Spørgeskemaer")
    assert [line[1] for line in told] == ["grøn", "Ikke besvaret", "1 af 28 svar", "1 af 11 svar", "", ""]
    assert [line[0] for line in told[-2:]] == ["Vores eget", "Ukendt spørgeskema"]


def test_open_findings_heaviest_first_and_counted() -> None:
    visit = replace(VISIT, observations=(replace(WEIGHT, value=Entry(None, "tre kilo")), FEEDING, EXAM))
    findings = found(family(visit))
    assert findings
    told = visit_summary(family(visit), visit, STANDARD, (*findings, *findings), TODAY)
    assert told.parts[-1].heading == f"Fund, der står åbne ({2 * len(findings)})"
    printed = lines(told, "Fund, der")
    assert printed[0][0] == "Afvises"
    assert len(printed) <= len(findings)
    assert all(line[2].endswith("gange") for line in printed)


def test_no_findings_and_not_checked_are_told_apart() -> None:
    assert lines(summary(), "Fund, der") == [("Ingen", "", "")]
    unchecked = visit_summary(family(), VISIT, STANDARD, None, TODAY)
    assert lines(unchecked, "Fund, der") == [("Ikke kontrolleret endnu", "", "")]


def test_the_foot_tells_by_which_rules_and_program() -> None:
    told = summary().foot[0]
    assert STANDARD.header.version in told
    assert "LDBU Desktop" in told
    assert "1. mar. 2026" in told


def test_a_visit_about_nobody_or_at_no_time() -> None:
    lost = replace(VISIT, subject=EMPTY, start=EMPTY, end=EMPTY, type=EMPTY)
    told = summary(lost)
    assert told.about[0].startswith("Uden dato")
    assert told.about[1] == "Uden borger"
    assert told.title == "Kontakt uden type"


def test_a_visit_that_ends_another_day_says_which_and_a_school_its_number() -> None:
    visit = replace(VISIT, end=said(date(2020, 7, 8)), school=said("S1"))
    told = summary(visit).about[0]
    assert "til 8. juli 2020" in told
    assert "institution 101001" in told


def test_a_parents_visit_names_the_parent_once() -> None:
    visit = replace(VISIT, subject=said("M1"), observations=(MENTAL,))
    assert [line.split(" · ")[0] for line in summary(visit).about[1:]] == ["Forælder M1"]
    many = tuple(replace(MOTHER, key=f"M{number}") for number in range(9))
    assert len(summary(VISIT, CHILD, *many).about) == 5


def test_a_long_text_is_cut() -> None:
    visit = replace(VISIT, observations=(observed("sleep", Entry(None, "ord " * 5000)),))
    ((_, value, _),) = lines(summary(visit), "Barnet")
    assert len(value) == 240
    assert value.endswith("…")


def test_what_is_written_is_never_markup() -> None:
    visit = replace(VISIT, observations=(observed("sleep", Entry(None, "<b>a</b> & 'c'")),))
    assert "<b>" not in page(summary(visit))
    assert "&lt;b&gt;a&lt;/b&gt; &amp;" in page(summary(visit))


def test_shortened_tells_how_much_is_left_out() -> None:
    told = Summary("T", (), (Part("A", tuple(Line(str(at), "x") for at in range(9))), Part("B", (Line("b", ""),))), ())
    short = told.shortened(2).shortened(1)
    assert [(len(part.lines), part.left_out) for part in short.parts] == [(1, 8), (1, 0)]
    assert "… og 8 til" in page(short)
    assert "én side" in foot(short)
    assert "én side" not in foot(told)


def test_the_file_is_named_by_the_kind_of_visit() -> None:
    assert file_name(VISIT, STANDARD, TODAY) == "kontakt-2-months-20260301.pdf"
    assert (
        file_name(replace(VISIT, type=Entry(None, "050520-9996")), STANDARD, TODAY) == "kontakt-uden-type-20260301.pdf"
    )


def test_in_english() -> None:
    choose(Language.ENGLISH)
    told = summary()
    assert told.about[0].startswith("7 Jul 2020 at 12:45 to 14:00")
    assert [part.heading for part in told.parts] == [
        "Measurements", "The child", "The parents", "Exam findings", "Interventions", "Questionnaires", "Open findings",
    ]  # fmt: skip
    assert lines(told, "Measurements")[1] == ("Length/height", "57.5\u00a0cm", "z 0.1 (WHO)")


def test_missing_reason_beside_a_value_gives_the_value() -> None:
    both = replace(SLEEP, value=observed("sleep", said("y")).value)
    assert lines(summary(replace(VISIT, observations=(both,))), "Barnet")[0][1] == "y"
