"""``ldbu compare`` end to end: its forms, its exit codes, the catalogue's words, and that nobody is named."""

from __future__ import annotations

import copy
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.language import Language, choose
from tests.delivery_histories.journal import Delivering, Json, written

SAMPLES = resource("samples")
Call = Callable[..., tuple[int, str]]


@pytest.fixture
def compare(capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls it: the exit code and what was printed."""

    def call(*words: object) -> tuple[int, str]:
        code = run(["compare", *map(str, words), "--jobs", "1"])
        return code, capsys.readouterr().out

    return call


def in_folder(folder: Path, reports: list[Json]) -> Path:
    """A delivery as a folder."""
    folder.mkdir()
    for number, report in enumerate(reports):
        Path(folder, f"{number}.json").write_bytes(written(report))
    return folder


@pytest.fixture
def journal() -> Delivering:
    """A journal that delivered a visit after an intervention, and answers."""
    told = Delivering(1)
    told.routine("2-months", 60, based_on=told.plan(told.day(40)))
    told.deliver(told.day(61), told.response(told.day(61)))
    return told


def resources(reports: list[Json], kind: str) -> list[Json]:
    return [e["resource"] for one in reports for e in one["entry"] if e["resource"]["resourceType"] == kind]


def test_the_same_delivery_as_folder_and_zip_differs_in_nothing(
    compare: Call, journal: Delivering, tmp_path: Path
) -> None:
    folder = in_folder(tmp_path / "a", journal.reports)
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for one in folder.iterdir():
            archive.write(one, one.name)
    code, out = compare(folder, path, "--format", "json")
    told = json.loads(out)
    assert code == Exit.CLEAN
    assert told["differs"] is False
    assert told["reports"] == {"before": 2, "after": 2}
    assert told["same"] > 10
    code, out = compare(folder, path)
    assert (code, out.splitlines()[0]) == (0, "Ingen forskel.")


def test_other_ids_are_told_and_count_where_that_is_asked_for(
    compare: Call, journal: Delivering, tmp_path: Path
) -> None:
    before = in_folder(tmp_path / "a", journal.reports)
    one = journal.at_visit[next(iter(journal.at_visit))][0].partition("/")[2]
    text = json.dumps(journal.reports).replace(one, "5a0ee9a4-8a3c-4dcb-9b14-1f2a8a3a1f11")
    after = in_folder(tmp_path / "b", json.loads(text))
    code, out = compare(before, after, "--format", "json")
    assert code == 0
    assert [(one["before"], one["after"]) for one in json.loads(out)["renamed"]] == [
        (one, "5a0ee9a4-8a3c-4dcb-9b14-1f2a8a3a1f11")
    ]
    code, out = compare(before, after, "--ids")
    assert code == 1
    assert "Har et andet id: 1" in out


def test_differences_are_told_in_the_catalogues_words(compare: Call, journal: Delivering, tmp_path: Path) -> None:
    anew = copy.deepcopy(journal.reports)
    weight = next(one for one in resources(anew, "Observation") if "valueQuantity" in one)
    weight["valueQuantity"]["value"] = 5250
    weight["valueQuantity"]["unit"] = "gram"
    sleep = next(one for one in resources(anew, "Observation") if "valueCodeableConcept" in one)
    del sleep["valueCodeableConcept"]
    visit = resources(anew, "Encounter")[0]
    visit |= {"status": "in-progress", "class": visit["class"] | {"code": "XX"}, "period": {"start": "2024-05-05"}}
    visit["meta"] = {"profile": ["http://example.org/other"]}
    visit["extension"][0]["valueReference"] = {"reference": "CarePlan/unknown"}
    visit["language"] = "da"
    plan = resources(anew, "CarePlan")[0]
    plan["activity"][0]["detail"]["code"]["coding"][0]["code"] = "unknown"
    plan["period"] = "soon"
    for patient in resources(anew, "Patient"):
        patient["active"] = False
        patient["identifier"][0]["value"] = "0505209996"
    response = resources(anew, "QuestionnaireResponse")[0]
    response["item"][0]["answer"][0]["valueInteger"] += 1
    response["item"][1] = {"linkId": "unheard", "answer": [{"valueDecimal": 1}]}
    before, after = in_folder(tmp_path / "a", journal.reports), in_folder(tmp_path / "b", anew)
    code, out = compare(before, after, "--all")
    assert code == 1
    assert "0505209996" not in out
    assert "050520-••••" in out
    for words in (
        "5\u00a0250\u00a0gram",
        "Kontaktens status: Afsluttet → ",
        "Kontaktform: ",
        "Start: ",
        "Profil: ",
        "Udløst af indsats: CarePlan/",
        "language: — → da",
        "Indsats: ",
        "CPR-nummer: ",
        "Aktiv: ja → nej",
        "unheard: — → 1",
        "tages imod → afvises",
        "Fund, der er kommet",
        "Svaret er et andet",
    ):
        assert words in out, words
    code, out = compare(before, after, "--format", "json")
    told: dict[str, Any] = json.loads(out)
    assert code == 1
    assert "0505209996" not in out
    assert told["rejected"]["after"] > told["rejected"]["before"] == 0
    assert {"type", "id", "accepted"} == set(told["verdicts"][0])
    assert {"code", "rule", "type", "id", "element", "message"} == set(told["findings"]["came"][0])
    (observed,) = [one for one in told["changed"] if one["id"] == weight["id"]]
    assert observed["label"].startswith(observed["fields"][0]["label"])
    assert observed["fields"][0]["path"] == "valueQuantity"
    back = json.loads(compare(after, before, "--format", "json")[1])
    assert back["findings"]["went"]
    assert "afvises → tages imod" in compare(after, before)[1]


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_people_wrote_is_told_as_another_text_and_not_what(
    form: str, compare: Call, journal: Delivering, tmp_path: Path
) -> None:
    anew = copy.deepcopy(journal.reports)
    for patient in resources(anew, "Patient"):
        patient["name"] = [{"family": "Kanariana", "given": ["Fugl"], "use": "official"}]
        patient["address"] = [{"line": ["Hjemmevej 7"], "city": "Hjemby"}]
        patient["identifier"] = [*patient["identifier"], {"system": "urn:x", "value": "Kanariana Fugl"}]
    observation = resources(anew, "Observation")[0]
    observation["note"] = [{"text": "hemmeligt"}]
    observation["valueString"] = "hemmeligt også"
    observation["identifier"] = [{"value": "5a0ee9a4-8a3c-4dcb-9b14-1f2a8a3a1f11"}]
    code, out = compare(in_folder(tmp_path / "a", journal.reports), in_folder(tmp_path / "b", anew), "--format", form)
    assert code == 1
    for word in ("Kanariana", "Fugl", "Hjemmevej", "Hjemby", "hemmeligt"):
        assert word not in out
    assert "name.family" in out
    assert "5a0ee9a4-8a3c-4dcb-9b14-1f2a8a3a1f11" in out


def test_findings_within_a_delivery_are_told_at_their_own_report(
    compare: Call, journal: Delivering, tmp_path: Path
) -> None:
    def delivered(name: str, reports: list[Json], **more: object) -> Path:
        told = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in reports]}
        path = tmp_path / name
        path.write_text(json.dumps(told | more), encoding="utf-8")
        return path

    anew = copy.deepcopy(journal.reports)
    response = resources(anew, "QuestionnaireResponse")[0]
    del response["authored"]
    before, after = delivered("a.json", journal.reports), delivered("b.json", anew, unheard=1)
    came = json.loads(compare(before, after, "--format", "json")[1])["findings"]["came"]
    assert [one["type"] for one in came].count("QuestionnaireResponse") >= 1
    assert [one["element"] for one in came if one["type"] == "Encounter"] == [""]


def test_what_is_alike_in_words_is_told_as_it_stands(compare: Call, journal: Delivering, tmp_path: Path) -> None:
    anew = copy.deepcopy(journal.reports)
    visit = resources(anew, "Encounter")[0]
    visit["class"] = visit["class"] | {"system": "http://example.org/classes"}
    place = in_folder(tmp_path / "a", journal.reports), in_folder(tmp_path / "b", anew)
    assert "http://example.org/classes" in compare(*place)[1]


def test_what_is_told_more_often_and_of_an_unknown_type_is_told(compare: Call, tmp_path: Path) -> None:
    told = Delivering(1)
    visit, (*_, one) = told.routine("2-months", 60)
    told.deliver(told.day(62), told.another_value(one))
    visit["type"][0]["coding"][0]["code"] = "unheard"
    told.deliver(told.day(63), visit, fails=True)
    before, after = in_folder(tmp_path / "a", told.reports[1:]), in_folder(tmp_path / "b", told.reports[:2])
    out = compare(before, after)[1]
    assert "Så mange gange fortalt: 1 → 2" in out
    assert "~ Kontakten, " in out


def test_what_came_and_went_is_named_the_first_of_many(compare: Call, journal: Delivering, tmp_path: Path) -> None:
    other = Delivering(2)
    school = other.school()
    other.routine("establishment", 9, school=school)
    other.deliver(other.day(300), {**other.plan(other.day(300)), "activity": []})
    before, after = in_folder(tmp_path / "a", journal.reports * 2), in_folder(tmp_path / "b", other.reports)
    unknown = {"resourceType": "Basic", "id": "b1"}
    extra = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"resource": unknown},
            {"resource": {"resourceType": "Observation", "id": "o1"}},
            {"resource": {"resourceType": "Encounter", "id": "e1"}},
            {"resource": {"resourceType": "QuestionnaireResponse", "id": "q1"}},
        ],
    }
    Path(after, "extra.json").write_text(json.dumps(extra), encoding="utf-8")
    code, out = compare(before, after)
    assert code == 1
    assert "Forsvundet" in out
    assert "+ Skolen" in out
    assert "(--all viser dem)" in out
    code, whole = compare(before, after, "--all")
    assert "(--all viser dem)" not in whole
    assert "+ Basic · Basic/b1" in whole
    assert len(whole.splitlines()) > len(out.splitlines())
    rows = json.loads(compare(before, after, "--format", "json")[1])
    assert {"type", "id", "label", "file", "at"} == set(rows["added"][0])


def test_exports_are_compared_as_they_would_be_delivered(compare: Call) -> None:
    same = SAMPLES / "familie.xlsx"
    code, out = compare(same, same, "--format", "json")
    assert code == 0
    assert json.loads(out)["reports"]["before"] == json.loads(out)["reports"]["after"] > 5
    code, out = compare(same, SAMPLES / "familie-med-fejl.xlsx", "--format", "json")
    told = json.loads(out)
    assert code == 1
    assert "factor-slip" in [one["code"] for one in told["findings"]["came"]]
    slip = next(one for one in told["findings"]["came"] if one["code"] == "factor-slip")
    assert (slip["type"], slip["element"]) == ("Observation", "weight")
    assert slip["id"] in [one["id"] for one in told["changed"]]


def test_an_export_and_its_delivery_differ_in_nothing(
    compare: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = SAMPLES / "familie.xlsx"
    assert run(["export", str(export), "--to", str(tmp_path)]) == 0
    capsys.readouterr()
    code, out = compare(export, tmp_path, "--format", "json")
    assert code == 0
    assert json.loads(out)["findings"] == {"went": [], "came": []}


def test_what_is_not_read_is_named_and_nothing_read_is_a_fault(
    compare: Call, journal: Delivering, tmp_path: Path
) -> None:
    before, after = in_folder(tmp_path / "a", journal.reports), in_folder(tmp_path / "b", journal.reports)
    Path(after, "borger.json").write_text('{"resourceType": "Patient", "id": "x"}', encoding="utf-8")
    code, out = compare(before, after, "--format", "json")
    told = json.loads(out)
    assert code == 1
    assert told["differs"] is False
    assert [(one["side"], one["file"], one["key"]) for one in told["not_read"]] == [
        ("after", "borger.json", "file-without-report")
    ]
    code, out = compare(before, after)
    assert out.startswith("Ingen forskel i det, der er læst.")
    assert "borger.json" in out
    assert compare(before, after / "borger.json")[0] == 2
    assert compare(before, tmp_path / "none")[0] == 2
    assert run(["compare", str(before)]) == 2


def test_it_speaks_english_and_tells_its_own_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "--help", "--language", "en"]) == 0
    assert "something differs" in capsys.readouterr().out
    choose(Language.DANISH)
