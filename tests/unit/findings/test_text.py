"""Facts are told as people write them, and places as they find them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.conformance.verdict.verdict import conformance_finding
from ldbu_desktop.findings.catalogue import finding_types, journal_types, type_out_of_tables, types_by_level
from ldbu_desktop.findings.model import FactValue, Finding, Level, Location
from ldbu_desktop.findings.text import expected_text, fact_text, found_text, place_text, rendered, variable_label
from ldbu_desktop.journal.model import NOWHERE, Origin
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.examples import example_day, example_journal
from ldbu_desktop.use_cases.validate import validate
from tests.unit.workspace.some_import import example, found


@pytest.mark.parametrize(
    ("fact", "danish", "english"),
    [
        (Decimal("5.25"), "5,25", "5.25"),
        (Decimal("1E+3"), "1000", "1000"),
        (date(2020, 7, 7), "7. juli 2020", "7 Jul 2020"),
        (datetime(2020, 7, 7, 12, 45, tzinfo=UTC), "7. juli 2020 kl. 14.45", "7 Jul 2020 at 14:45"),
        (Text(da="to", en="two"), "to", "two"),
        ((), "", ""),
        ((Text(da="g", en="g"),), "g", "g"),
        (
            (Text(da="ja", en="yes"), Text(da="nej", en="no"), Text(da="nok", en="maybe")),
            "ja, nej eller nok",
            "yes, no or maybe",
        ),
        (7, "7", "7"),
        ("as it is", "as it is", "as it is"),
        ("K1\u200b", "K1⟨U+200B⟩", "K1⟨U+200B⟩"),
        (Text(da="\x1b[2J", en="\x9b2J"), "⟨ESC⟩[2J", "⟨U+009B⟩2J"),
        ((Text(da="a\u202eb", en="a\nb"),), "a⟨U+202E⟩b", "a⟨LF⟩b"),
    ],
)
def test_facts(fact: FactValue, danish: str, english: str) -> None:
    assert (fact_text(fact, Language.DANISH), fact_text(fact, Language.ENGLISH)) == (danish, english)


@pytest.mark.parametrize(
    ("location", "place"),
    [
        (Location(Origin("e.xlsx", "Observationer", 122), 5), "Observationer!F122"),
        (Location(Origin("observationer.csv", "", 7), 0), "observationer.csv!A7"),
        (Location(Origin("e.xlsx", "Ark\x1b]0;x", 7), 0), "Ark⟨ESC⟩]0;x!A7"),
        (Location(Origin("e.xlsx", "Kontakter", 7)), "Kontakter, række 7"),
        (Location(Origin("r.json", path="Bundle.entry[3].resource", line=40)), "linje 40 · Bundle.entry[3].resource"),
        (Location(Origin("r.json", line=40)), "linje 40"),
        (Location(Origin("r.json", path="Bundle")), "Bundle"),
        (Location(Origin("e.xlsx", "Noter")), "Noter"),
        (Location(Origin("e.xlsx")), "e.xlsx"),
        (Location(Origin("0505209996.xlsx")), "050520-••••.xlsx"),
    ],
)
def test_places(location: Location, place: str) -> None:
    assert place_text(location, Language.DANISH) == place


def test_columns() -> None:
    assert [column_letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_no_cpr_gets_through_facts(standard: Standard) -> None:
    finding = Finding(
        "file-duplicate-key", Location(Origin("e.xlsx", "Kontakter", 3)), "0505209996", "", {"key": "050520-9996"}
    )
    for language in Language:
        told = rendered(finding, language, standard)
        assert "9996" not in f"{told.message}{told.found}"
        assert (told.code, told.severity) == (finding.code, journal_types()[finding.code].severity)


@pytest.mark.parametrize(("code", "part"), [("growth-unlikely", "«"), ("number-unreadable", "skemaet")])
def test_what_was_filled_in_the_form_has_its_place_there(code: str, part: str, standard: Standard) -> None:
    [finding] = validate(example_journal(code, standard), standard, example_day()).by_code[code]
    filled = replace(finding, location=finding.location._replace(origin=NOWHERE))
    told = rendered(filled, Language.DANISH, standard)
    assert told.place == ""
    assert part in told.message
    assert "()" not in told.message
    assert told.message != rendered(finding, Language.DANISH, standard).message


OF_TABLES = re.compile(
    r"kolonne|column|rækken|the row|regneark|spreadsheet|eksport|export|[a-z]_id\b|\b(?:Borgere|Kontakter|Indsatser)\b"
)


@pytest.mark.parametrize("level", [Level.CELL, Level.FAMILY, Level.VISIT, Level.VARIABLE])
def test_what_stands_in_no_table_is_told_without_columns_and_rows(level: Level) -> None:
    for one in types_by_level()[level]:
        told = type_out_of_tables(one.code)
        for text in (told.message, told.why, told.remedy, told.expected):
            assert not any(OF_TABLES.search(text[language]) for language in Language), (one.code, text)


def test_advice_fits_where_the_journal_is_from(standard: Standard) -> None:
    [finding, *_] = validate(example_journal("cpr-shared", standard), standard, example_day()).by_code["cpr-shared"]
    filled = replace(finding, location=finding.location._replace(origin=NOWHERE))
    assert "borger_id" in rendered(finding, Language.DANISH, standard).remedy
    assert rendered(filled, Language.DANISH, standard).remedy.startswith("Ret CPR-nummeret. Er den samme borger")


def test_the_standards_version_is_named(standard: Standard) -> None:
    finding = Finding("status-missing", Location(), facts={"name": Text(da="Status", en="Status")})
    assert f"{standard.header.package} {standard.header.version}" in rendered(finding, Language.ENGLISH, standard).why


def test_where_a_limit_is_from_is_told_in_the_readers_language(standard: Standard) -> None:
    (finding, *_) = found(example("value-implausible"), "value-implausible")
    assert " til +" in rendered(finding, Language.DANISH, standard).why
    assert " to +" in rendered(finding, Language.ENGLISH, standard).why


def test_a_question_is_called_by_its_questionnaire_and_what_is_not_known_by_its_id(standard: Standard) -> None:
    form = standard.questionnaires[0]
    question = next(iter(form.by_link_id))
    called = variable_label(standard, f"{form.id}/{question}")
    assert called == Text(
        *(f"{form.label[language]}: {form.by_link_id[question].label[language]}" for language in Language)
    )
    for unknown in (f"{form.id}/nowhere", "nowhere", "nowhere/1"):
        assert variable_label(standard, unknown) == Text(da=unknown, en=unknown)


def test_alternatives_stand_with_commas_and_a_url_by_its_last_part(standard: Standard) -> None:
    code = next(each.code for each in finding_types().values() if each.facts == "options")
    told = conformance_finding(code, "Bundle", (), code, found="x", expected="a | b | c")
    assert expected_text(told, Language.DANISH, standard) == "a, b, c"
    url = "http://example.org/fhir/StructureDefinition/weight|1.0"
    kind = next(each.code for each in finding_types().values() if each.facts == "technical")
    told = conformance_finding(kind, "Bundle", (), kind, found=url)
    assert found_text(told, Language.DANISH, standard) == "weight"


@pytest.mark.parametrize(("variable", "word"), [("sleep", "Ukendt"), ("weight", "modsiger")])
def test_what_stands_instead_of_a_value_is_told_as_the_standard_has_it(
    standard: Standard, variable: str, word: str
) -> None:
    facts = dict.fromkeys(("name", "visit_type"), Text(da="", en=""))
    for code in ("mandatory-missing-gateway", "value-missing"):
        told = rendered(Finding(code, Location(variable=variable), facts=facts), Language.DANISH, standard)
        assert word in told.remedy


def test_what_is_as_long_as_a_cell_may_be_is_told_in_a_line(standard: Standard) -> None:
    cell = "ord " * 8000
    for finding in validate(example_journal("school-number-unusual", standard), standard, example_day()).all:
        told = replace(finding, found=cell, facts={**finding.facts, "nearest": cell})
        words = rendered(told, Language.DANISH, standard)
        assert max(map(len, (words.message, words.remedy, words.found, words.why))) < 1000
