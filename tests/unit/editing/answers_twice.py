"""Made-up answers to a visit, said twice: as they are filled, and as rows of the long workbook.

What is typed is the same text in both. Some of it is right, some can't be read, some is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from ldbu_desktop.editing.answers import where_of
from ldbu_desktop.editing.observations import takes_several
from ldbu_desktop.journal.where import Where
from ldbu_desktop.mapping.layout import long_sheets
from ldbu_desktop.standard.model import Item, Questionnaire, Variable, VisitType
from tests.unit.editing.filled_family import (
    CHILD,
    CPRS,
    FAMILY,
    OTHER_PARENT,
    PARENT,
    SOR,
    STANDARD,
    TWIN,
)

START = "07-07-2020 12:45"
VISIT = "K1"
_TIMES = st.sampled_from(("", "", "06-07-2020", "07-07-2020 13:00", "31-02", "31-02-2020", "i går", "07-07-2062"))
_ENDS = st.sampled_from(("01-07-2020", "20-05-2020", "31-02-2020", "04-05-2020"))
_NUMBERS = st.sampled_from(("5250", "5,3 kg", "300 kg", "5.250", "52\n50", "-4", "0", "57,55", "57,5", "fem", "1e3"))
_WRONG = st.sampled_from(("Sovn", "zzz", "HH", "2", " . ", "52\n50", "050520-9996"))

Row = dict[str, str]


@dataclass
class Told:
    """The visit and its answers: in the order in which they are filled, and as rows by sheet."""

    visit_type: VisitType
    subject: str
    visit_class: str
    start: str
    end: str
    school: str
    answers: list[tuple[Where, str]] = field(default_factory=list)
    periods: list[tuple[Where, str, str, str]] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def place(self, asked: str, subject: str, questionnaire: str = "") -> Where:
        """Where it is filled; ``visit`` is put in when the visit is there."""
        return where_of(Where(FAMILY, subject=subject, questionnaire=questionnaire), asked)

    def row(self, sheet: str, subject: str, **cells: str) -> Row:
        """A row about the visit; the visit's citizen need not be named."""
        named = {} if subject == self.subject else {"subject": subject}
        row = {"visit": VISIT, **named, **cells}
        self.rows.setdefault(sheet, []).append(row)
        return row


def sheets(told: Told) -> dict[str, list[list[str]]]:
    """The workbook: the family, the visit and its answers, headers first."""
    rows: dict[str, list[Row]] = {**told.rows, "citizens": _people()}
    rows["visits"] = [
        {
            "key": VISIT, "subject": told.subject, "type": told.visit_type.code, "visit_class": told.visit_class,
            "start": told.start, "end": told.end, "school": told.school,
        }
    ]  # fmt: skip
    return {
        sheet.name: [
            [column.header for column in sheet.columns],
            *([row.get(column.field, "") for column in sheet.columns] for row in rows.get(sheet.id, [])),
        ]
        for sheet in long_sheets()
    }


def _people() -> list[Row]:
    children = ";".join((CHILD, TWIN))
    roles = {CHILD: {"role": "barn"}, PARENT: {"role": "forælder", "child": children}}
    roles |= {TWIN: {"role": "barn"}, OTHER_PARENT: {"role": "forælder", "child": children}}
    return [{"key": key, "cpr": CPRS[key], "organisation": SOR, "active": "ja", **role} for key, role in roles.items()]


# --- drawn


@st.composite
def told_visits(draw: DrawFn, visit_type: VisitType) -> Told:
    """A visit of a type with any number of answers of every kind."""
    people = {"child": (CHILD,), "parent": (PARENT,), "either": (CHILD, PARENT)}[visit_type.subject]
    told = Told(
        visit_type,
        draw(st.sampled_from(people)),
        draw(st.sampled_from(("HH", "AMB", "zzz", ""))),
        draw(st.sampled_from((START, START, START, "07-07-2020", "31-02-2020"))),
        draw(st.sampled_from(("", "07-07-2020 13:30", "06-07-2020", "31-02"))),
        draw(st.sampled_from(("280001", "28", ""))) if visit_type.is_at_school else "",
    )
    for variable in STANDARD.observed:
        for subject in (PARENT, OTHER_PARENT) if variable.subject == "parent" else (CHILD,):
            if not takes_several(variable) and draw(st.booleans()):
                _observe(draw, told, variable, subject)
    if draw(st.booleans()):
        _feed(draw, told)
    for questionnaire in STANDARD.questionnaires:
        if draw(st.sampled_from((True, False, False))):
            _respond(draw, told, questionnaire)
    for code in draw(st.lists(_coded("exam-result"), max_size=3, unique=True)):
        _find(draw, told, code)
    for code in draw(st.lists(_coded("intervention.code"), max_size=2, unique=True)):
        _intervene(draw, told, code)
    return told


def _coded(variable: str) -> st.SearchStrategy[str]:
    """A code, its term, or what is neither."""
    concepts = STANDARD.concepts(STANDARD.variable[variable]).values()
    names = [name for concept in concepts for name in (concept.code, concept.term, concept.english)]
    return st.one_of(st.sampled_from(names), st.sampled_from(names), _WRONG)


def _observe(draw: DrawFn, told: Told, variable: Variable, subject: str) -> None:
    row = told.row("observations", subject, variable=variable.id)
    place = told.place(variable.id, subject)
    if draw(st.sampled_from((True, False, False, False))):
        row["missing_reason"] = draw(_coded("observation.missing-reason"))
        told.answers.append((place._replace(field="observation.missing-reason"), row["missing_reason"]))
    else:
        row["value"] = draw(_NUMBERS if variable.units else _coded(variable.id))
        has_unit = row["value"].endswith("kg") and "weight" in variable.id
        if variable.units and not has_unit:
            row["unit"] = variable.units[0].code
        told.answers.append((place, row["value"]))
    row["start"] = draw(_TIMES)
    told.answers.append((place._replace(field="observation.start"), row["start"]))


def _feed(draw: DrawFn, told: Told) -> None:
    value, start, end = draw(_coded("feeding")), draw(_TIMES), draw(_ENDS)
    told.row("observations", CHILD, variable="feeding", value=value, start=start, end=end)
    told.periods.append((told.place("feeding", CHILD), value, start, end))


def _find(draw: DrawFn, told: Told, code: str) -> None:
    told.row("findings", CHILD, value=code)
    told.answers.append((told.place("exam-result", CHILD), code))


def _intervene(draw: DrawFn, told: Told, code: str) -> None:
    reasons = draw(st.lists(_coded("intervention.reasons").filter(lambda raw: ";" not in raw), max_size=2))
    row = told.row("interventions", told.subject, code=code, reasons=";".join(reasons))
    place = told.place("intervention.code", told.subject)
    told.answers.append((place, code))
    told.answers += [(place._replace(variable="", field="intervention.reasons", record="last"), one) for one in reasons]
    for part, cell in (("intervention.start", "start"), ("intervention.end", "end")):
        row[cell] = draw(_TIMES)
        told.answers.append((place._replace(field=part, record="last"), row[cell]))


def _respond(draw: DrawFn, told: Told, questionnaire: Questionnaire) -> None:
    subject = PARENT if questionnaire.subject == "parent" else CHILD
    head = {"key": questionnaire.id, "questionnaire": questionnaire.id}
    place = told.place("", subject, questionnaire=questionnaire.id)
    head["informer"] = draw(st.one_of(st.just(""), _coded("response.informer")))
    head["authored"] = draw(_TIMES)
    is_whole = draw(st.booleans())
    answers: dict[str, str] = {}
    for item in questionnaire.items:
        if item.link_id != questionnaire.score and (is_whole or draw(st.booleans())):
            answers[item.link_id] = draw(_answers(item, is_right=is_whole))
    if not answers:
        return
    told.answers += [(place._replace(link_id=link), raw) for link, raw in answers.items()]
    points = [answers.get(link, "") for link in questionnaire.summed]
    if questionnaire.score and points and all(map(str.isdigit, points)):
        answers[questionnaire.score] = str(sum(map(int, points)))
    for part in ("informer", "authored"):
        told.answers.append((place._replace(field=f"response.{part}"), head[part]))
    for link, raw in answers.items():
        told.row("answers", subject, **head, link_id=link, value=raw)


def _answers(item: Item, *, is_right: bool) -> st.SearchStrategy[str]:
    if item.type == "boolean":
        right: st.SearchStrategy[str] = st.sampled_from(("ja", "nej"))
    elif item.type == "choice":
        right = st.sampled_from(item.options)
    else:
        right = st.integers(item.min or 0, item.max if item.max is not None else 9).map(str)
    return right if is_right else st.one_of(right, _WRONG.filter(lambda raw: raw.strip() != ""))
