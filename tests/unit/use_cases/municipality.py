"""One small municipality, written in thirteen shapes, each with the links that it is read by.

The visits are made from a seed of their own; all people are invented. Each shape leaves out what the others leave out,
so that the same journal can be read from all.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from ldbu_desktop.mapping.links import (
    NOT_THIS_ANSWER,
    ColumnLink,
    Constant,
    Part,
    Proposal,
    State,
    Subject,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)
from ldbu_desktop.standard.catalogue import shipped_standard

SOR = "451000016003"
PHONE = "1b55a4b0-1156-4f58-b2df-b5c6014d9048"
"""By telephone: nothing is mandatory then, so that all that is read is delivered."""
TYPES = {"establishment": 20, "2-months": 61, "4-6-months": 150, "8-11-months": 280}
"""Visit types, and at about how many days they are."""

CODED = ("feeding", "sleep", "motor-function", "parent-relationship")
MEASURED = ("weight", "height", "head-circumference")
UNITS = {"weight": "g", "height": "cm", "head-circumference": "cm"}
STANDARD = shipped_standard()
CODES = {variable: [*STANDARD.concepts(STANDARD.variable[variable])][:3] for variable in CODED}
TYPE_CODES = {each.id: each.code for each in STANDARD.visit_types}


@dataclass(frozen=True)
class MadeVisit:
    """A visit of a child: ``measured`` and ``coded`` by variable; a measurement may be missing, with a reason."""

    number: int
    child: str
    mother: str
    type: str
    day: date
    measured: dict[str, str]
    coded: dict[str, str]
    epds: int


def visits(children: int = 12, seed: int = 20260) -> list[MadeVisit]:
    """The visits of the municipality, child by child."""
    draw = random.Random(seed)  # noqa: S311 - made-up people
    made = []
    for _ in range(children):
        born = date(2023, 1, 1) + timedelta(days=draw.randrange(500))
        child = f"{born:%d%m%y}{draw.randrange(4000, 4999)}"
        mother = f"{date(1990, 1, 1) + timedelta(days=draw.randrange(3000)):%d%m%y}{draw.randrange(1000, 1999)}"
        for type_, days in TYPES.items():
            if draw.random() < 0.2:
                continue
            measured = {
                "weight": str(3500 + days * 18 + draw.randrange(500)),
                "height": f"{51 + days * 0.08 + draw.randrange(4):.1f}".replace(".", ","),
                "head-circumference": f"{35 + days * 0.03 + draw.randrange(2):.1f}".replace(".", ","),
            }
            coded = {variable: draw.choice(codes) for variable, codes in CODES.items()}
            if draw.random() < 0.2:
                coded["sleep"] = ""
            day = born + timedelta(days=days + draw.randrange(9))
            made.append(MadeVisit(1000 + len(made), child, mother, type_, day, measured, coded, draw.randrange(12)))
    return made


# --- tables with their links ------------------------------------------------------------------------------------------

Cells = list[list[str]]
Meaning = tuple[str, str, str]
"""A text, the variable that it is a value of (empty for that of the column), and its code."""


@dataclass
class MadeTable:
    """A table: headers with what they hold, rows below, and what texts mean by header."""

    sheet: str
    columns: list[tuple[str, Target | None]]
    rows: Cells
    meanings: dict[str, list[Meaning]]
    shape: TableShape = TableShape.VISIT
    keys: tuple[int, ...] = ()
    above: Sequence[Sequence[str]] = ()
    below: Sequence[Sequence[str]] = ()
    constants: tuple[Constant, ...] = (Constant("citizen.organisation", SOR), Constant("visit.class", PHONE))
    file: str = ""

    def cells(self) -> Iterator[list[str]]:
        yield from map(list, self.above)
        yield [header for header, _ in self.columns]
        yield from self.rows
        yield from map(list, self.below)

    def links(self, file: str) -> tuple[TableLink, list[ColumnLink], list[ValueLink]]:
        first = len(self.above) + 1
        columns, values = [], []
        for at, (header, target) in enumerate(self.columns):
            state = State.KNOWN
            if target is None:
                state = State.UNMAPPED
            elif target.part is Part.KEY:
                state = State.LEFT_OUT
            columns.append(ColumnLink(file, self.sheet, first, at, header, state, target))
            for text, variable, code in self.meanings.get(header, ()):
                is_reason = code.startswith("!")
                values.append(
                    ValueLink(
                        file, self.sheet, first, at, variable or (target.variable if target else ""), text, 1,
                        State.KNOWN if code else State.LEFT_OUT, None if is_reason else code,
                        code[1:] if is_reason else None,
                    )
                )  # fmt: skip
        table = TableLink(file, self.sheet, (first, first), len(self.rows), self.shape, self.keys, (), self.constants)
        return table, columns, values


def written(folder: Path, name: str, tables: Sequence[MadeTable]) -> tuple[list[Path], Proposal]:
    """The files of a shape, and the links of all of their tables: a workbook, or text files where tables name one."""
    paths, links = [], []
    if all(table.file for table in tables):
        for table in tables:
            path = folder / table.file
            path.write_text("\n".join(";".join(row) for row in table.cells()) + "\n", encoding="utf-8")
            table.sheet = path.stem
            paths.append(path)
            links.append(table.links(path.name))
    else:
        book = Workbook()
        book.remove(book.worksheets[0])
        for table in tables:
            sheet = book.create_sheet(table.sheet)
            for row in table.cells():
                sheet.append([cell or None for cell in row])
        path = folder / f"{name}.xlsx"
        book.save(path)
        paths.append(path)
        links += [table.links(path.name) for table in tables]
    return paths, Proposal(
        tuple(table for table, _, _ in links),
        tuple(link for _, columns, _ in links for link in columns),
        tuple(link for _, _, values in links for link in values),
    )


CHILD = Target("citizen.cpr", Part.CPR, Subject.CHILD)
MOTHER = Target("citizen.cpr", Part.CPR, Subject.PARENT_1)
EPDS = Target("epds/score", subject=Subject.PARENT_1)
START, TYPE = Target("visit.start", Part.START), Target("visit.type")
KEY = Target("visit.key", Part.KEY)
LOCAL_TYPES = {"establishment": "10", "2-months": "25", "4-6-months": "30", "8-11-months": "35"}


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _measure(variable: str) -> Target:
    return Target(variable, subject=Subject.CHILD, unit=UNITS[variable])


def _types() -> list[Meaning]:
    return [(text, "", TYPE_CODES[type_]) for type_, text in LOCAL_TYPES.items()]


def _local(variable: str) -> dict[str, str]:
    """Codes as a system has them: 1, 2, 3."""
    return {code: str(at) for at, code in enumerate(CODES[variable], start=1)}


def _coded_meanings(variable: str, of: str = "") -> list[Meaning]:
    return [(text, of, code) for code, text in _local(variable).items()]


def _row_a_visit(made: list[MadeVisit], *, is_keyed: bool, file: str = "", mix: bool = False) -> MadeTable:
    columns = [("BARN", CHILD), ("MOR", MOTHER), ("DATO", START), ("TYPE", TYPE)]
    columns += [(name.upper(), _measure(name)) for name in MEASURED]
    columns += [(name.upper(), Target(name)) for name in CODED]
    columns.append(("EPDS", EPDS))
    meanings = {"TYPE": _types(), **{name.upper(): _coded_meanings(name) for name in CODED}}
    rows = [
        [each.child, each.mother, _day(each.day), LOCAL_TYPES[each.type], *(each.measured[name] for name in MEASURED),
         *(_local(name).get(each.coded[name], "") for name in CODED), str(each.epds)]
        for each in made
    ]  # fmt: skip
    if is_keyed:
        columns.insert(0, ("ID", KEY))
        rows = [[str(each.number), *row] for each, row in zip(made, rows, strict=True)]
    if mix:
        order = random.Random(7).sample(range(len(columns)), len(columns))  # noqa: S311 - any order
        columns, rows = [columns[at] for at in order], [[row[at] for at in order] for row in rows]
    return MadeTable("udtræk", columns, rows, meanings, keys=(0,) if is_keyed else (), file=file)


def _children(made: list[MadeVisit]) -> MadeTable:
    columns: list[tuple[str, Target | None]] = [("CPR", CHILD), ("Mors CPR", MOTHER)]
    meanings: dict[str, list[Meaning]] = {}
    for type_ in TYPES:
        columns.append((f"{type_} dato", Target("visit.start", Part.DATE, visit=type_)))
        columns += [(f"{type_} {name}", Target(name, unit=UNITS[name], visit=type_)) for name in MEASURED]
        columns += [(f"{type_} {name}", Target(name, visit=type_)) for name in CODED]
        columns.append((f"{type_} EPDS", Target("epds/score", subject=Subject.PARENT_1, visit=type_)))
        meanings |= {f"{type_} {name}": _coded_meanings(name) for name in CODED}
    by_child: dict[str, dict[str, MadeVisit]] = {}
    for each in made:
        by_child.setdefault(each.child, {})[each.type] = each
    rows = []
    for child, of_child in by_child.items():
        row = [child, next(iter(of_child.values())).mother]
        for type_ in TYPES:
            visit = of_child.get(type_)
            if visit is None:
                row += [""] * (2 + len(MEASURED) + len(CODED))
            else:
                row += [_day(visit.day), *(visit.measured[name] for name in MEASURED)]
                row += [*(_local(name).get(visit.coded[name], "") for name in CODED), str(visit.epds)]
        rows.append(row)
    return MadeTable("børn", columns, rows, meanings, TableShape.CHILD)


def _observations(made: list[MadeVisit]) -> MadeTable:
    columns = [("CPR", CHILD), ("Mor", MOTHER), ("Dato", START), ("Type", TYPE),
               ("Hvad", Target("observation.variable", Part.NAME)), ("Svar", Target("observation.value")),
               ("Enhed", Target("observation.unit", Part.UNIT))]  # fmt: skip
    rows = []
    for each in made:
        head = [each.child, each.mother, _day(each.day), LOCAL_TYPES[each.type]]
        rows += [[*head, f"mål {name}", each.measured[name], UNITS[name]] for name in MEASURED]
        rows += [[*head, f"vurd. {name}", _local(name)[each.coded[name]], ""] for name in CODED if each.coded[name]]
        rows.append([*head, "EPDS tot.", str(each.epds), ""])
    names = [(f"mål {name}", "", name) for name in MEASURED] + [(f"vurd. {name}", "", name) for name in CODED]
    answers = [one for name in CODED for one in _coded_meanings(name, name)]
    meanings = {"Type": _types(), "Hvad": [*names, ("EPDS tot.", "", "epds/score")], "Svar": answers}
    return MadeTable("målinger", columns, rows, meanings, TableShape.OBSERVATION)


def _sheet_a_variable(made: list[MadeVisit]) -> list[MadeTable]:
    head = [("CPR", CHILD), ("Mor", MOTHER), ("Dato", START), ("Type", TYPE)]
    tables = []
    for name in (*MEASURED, *CODED):
        target = _measure(name) if name in MEASURED else Target(name)
        rows = [
            [each.child, each.mother, _day(each.day), LOCAL_TYPES[each.type],
             each.measured[name] if name in MEASURED else _local(name)[each.coded[name]]]
            for each in made
            if name in MEASURED or each.coded[name]
        ]  # fmt: skip
        meanings = {"Type": _types(), "Svar": _coded_meanings(name) if name in CODED else []}
        tables.append(MadeTable(name, [*head, ("Svar", target)], rows, meanings, TableShape.VARIABLE))
    scores = [[each.child, each.mother, _day(each.day), LOCAL_TYPES[each.type], str(each.epds)] for each in made]
    tables.append(MadeTable("EPDS", [*head, ("Svar", EPDS)], scores, {"Type": _types()}, TableShape.VARIABLE))
    return tables


def _split(made: list[MadeVisit], join: str) -> list[MadeTable]:
    """Visits and what was measured at them in two tables, joined by key, or by citizen and day."""
    whole = _row_a_visit(made, is_keyed=True)
    names = [header for header, _ in whole.columns]
    by = ["ID"] if join == "key" else ["BARN", "DATO"]

    def part(sheet: str, headers: list[str], file: str) -> MadeTable:
        places = [names.index(header) for header in headers]
        keys = tuple(headers.index(header) for header in by)
        columns = [whole.columns[at] for at in places]
        rows = [[row[at] for at in places] for row in whole.rows]
        return MadeTable(sheet, columns, rows, whole.meanings, keys=keys, file=file)

    visits_of = [*([] if join != "key" else ["ID"]), "BARN", "MOR", "DATO", "TYPE"]
    measured = [*by, *(name.upper() for name in (*MEASURED, *CODED)), "EPDS"]
    if join == "key":
        return [part("besøg", visits_of, ""), part("data", measured, "")]
    return [part("besoeg", visits_of, "besoeg.csv"), part("data", measured, "data.csv")]


def _people_apart(made: list[MadeVisit]) -> list[MadeTable]:
    numbers = {each.child: f"J{each.child[::-1]}" for each in made}
    key = Target("citizen.key", Part.KEY, Subject.CHILD)
    mothers = {each.child: each.mother for each in made}
    people = MadeTable(
        "borgere", [("Journalnr", key), ("CPR", CHILD), ("Mor", MOTHER)],
        [[number, child, mothers[child]] for child, number in numbers.items()], {}, keys=(0,),
    )  # fmt: skip
    whole = _row_a_visit(made, is_keyed=False)
    columns = [("Journalnr", key), *whole.columns[1:]]
    rows = [[numbers[row[0]], *row[1:]] for row in whole.rows]
    return [people, MadeTable("besøg", columns, rows, whole.meanings, keys=(0,))]


def _dressed(made: list[MadeVisit]) -> MadeTable:
    """With a title above and sums below, columns in any order, and texts that are left out by a decision."""
    table = _row_a_visit(made, is_keyed=False, mix=True)
    sleep = next(at for at, (header, _) in enumerate(table.columns) if header == "SLEEP")
    for row in table.rows:
        row[sleep] = row[sleep] or "se notat"
    links = table.columns[sleep][0]
    table.meanings[links] = [*table.meanings[links], ("se notat", "", "")]
    table.above = (["Besøg i distrikt Syd"],)
    table.below = ([], ["I alt", str(len(table.rows))])
    return table


def _timed(made: list[MadeVisit]) -> MadeTable:
    """With a column of times that is empty, and units and reasons in columns of their own."""
    table = _row_a_visit(made, is_keyed=True, file="tider.csv")
    table.columns += [("KL", Target("visit.start", Part.TIME)), ("ENHED", Target("weight", Part.UNIT)),
                      ("HVORFOR", Target("sleep", Part.MISSING_REASON))]  # fmt: skip
    table.columns = [
        (header, Target("weight") if target == _measure("weight") else target) for header, target in table.columns
    ]
    table.rows = [[*row, "", "gr.", ""] for row in table.rows]
    table.meanings["ENHED"] = [("gr.", "", "g")]
    return table


def _in_words(made: list[MadeVisit]) -> MadeTable:
    """With the standard's own words, which need no links."""
    table = _row_a_visit(made, is_keyed=False, file="ord.csv")
    terms = {
        name: {concept.code: concept.term for concept in STANDARD.concepts(STANDARD.variable[name]).values()}
        for name in CODED
    }
    for row, each in zip(table.rows, made, strict=True):
        row[7:11] = [terms[name].get(each.coded[name], "") for name in CODED]
    table.meanings = {"TYPE": table.meanings["TYPE"]}
    return table


def _answers_apart(made: list[MadeVisit]) -> MadeTable:
    """With a column for each answer, and a mark below the one that was given: of half of them also zeros."""
    table = _row_a_visit(made, is_keyed=True)
    at = next(at for at, (_, target) in enumerate(table.columns) if target is not None and target.variable in CODED)
    apart = [(f"{name} {code}", name, code) for name in CODED for code in CODES[name]]
    table.columns[at : at + len(CODED)] = [(header, Target(name, Part.ANSWER)) for header, name, _ in apart]
    for row, each in zip(table.rows, made, strict=True):
        no = "0" if each.number % 2 else ""
        row[at : at + len(CODED)] = ["x" if each.coded[name] == code else no for _, name, code in apart]
    crosses = {header: [("x", "", code), ("0", "", NOT_THIS_ANSWER)] for header, _, code in apart}
    table.meanings = {"TYPE": table.meanings["TYPE"], **crosses}
    return table


def _wide(made: list[MadeVisit]) -> MadeTable:
    """Our own wide template."""
    columns = ["kontakt_id", "barn_cpr", "sor", "kontakttype", "kontaktform", "start", "Forælder 1 CPR"]
    columns += ["Vægt", "Vægt enhed", "Længde", "Hovedmål", *CODED, "Forælder 1 epds score"]
    rows = [
        [str(each.number), each.child, SOR, each.type, PHONE, _day(each.day), each.mother, each.measured["weight"], "g",
         each.measured["height"], each.measured["head-circumference"], *(each.coded[name] for name in CODED),
         str(each.epds)]
        for each in made
    ]  # fmt: skip
    return MadeTable("", [(header, None) for header in columns], rows, {}, TableShape.WIDE, file="bred.csv")


def _long(made: list[MadeVisit]) -> list[MadeTable]:
    """Our own long template."""
    people: list[list[str]] = []
    for child, mother in dict.fromkeys((each.child, each.mother) for each in made):
        people += [
            [f"b{child[:6]}", child, "barn", "", SOR],
            [f"f{child[:6]}", mother, "forælder", f"b{child[:6]}", SOR],
        ]
    contacts = [[str(each.number), f"b{each.child[:6]}", each.type, PHONE, _day(each.day)] for each in made]
    observed = [
        ["", str(each.number), name, (each.measured | each.coded)[name], UNITS.get(name, "")]
        for each in made
        for name in (*MEASURED, *CODED)
        if (each.measured | each.coded)[name]
    ]
    answers = [[str(each.number), f"f{each.child[:6]}", "epds", "score", str(each.epds)] for each in made]

    def table(sheet: str, headers: str, rows: Cells) -> MadeTable:
        return MadeTable(sheet, [(header, None) for header in headers.split()], rows, {}, TableShape.LONG)

    return [
        table("Borgere", "borger_id cpr rolle barn sor", people),
        table("Kontakter", "kontakt_id borger_id kontakttype kontaktform start", contacts),
        table("Observationer", "observation_id kontakt_id variabel værdi enhed", observed),
        table("Spørgeskemaer", "kontakt_id borger_id spørgeskema spørgsmål svar", answers),
    ]


SHAPES: dict[str, Callable[[list[MadeVisit]], list[MadeTable]]] = {
    "long": _long,
    "wide": lambda made: [_wide(made)],
    "codes": lambda made: [_row_a_visit(made, is_keyed=True)],
    "no keys": lambda made: [_row_a_visit(made, is_keyed=False, file="uden.csv")],
    "words": lambda made: [_in_words(made)],
    "answers apart": lambda made: [_answers_apart(made)],
    "units": lambda made: [_timed(made)],
    "dressed": lambda made: [_dressed(made)],
    "children": lambda made: [_children(made)],
    "observations": lambda made: [_observations(made)],
    "variables": _sheet_a_variable,
    "split by key": lambda made: _split(made, "key"),
    "split by day": lambda made: _split(made, "day"),
    "people apart": _people_apart,
}
"""How the municipality is written in each shape."""
