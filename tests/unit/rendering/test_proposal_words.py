"""A proposal to machines as facts, and to people as lines."""

from __future__ import annotations

import json
from datetime import date

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.journal.dates import day_text
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.links import (
    NO_HEADERS,
    ColumnLink,
    Evidence,
    Part,
    Proposal,
    State,
    Subject,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)
from ldbu_desktop.rendering.proposal import (
    PARTS,
    code_words,
    evidence_words,
    link_facts,
    link_words,
    proposal_facts,
    proposal_lines,
    shape_words,
    variable_words,
)
from ldbu_desktop.standard.catalogue import shipped_standard

DANISH, ENGLISH = Language.DANISH, Language.ENGLISH
STANDARD = shipped_standard()
TEXTS = json.loads(resource("messages", "mapping.json").read_text(encoding="utf-8"))
WEIGHT = STANDARD.variable["weight"].label
FEEDING = STANDARD.variable["feeding"].label
CONCEPT = STANDARD.value_sets[0].concepts[0]

KEY = ColumnLink("f.csv", "Ark", 1, 0, "Nr", State.KNOWN, Target("visit.key", Part.KEY))
WEIGHTS = ColumnLink(
    "f.csv", "Ark", 1, 27, "Vægt", State.PROPOSED, Target("weight", Part.VALUE, Subject.CHILD, "v1", "g"),
    (Evidence("content-empty"),),
)  # fmt: skip
REASONS = ColumnLink("f.csv", "Ark", 1, 28, "Årsag 290506-9990", State.SURE, Target("weight", Part.MISSING_REASON))
OTHER = ColumnLink("f.csv", "Ark", 1, 29, "Andet", State.LEFT_OUT, None, (Evidence("content-empty"),))
BESIDE = ColumnLink("f.csv", "Ark", 1, 40, "Ved siden af", State.UNMAPPED)
WAITING = ValueLink("f.csv", "Ark", 1, 27, "weight", "tja", 3, State.UNMAPPED)
TAKEN = ValueLink("f.csv", "Ark", 1, 27, "weight", "290506-9990", 2, State.PROPOSED, CONCEPT.code)
SURE = ValueLink("f.csv", "Ark", 1, 28, "weight", "nej", 1, State.SURE, missing="unknown")
TABLE = TableLink("f.csv", "Ark", (1, 2), 12, TableShape.VISIT, (0,), (Evidence("content-empty"),), (), (0, 30))
CODES = TableLink("f.csv", "Koder", (3, 3), 4, TableShape.CODES)
PROPOSAL = Proposal((TABLE, CODES), (KEY, WEIGHTS, REASONS, OTHER, BESIDE), (WAITING, TAKEN, SURE))


def test_machines_are_told_everything_once() -> None:
    facts = proposal_facts(PROPOSAL)
    assert facts["tables"][0] == {
        "file": "f.csv",
        "sheet": "Ark",
        "header_rows": [1, 2],
        "rows": 12,
        "shape": "visit",
        "key": ["A"],
        "evidence": [{"code": "content-empty"}],
    }
    assert [one["column"] for one in facts["columns"]] == ["A", "AB", "AC", "AD", "AO"]
    assert [one["variable"] for one in facts["columns"]] == [None, "weight", "weight", None, None]
    assert [one["part"] for one in facts["columns"]] == ["key", "value", "missing-reason", None, None]
    assert [one["subject"] for one in facts["columns"]] == [None, "child", None, None, None]
    assert (facts["columns"][1]["visit"], facts["columns"][1]["unit"]) == ("v1", "g")
    assert [(one["value"], one["count"], one["state"]) for one in facts["values"]] == [
        ("tja", 3, "unmapped"),
        ("290506-9990", 2, "proposed"),
        ("nej", 1, "sure"),
    ]


def test_a_link_alone_is_told_as_it_is_among_all() -> None:
    facts = proposal_facts(PROPOSAL)
    assert link_facts(WEIGHTS) == facts["columns"][1]
    assert link_facts(TAKEN) == facts["values"][1]


def test_a_column_has_its_reasons_only_where_it_waits() -> None:
    lines = list(link_words(WEIGHTS, STANDARD, DANISH))
    assert lines[0] == f"  ? AB  Vægt → {WEIGHT.da}"
    assert lines[1].strip() == evidence_words(Evidence("content-empty"), STANDARD, DANISH)
    assert list(link_words(OTHER, STANDARD, DANISH)) == ["  – AD  Andet"]
    assert list(link_words(KEY, STANDARD, DANISH)) == ["  ✔ A   Nr"]


def test_a_part_of_a_record_is_named_and_no_person_is() -> None:
    (line,) = link_words(REASONS, STANDARD, ENGLISH)
    assert line.endswith(f"→ {WEIGHT.en}: {PARTS[Part.MISSING_REASON]()}")
    assert "290506-••••" in line
    (value,) = link_words(TAKEN, STANDARD, ENGLISH)
    assert value.endswith(f"(2) → {CONCEPT.label.en}")
    assert "290506-••••" in value
    assert list(link_words(WAITING, STANDARD, ENGLISH)) == ["      ○ tja (3)"]


def test_people_are_told_of_each_table_with_its_columns_and_of_values_that_wait() -> None:
    lines = list(proposal_lines(PROPOSAL, STANDARD, DANISH))
    assert [at for at, line in enumerate(lines) if not line] == [9, 11]
    assert "1–2" in lines[0]
    assert lines[1].strip() == evidence_words(Evidence("content-empty"), STANDARD, DANISH)
    columns = [line.split()[1] for line in lines[2:] if line.startswith("  ") and line[2] != " "]
    assert columns == ["A", "AB", "AC", "AD"]
    assert [line for line in lines if line.startswith("      ") and line[6] in "?○✔"] == [
        "      ○ tja (3)",
        *link_words(TAKEN, STANDARD, DANISH),
    ]
    assert "1–2" not in lines[10]
    assert [[int(text) for text in line.replace(";", " ").split() if text.isdecimal()] for line in lines[12:]] == [
        [2, 1, 1, 1],
        [1, 1, 1],
    ]


def test_a_table_without_headers_is_said_to_have_none() -> None:
    bare = replace(PROPOSAL.tables[0], evidence=(Evidence(NO_HEADERS),))
    (first, *_) = proposal_lines(replace(PROPOSAL, tables=(bare, *PROPOSAL.tables[1:])), STANDARD, DANISH)
    assert "1–2" not in first
    assert "12" in first


def test_every_shape_has_words_of_its_own() -> None:
    assert len({shape_words(shape) for shape in TableShape}) == len(TableShape)


@pytest.mark.parametrize("language", Language)
def test_reasons_name_variables_codes_and_others_by_their_words(language: Language) -> None:
    several = evidence_words(Evidence("header-ambiguous", {"variables": "weight, feeding"}), STANDARD, language)
    assert f"{WEIGHT[language]}, {FEEDING[language]}" in several
    codes = evidence_words(Evidence("value-question", {"codes": f"{CONCEPT.code}, ukendt-kode"}), STANDARD, language)
    assert f"{CONCEPT.label[language]}, ukendt-kode" in codes
    day = evidence_words(Evidence("remembered", {"system": "x", "by": "y", "on": "2025-12-03"}), STANDARD, language)
    assert day_text(date(2025, 12, 3), language) in day
    other = evidence_words(Evidence("header-of-something-else", {"what": "phone"}), STANDARD, language)
    assert TEXTS["other-phone"][language] in other


def test_what_the_standard_lacks_is_called_by_its_id() -> None:
    questionnaire = STANDARD.questionnaires[0]
    item = next(iter(questionnaire.by_link_id.values()))
    asked = f"{questionnaire.id}/{item.link_id}"
    assert variable_words(asked, STANDARD, ENGLISH) == f"{questionnaire.label.en}: {item.label.en}"
    assert variable_words(f"{questionnaire.id}/findes-ikke", STANDARD, ENGLISH) == f"{questionnaire.id}/findes-ikke"
    assert variable_words("findes-ikke/1", STANDARD, DANISH) == "findes-ikke/1"
    assert code_words("findes-ikke", STANDARD, DANISH) == "findes-ikke"


def test_what_is_as_long_as_a_cell_may_be_is_told_in_a_line() -> None:
    cell = "ord " * 8000
    (value,) = link_words(replace(WAITING, value=cell), STANDARD, ENGLISH)
    (column,) = link_words(replace(KEY, header=cell), STANDARD, DANISH)
    assert max(len(value), len(column)) < 250
    assert value.endswith("… (3)")
