"""The parts of records by the catalogue's ids, and the records of a visit."""

from __future__ import annotations

import pytest
from msgspec import structs

from ldbu_desktop.journal.fields import FIELDS, part_of
from ldbu_desktop.journal.model import Intervention, Observation, QuestionnaireResponse, Visit
from ldbu_desktop.standard.catalogue import shipped_standard

RECORDS = (Observation("o"), Intervention("i"), QuestionnaireResponse("r"))


@pytest.mark.parametrize("record", FIELDS)
def test_each_part_is_an_attribute_and_known_to_the_standard(record: type) -> None:
    attributes = {one.name for one in structs.fields(record)}
    assert set(FIELDS[record].values()) <= attributes
    assert set(FIELDS[record]) <= set(shipped_standard().variable)


def test_a_part_is_found_by_its_attribute() -> None:
    assert [part_of(one, "status") for one in RECORDS] == [
        "observation.status",
        "intervention.status",
        "response.status",
    ]


def test_a_visit_has_all_that_was_recorded_at_it() -> None:
    observation, intervention, response = RECORDS
    visit = Visit("v", observations=(observation,), interventions=(intervention,), responses=(response,))
    assert visit.records == RECORDS
