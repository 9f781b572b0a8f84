"""A family that is filled for the tests: two children of one day, two parents, keys that are always the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from ldbu_desktop.bundles.ledger import Ledger
from ldbu_desktop.editing.answers import answered, where_of
from ldbu_desktop.editing.families import new_case, with_child, with_family, with_parent
from ldbu_desktop.editing.values import edited
from ldbu_desktop.editing.visits import with_visit
from ldbu_desktop.journal.instances import Said
from ldbu_desktop.journal.model import Family, Journal, Observation, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.workspace.deliveries import DeliveredRecords

STANDARD = shipped_standard()
DENMARK = ZoneInfo("Europe/Copenhagen")
SOR = "451000016003"
FAMILY, CHILD, TWIN, PARENT, OTHER_PARENT = "1-f", "1-f", "1-f-b", "1-f-a", "1-f-c"
CPRS = {CHILD: "0505209996", TWIN: "0505209995", PARENT: "2911829996", OTHER_PARENT: "1502829995"}
START = datetime(2020, 7, 7, 12, 45, tzinfo=DENMARK)
TODAY = date(2020, 12, 1)
NOW = datetime(2020, 12, 1, 3, tzinfo=UTC)


def family_journal() -> Journal:
    """Two children with two parents, all with number and municipality."""
    journal, family = with_family(new_case(lambda: "test"), STANDARD, lambda: FAMILY)
    journal, _ = with_child(journal, family, STANDARD)
    journal, _ = with_parent(journal, family, STANDARD)
    for citizen, cpr in CPRS.items():
        journal = edited(journal, Where(family, "", citizen, "citizen.cpr"), cpr, STANDARD)
        journal = edited(journal, Where(family, "", citizen, "citizen.organisation"), SOR, STANDARD)
    return journal


def visited(
    journal: Journal, visit_type: str = "2-months", subject: str = CHILD, start: date = START, visit_class: str = "HH"
) -> tuple[Journal, str]:
    """A journal with one more visit, and its key."""
    return with_visit(journal, FAMILY, visit_type, subject, visit_class, start, STANDARD)


def visit_journal() -> Journal:
    """The family with a visit at two months."""
    return visited(family_journal())[0]


def family_of(journal: Journal) -> Family:
    """The first family."""
    return journal.families[0]


def visit_of(journal: Journal, number: int = 0) -> Visit:
    """A visit of the first family; the first unless told otherwise."""
    return family_of(journal).visits[number]


def observation_of(journal: Journal) -> Observation:
    """The only observation of the first visit."""
    (observation,) = visit_of(journal).observations
    return observation


def place(
    asked: str = "", subject: str = CHILD, *, visit: str = f"{CHILD}/2-months/2020-07-07", field: str = "",
    questionnaire: str = "", link_id: str = "", record: str = "", number: int | None = None,
) -> Where:  # fmt: skip
    """A place at the visit at two months: what is asked is a variable, or a part of a record."""
    at = Where(FAMILY, visit, record, field, "", number, subject, questionnaire, link_id)
    return where_of(at, asked) if asked else at


def with_answers(journal: Journal, *answers: tuple[Where, str]) -> Journal:
    """A journal with these answers, one after the other."""
    for at, raw in answers:
        journal = answered(journal, at, raw, STANDARD)
    return journal


def delivered(journal: Journal, said: Mapping[str, Said]) -> DeliveredRecords:
    """What stands of what was delivered, when a journal is as it is."""
    return DeliveredRecords(journal.system, STANDARD, Ledger(said))


def codes_of(variable: str) -> list[str]:
    """The codes that a variable may have."""
    return list(STANDARD.concepts(STANDARD.variable[variable]))
