"""Values are understood as clinics write them, and what the standard splits is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.mapping.links import Part, Subject
from ldbu_desktop.mapping.proposing.answer_book import AnswerBook
from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.proposing.answers import Match
from ldbu_desktop.mapping.proposing.headings import Headings, Words
from ldbu_desktop.mapping.proposing.lexicon import lexicon_of, synonyms, within
from ldbu_desktop.use_cases.standards import shipped_standard

STANDARD = shipped_standard()
BOOK = AnswerBook(STANDARD)


def term(variable: str, code: str | None) -> str | None:
    """The standard's term of a code."""
    return STANDARD.concepts(STANDARD.variable[variable])[code].term if code else None


@pytest.mark.parametrize(
    ("variable", "text", "match", "meant"),
    [
        ("sleep", "Søvn med normale variationer", Match.STANDARD, "Søvn med normale variationer"),
        ("sleep", "GOD  SØVN", Match.SYNONYM, "Søvn med normale variationer"),
        ("sleep", "god soevn", Match.SYNONYM, "Søvn med normale variationer"),
        ("sleep", "u.a.", Match.LEVEL, "Søvn med normale variationer"),
        ("sleep", "1: God søvn", Match.SYNONYM, "Søvn med normale variationer"),
        ("sleep", "N - God søvn", Match.SYNONYM, "Søvn med normale variationer"),
        ("sleep", "God søvn (kode 1)", Match.SYNONYM, "Søvn med normale variationer"),
        ("sleep", "God søvn / Good sleep", Match.SYNONYM, "Søvn med normale variationer"),
        ("visit.type", "2 måneder / 2 months", Match.SYNONYM, "Besøg hos det ca. 2 måneder gamle barn"),
        ("visit.type", "2 months / 2 måneder", Match.STANDARD, "Besøg hos det ca. 2 måneder gamle barn"),
        ("sleep", "God søvn / Poor sleep", Match.NOTHING, None),
        ("sleep", "gid søvn", Match.LIKE, "Søvn med normale variationer"),
        ("sleep", "ingen store problemer", Match.NOTHING, None),
        ("sleep", "lidt uroligt", Match.LIKE, "Let forstyrret søvn"),
        ("sleep", "meget urolig", Match.LIKE, "Udfordring med søvn"),
        ("sleep", "urolig", Match.QUESTION, None),
        ("sleep", "ikke målt", Match.MISSING, None),
        ("sleep", "2", Match.NOTHING, None),
        ("sleep", "skemad", Match.NOTHING, None),
        ("feeding", "delvis amning", Match.QUESTION, None),
        ("visit.type", "4-6 mdr.", Match.SYNONYM, "Besøg hos det 4-6 måneder gamle barn"),
        ("visit.type", "4-8 mdr.", Match.NOTHING, None),
        ("visit.type", "C-besøg", Match.QUESTION, None),
        ("visit.type", "udskolingsundersøgels", Match.LIKE, "Udskolingsundersøgelse"),
        ("visit.type", "udsk unders", Match.NOTHING, None),
        ("visit.type", "Besøg nr. 5 (8-11 mdr.)", Match.LIKE, "Besøg hos det 8-11 måneder gamle barn"),
        ("visit.type", "8 ugers besøg", Match.LIKE, "Besøg hos det ca. 2 måneder gamle barn"),
        ("visit.type", "5 mdrs. besøg", Match.LIKE, "Besøg hos det 4-6 måneder gamle barn"),
        ("visit.type", "7 mdrs. besøg", Match.NOTHING, None),
        ("visit.type", "Barselsbesøg dag 4-5", Match.LIKE, "Barselsbesøg"),
        ("visit.type", "Graviditetsbesøg uge 28", Match.LIKE, "Graviditetsbesøg"),
        ("visit.class", "Eget hjem", Match.LIKE, "Hjemmebesøg"),
        ("visit.class", "telefon, rådgivning", Match.LIKE, "Telefonisk"),
        ("visit.class", "ikke fremmødt", Match.NOTHING, None),
        ("feeding", "MME på flaske", Match.LIKE, "Modermælkserstatning og/eller overgangskost"),
        ("feeding", "fuld amning ophørt", Match.NOTHING, None),
        ("feeding", "ammes ikke længere", Match.NOTHING, None),
        ("nicotine", "har aldrig prøvet", Match.LIKE, "Ikke prøvet nikotin"),
        ("passive-smoking", "Ingen røg i hjemmet", Match.LIKE, "Ikke udsat for tobaksrøg"),
        ("passive-smoking", "Røg i hjemmet", Match.LIKE, "Udsat for tobaksrøg"),
        ("sleep", "LETF", Match.LIKE, "Let forstyrret søvn"),
        ("sleep", "søvn", Match.NOTHING, None),
        ("sleep", "ikke gennemgået", Match.LIKE, None),
        ("sleep", "2 - lidt uroligt", Match.LIKE, "Let forstyrret søvn"),
        ("visit.type", "FOUR_TO_SIX_MONTH_VISIT", Match.LIKE, "Besøg hos det 4-6 måneder gamle barn"),
        ("visit.type", "fire til seks måneder", Match.SYNONYM, "Besøg hos det 4-6 måneder gamle barn"),
        ("feeding", "Ammes ikke, spiser som de andre", Match.NOTHING, None),
        ("feeding", "Ammes ikke - spiser familiens mad", Match.LIKE, "Udelukkende familiens mad"),
        ("feeding", "Ammes ikke, fuld amning", Match.NOTHING, None),
        ("sight", "obs", Match.QUESTION, None),
        ("sight", "6/6", Match.QUESTION, None),
        ("feeding", "Fuld amning (ophørt)", Match.LIKE, "Fuldamning, inklusiv modermælk på flaske"),
        ("feeding", "MME (modermælkserstatning)", Match.SYNONYM, "Modermælkserstatning og/eller overgangskost"),
        ("visit.class", "Hjemmebesøg (aflyst)", Match.LIKE, "Hjemmebesøg"),
        ("visit.class", "Hjemmebesøg [H1]", Match.STANDARD, "Hjemmebesøg"),
        ("visit.type", "Barselsbesøg (ikke gennemført)", Match.LIKE, "Barselsbesøg"),
        ("visit.type", "Barselsbesøg (dag 4-5)", Match.STANDARD, "Barselsbesøg"),
        ("visit.type", "Barselsbesøg (ca. 1 uge)", Match.STANDARD, "Barselsbesøg"),
        ("feeding", "÷", Match.NOTHING, None),
        ("feeding", "÷ fuld amning", Match.NOTHING, None),
        ("feeding", "→", Match.NOTHING, None),
        ("visit.type", "Udskoling, 8.-9. kl.", Match.SYNONYM, "Udskolingsundersøgelse"),
        ("sight", "6/6 begge øjne", Match.SYNONYM, "Normalt syn"),
        ("sleep", "1, let forstyrret", Match.SYNONYM, "Let forstyrret søvn"),
        ("sleep", "forældrene ønskede ikke", Match.MISSING, None),
        ("sleep", "forældrene ved ikke", Match.NOTHING, None),
        ("visit.type", "etableringsbesoeg_arm_1", Match.STANDARD, "Etableringsbesøg"),
        ("visit.type", "2 month review", Match.LIKE, "Besøg hos det ca. 2 måneder gamle barn"),
        ("visit.class", "Face to face - home", Match.LIKE, "Hjemmebesøg"),
        ("visit.class", "Face to face", Match.QUESTION, None),
        ("intervention.code", "Tryghedsindsats", Match.QUESTION, None),
        ("hearing", "mistanke om nedsat hørelse, henvist", Match.LIKE, "Potentielt problem med hørelse"),
    ],
)
def test_a_value_is_understood(variable: str, text: str, match: Match, meant: str | None) -> None:
    answers = BOOK.of(variable)
    assert answers is not None
    found = answers.match(text)
    assert (found.match, term(variable, found.code)) == (match, meant)


def test_a_term_of_several_codes_asks_which_is_meant() -> None:
    answers = BOOK.of("intervention.code")
    assert answers is not None
    found = answers.match("Tryghedsindsats")
    assert {term("intervention.code", code) for code in found.candidates} == {"Tryghedsindsats"}
    assert len(found.candidates) == 2


def test_what_is_not_done_says_so_of_what_is_observed_only() -> None:
    sleep, form = BOOK.of("sleep"), BOOK.of("visit.class")
    assert sleep is not None
    assert form is not None
    assert (sleep.match("ej gennemgået").missing, form.match("ej gennemgået").missing) == ("unknown", None)


def test_questions_of_questionnaires_have_answers() -> None:
    yes, no = BOOK.of("puf/1sleepPattern"), BOOK.of("sdq4-10/1friendly")
    assert yes is not None
    assert no is not None
    assert (yes.match("J").code, yes.match("1").match) == ("true", Match.QUESTION)
    assert no.match("passer godt").code == "Passer godt"
    assert BOOK.of("epds/score") is None
    assert BOOK.of("weight") is None
    active = BOOK.of("citizen.active")
    assert active is not None
    assert active.match("nej").code == "false"


def test_every_word_is_of_something_that_the_standard_has() -> None:
    words = answer_words()
    by_variable = [*words.answers.items(), *((name, dict.fromkeys(codes)) for name, codes in words.levels.of.items())]
    by_variable += [(question.variable, dict.fromkeys(question.codes)) for question in words.questions]
    for variable, codes in by_variable:
        assert codes.keys() <= STANDARD.concepts(STANDARD.variable[variable]).keys()
    reasons = STANDARD.concepts(STANDARD.variable["observation.missing-reason"])
    assert words.missing.keys() <= reasons.keys()
    own = {"observation.variable", "observation.value"}
    assert (synonyms().variables.keys() | set().union(*synonyms().ambiguous.values())) - own <= STANDARD.variable.keys()
    assert {name.partition("/")[0] for name in synonyms().questions} <= STANDARD.questionnaire.keys()


@pytest.mark.parametrize(
    ("one", "other", "most", "is_within"),
    [("vaegt", "vaegt", 1, True), ("vaegt", "vagte", 1, False), ("vaget", "vaegt", 1, True), ("ab", "abcd", 1, False)],
)
def test_words_that_differ_by_little(one: str, other: str, most: int, is_within: bool) -> None:
    assert within(one, other, most) is is_within


@given(st.text("abcæ", max_size=8), st.lists(st.tuples(st.integers(0, 7), st.text("abcæ", max_size=1)), max_size=2))
def test_as_many_changes_as_may_be_are_within(word: str, changes: list[tuple[int, str]]) -> None:
    changed = word
    for at, letter in changes:
        changed = changed[:at] + letter + changed[at + 1 :]
    assert within(word, changed, len(changes))
    assert within(changed, word, len(changes))


@pytest.mark.parametrize(
    ("header", "variable", "words"),
    [
        ("VAEGT_G", "weight", Words.ONE),
        ("vægtGram", "weight", Words.ONE),
        ("Vægt xyz", "weight", Words.LIKE),
        ("Hovedomfamg", "head-circumference", Words.LIKE),
        ("hovedomkr", "head-circumference", Words.LIKE),
        ("Samspil", "parent-relationship", Words.LIKE),
        ("EPDS (0-30)", "epds/score", Words.LIKE),
        ("EPDS 10", "epds/10harm", Words.ONE),
        ("AIMS rygleje", "aims/surpine", Words.ONE),
        ("SDQ 3", "sdq4-10/3headache", Words.LIKE),
        ("TOPI", "topi/1vurdering", Words.ONE),
        ("EPDS dato", "visit.start", Words.LIKE),
        ("Indsats slutdato", "intervention.end", Words.ONE),
        ("Slut", "visit.end", Words.ONE),
        ("Type", "visit.type", Words.LIKE),
        ("Barselsbesøg", "visit.start", Words.LIKE),
        ("Barselsbesøg (dag 3-7) Vægt", "weight", Words.ONE),
        ("(2 mdr.)", "visit.start", Words.LIKE),
        ("Screeningsdato", "visit.start", Words.LIKE),
        ("Dato for screening", "visit.start", Words.LIKE),
        ("Samværsform", "visit.class", Words.LIKE),
        ("Observationstidspunkt", "visit.start", Words.ONE),
        ("Målingens klokkeslæt", "visit.start", Words.LIKE),
        ("OBS_DATO", "visit.start", Words.ONE),
        ("OBS_VAERDI", "observation.value", Words.ONE),
    ],
)
def test_a_header_is_understood(header: str, variable: str, words: Words) -> None:
    heading = Headings(lexicon_of(STANDARD)).read(header)
    assert (variable, words) in [(each.variable, each.words) for each in heading.candidates]


@pytest.mark.parametrize(
    "header", ["", "EPDS 11", "EPDS 1 2", "EPDS bla", "Mors vægt", "Fødselsdato", "Besøgs-ID", "Far dato"]
)
def test_what_is_none_of_the_standards_is_not_taken_for_it(header: str) -> None:
    assert Headings(lexicon_of(STANDARD)).read(header).candidates == ()


def test_a_note_is_compared_with_no_answer_word_by_word() -> None:
    answers = BOOK.of("sleep")
    assert answers is not None
    assert answers.match("lidt uroligt").match is Match.LIKE
    assert answers.match("lidt uroligt " * 2_500).match is Match.NOTHING


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Indskoling, 0. klasse", "Indskolingsundersøgelse"),
        ("Barselsbesøg 4.-5. dag", "Barselsbesøg"),
        ("dag 4-5", None),
        ("uge 3", None),
    ],
)
def test_what_stands_beside_the_name_of_a_visit_is_no_part_of_it(text: str, meant: str | None) -> None:
    answers = BOOK.of("visit.type")
    assert answers is not None
    assert term("visit.type", answers.match(text).code) == meant


@pytest.mark.parametrize(
    ("header", "variable", "part", "subject"),
    [
        ("Mors og fars CPR", "citizen.cpr", Part.CPR, Subject.PARENT),
        ("SOR eller CPR", "citizen.cpr", Part.CPR, None),
        ("Besøg dato slut", "visit.end", Part.END, None),
        ("Besøg start kl.", "visit.start", Part.START, None),
    ],
)
def test_headers_with_several_parts_are_told_by_the_one_that_decides(
    header: str, variable: str, part: Part, subject: Subject | None
) -> None:
    heading = Headings(lexicon_of(STANDARD)).read(header)
    assert [(each.variable, each.part) for each in heading.candidates] == [(variable, part)]
    assert heading.subject is subject


def test_a_text_as_long_as_a_note_is_no_answer() -> None:
    sleep = BOOK.of("sleep")
    assert sleep is not None
    assert sleep.plainly("God søvn") is Match.SYNONYM
    assert sleep.plainly("God søvn " * 50) is Match.NOTHING
