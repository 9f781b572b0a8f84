"""What is kept of measuring: ids, seconds and consent, in a file that is written whole and can be deleted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.estimate import estimate
from ldbu_desktop.burden.measurements import MeasurementFile, Measurements, with_consent, with_visit
from ldbu_desktop.burden.model import Band, MeasuredTime
from ldbu_desktop.faults import FileFault, OutputFault
from ldbu_desktop.forms.model import Form
from ldbu_desktop.forms.visibility import Asked
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.measuring import agreed, for_this_user, learnt, measured_visit, site_factor

from .conftest import rounded

ONE = MeasuredTime(Band(30, 40, 60), 50)


@pytest.fixture
def file(tmp_path: Path) -> MeasurementFile:
    return MeasurementFile(tmp_path / "data")


def test_nothing_is_there_and_nothing_agreed_at_first(file: MeasurementFile) -> None:
    assert file.load() == Measurements()
    assert not file.load().consent
    file.delete()


def test_the_file_is_where_the_system_keeps_a_user_s_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert MeasurementFile().path.is_relative_to(tmp_path)


def test_without_consent_nothing_is_added() -> None:
    assert with_visit(Measurements(), "2-months", ONE) == Measurements()


def test_what_is_measured_comes_back(file: MeasurementFile) -> None:
    kept = with_visit(with_consent(Measurements(), consent=True), "2-months", ONE, {"weight": ONE})
    kept = with_visit(kept, "maternity", ONE)
    file.save(kept)
    read = file.load()
    assert read == kept
    assert read.of_form("2-months") == (ONE,)
    assert read.all_forms == (ONE, ONE)
    assert with_consent(read, consent=False).all_forms == (ONE, ONE)


def test_only_ids_seconds_and_consent_are_written(file: MeasurementFile) -> None:
    file.save(with_visit(Measurements(consent=True), "2-months", ONE, {"weight": ONE}))
    assert json.loads(file.path.read_text(encoding="utf-8")) == {
        "version": 1,
        "consent": True,
        "visits": [[30, 40, 60, 50, "2-months"]],
        "fields": {"weight": [[30, 40, 60, 50, ""]]},
    }


def test_the_first_measurements_go_when_there_are_many() -> None:
    kept = Measurements(consent=True)
    for seconds in range(1, 1102):
        kept = with_visit(kept, "2-months", MeasuredTime(ONE.predicted, seconds), {"weight": ONE})
    assert len(kept.visits) == 1000
    assert kept.visits[-1].measured.seconds == 1101
    assert len(kept.fields["weight"]) == 200


def test_all_can_be_deleted(file: MeasurementFile) -> None:
    agreed(Measurements(), file, consent=True)
    file.delete()
    assert not file.path.exists()
    assert file.load() == Measurements()


@pytest.mark.parametrize(
    "contents", [b"", b"{", b"[]", b'{"version": 2}', b'{"cpr": 1}', b"\xff", b'{"visits": [[1, 2, 3]]}']
)
def test_a_damaged_or_later_file_is_a_fault(file: MeasurementFile, contents: bytes) -> None:
    file.save(Measurements())
    file.path.write_bytes(contents)
    with pytest.raises(FileFault) as fault:
        file.load()
    assert fault.value.key == "measurements-unreadable"


def test_a_place_that_can_t_be_written_is_a_fault(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(OutputFault):
        MeasurementFile(blocked / "data").save(Measurements())
    folder = tmp_path / "measurements.json"
    folder.mkdir()
    with pytest.raises(OutputFault):
        MeasurementFile(tmp_path).delete()


def test_a_visit_is_measured_by_its_fields(file: MeasurementFile, two_months: Form, standard: Standard) -> None:
    found = estimate(two_months, standard)
    signs = [(0.0, "weight"), (5.0, "height"), (9.0, "elsewhere"), (12.0, "elsewhere")]
    assert measured_visit(Measurements(), file, found, signs) == Measurements()
    kept = measured_visit(agreed(Measurements(), file, consent=True), file, found, signs)
    assert kept.of_form("2-months") == (MeasuredTime(found.seconds, 12.0),)
    assert kept.fields == {
        "weight": (MeasuredTime(found.fields["weight"], 5.0),),
        "height": (MeasuredTime(found.fields["height"], 4.0),),
    }
    assert file.load() == kept
    assert measured_visit(kept, file, found, []) == kept
    answered = [Asked("weight", "child"), Asked("parent-mental-status", "a"), Asked("parent-mental-status", "b")]
    more = measured_visit(kept, file, found, signs, answered)
    once, twice = found.fields["weight"], found.fields["parent-mental-status"]
    assert rounded(more.of_form("2-months")[-1].predicted, 6) == rounded(once + twice + twice, 6)


def test_what_was_learnt_is_for_this_user_and_else_for_the_site() -> None:
    kept = with_visit(Measurements(consent=True), "2-months", ONE)
    site = Assumptions().with_value("site_factor", Band(2, 2, 2))
    assert site_factor(None) is site_factor(Assumptions()) is None
    assert learnt(kept).n == learnt(kept, "2-months").n == 1
    assert learnt(kept, "maternity", site).factor == site_factor(site) == 2
    assert for_this_user(ONE.predicted, Measurements(), site) == ONE.predicted * 2
    assert ONE.predicted.typical < for_this_user(ONE.predicted, kept, site).typical < 50
