"""Three exports of a batch of eighteen: answers with a column each, and columns that look like the child's and are not.

The batch came after all that is known of the others: 97.9 % of the columns and 94.9 % of the coded values were right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.data.exports.later_systems import contacts, ended, grams, head, kinds, length, other
from tests.data.exports.population import Seen
from tests.data.exports.sheets import Answer, Cell, Column, Export, Key, Sheet, column
from tests.data.exports.systems import Teller


def _apart(
    t: Teller, variable: str, headers: Mapping[str | tuple[str, ...], str], yes: str = "x", no: str = ""
) -> list[Column]:
    """A column for each answer, by its header; ``headers`` have the standard's own terms."""
    codes = {term: code for code, term in t.terms(variable).items()}
    made = []
    for header, term in headers.items():
        code = codes[term]
        cells = t.cells(_mark(variable, code, yes, no))
        values = {text: Answer(said) for text, said in ((yes, code), (no, "false")) if text and text in cells}
        made.append(column(header, cells, Key(variable, "answer", "child", values=values)))
    return made


def _mark(variable: str, code: str, yes: str, no: str) -> Callable[[Seen], Cell]:
    return lambda seen: yes if seen.codes[variable] == code else no


def crossed_answers() -> Export:
    """Groups of answers below merged headers, with a cross below the one that was given."""
    t = Teller("crossed_answers")
    columns = [
        t.children(("Barn", "CPR-nr."), mark="-"),
        t.starts(("Kontakt", "Dato"), "%d.%m.%Y"),
        kinds(t, ("Kontakt", "Ydelse"), bars="Barsel", etab="Etablering", m2="2 mdr.", m4="4-6 mdr.", m8="8-11 mdr."),
        contacts(t, ("Kontakt", "Form"), "Hjemmebesøg", "Klinik", "Telefon", "Skærm"),
        t.numbers(("Mål", "Vægt (g)"), "weight", grams, "g"),
        t.numbers(("Mål", "Længde (cm)"), "height", length(), "cm"),
        t.numbers(("Mål", "Hovedomfang (cm)"), "head-circumference", head(), "cm"),
        *_apart(
            t,
            "feeding",
            {
                ("Ernæring", "Fuldamning"): "Fuldamning, inklusiv modermælk på flaske",
                ("Ernæring", "Primært ammet"): "Ammes primært",
                ("Ernæring", "Supplerende amning"): "Ammes som supplement til anden kost",
                ("Ernæring", "MME/overgangskost"): "Modermælkserstatning og/eller overgangskost",
                ("Ernæring", "Familiens mad"): "Udelukkende familiens mad",
            },
        ),
        *_apart(
            t,
            "sleep",
            {
                ("Søvn", "Normal"): "Søvn med normale variationer",
                ("Søvn", "Let forstyrret"): "Let forstyrret søvn",
                ("Søvn", "Udfordring"): "Udfordring med søvn",
            },
        ),
        t.remarks(("Øvrigt", "Bemærkninger")),
    ]
    return Export("crossed_answers", [Sheet("Registrering", columns, is_merged=True)])


def answers_as_ones() -> Export:
    """A file for statistics: a 1 or a 0 for each answer."""
    t = Teller("answers_as_ones")
    columns = [
        t.children("cpr"),
        t.starts("besoegsdato", "%Y-%m-%d"),
        kinds(t, "besoegstype", bars="barsel", etab="etablering", m2="2 mdr", m4="4-6 mdr", m8="8-11 mdr"),
        contacts(t, "kontaktform", "hjemme", "klinik", "telefon", "skærm"),
        t.numbers("vaegt_g", "weight", grams, "g"),
        t.numbers("laengde_cm", "height", length("."), "cm"),
        *_apart(
            t,
            "motor-function",
            {
                "motorik_alderssvarende": "Alderssvarende motorik",
                "motorik_faa_tegn": "Få tegn på udfordret motorik",
                "motorik_udfordring": "Udfordring med motorik",
            },
            "1",
            "0",
        ),
        *_apart(
            t,
            "passive-smoking",
            {"passiv_rygning_nej": "Ikke udsat for tobaksrøg", "passiv_rygning_ja": "Udsat for tobaksrøg"},
            "1",
            "0",
        ),
    ]
    return Export("answers_as_ones", [Sheet("answers_as_ones", columns)], "csv", ";", "utf-8")


def of_others() -> Export:
    """Numbers, weights and days that are of other people, or of other times."""
    t = Teller("of_others")
    columns = [
        t.children("CPR (barn)"),
        column("Værge 1 CPR", t.cells(lambda seen: seen.mother.cpr), Key("citizen.cpr", "cpr", "parent-1")),
        column("Værge 2 CPR", t.cells(lambda seen: seen.father.cpr), Key("citizen.cpr", "cpr", "parent-2")),
        other(t, "Mormors cpr", lambda seen: seen.mother.cpr),
        other(t, "Sundhedsplejerskens cpr", lambda seen: seen.father.cpr),
        t.starts("Kontaktstart", "%d-%m-%Y %H:%M"),
        ended(t, "Kl. til", "%H:%M"),
        other(t, "Aflysningsdato", lambda seen: f"{seen.start:%d-%m-%Y}" if seen.number % 9 == 0 else ""),
        kinds(t, "Kontakttype", bars="Barselsbesøg", etab="Etablering", m2="2 mdr.", m4="4-6 mdr.", m8="8-11 mdr."),
        contacts(t, "Kontaktmåde", "Fremmøde i hjem", "Klinik", "Telefon", "Skærm"),
        t.numbers("Vægt (g)", "weight", grams, "g"),
        other(t, "Forventet vægt (g)", grams),
        other(t, "Udskrivningsvægt", lambda seen: 3000 + seen.number % 700),
        other(t, "Mors vægt før graviditeten", lambda seen: 55 + seen.number % 40),
        t.numbers("Længde (cm)", "height", length(), "cm"),
        other(t, "Rygning under graviditeten", lambda seen: ("Ja", "Nej")[seen.number % 2]),
    ]
    return Export("of_others", [Sheet("Udtræk", columns)])


STRANGER = (crossed_answers, answers_as_ones, of_others)
"""All of them; each is made anew by every call."""
