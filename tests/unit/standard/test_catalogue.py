"""The catalogue that ships: complete in both languages, right by the facts it was made from, and read strictly."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.standard.catalogue import read_standard, shipped_standard
from ldbu_desktop.standard.model import OWN_PROFILES, Questionnaire, Variable
from ldbu_desktop.standard.profiles import definitions_of, facts_of, shipped_facts
from ldbu_desktop.use_cases.standards import standard_at

STANDARD = shipped_standard()
MEASURES = tuple(variable.id for variable in STANDARD.observed if variable.kind == "quantity")
GROWTH = tuple(variable.id for variable in STANDARD.observed if variable.reference is not None)

# The guide's table of mandatory observations, by visit type.
GUIDE = {
    "pregnancy": "parent-mental-status social-support-network parent-social-status",
    "maternity": "parent-relationship weight feeding",
    "establishment": (
        "social-support-network parent-social-status parent-relationship weight height head-circumference "
        "passive-smoking feeding"
    ),
    "second-within-first-month": "parent-relationship weight height head-circumference feeding",
    "2-months": (
        "parent-mental-status social-interaction parent-relationship weight height head-circumference feeding "
        "communication sleep motor-function"
    ),
    "4-6-months": (
        "social-interaction parent-relationship weight height head-circumference feeding communication sleep "
        "motor-function"
    ),
    "8-11-months": (
        "social-interaction parent-relationship weight height head-circumference feeding communication sleep "
        "motor-function"
    ),
    "school-entry": (
        "social-interaction weight height nutrition communication sleep motor-function physical-activity hearing sight"
    ),
    "school-middle-measured": "weight height",
    "school-leaving": (
        "social-interaction weight height nutrition nicotine communication sleep physical-activity hearing sight"
    ),
}

# Texts that are the same in both languages: names of scales, units, and the one word that is.
SAME_IN_BOTH = {"ADBB", "AIMS", "EPDS", "PUF", "TOPI", "SDQ 4-10", "SDQ 11-17", "Start"}

LISTED_ONLY = {"IndicatorCodesChildren", "ObservationUnitsWeight"}
"""Value sets that no variable takes its value from, named only: the indicators' own codes, and units."""


def texts() -> list[tuple[str, Text]]:
    """Every text for people in the catalogue, with where it stands."""
    found: list[tuple[str, Text]] = []
    for visit_type in STANDARD.visit_types:
        found += [(visit_type.id, visit_type.label), (visit_type.id, visit_type.explanation)]
    for variable in STANDARD.variables:
        found += [(variable.id, variable.label), (variable.id, variable.explanation)]
    for value_set in STANDARD.value_sets:
        found.append((value_set.id, value_set.label))
        found += [(f"{value_set.id} {concept.code}", concept.label) for concept in value_set.concepts]
    for contradiction in STANDARD.contradictions:
        found.append((f"contradiction {contradiction.number}", contradiction.text))
    for one in STANDARD.questionnaires:
        found += [(one.id, one.label), (one.id, one.explanation), (one.id, one.rights)]
        found += [(f"{one.id} {item.link_id}", item.label) for item in one.items]
        found += [(f"{one.id} {mark.item}", mark.text) for mark in one.marks]
    return found


def test_the_catalogue_is_complete() -> None:
    assert len(STANDARD.visit_types) == 14
    assert {variable.profile for variable in STANDARD.observed} <= set(STANDARD.header.profiles)
    assert len({variable.profile for variable in STANDARD.observed}) == len(STANDARD.observed)
    report = definitions_of(STANDARD).profile(STANDARD.header.profiles["delivery-report"])
    assert report is not None
    demands = {one.key for element in report.elements for one in element.constraints if one.demand is not None}
    assert {rule.invariant for rule in STANDARD.gateway_rules} == demands
    assert [one.number for one in STANDARD.contradictions] == list(range(1, 13))
    assert {one.id for one in STANDARD.questionnaires} == {
        "adbb",
        "aims",
        "epds",
        "puf",
        "sdq4-10",
        "sdq11-17",
        "topi",
    }


def test_every_text_is_there_in_both_languages() -> None:
    for place, text in texts():
        for language in Language:
            assert text[language].strip() == text[language] != "", place


def test_every_text_is_told_in_its_own_language() -> None:
    same = {text.da for _, text in texts() if text.da == text.en}
    assert same == SAME_IN_BOTH


def test_explanations_are_sentences_and_labels_are_not() -> None:
    for holder in (*STANDARD.visit_types, *STANDARD.variables, *STANDARD.questionnaires):
        for language in Language:
            assert holder.explanation[language].endswith("."), holder.id
            assert not holder.label[language].endswith("."), holder.id


def test_labels_name_one_thing_only() -> None:
    for group in (STANDARD.visit_types, STANDARD.observed, STANDARD.questionnaires, STANDARD.value_sets):
        for language in Language:
            labels = [one.label[language].casefold() for one in group]
            assert len(set(labels)) == len(labels)
    for questionnaire in STANDARD.questionnaires:
        for language in Language:
            labels = [item.label[language].casefold() for item in questionnaire.items]
            assert len(set(labels)) == len(labels), questionnaire.id


def test_every_value_set_is_used_or_listed() -> None:
    used = {variable.value_set for variable in STANDARD.variables} | {one.coding_set for one in STANDARD.variables}
    assert {one.id for one in STANDARD.value_sets} - used == LISTED_ONLY
    assert {one.id for one in STANDARD.value_sets if not (one.concepts or one.external)} == LISTED_ONLY


def test_the_visit_types_are_the_codes_of_their_variable() -> None:
    concepts = STANDARD.concepts(STANDARD.variable["visit.type"])
    assert {code: concept.label for code, concept in concepts.items()} == {
        one.code: one.label for one in STANDARD.visit_types
    }


def test_the_guides_table_is_the_guides() -> None:
    assert {visit: set(variables) for visit, variables in STANDARD.guide_variables.items()} == {
        visit: set(variables.split()) for visit, variables in GUIDE.items()
    }


def test_rules_ask_for_what_is_observed_when_people_meet() -> None:
    classes = STANDARD.concepts(STANDARD.variable["visit.class"])
    observed = {variable.id for variable in STANDARD.observed}
    for rule in STANDARD.gateway_rules:
        assert rule.classes == ("HH", "AMB")
        assert set(rule.classes) <= set(classes)
        assert set(rule.variables) <= observed
    assert {name for one in STANDARD.guide_rules for name in one.variables} <= observed


def test_contradictions_name_rules_of_the_report_where_they_are_about_one() -> None:
    known = {rule.invariant for rule in STANDARD.gateway_rules} | {"gateway-children-report-1", "obs-1", "per-1"}
    for contradiction in STANDARD.contradictions:
        assert set(contradiction.invariants) <= known


def test_the_motor_function_rule_tests_the_code_of_sleep() -> None:
    rule = next(one for one in STANDARD.gateway_rules if one.variables == ("motor-function",))
    assert rule.codes == tuple(coding.code for coding in STANDARD.variable["sleep"].codings)


@pytest.mark.parametrize("id_", ["parent-mental-status", "parent-social-status", "social-support-network"])
def test_parents_indicators_are_about_a_parent_and_stand_without_visit(id_: str) -> None:
    variable = STANDARD.variable[id_]
    assert (variable.subject, variable.linked_to_visit) == ("parent", False)


def test_the_other_observations_belong_to_a_visit() -> None:
    parents = {variable.id for variable in STANDARD.observed if variable.subject == "parent"}
    assert parents == {"parent-mental-status", "parent-social-status", "social-support-network"}
    assert all(variable.linked_to_visit for variable in STANDARD.observed if variable.id not in parents)


def test_measurements_reasons_are_contradicted_and_findings_have_none() -> None:
    reasons = {variable.id: variable.missing_reason for variable in STANDARD.observed}
    assert {id_ for id_, one in reasons.items() if one == "contradicted"} == set(MEASURES)
    assert {id_ for id_, one in reasons.items() if one == "refused"} == {"exam-result"}


# Entry errors, and children who are rare but real: variable, age in days, value, whether it is plausible.
MEASURED = [
    ("weight", 0, "420", True),
    ("weight", 0, "5100", True),
    ("weight", 0, "35000", False),
    ("weight", 0, "3.5", False),
    ("weight", 60, "5250", True),
    ("weight", 60, "52500", False),
    ("weight", 60, "525", False),
    ("weight", 300, "9200", True),
    ("weight", 300, "920", False),
    ("weight", 2190, "21000", True),
    ("weight", 2190, "2100", False),
    ("weight", 5475, "140000", True),
    ("weight", 5475, "5500", False),
    ("height", 0, "28", True),
    ("height", 60, "57.5", True),
    ("height", 60, "575", False),
    ("height", 60, "5.75", False),
    ("height", 2190, "118", True),
    ("height", 2190, "1.18", False),
    ("height", 5475, "195", True),
    ("height", 5475, "19.5", False),
    ("head-circumference", 0, "21", True),
    ("head-circumference", 60, "39.2", True),
    ("head-circumference", 60, "392", False),
    ("head-circumference", 330, "3.9", False),
]


def plausible(variable: Variable, age: int, value: Decimal) -> bool:
    return any(one.from_days <= age < one.to_days and one.low <= value <= one.high for one in variable.ranges)


@pytest.mark.parametrize(("id_", "age", "value", "expected"), MEASURED)
def test_ranges_catch_entry_errors_and_let_rare_children_through(
    id_: str, age: int, value: str, expected: bool
) -> None:
    assert plausible(STANDARD.variable[id_], age, Decimal(value)) is expected


@pytest.mark.parametrize("id_", GROWTH)
def test_ranges_reach_from_birth_to_twenty_without_a_gap_and_never_narrow_downwards(id_: str) -> None:
    ranges = STANDARD.variable[id_].ranges
    assert (ranges[0].from_days, ranges[-1].to_days) == (0, 7305)
    for before, after in pairwise(ranges):
        assert before.to_days == after.from_days
        assert before.low <= after.low
        assert before.high <= after.high
    assert all(one.source for one in ranges)


def test_units_turn_into_the_first_one() -> None:
    factors = {unit.code: unit.factor for unit in STANDARD.variable["weight"].units}
    assert factors == {"g": Decimal(1), "kg": Decimal(1000)}


def questionnaire(id_: str) -> Questionnaire:
    return STANDARD.questionnaire[id_]


@pytest.mark.parametrize(("id_", "total"), [("adbb", 32), ("aims", 58), ("epds", 30)])
def test_a_score_may_be_as_large_as_the_sum_of_its_items(id_: str, total: int) -> None:
    one = questionnaire(id_)
    assert one.score is not None
    assert one.by_link_id[one.score].max == total
    assert sum(one.by_link_id[name].max or 0 for name in one.summed) == total
    assert set(one.summed) == set(one.by_link_id) - {one.score}


@pytest.mark.parametrize("id_", ["puf", "sdq4-10", "sdq11-17", "topi"])
def test_no_sum_is_claimed_where_the_standard_states_none(id_: str) -> None:
    assert (questionnaire(id_).score, questionnaire(id_).summed) == (None, ())


def test_marks_are_those_of_danish_practice() -> None:
    marks = {(one.id, mark.item, mark.at_least) for one in STANDARD.questionnaires for mark in one.marks}
    assert marks == {("epds", "score", 11), ("epds", "10harm", 1), ("adbb", "score", 5)}
    assert all(mark.source for one in STANDARD.questionnaires for mark in one.marks)


def test_answers_fit_the_thirty_characters_that_a_response_lets_them_have() -> None:
    answers = [option for one in STANDARD.questionnaires for item in one.items for option in item.options]
    assert answers
    assert all(1 <= len(answer) <= 30 for answer in answers)


def test_a_term_that_two_codes_share_is_told_apart() -> None:
    interventions = STANDARD.value_set["KLHealthNurseInterventions"]
    shared_term = [one for one in interventions.concepts if one.term == "Tryghedsindsats"]
    assert len({one.label.da for one in shared_term}) == len(shared_term) == 2
    assert all(one.display == one.term for one in shared_term)


def test_a_code_is_sent_with_the_name_its_own_system_has() -> None:
    home = STANDARD.concepts(STANDARD.variable["visit.class"])["HH"]
    assert (home.label.da, home.display) == ("Hjemmebesøg", "home health")


def test_a_variable_without_value_set_has_no_concepts() -> None:
    assert STANDARD.concepts(STANDARD.variable["weight"]) == {}
    assert STANDARD.offered(STANDARD.variable["weight"]) == {}


def test_what_is_offered_as_a_reason_is_what_people_can_mean() -> None:
    reason, feeding = STANDARD.variable["observation.missing-reason"], STANDARD.variable["feeding"]
    offered = STANDARD.offered(reason)
    assert next(iter(offered)) == "unknown"
    never = {"not-a-number", "negative-infinity", "positive-infinity", "as-text"}
    assert offered.keys() == STANDARD.concepts(reason).keys() - never
    assert STANDARD.offered(feeding) == STANDARD.concepts(feeding)


# Faults: a change to one file, and what is told about it.

Change = Callable[[str], str]


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "standard"
    folder.mkdir()
    for path in resource("standard").glob("*.json"):
        shutil.copy(path, folder)
    (folder / "profiles").mkdir()
    shutil.copy(resource("standard", "profiles", f"{OWN_PROFILES}.json"), folder / "profiles")
    return folder


def fault_after(catalogue: Path, file: str, change: Change) -> tuple[str, Any, Any, str]:
    """The fault's key, file and line, and the text of that line as it then stands."""
    path = catalogue / file
    changed = change(path.read_text(encoding="utf-8"))
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(CatalogueFault) as caught:
        read_standard(catalogue)
    assert all(fault_text(caught.value, language) for language in Language)
    line = caught.value.facts["line"]
    assert isinstance(line, int)
    return caught.value.key, caught.value.facts["file"], line, changed.split("\n")[line - 1].strip()


def once(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def edited(edit: Callable[[Any], Any]) -> Change:
    def change(text: str) -> str:
        facts = json.loads(text)
        edit(facts)
        return json.dumps(facts, ensure_ascii=False, indent=1)

    return change


UNREADABLE = {
    "an unknown key": ("variables.json", once('"decimals": 1', '"decimaler": 1'), '"decimaler": 1,'),
    "a wrong type": ("variables.json", once('"decimals": 1', '"decimals": "1"'), '"decimals": "1",'),
    "a wrong choice": ("visit_types.json", once('"subject": "parent"', '"subject": "aunt"'), '"subject": "aunt",'),
    "a colon missing": ("visit_types.json", once('"subject": "parent"', '"subject" "parent"'), '"subject" "parent",'),
    "a wrong type in a table": ("header.json", once('"snomed": "http://snomed.info/sct"', '"snomed": 1'), None),
    "a file cut short": ("guide_rules.json", lambda text: text[: len(text) // 2], None),
    "a file that is no list": ("guide_rules.json", lambda text: "{}", "{}"),
    "a file of one number": ("guide_rules.json", lambda text: "\n7", "7"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_does_not_fit_the_model_is_told_by_file_and_line(catalogue: Path, name: str) -> None:
    file, change, expected = UNREADABLE[name]
    key, told_file, _, told_line = fault_after(catalogue, file, change)
    assert (key, told_file) == ("catalogue-misfit", file)
    if expected is not None:
        assert told_line == expected


def test_a_missing_key_is_told_at_the_record_that_lacks_it(catalogue: Path) -> None:
    text = (catalogue / "visit_types.json").read_text(encoding="utf-8")
    start = text.count("\n", 0, text.index('"id": "maternity"'))
    key, _, line, _ = fault_after(catalogue, "visit_types.json", edited(lambda facts: facts[1].pop("code")))
    assert (key, line) == ("catalogue-misfit", start)


def test_a_value_in_a_table_is_told_at_the_table(catalogue: Path) -> None:
    change = once('"snomed": "http://snomed.info/sct"', '"snomed": 1')
    assert fault_after(catalogue, "header.json", change)[3] == '"systems": {'


def test_a_file_cut_short_is_told_at_its_last_line(catalogue: Path) -> None:
    path = catalogue / "guide_rules.json"
    half = path.read_text(encoding="utf-8").split("\n")[:50]
    assert fault_after(catalogue, path.name, lambda _: "\n".join(half))[2] == 50


def test_bytes_that_are_not_utf_8_are_told_at_their_line(catalogue: Path) -> None:
    path = catalogue / "visit_types.json"
    lines = path.read_bytes().split(b"\n")
    lines[6] = lines[6].replace(b"Pregnancy", b"\xf8")
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(CatalogueFault) as caught:
        read_standard(catalogue)
    assert (caught.value.key, caught.value.facts["line"]) == ("catalogue-misfit", 7)


def test_a_missing_file_is_told_by_name(catalogue: Path) -> None:
    (catalogue / "contradictions.json").unlink()
    with pytest.raises(CatalogueFault) as caught:
        read_standard(catalogue)
    assert (caught.value.key, caught.value.facts["file"]) == ("catalogue-unreadable", "contradictions.json")


def test_no_other_standards_profiles_are_taken_for_its_own(catalogue: Path) -> None:
    standard = standard_at(catalogue)
    assert facts_of(standard, "r4-report") == shipped_facts("r4-report")
    (catalogue / "profiles" / "kl-children.json").unlink()
    for read in (lambda: facts_of(standard, OWN_PROFILES), lambda: standard_at(catalogue)):
        with pytest.raises(CatalogueFault) as caught:
            read()
        assert (caught.value.key, caught.value.facts["file"]) == (
            "catalogue-without-profiles",
            "profiles/kl-children.json",
        )


def by_id(facts: Any, id_: str) -> Any:
    """The record of a list that has an id."""
    return next(one for one in facts if one["id"] == id_)


def place_of(name: str | bool, *keys: str | int) -> Callable[[Any], None]:
    """Set the value at the end of ``keys`` to ``name``; a record of a list is meant by its id or its place."""

    def edit(facts: Any) -> None:
        for key in keys[:-1]:
            facts = by_id(facts, key) if isinstance(facts, list) and isinstance(key, str) else facts[key]
        facts[keys[-1]] = name

    return edit


def twin(facts: Any) -> None:
    facts.append(facts[0])


def twin_code(facts: Any) -> None:
    facts[1]["code"] = facts[0]["code"]


def twin_url(facts: Any) -> None:
    facts[1]["url"] = facts[0]["url"]


def twin_concept(field: str) -> Callable[[Any], None]:
    def edit(facts: Any) -> None:
        concepts = facts[0]["concepts"]
        concepts[1][field] = concepts[0][field]

    return edit


def overlapping(facts: Any) -> None:
    by_id(facts, "weight")["ranges"][1]["from_days"] = 7


def upside_down(facts: Any) -> None:
    by_id(facts, "weight")["ranges"][0].update(low="9", high="8")


def backwards(facts: Any) -> None:
    by_id(facts, "weight")["ranges"][0].update(to_days=0)
    by_id(facts, "weight")["ranges"][1].update(from_days=0)


def loss(number: int, **changes: Any) -> Callable[[Any], None]:
    """Change one of the losses of weight."""
    return lambda facts: by_id(facts, "weight")["losses"][number].update(changes)


def losses_backwards(facts: Any) -> None:
    loss(0, to_days=0)(facts)
    loss(1, from_days=0)(facts)


def other_system(facts: Any) -> None:
    next(one for one in facts if one["id"] == "citizen.cpr")["system"] = "x"


def repeated_variable(facts: Any) -> None:
    facts[0]["variables"].append(facts[0]["variables"][0])


REASONS = "data-absent-reason"
D, R, W = "catalogue-dangling", "catalogue-duplicate", "catalogue-order"

INCONSISTENT: dict[str, tuple[str, Callable[[Any], None], str, str]] = {
    "a profile twice": (
        "header.json",
        lambda facts: facts["profiles"].update({"incremental-delivery": facts["profiles"]["delivery-report"]}),
        R,
        '"incremental-delivery": ',
    ),
    "a fixed code of no profile": (
        "header.json",
        place_of("x", "fixed", "school-type", "profile"),
        D,
        '"profile": "x"',
    ),
    "a visit type twice": ("visit_types.json", twin, R, '"id": "pregnancy"'),
    "a visit type's code twice": ("visit_types.json", twin_code, R, '"code": "d3c00541'),
    "ages backwards": ("visit_types.json", lambda facts: facts[1].update(to_days=0), W, '"to_days": 0'),
    "a value set twice": ("value_sets.json", twin, R, '"id": "BodyheightSCT'),
    "a value set's URL twice": ("value_sets.json", twin_url, R, '"url": '),
    "a code twice": ("value_sets.json", twin_concept("code"), R, '"code": "1153637007"'),
    "a term twice": ("value_sets.json", twin_concept("term"), R, '"term": "Længde eller højde"'),
    "an English term twice": ("value_sets.json", twin_concept("english"), R, '"english": "Length or height"'),
    "an offered code that is none": ("value_sets.json", place_of("x", REASONS, "offered", 1), D, '"x"'),
    "an offered code twice": ("value_sets.json", place_of("unknown", REASONS, "offered", 1), R, '"unknown"'),
    "a variable twice": ("variables.json", twin, R, '"id": "weight"'),
    "a variable of no value set": ("variables.json", place_of("x", "feeding", "value_set"), D, '"value_set": "x"'),
    "a coding of no value set": ("variables.json", place_of("x", "height", "coding_set"), D, '"coding_set": "x"'),
    "a variable of no profile": ("variables.json", place_of("x", "feeding", "profile"), D, '"profile": "x"'),
    "ranges that overlap": ("variables.json", overlapping, W, '"from_days": 7'),
    "a range upside down": ("variables.json", upside_down, W, '"high": "8"'),
    "a range backwards": ("variables.json", backwards, W, '"to_days": 0'),
    "an identifier of no system": ("variables.json", other_system, D, '"system": "x"'),
    "losses with a gap": ("variables.json", loss(1, from_days=20), W, '"from_days": 20'),
    "losses backwards": ("variables.json", losses_backwards, W, '"to_days": 0'),
    "losses that end": ("variables.json", loss(2, to_days=900), W, '"to_days": 900'),
    "a loss of two kinds": ("variables.json", loss(0, amount="1"), W, "{"),
    "a loss of no kind": ("variables.json", loss(0, share=None), W, "{"),
    "a reference in no unit": (
        "variables.json",
        lambda facts: by_id(facts, "weight")["units"].pop(),
        D,
        '"reference": "weight',
    ),
    "a reference twice": (
        "variables.json",
        place_of("height-for-age", "head-circumference", "reference"),
        R,
        '"reference": "height',
    ),
    "a chart of no unit": ("variables.json", place_of(True, "feeding", "is_charted"), D, '"is_charted": true'),
    "a rule twice": ("gateway_rules.json", twin, R, '"invariant": '),
    "a rule of no visit type": ("gateway_rules.json", place_of("x", 2, "visits", 1), D, '"x"'),
    "a rule of no code": ("gateway_rules.json", place_of("x", 2, "codes", 0), D, '"x"'),
    "a rule of no variable": ("gateway_rules.json", place_of("x", 2, "variables", 0), D, '"x"'),
    "a table's line twice": ("guide_rules.json", twin, R, '"visit_type": "pregnancy"'),
    "a table's line of no visit type": ("guide_rules.json", place_of("x", 1, "visit_type"), D, '"visit_type": "x"'),
    "a table's line of no variable": ("guide_rules.json", place_of("x", 1, "variables", 2), D, '"x"'),
    "a variable twice in a table's line": ("guide_rules.json", repeated_variable, R, '"parent-mental-status"'),
    "a contradiction twice": ("contradictions.json", twin, R, '"number": 1'),
    "a contradiction of no variable": ("contradictions.json", place_of("x", 0, "variables", 0), D, '"x"'),
    "a questionnaire twice": ("questionnaires.json", twin, R, '"id": "adbb"'),
    "a questionnaire's URL twice": ("questionnaires.json", twin_url, R, '"url": '),
    "a question twice": (
        "questionnaires.json",
        lambda facts: facts[0]["items"].append(facts[0]["items"][0]),
        R,
        '"link_id": "1facialExpression"',
    ),
    "a score of no question": ("questionnaires.json", place_of("x", 0, "score"), D, '"score": "x"'),
    "a sum of no question": ("questionnaires.json", place_of("x", 0, "summed", 3), D, '"x"'),
    "a mark of no question": ("questionnaires.json", place_of("x", 0, "marks", 0, "item"), D, '"item": "x"'),
    "a choice without options": (
        "questionnaires.json",
        lambda facts: facts[6]["items"][0].update(options=[]),
        W,
        "{",
    ),
}


@pytest.mark.parametrize("name", INCONSISTENT)
def test_what_stands_twice_or_points_nowhere_is_told_by_file_and_line(catalogue: Path, name: str) -> None:
    file, edit, key, start = INCONSISTENT[name]
    told_key, told_file, _, told_line = fault_after(catalogue, file, edited(edit))
    assert (told_key, told_file) == (key, file)
    assert told_line.startswith(start)


def test_the_second_of_two_is_the_one_told(catalogue: Path) -> None:
    line = fault_after(catalogue, "visit_types.json", edited(twin))[2]
    text = (catalogue / "visit_types.json").read_text(encoding="utf-8")
    assert line == text.count("\n", 0, text.rindex('"id": "pregnancy"')) + 1
