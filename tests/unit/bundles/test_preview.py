"""What would be sent, and on which lines of it records and fields stand."""

from __future__ import annotations

import json

import pytest

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.model import Preview
from ldbu_desktop.bundles.preview import preview_of
from ldbu_desktop.bundles.read import read_journal
from ldbu_desktop.sources.found import BundleText
from tests.unit.bundles.small_family import NOW, STANDARD, journal, report


def seen(preview: Preview, record: str, field: str = "") -> str:
    """The text that is marked for a field."""
    lines = preview.part(record, field)
    assert lines is not None
    start, end = preview.characters(lines)
    text = preview.text[start:end]
    assert text == "\n".join(preview.text.split("\n")[lines.start : lines.stop])
    return text


def test_it_is_what_would_be_sent() -> None:
    assert preview_of(journal(), STANDARD, "K1", NOW).text == json_text(report().bundle, is_pretty=True).decode()


@pytest.mark.parametrize(
    ("record", "field", "first"),
    [
        ("O1", "weight", '"valueQuantity": {'),
        ("O1", "observation.start", '"effectiveDateTime": "2021-10-06T09:15:00+02:00",'),
        ("O1", "observation.unit", '"code": "kg"'),
        ("O1", "observation.status", '"status": "final",'),
        ("O1", "observation.subject", '"subject": {'),
        ("O3", "observation.missing-reason", '"dataAbsentReason": {'),
        ("O5", "observation.end", '"end": "2021-10-06"'),
        ("O5", "feeding", '"valueCodeableConcept": {'),
        ("K1", "visit.class", '"class": {'),
        ("K1", "visit.type", '"type": ['),
        ("K1", "visit.start", '"start": "2021-10-06T09:15:00+02:00"'),
        ("K1", "visit.school", '"location": ['),
        ("B1", "citizen.cpr", '"identifier": ['),
        ("B1", "citizen.organisation", '"identifier": {'),
        ("S1", "school.identifier", '"identifier": ['),
        ("R1", "parent.child", '"patient": {'),
        ("I1", "intervention.code", '"code": {'),
        ("I1", "intervention.reasons", '"reasonCode": ['),
        ("I1", "intervention.activity-status", '"status": "scheduled"'),
        ("Q1", "response.informer", "{"),
        ("Q1", "response.authored", '"authored": "2021-10-06T09:15:00+02:00",'),
    ],
)
def test_a_field_is_found(record: str, field: str, first: str) -> None:
    preview = preview_of(journal(), STANDARD, "K1", NOW)
    assert seen(preview, record, field).split("\n")[0].strip() == first
    assert preview.part(record, field) != preview.part(record)


def test_a_field_that_does_not_stand_there_is_the_whole_record() -> None:
    preview = preview_of(journal(), STANDARD, "K1", NOW)
    for record, field in (("O3", "sleep"), ("K1", "visit.end"), ("K1", "visit.interventions"), ("O1", "height")):
        assert preview.part(record, field) == preview.part(record)
    assert json.loads(seen(preview, "O1").rstrip(","))["resource"]["resourceType"] == "Observation"
    assert preview.part("gone") is None


def test_a_visit_that_was_read_is_shown_as_it_was_written_with_its_own_entries() -> None:
    bundle = report().bundle
    bundle["entry"].insert(0, {"fullUrl": "urn:x", "resource": {"resourceType": "Basic"}})
    bundle["entry"][4]["resource"]["extension"] = [{"url": "urn:x"}]
    source = read_journal([BundleText("a.json", json_text(bundle))], STANDARD)
    (visit,) = source.families[0].visits
    preview = preview_of(source, STANDARD, visit.key, NOW)
    assert preview.text == json_text(bundle, is_pretty=True).decode()
    weight = visit.observations[0]
    assert '"value": 23.5' in seen(preview, weight.key, "weight")
    need = preview.part(visit.interventions[0].key, "intervention.code")
    assert need is not None


def test_an_extension_of_others_is_not_ours() -> None:
    bundle = report().bundle
    visit = next(one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Encounter")
    visit["extension"] = [{"url": "urn:x"}]
    source = read_journal([BundleText("a.json", json_text(bundle))], STANDARD)
    key = source.families[0].visits[0].key
    preview = preview_of(source, STANDARD, key, NOW)
    assert preview.part(key, "visit.interventions") == preview.part(key)


def test_only_a_visit_that_is_there_is_shown() -> None:
    with pytest.raises(KeyError):
        preview_of(journal(), STANDARD, "gone", NOW)
