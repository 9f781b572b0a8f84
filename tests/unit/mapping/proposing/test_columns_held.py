"""A header is believed where its content proves it, and asked about where content or a column speaks against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ldbu_desktop.mapping.links import ContentKind, Part, State, Subject
from tests.data.exports.population import Population, Seen, Sex
from tests.unit.mapping.proposing.conftest import linked, told

Of = Callable[[Callable[[Seen], object]], list[str]]


def base(of: Of) -> dict[str, list[str]]:
    """What every table of visits has."""
    return {"CPR": of(lambda seen: seen.child.cpr), "Besøgsdato": of(lambda seen: f"{seen.start:%d-%m-%Y}")}


def test_what_content_proves_is_sure(of: Of) -> None:
    found = linked(base(of) | {"Vægt": of(lambda seen: seen.weight), "HO": of(lambda seen: seen.head)})
    assert {link.state for link in found.values()} == {State.SURE}
    assert found["Vægt"].target is not None
    assert (found["Vægt"].target.unit, found["Vægt"].target.subject) == ("g", Subject.CHILD)
    assert "unit-by-values" in told(found["Vægt"])


@pytest.mark.parametrize(("mark", "unit"), [(",", "kg"), (".", "g")])
def test_numbers_that_are_as_good_in_two_units_are_asked_about(of: Of, mark: str, unit: str) -> None:
    link = linked(base(of) | {"Vægt": of(lambda seen: f"{seen.weight / 1000:.3f}".replace(".", mark))})["Vægt"]
    assert link.target is not None
    assert (link.target.unit, link.state) == (unit, State.PROPOSED)
    assert "unit-either" in told(link)


CONTRADICTED: dict[str, tuple[str, Callable[[Seen], object], str]] = {
    "heads in lengths": ("Længde (cm)", lambda seen: seen.head, "content-not-growth"),
    "years in weights": ("Vægt (g)", lambda seen: seen.start.year - 2000, "content-outside"),
    "grams in kilos": ("Vægt (kg)", lambda seen: seen.weight, "content-outside"),
    "words in weights": ("Vægt (g)", lambda seen: seen.child.name, "content-no-numbers"),
    "metres": ("Længde (kg)", lambda seen: seen.height, "unit-of-another"),
    "names in numbers": ("Mors CPR", lambda seen: seen.child.name, "content-no-cpr"),
    "children as mothers": ("Mors CPR", lambda seen: seen.child.cpr, "not-cpr-of-parents"),
    "fathers as mothers": ("Mors CPR", lambda seen: seen.father.cpr, "not-cpr-of-parents"),
    "mothers as fathers": ("Fars CPR", lambda seen: seen.mother.cpr, "not-cpr-of-parents"),
    "mothers as children": ("Barnets CPR", lambda seen: seen.mother.cpr, "not-cpr-of-children"),
    "phones as codes": ("SOR-kode", lambda seen: "22334455", "content-no-sor"),
    "points over the most": ("EPDS total", lambda seen: 40 + seen.number % 50, "content-not-points"),
    "other answers": ("Søvn", lambda seen: ("brev", "mail")[seen.number % 2], "content-not-codes"),
    "letters as dates": ("Besøg slut", lambda seen: "efter aftale", "content-no-dates"),
    "old dates": ("Besøg slut", lambda seen: f"{seen.mother.born:%d-%m-%Y}", "content-old-dates"),
    "births as ends": ("Besøg slut", lambda seen: f"{seen.child.born:%d-%m-%Y}", "ends-before-start"),
    "ends a month later": ("Besøg slut", lambda seen: f"{seen.start + timedelta(days=40):%d-%m-%Y}", "ends-long-after"),
    "dates as times": ("Kl.", lambda seen: f"{seen.start:%d-%m-%Y}", "not-content-times"),
    "dates as reasons": ("Søvn årsag", lambda seen: f"{seen.start:%d-%m-%Y}", "content-reasons"),
    "names as units": ("Vægt enhed", lambda seen: seen.child.name, "not-content-units"),
}


@pytest.mark.parametrize("case", CONTRADICTED)
def test_what_content_contradicts_is_never_sure(of: Of, case: str) -> None:
    header, tell, code = CONTRADICTED[case]
    link = linked(base(of) | {header: of(tell)})[header]
    assert link.state is State.PROPOSED
    assert code in told(link)


POSSIBLE: dict[str, tuple[str, Callable[[Seen], object], str]] = {
    "numbers of a questionnaire": ("EPDS total", lambda seen: sum(seen.points), "content-points"),
    "words of many": ("Motorik", lambda seen: ("normal", "udfordret")[seen.number % 2], "content-codes-of-others"),
    "millimetres": ("Længde (mm)", lambda seen: seen.height * 10, "unit-not-taken"),
    "an empty column": ("Amning", lambda seen: "", "content-empty"),
    "absent everywhere": ("Vægt (g)", lambda seen: "ikke målt", "content-empty"),
    "answers of which some are asked": (
        "Amning",
        lambda seen: ("delvis", "MME")[seen.number % 2],
        "content-codes-in-part",
    ),
    "a text": ("Skolekode", lambda seen: "Byskolen", "content-text"),
    "reasons that are not known": ("Vægt årsag", lambda seen: ("tja", "bum")[seen.number % 2], "content-reasons"),
}


@pytest.mark.parametrize("case", POSSIBLE)
def test_what_content_does_not_prove_waits(of: Of, case: str) -> None:
    header, tell, code = POSSIBLE[case]
    link = linked(base(of) | {header: of(tell)})[header]
    assert link.state is State.PROPOSED
    assert code in told(link)


def test_a_text_that_is_a_date_is_no_school(of: Of) -> None:
    link = linked(base(of) | {"Skole": of(lambda seen: f"{seen.start:%d-%m-%Y}")})["Skole"]
    assert link.state is State.UNMAPPED


WEAKENED: dict[str, tuple[dict[str, Callable[[Seen], object]], str, str]] = {
    "typed before it happened": (
        {"Oprettet": lambda seen: f"{seen.start - timedelta(days=3):%d-%m-%Y}"},
        "Besøgsdato",
        "dates-after-later-ones",
    ),
    "born after the visit": (
        {"Født": lambda seen: f"{seen.start + timedelta(days=3):%d-%m-%Y}"},
        "Besøgsdato",
        "dates-before-births",
    ),
    "another date of the visit": (
        {"Kontaktdato": lambda seen: f"{seen.start:%d-%m-%Y}"},
        "Besøgsdato",
        "several-dates",
    ),
    "kinds of other ages": ({"Besøgstype": lambda seen: "Udskoling"}, "Besøgsdato", "ages-of-other-visits"),
    "periods that end before they begin": (
        {
            "Amning fra": lambda seen: f"{seen.child.born:%d-%m-%Y}",
            "Amning til": lambda seen: f"{seen.child.born - timedelta(days=9):%d-%m-%Y}",
        },
        "Amning fra",
        "ends-before-start",
    ),
    "periods that begin after the visit": (
        {"Amning fra": lambda seen: f"{seen.start + timedelta(days=9):%d-%m-%Y}"},
        "Besøgsdato",
        "begins-after-visit",
    ),
    "interventions that end before they begin": (
        {
            "Indsats start": lambda seen: f"{seen.start:%d-%m-%Y}",
            "Indsats slut": lambda seen: f"{seen.child.born:%d-%m-%Y}",
        },
        "Indsats start",
        "ends-before-start",
    ),
    "interventions set going before the visit": (
        {"Indsats start": lambda seen: f"{seen.start - timedelta(days=40):%d-%m-%Y}"},
        "Besøgsdato",
        "set-going-before-visit",
    ),
    "earlier visits that were later": (
        {"Sidste besøg": lambda seen: f"{seen.start + timedelta(days=40):%d-%m-%Y}"},
        "Besøgsdato",
        "dates-before-earlier-ones",
    ),
    "typed on the day or the day after": (
        {"Oprettet": lambda seen: f"{seen.start + timedelta(days=seen.number % 11 == 0):%d-%m-%Y}"},
        "Besøgsdato",
        "content-of-others-too",
    ),
    "a date that nothing is said of": (
        {"Felt 7": lambda seen: f"{seen.start + timedelta(days=2):%d-%m-%Y}"},
        "Besøgsdato",
        "content-of-others-too",
    ),
    "reasons beside values": (
        {"Vægt (g)": lambda seen: seen.weight, "Vægt årsag": lambda seen: "ikke målt"},
        "Vægt årsag",
        "reasons-beside-values",
    ),
    "clocks turned round": (
        {"Kl.": lambda seen: f"{seen.end:%H:%M}", "Slut": lambda seen: f"{seen.start:%H:%M}"},
        "Kl.",
        "ends-before-start",
    ),
    "the same twice": (
        {"Vægt (g)": lambda seen: seen.weight, "Vægt i gram": lambda seen: seen.weight},
        "Vægt (g)",
        "same-as-another",
    ),
    "two parents alike": (
        {"Mors sårbarhed": lambda seen: "Ingen sårbarhed", "Fars sårbarhed": lambda seen: "Sårbarhed"},
        "Mors sårbarhed",
        "content-of-others-too",
    ),
    "a sum that is none": (
        {f"EPDS {at}": lambda seen, at=at: seen.points[at - 1] for at in range(1, 11)} | {"EPDS sum": lambda seen: 3},  # type: ignore[misc]
        "EPDS sum",
        "not-sum-of-questions",
    ),
}


@pytest.mark.parametrize("case", WEAKENED)
def test_what_another_column_speaks_against_is_not_sure(of: Of, case: str) -> None:
    more, header, code = WEAKENED[case]
    link = linked(base(of) | {name: of(tell) for name, tell in more.items()})[header]
    assert link.state is State.PROPOSED
    assert code in told(link)


def test_the_day_of_birth_is_no_visit(of: Of) -> None:
    columns = {"CPR": of(lambda seen: seen.child.cpr), "Dato": of(lambda seen: f"{seen.child.born:%d-%m-%Y}")}
    assert "dates-are-births" in told(linked(columns)["Dato"])
    columns["Dato"] = of(lambda seen: f"{seen.child.born - timedelta(days=20):%d-%m-%Y}")
    assert "dates-before-births" in told(linked(columns)["Dato"])


AROUND_VISIT: dict[str, Callable[[Seen], object]] = {
    "Født": lambda seen: f"{seen.child.born:%d-%m-%Y}",
    "Sidste besøg": lambda seen: f"{seen.start - timedelta(days=30):%d-%m-%Y}",
    "Oprettet": lambda seen: f"{seen.start + timedelta(days=2):%d-%m-%Y}",
    "Næste besøg": lambda seen: f"{seen.start + timedelta(days=60):%d-%m-%Y}",
}
OF_INTERVENTION: dict[str, Callable[[Seen], object]] = {
    "Indsats start": lambda seen: f"{seen.start + timedelta(days=9):%d-%m-%Y}",
    "Indsats slut": lambda seen: f"{seen.start + timedelta(days=90):%d-%m-%Y}",
}


@pytest.mark.parametrize("more", [AROUND_VISIT, OF_INTERVENTION])
def test_dates_in_the_order_that_they_must_have_are_sure(of: Of, more: dict[str, Callable[[Seen], object]]) -> None:
    found = linked(base(of) | {header: of(tell) for header, tell in more.items()})
    assert {link.state for link in found.values() if link.target is not None} == {State.SURE}


def test_what_may_have_changed_places_with_a_contradicted_column_waits(of: Of) -> None:
    columns = base(of) | {"Slut": of(lambda seen: f"{seen.start - timedelta(days=9):%d-%m-%Y}")}
    columns |= {"Indsats start": of(lambda seen: f"{seen.start + timedelta(days=6):%d-%m-%Y}")}
    found = linked(columns)
    assert "beside-contradicted" in told(found["Indsats start"])
    assert found["CPR"].state is State.SURE


def test_times_and_sums_prove_themselves(of: Of) -> None:
    columns = base(of) | {"Kl.": of(lambda seen: f"{seen.start:%H:%M}"), "Slut": of(lambda seen: f"{seen.end:%H:%M}")}
    columns |= {f"EPDS {at}": of(lambda seen, at=at: seen.points[at - 1]) for at in range(1, 11)}  # type: ignore[misc]
    columns["EPDS sum"] = of(lambda seen: sum(seen.points))
    found = linked(columns)
    assert {found[name].state for name in ("Kl.", "Slut", "EPDS sum")} == {State.SURE}
    assert found["EPDS 1"].state is State.PROPOSED


def test_the_name_of_a_date_is_no_time_of_day_in_a_group_of_times(of: Of) -> None:
    days = of(lambda seen: f"{seen.start:%d-%m-%Y}")
    link = linked({"CPR": of(lambda seen: seen.child.cpr), "DIM_TID.KONTAKTDATO": days})["DIM_TID.KONTAKTDATO"]
    assert link.target is not None
    assert (link.target.part, link.state) == (Part.START, State.SURE)


def test_answers_that_may_be_anything_do_not_contest_the_column_that_is_called_so(of: Of) -> None:
    levels = ("Middel", "God")
    columns = base(of) | {
        "Trivsel": of(lambda seen: levels[seen.number % 2]),
        "Fysisk aktivitet": of(lambda seen: ("Lav", "God")[seen.number % 2]),
    }
    found = linked(columns)
    assert found["Trivsel"].target is None
    assert found["Fysisk aktivitet"].target is not None
    assert "same-as-another" not in told(found["Fysisk aktivitet"])


def test_a_number_for_nothing_is_told_by_the_childs_age(of: Of) -> None:
    weights = of(lambda seen: seen.weight)
    weights[::9] = ["9999"] * len(weights[::9])
    link = linked(base(of) | {"Vægt (g)": weights})["Vægt (g)"]
    assert link.state is State.SURE


@pytest.mark.parametrize("header", ["Udfyldt", "xyz", ""])
def test_cpr_numbers_speak_for_themselves(of: Of, header: str) -> None:
    columns = {"Dato": of(lambda seen: f"{seen.start:%d-%m-%Y}"), "Vægt": of(lambda seen: seen.weight)}
    found = linked(columns | {header: of(lambda seen: seen.child.cpr)})
    if header != "Udfyldt":
        target = found[header].target
        assert target is not None
        assert (target.variable, target.part, target.subject) == ("citizen.cpr", Part.CPR, Subject.CHILD)
        assert found[header].state is State.PROPOSED
    parents = linked(columns | {header: of(lambda seen: seen.mother.cpr)})[header].target
    assert header == "Udfyldt" or (parents is not None and parents.subject is Subject.PARENT)


def test_the_numbers_of_nobody_in_particular_are_a_parents_where_they_must_be(of: Of) -> None:
    found = linked({"CPR": of(lambda seen: seen.mother.cpr), "Dato": of(lambda seen: f"{seen.start:%d-%m-%Y}")})
    assert found["CPR"].target is not None
    assert found["CPR"].target.subject is Subject.PARENT
    assert found["CPR"].state is State.PROPOSED


def test_answers_speak_for_themselves(of: Of) -> None:
    columns = base(of) | {"xyz": of(lambda seen: ("Fuldamning", "MME")[seen.number % 2])}
    link = linked(columns)["xyz"]
    assert link.state is State.PROPOSED
    assert link.target is not None
    assert link.target.variable == "feeding"
    assert link.profile is not None
    assert link.profile.kind is ContentKind.CODE


def test_dates_and_sizes_speak_for_themselves_where_no_other_column_is_called_by_them(of: Of) -> None:
    columns = {
        "CPR": of(lambda seen: seen.child.cpr),
        "xyz": of(lambda seen: f"{seen.start:%d-%m-%Y}"),
        "F8": of(lambda seen: seen.weight),
    }
    found = linked(columns)
    assert {header: link.state for header, link in found.items() if header != "CPR"} == dict.fromkeys(
        ("xyz", "F8"), State.PROPOSED
    )
    assert [found[header].target and found[header].target.variable for header in ("xyz", "F8")] == [
        "visit.start",
        "weight",
    ]
    named = linked(columns | {"Besøgsdato": columns["xyz"], "Vægt": columns["F8"]})
    assert [named[header].target for header in ("xyz", "F8")] == [None, None]


def test_what_an_intervention_is_for_and_what_was_found_are_told_apart_by_what_stands_beside(of: Of) -> None:
    said = of(lambda seen: ("Uforudsigelighed", "Afvigende øjenkontakt")[seen.number % 2])
    alone = linked(base(of) | {"xyz": said})["xyz"]
    beside = linked(base(of) | {"xyz": said, "Indsats start": of(lambda seen: f"{seen.start:%d-%m-%Y}")})["xyz"]
    assert [link.target and link.target.variable for link in (alone, beside)] == ["exam-result", "intervention.reasons"]


def test_answers_with_words_of_the_question_in_them_are_no_names(of: Of) -> None:
    said = of(lambda seen: ("Udelukkende amning", "Spiser familiens mad", "Mest amning")[seen.number % 3])
    link = linked(base(of) | {"Hvordan ernæres barnet": said, "Andet": of(lambda seen: "ja")})["Hvordan ernæres barnet"]
    assert link.target is not None
    assert link.target.variable == "feeding"


def test_what_is_said_by_no_header_and_no_other_column_tells_apart_is_left(of: Of) -> None:
    columns = {
        "CPR": of(lambda seen: seen.child.cpr),
        "Vægt": of(lambda seen: seen.weight),
        "xyz": of(lambda seen: f"{seen.mother.born:%d-%m-%Y}"),
    }
    assert linked(columns)["xyz"].target is None


@pytest.mark.parametrize("written", ["%H:%M", "%H.%M", "%H%M", "kl. %H.%M"])
@pytest.mark.parametrize("header", ["Tidspunkt fra", "Kl."])
def test_a_start_that_is_told_by_the_clock_is_its_time_of_day(of: Of, header: str, written: str) -> None:
    link = linked(base(of) | {header: of(lambda seen: f"{seen.start:{written}}")})[header]
    assert link.target is not None
    assert (link.target.variable, link.target.part) == ("visit.start", Part.TIME)
    assert "content-times" in told(link)


@pytest.mark.parametrize("written", ["%d.%m", "%Y"])
def test_a_part_of_a_date_is_no_time_of_day(of: Of, written: str) -> None:
    link = linked(base(of) | {"Tidspunkt": of(lambda seen: f"{seen.start:{written}}")})["Tidspunkt"]
    assert link.target is None or link.target.part is not Part.TIME


def test_an_end_by_the_clock_is_not_before_a_start_by_the_clock(of: Of) -> None:
    columns = base(of) | {
        "Kl.": of(lambda seen: f"{seen.start:%H.%M}"),
        "Slut": of(lambda seen: f"kl. {seen.start - timedelta(hours=1):%H.%M}"),
    }
    assert "ends-before-start" in told(linked(columns)["Slut"])


def test_kinds_of_visit_of_which_one_is_asked_about_are_kinds_of_visit(of: Of) -> None:
    kinds = of(lambda seen: "Behovsbesøg" if seen.number % 9 == 0 else seen.kind.label.da)
    link = linked(base(of) | {"Besøgsnr": kinds})["Besøgsnr"]
    assert link.state is State.PROPOSED
    assert link.target is not None
    assert link.target.variable == "visit.type"


def test_dates_that_can_be_turned_round_are_asked_about(of: Of) -> None:
    columns = base(of)
    columns["Besøgsdato"] = [f"0{at % 9 + 1}/0{at % 7 + 1}/2021" for at in range(len(columns["CPR"]))]
    link = linked(columns)["Besøgsdato"]
    assert link.state is State.PROPOSED
    assert "date-order-unknown" in told(link)


def test_rows_of_nobody_are_never_sure(of: Of) -> None:
    link = linked({"Besøgstype": of(lambda seen: seen.kind.label.da), "Rum": of(lambda seen: seen.number % 3)})[
        "Besøgstype"
    ]
    assert link.state is State.PROPOSED
    assert "rows-of-nobody" in told(link)


def test_births_that_are_called_nothing_are_no_visits(of: Of) -> None:
    columns = {"CPR": of(lambda seen: seen.child.cpr), "Felt 3": of(lambda seen: f"{seen.child.born:%d-%m-%Y}")}
    assert linked(columns | {"Vægt (g)": of(lambda seen: seen.weight)})["Felt 3"].state is State.UNMAPPED


def test_an_end_without_a_start_waits(of: Of) -> None:
    columns = {"CPR": of(lambda seen: seen.child.cpr), "Besøg slut": of(lambda seen: f"{seen.end:%d-%m-%Y %H:%M}")}
    link = linked(columns)["Besøg slut"]
    assert link.state is State.PROPOSED
    assert "ends-without-start" in told(link)


def test_numbers_of_whoever_was_not_born_yet_are_nobodys(of: Of) -> None:
    later = Population("later", children=14)
    born = dict(zip(of(lambda seen: seen.child.cpr), of(lambda seen: seen.child.born), strict=True))
    unborn = {
        cpr: later.person(date.fromisoformat(day) + timedelta(days=900), Sex.FEMALE).cpr for cpr, day in born.items()
    }
    link = linked(base(of) | {"Felt 3": of(lambda seen: unborn[seen.child.cpr])})["Felt 3"]
    assert link.state is State.UNMAPPED


OF_TWO_VISITS: dict[str, Callable[[Seen], object]] = {
    "CPR": lambda seen: seen.child.cpr,
    "Dato 2 mdr": lambda seen: f"{seen.child.born + timedelta(days=62):%d-%m-%Y}",
    "Dato 4-6 mdr": lambda seen: f"{seen.child.born + timedelta(days=150):%d-%m-%Y}",
    "Slut 4-6 mdr": lambda seen: f"{seen.child.born + timedelta(days=150):%d-%m-%Y}",
    "Vægt 2 mdr (g)": lambda seen: 6100 + seen.number % 40,
    "Vægt 4-6 mdr (g)": lambda seen: 5900 + seen.number % 40,
}


def test_what_shrinks_from_visit_to_visit_is_never_sure() -> None:
    children = [family[0] for family in Population("two visits", children=20).families]
    found = linked({header: [str(tell(seen)) for seen in children] for header, tell in OF_TWO_VISITS.items()})
    for header in ("Vægt 2 mdr (g)", "Vægt 4-6 mdr (g)"):
        assert found[header].state is State.PROPOSED
        assert "smaller-later" in told(found[header])


def test_a_reason_is_held_against_the_value_of_its_own_visit() -> None:
    children = [family[0] for family in Population("two visits", children=20).families]
    columns = OF_TWO_VISITS | {"Vægt årsag 4-6 mdr": lambda _: "ikke målt", "Vægt 4-6 mdr (g)": lambda _: ""}
    found = linked({header: [str(tell(seen)) for seen in children] for header, tell in columns.items()})
    assert "reasons-beside-values" not in told(found["Vægt årsag 4-6 mdr"])


@pytest.mark.parametrize(
    ("sheet", "more", "variable"),
    [
        ("Vægt", {"status": lambda seen: seen.weight}, "weight"),
        ("Vægt", {"status": lambda seen: seen.weight, "Længde (cm)": lambda seen: seen.height}, None),
    ],
)
def test_a_sheet_named_after_what_it_holds_says_what_its_one_column_is(
    of: Of, sheet: str, more: dict[str, Callable[[Seen], object]], variable: str | None
) -> None:
    link = linked(base(of) | {header: of(tell) for header, tell in more.items()}, sheet)["status"]
    assert (link.target and link.target.variable, link.state) == (
        variable,
        State.PROPOSED if variable else State.UNMAPPED,
    )
