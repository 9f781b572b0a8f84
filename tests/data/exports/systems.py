"""Sixteen exports as different systems and people would write the same kind of journal, each with its key.

The words were written down before the program's own were looked at, system by system: none is from our templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests.data.exports.population import SCHOOL_VISITS, Population, Seen
from tests.data.exports.sheets import Answer, Cell, Column, Export, Key, Sheet, column, decimal

Words = Mapping[str, Sequence[str]]
"""The words that a system has for each code."""

HOME, CLINIC = "HH", "AMB"
PHONE, SCREEN = "1b55a4b0-1156-4f58-b2df-b5c6014d9048", "124be95d-6924-4609-9d2a-e7c73ae3ab3d"


class Teller:
    """Puts a population into one system's words."""

    def __init__(self, seed: str, **options: object) -> None:
        self.people = Population(seed, **options)  # type: ignore[arg-type]
        self.visits: list[Seen] = self.people.visits
        self.random = Random(f"{seed} words")  # noqa: S311 - words are drawn, and no secrets
        self._codes = {
            variable.id: {concept.term: code for code, concept in self.people.standard.concepts(variable).items()}
            for variable in self.people.standard.variables
            if variable.value_set
        }

    def key(self, variable: str, part: str = "value", subject: str | None = None, **more: object) -> Key:
        """A key that must be found."""
        return Key(variable, part, subject, **more)  # type: ignore[arg-type]

    def cells(self, told: Callable[[Seen], Cell], visits: Sequence[Seen] | None = None) -> list[Cell]:
        """One cell a visit."""
        return [told(seen) for seen in (visits if visits is not None else self.visits)]

    def coded(
        self,
        headers: str | tuple[str, ...],
        variable: str,
        words: Words,
        *,
        subject: str | None = None,
        asked: Sequence[str] = (),
        missing: Sequence[str] = ("",),
        code_of: Callable[[Seen], str | None] | None = None,
        visits: Sequence[Seen] | None = None,
        visit: str | None = None,
        must: str = "map",
    ) -> Column:
        """A column of answers; ``words`` are by the standard's terms (or codes), ``asked`` are words that it splits."""
        terms = self._codes[variable]
        by_code = {terms.get(term, term): list(said) for term, said in words.items()}
        values: dict[str, Answer] = {}
        cells: list[Cell] = []
        for seen in visits if visits is not None else self.visits:
            code = code_of(seen) if code_of is not None else seen.codes[variable]
            if code is None or code not in by_code:
                text = self.random.choice(list(missing))
                if text:
                    values[text] = Answer(is_missing=True)
            elif asked and self.random.random() < 0.12:
                text = self.random.choice(list(asked))
                values[text] = Answer(must="ask")
            else:
                text = self.random.choice(by_code[code])
                values[text] = Answer(code)
            cells.append(text)
        return column(headers, cells, Key(variable, "value", subject, visit, None, must, values))

    def types(self, headers: str | tuple[str, ...], words: Words, **more: object) -> Column:
        """The column of visit types."""
        return self.coded(headers, "visit.type", words, code_of=lambda seen: seen.kind.code, **more)  # type: ignore[arg-type]

    def forms(self, headers: str | tuple[str, ...], words: Words, **more: object) -> Column:
        """The column of forms of contact."""
        return self.coded(headers, "visit.class", words, code_of=lambda seen: seen.form, **more)  # type: ignore[arg-type]

    def children(
        self, headers: str | tuple[str, ...], *, mark: str = "", visits: Sequence[Seen] | None = None
    ) -> Column:
        """The column of the children's CPR numbers."""
        return column(
            headers, self.cells(lambda seen: _cpr(seen.child.cpr, mark), visits), Key("citizen.cpr", "cpr", "child")
        )

    def mothers(self, headers: str | tuple[str, ...], *, mark: str = "") -> Column:
        """The column of the mothers' CPR numbers."""
        return column(
            headers, self.cells(lambda seen: _cpr(seen.mother.cpr, mark)), Key("citizen.cpr", "cpr", "parent-1")
        )

    def mothers_of(self, header: str, visits: Sequence[Seen]) -> Column:
        """The mothers of some visits' children."""
        return column(header, [seen.mother.cpr for seen in visits], Key("citizen.cpr", "cpr", "parent-1"))

    def of_block(self, header: str, seen: Sequence[Seen | None], told: Callable[[Seen], Cell], key: Key) -> Column:
        """A column of a block of visits, empty where there was none."""
        return column(header, [told(each) if each is not None else "" for each in seen], key)

    def terms(self, variable: str) -> dict[str, str]:
        """The terms of a variable's codes."""
        return {code: term for term, code in self._codes[variable].items()}

    def fathers(self, headers: str | tuple[str, ...], *, mark: str = "") -> Column:
        """The column of the fathers' CPR numbers, which are not always told."""
        cells = self.cells(lambda seen: _cpr(seen.father.cpr, mark) if self.random.random() < 0.8 else "")
        return column(headers, cells, Key("citizen.cpr", "cpr", "parent-2"))

    def names(self, header: str | tuple[str, ...]) -> Column:
        """The children's names."""
        return column(header, self.cells(lambda seen: seen.child.name))

    def starts(
        self,
        headers: str | tuple[str, ...],
        form: str = "",
        *,
        visits: Sequence[Seen] | None = None,
        visit: str | None = None,
    ) -> Column:
        """When visits began: as the sheet's own day or time, or in a written form."""
        return column(
            headers,
            self.cells(lambda seen: f"{seen.start:{form}}" if form else seen.start, visits),
            Key("visit.start", "start", None, visit),
        )

    def numbers(
        self,
        headers: str | tuple[str, ...],
        variable: str,
        told: Callable[[Seen], Cell],
        unit: str | None,
        *,
        missing: Sequence[str] = ("",),
        visits: Sequence[Seen] | None = None,
        visit: str | None = None,
    ) -> Column:
        """A column of sizes."""
        values: dict[str, Answer] = {}
        cells: list[Cell] = []
        for seen in visits if visits is not None else self.visits:
            text: Cell = told(seen)
            if self.random.random() < 0.08:
                mark = self.random.choice(list(missing))
                text = mark
                if mark:
                    values[mark] = Answer(is_missing=True)
            cells.append(text)
        return column(headers, cells, Key(variable, "value", "child", visit, unit, "map", values))

    def typists(self, header: str) -> Column:
        """Initials of whoever typed it."""
        return column(header, self.cells(lambda _: self.random.choice(("KLM", "TFA", "BNO", "JRS"))))

    def remarks(self, header: str | tuple[str, ...]) -> Column:
        """Notes, which are there now and then."""
        notes = ("", "", "", "Drøftet bleskift", "Ringer efter weekenden", "Mormor var med", "Se sidste notat")
        return column(header, self.cells(lambda _: self.random.choice(notes)))


def _cpr(number: str, mark: str) -> str:
    return f"{number[:6]}{mark}{number[6:]}"


def code_list(name: str, headers: tuple[str, str, str], lists: Mapping[str, Mapping[str, str]]) -> Sheet:
    """A sheet of codes: the field, the code, and what it means."""
    rows = [(header, code, text) for header, codes in lists.items() for code, text in codes.items()]
    return Sheet(name, [column(header, [row[at] for row in rows]) for at, header in enumerate(headers)], shape="codes")


# --- the systems ------------------------------------------------------------------------------------------------------


def sql_extract() -> Export:
    """Fields as a database calls them, numbers for answers, and a sheet that explains them."""
    tell = Teller("sql")
    kinds = {
        "Barselsbesøg": ["B1"],
        "Etableringsbesøg": ["E1"],
        "Besøg hos det ca. 2 måneder gamle barn": ["M2"],
        "Besøg hos det 4-6 måneder gamle barn": ["M4"],
        "Besøg hos det 8-11 måneder gamle barn": ["M8"],
    }
    feeding = {
        "Fuldamning, inklusiv modermælk på flaske": ["1"],
        "Ammes primært": ["2"],
        "Ammes som supplement til anden kost": ["3"],
        "Modermælkserstatning og/eller overgangskost": ["4"],
        "Udelukkende familiens mad": ["5"],
    }
    motor = {"Alderssvarende motorik": ["0"], "Få tegn på udfordret motorik": ["1"], "Udfordring med motorik": ["2"]}
    sheet = Sheet(
        "DATA",
        [
            column("KONTAKT_ID", tell.cells(lambda seen: seen.number)),
            tell.children("BORGER_CPRNR"),
            tell.mothers("MODER_CPRNR"),
            tell.types("KONTAKTTYPE_KD", kinds),
            tell.forms("KONTAKTFORM_KD", {HOME: ["10"], CLINIC: ["20"], PHONE: ["30"], SCREEN: ["40"]}),
            tell.starts("KONTAKT_START_DTO", "%Y-%m-%d %H:%M"),
            column("KONTAKT_SLUT_DTO", tell.cells(lambda seen: f"{seen.end:%Y-%m-%d %H:%M}"), Key("visit.end", "end")),
            tell.numbers("VAEGT_GRAM", "weight", lambda seen: seen.weight, "g"),
            tell.numbers("LAENGDE_CM", "height", lambda seen: seen.height, "cm"),
            tell.numbers("HOVEDOMFANG_CM", "head-circumference", lambda seen: seen.head, "cm"),
            tell.coded("AMMESTATUS_KD", "feeding", feeding, subject="child", missing=("9",)),
            tell.coded("MOTORIK_KD", "motor-function", motor, subject="child", missing=("9",)),
            tell.typists("OPRETTET_AF_BRUGER"),
            column("SIDST_AENDRET_DTO", tell.cells(lambda seen: f"{seen.end:%Y-%m-%d} 23:10")),
        ],
    )
    lists = {
        "KONTAKTTYPE_KD": {
            "B1": "Barselsbesøg",
            "E1": "Etableringsbesøg",
            "M2": "2 måneders besøg",
            "M4": "4-6 måneders besøg",
            "M8": "8-11 måneders besøg",
        },
        "KONTAKTFORM_KD": {"10": "I hjemmet", "20": "I klinikken", "30": "Telefonisk", "40": "Videoopkald"},
        "AMMESTATUS_KD": {
            "1": "Fuld amning",
            "2": "Primært ammet",
            "3": "Ammes som supplement",
            "4": "Modermælkserstatning",
            "5": "Kun familiens mad",
            "9": "Ikke oplyst",
        },
        "MOTORIK_KD": {
            "0": "Alderssvarende",
            "1": "Få tegn på udfordringer",
            "2": "Udfordringer",
            "9": "Ikke vurderet",
        },
    }
    return Export("sql_udtraek", [sheet, code_list("KODETABEL", ("KOLONNE", "VAERDI", "BETYDNING"), lists)])


def report() -> Export:
    """A report: a title, two rows of headers with groups, totals below."""
    tell = Teller("report")
    kinds = {
        "Barselsbesøg": ["Barsel"],
        "Etableringsbesøg": ["Etableringsbesøg"],
        "Besøg hos det ca. 2 måneder gamle barn": ["2 mdr. besøg"],
        "Besøg hos det 4-6 måneder gamle barn": ["4-6 mdr. besøg"],
        "Besøg hos det 8-11 måneder gamle barn": ["8-11 mdr. besøg"],
    }
    columns = [
        tell.children(("Borger", "Personnummer"), mark="-"),
        tell.names(("Borger", "Navn")),
        column(("Borger", "Fødselsdag"), tell.cells(lambda seen: seen.child.born)),
        tell.starts(("Kontakt", "Tidspunkt")),
        tell.types(("Kontakt", "Type"), kinds),
        tell.forms(
            ("Kontakt", "Sted"),
            {HOME: ["Hjemmet"], CLINIC: ["Klinik"], PHONE: ["Telefon"], SCREEN: ["Skærm"]},
            asked=(),
        ),
        tell.numbers(("Vækst", "Vægt i gram"), "weight", lambda seen: seen.weight, "g", missing=("-", "")),
        tell.numbers(("Vækst", "Højde/længde i cm"), "height", lambda seen: seen.height, "cm", missing=("-",)),
        tell.numbers(("Vækst", "Hovedomfang i cm"), "head-circumference", lambda seen: seen.head, "cm", missing=("-",)),
        tell.coded(
            ("Trivsel", "Søvn"),
            "sleep",
            {
                "Søvn med normale variationer": ["Normal", "Sover godt"],
                "Let forstyrret søvn": ["Let forstyrret"],
                "Udfordring med søvn": ["Søvnproblemer"],
            },
            subject="child",
            missing=("Ikke vurderet",),
        ),
        tell.coded(
            ("Trivsel", "Kommunikation"),
            "communication",
            {
                "Kommunikerer alderssvarende": ["Alderssvarende"],
                "Få tegn på udfordret kommunikation": ["Få tegn"],
                "Udfordring med kommunikation": ["Udfordret"],
            },
            subject="child",
            missing=("Ikke vurderet",),
            asked=("Obs",),
        ),
        tell.remarks(("", "Bemærkning")),
    ]
    above: list[list[Cell]] = [["Kontaktoversigt, Sundhedsplejen"], ["Udtrukket den 4. januar 2023"], []]
    below: list[list[Cell]] = [[], ["I alt", len(tell.visits)], ["Kilde: fagsystemet"]]
    return Export("kontaktrapport", [Sheet("Rapport", columns, above, below, is_merged=True)])


def two_languages() -> Export:
    """Headers in Danish and English, side by side."""
    tell = Teller("two languages")
    kinds = {
        "Barselsbesøg": ["Barselsbesøg / Postnatal visit"],
        "Etableringsbesøg": ["Etableringsbesøg / Establishment visit"],
        "Besøg hos det ca. 2 måneder gamle barn": ["2 måneder / 2 months"],
        "Besøg hos det 4-6 måneder gamle barn": ["4-6 måneder / 4-6 months"],
        "Besøg hos det 8-11 måneder gamle barn": ["8-11 måneder / 8-11 months"],
    }
    columns = [
        tell.children("Barnets CPR-nummer / Child CPR number"),
        column(
            "Kommune SOR / Municipality SOR", tell.cells(lambda _: "451000016003"), Key("citizen.organisation", "value")
        ),
        tell.starts("Besøgsdato / Visit date"),
        tell.types("Besøgstype / Visit type", kinds),
        tell.forms(
            "Kontaktform / Form of contact",
            {
                HOME: ["Hjemmebesøg / Home visit"],
                CLINIC: ["Klinik / Clinic"],
                PHONE: ["Telefon / Phone"],
                SCREEN: ["Skærm / Video"],
            },
        ),
        tell.numbers("Vægt / Weight (kg)", "weight", lambda seen: round(seen.weight / 1000, 2), "kg"),
        tell.numbers("Længde / Length (cm)", "height", lambda seen: seen.height, "cm"),
        tell.numbers("Hovedomfang / Head circumference (cm)", "head-circumference", lambda seen: seen.head, "cm"),
        tell.coded(
            "Ernæring / Feeding",
            "feeding",
            {
                "Fuldamning, inklusiv modermælk på flaske": ["Fuldamning / Exclusively breastfed"],
                "Ammes primært": ["Primært ammet / Mainly breastfed"],
                "Ammes som supplement til anden kost": ["Amning som supplement / Breastfed as supplement"],
                "Modermælkserstatning og/eller overgangskost": ["Modermælkserstatning / Formula"],
                "Udelukkende familiens mad": ["Familiens mad / Family food"],
            },
            subject="child",
            missing=("Ukendt / Unknown",),
        ),
        tell.coded(
            "Netværk / Network",
            "social-support-network",
            {
                "Godt netværk": ["Godt netværk / Good network"],
                "Sparsomt netværk": ["Sparsomt netværk / Sparse network"],
            },
        ),
        tell.remarks("Kommentar / Comment"),
    ]
    return Export("tosproget", [Sheet("Visits", columns)])


def own_sheet() -> Export:
    """A health visitor's own sheet: short words, an empty column, local names of visits."""
    tell = Teller("own sheet", children=12)
    columns = [
        tell.starts("dato", "%d/%m-%y"),
        tell.children("cpr.", mark="-"),
        tell.names("barn navn"),
        column(
            "besøg",
            tell.cells(
                lambda seen: {"maternity": "1. besøg", "establishment": "2. besøg"}.get(seen.kind.id, "B-besøg")
            ),
            Key(
                "visit.type", "value", values={text: Answer(must="ask") for text in ("1. besøg", "2. besøg", "B-besøg")}
            ),
        ),
        tell.numbers(
            "vægt kg", "weight", lambda seen: decimal(seen.weight / 1000, places=2), "kg", missing=("?", "ikke målt")
        ),
        tell.numbers("lgd. cm", "height", lambda seen: decimal(seen.height), "cm", missing=("?",)),
        tell.numbers("HO cm", "head-circumference", lambda seen: decimal(seen.head), "cm", missing=("?",)),
        tell.coded(
            "amn",
            "feeding",
            {
                "Fuldamning, inklusiv modermælk på flaske": ["fuldt ammet", "fuld amn."],
                "Ammes primært": ["mest amning"],
                "Ammes som supplement til anden kost": ["amning + mad"],
                "Modermælkserstatning og/eller overgangskost": ["MME", "flaske m. MME"],
                "Udelukkende familiens mad": ["fam. mad"],
            },
            subject="child",
            asked=("delvis", "amning og flaske"),
            missing=("?",),
        ),
        tell.coded(
            "søvn",
            "sleep",
            {
                "Søvn med normale variationer": ["sover godt", "u.a."],
                "Let forstyrret søvn": ["lidt forstyrret"],
                "Udfordring med søvn": ["sover dårligt"],
            },
            subject="child",
            asked=("ok", "vågner meget"),
            missing=("-",),
        ),
        tell.coded(
            "ryger?",
            "passive-smoking",
            {"Ikke udsat for tobaksrøg": ["nej"], "Udsat for tobaksrøg": ["ja"]},
            must="ask",
        ),
        column("næste gang", tell.cells(lambda seen: f"{seen.end:%d/%m}-{seen.end.year % 100 + 1}")),
        tell.remarks("husk"),
    ]
    for answer in columns[-3].key.values.values():
        answer.must = "ask"
        answer.code = None
    above: list[list[Cell]] = [[None, "Besøg forår"], [None, "rettet 2/5"]]
    return Export("mit_ark", [Sheet("Ark1", columns, above, [[], [None, "I alt", len(tell.visits)]], left=1)])


def child_rows() -> Export:
    """A row a child, the visit at the end of each header."""
    tell = Teller("child rows", children=30)
    families = tell.people.families
    firsts = [family[0] for family in families]
    columns = [tell.children("barn_cpr_nr", visits=firsts), tell.mothers_of("mor_cpr_nr", firsts)]
    for name, suffix in (
        ("establishment", "etabl"),
        ("2-months", "2mdr"),
        ("4-6-months", "4_6mdr"),
        ("8-11-months", "8_11mdr"),
    ):
        kind = next(each for each in tell.people.standard.visit_types if each.id == name)
        seen = [next((each for each in family if each.kind is kind), None) for family in families]
        columns += [
            tell.of_block(
                f"besoegsdato_{suffix}",
                seen,
                lambda each: f"{each.start:%d-%m-%Y}",
                Key("visit.start", "start", None, kind.code),
            ),
            tell.of_block(
                f"vaegt_g_{suffix}", seen, lambda each: each.weight, Key("weight", "value", "child", kind.code, "g")
            ),
            tell.of_block(
                f"laengde_cm_{suffix}",
                seen,
                lambda each: decimal(each.height),
                Key("height", "value", "child", kind.code, "cm"),
            ),
            tell.of_block(
                f"hovedomf_cm_{suffix}",
                seen,
                lambda each: decimal(each.head),
                Key("head-circumference", "value", "child", kind.code, "cm"),
            ),
        ]
    columns.append(column("bemaerkning", ["" for _ in families]))
    return Export("boern_i_raekker", [Sheet("boern_i_raekker", columns, shape="child")], ending="csv")


def observation_rows() -> Export:
    """A row an observation, with names of its own and LOINC codes."""
    tell = Teller("observation rows", children=14)
    names = {
        "weight": "Kropsvægt",
        "height": "Længde",
        "head-circumference": "Hovedomfang",
        "feeding": "Ammestatus",
        "sleep": "Søvn",
    }
    said = {
        "feeding": {
            "Fuldamning, inklusiv modermælk på flaske": "Fuldammes",
            "Ammes primært": "Ammes primært",
            "Ammes som supplement til anden kost": "Ammes som supplement",
            "Modermælkserstatning og/eller overgangskost": "MME",
            "Udelukkende familiens mad": "Familiens mad",
        },
        "sleep": {
            "Søvn med normale variationer": "Normal søvn",
            "Let forstyrret søvn": "Let forstyrret søvn",
            "Udfordring med søvn": "Problemer med søvn",
        },
    }
    rows: list[tuple[Seen, str, str, str]] = []
    answers: dict[str, Answer] = {}
    for seen in tell.visits:
        rows += [
            (seen, names["weight"], str(seen.weight), "g"),
            (seen, names["height"], decimal(seen.height), "cm"),
            (seen, names["head-circumference"], decimal(seen.head), "cm"),
        ]
        for variable, words in said.items():
            terms = tell.terms(variable)
            code = seen.codes[variable]
            if code is not None:
                text = words[terms[code]]
                answers[text] = Answer(code)
                rows.append((seen, names[variable], text, ""))
    columns = [
        column("Kontakt-id", [row[0].number for row in rows]),
        column("CPR-nummer", [row[0].child.cpr for row in rows], Key("citizen.cpr", "cpr", "child")),
        column("Målt den", [f"{row[0].start:%d.%m.%Y}" for row in rows], Key("visit.start", "start")),
        column(
            "Parameter",
            [row[1] for row in rows],
            Key("observation.variable", "name", values={name: Answer(variable) for variable, name in names.items()}),
        ),
        column("Resultat", [row[2] for row in rows], Key("observation.value", "value", values=answers)),
        column("Enhed", [row[3] for row in rows], Key("observation.unit", "unit")),
        column("Registreret af", ["KLM" for _ in rows]),
    ]
    return Export(
        "observationer_lang", [Sheet("observationer_lang", columns, shape="observation")], ending="csv", delimiter="\t"
    )


def english() -> Export:
    """An English export with names in camel case."""
    tell = Teller("english")
    kinds = {
        "Barselsbesøg": ["Postnatal"],
        "Etableringsbesøg": ["Establishment"],
        "Besøg hos det ca. 2 måneder gamle barn": ["2 months"],
        "Besøg hos det 4-6 måneder gamle barn": ["4-6 months"],
        "Besøg hos det 8-11 måneder gamle barn": ["8-11 months"],
    }
    columns = [
        column("visitId", tell.cells(lambda seen: seen.number)),
        tell.children("childCprNumber"),
        tell.mothers("motherCprNumber"),
        tell.starts("visitStart", "%Y-%m-%dT%H:%M:%S"),
        column("visitEnd", tell.cells(lambda seen: f"{seen.end:%Y-%m-%dT%H:%M:%S}"), Key("visit.end", "end")),
        tell.types("visitType", kinds),
        tell.forms("visitMode", {HOME: ["home"], CLINIC: ["clinic"], PHONE: ["phone"], SCREEN: ["video"]}),
        tell.numbers("bodyWeightGrams", "weight", lambda seen: seen.weight, "g"),
        tell.numbers("bodyLengthCm", "height", lambda seen: seen.height, "cm"),
        tell.numbers("headCircumferenceCm", "head-circumference", lambda seen: seen.head, "cm"),
        tell.coded(
            "feeding",
            "feeding",
            {
                "Fuldamning, inklusiv modermælk på flaske": ["exclusively breastfed"],
                "Ammes primært": ["mostly breastfed"],
                "Ammes som supplement til anden kost": ["breastfed as a supplement"],
                "Modermælkserstatning og/eller overgangskost": ["formula"],
                "Udelukkende familiens mad": ["family food"],
            },
            subject="child",
            asked=("mixed",),
            missing=("unknown",),
        ),
        tell.coded(
            "sleep",
            "sleep",
            {
                "Søvn med normale variationer": ["normal sleep"],
                "Let forstyrret søvn": ["slightly disturbed"],
                "Udfordring med søvn": ["sleep problems"],
            },
            subject="child",
            missing=("not assessed",),
        ),
        tell.coded(
            "smokeExposure",
            "passive-smoking",
            {"Ikke udsat for tobaksrøg": ["not exposed"], "Udsat for tobaksrøg": ["exposed"]},
        ),
        column("createdAt", tell.cells(lambda seen: f"{seen.end:%Y-%m-%d}T18:40:00")),
        tell.typists("createdBy"),
    ]
    return Export("english_export", [Sheet("english_export", columns)], ending="csv", delimiter=",", encoding="utf-8")


def sheet_each() -> Export:
    """A sheet for each thing that is measured."""
    tell = Teller("sheet each")
    sheets = []
    for name, variable, told, unit in (
        ("Vægt", "weight", lambda seen: seen.weight, "g"),
        ("Længde", "height", lambda seen: seen.height, "cm"),
        ("Hovedomfang", "head-circumference", lambda seen: seen.head, "cm"),
    ):
        columns = [
            tell.children("CPR"),
            column("Dato", tell.cells(lambda seen: seen.start.date()), Key("visit.start", "start")),
            tell.numbers(f"Værdi ({unit})", variable, told, unit),
            tell.typists("Init."),
        ]
        sheets.append(Sheet(name, columns, shape="variable"))
    sleep = tell.coded(
        "Resultat",
        "sleep",
        {
            "Søvn med normale variationer": ["God søvn"],
            "Let forstyrret søvn": ["Let forstyrret søvn"],
            "Udfordring med søvn": ["Udfordret søvn"],
        },
        subject="child",
    )
    sheets.append(
        Sheet(
            "Søvn",
            [
                tell.children("CPR"),
                column("Dato", tell.cells(lambda seen: seen.start.date()), Key("visit.start", "start")),
                sleep,
            ],
            shape="variable",
        )
    )
    return Export("fane_pr_maaling", sheets)


def joined_sheets() -> Export:
    """Children, visits and measurements on sheets of their own, joined by keys."""
    tell = Teller("joined")
    firsts = [family[0] for family in tell.people.families]
    numbers = {family[0].child.cpr: 7000 + at for at, family in enumerate(tell.people.families)}
    people = Sheet(
        "Stamdata",
        [
            column("Barn ID", [numbers[seen.child.cpr] for seen in firsts]),
            tell.children("Barnets personnummer", visits=firsts),
            tell.mothers_of("Moderens personnummer", firsts),
            column("Fornavn", [seen.child.name.split()[0] for seen in firsts]),
            column("Køn", [str(seen.child.sex.value) for seen in firsts]),
        ],
    )
    kinds = {
        "Barselsbesøg": ["Barselsbesøg"],
        "Etableringsbesøg": ["Etablering"],
        "Besøg hos det ca. 2 måneder gamle barn": ["2 måneder"],
        "Besøg hos det 4-6 måneder gamle barn": ["4-6 måneder"],
        "Besøg hos det 8-11 måneder gamle barn": ["8-11 måneder"],
    }
    visits = Sheet(
        "Besøgsliste",
        [
            column("Besøg ID", tell.cells(lambda seen: seen.number)),
            column("Barn ID", tell.cells(lambda seen: numbers[seen.child.cpr])),
            tell.starts("Startet"),
            column("Afsluttet kl.", tell.cells(lambda seen: seen.end), Key("visit.end", "end")),
            tell.types("Ydelsestype", kinds),
            tell.forms("Fremmødeform", {HOME: ["Hjemmebesøg"], CLINIC: ["Klinik"], PHONE: ["Tlf."], SCREEN: ["Video"]}),
        ],
    )
    measured = Sheet(
        "Målinger",
        [
            column("Besøg ID", tell.cells(lambda seen: seen.number)),
            tell.numbers("Vægt, g", "weight", lambda seen: seen.weight, "g"),
            tell.numbers("Længde, cm", "height", lambda seen: seen.height, "cm"),
            tell.numbers("Hovedmål, cm", "head-circumference", lambda seen: seen.head, "cm"),
            tell.coded(
                "Amning",
                "feeding",
                {
                    "Fuldamning, inklusiv modermælk på flaske": ["Fuldamning"],
                    "Ammes primært": ["Ammes primært"],
                    "Ammes som supplement til anden kost": ["Ammes som supplement"],
                    "Modermælkserstatning og/eller overgangskost": ["Erstatning/overgangskost"],
                    "Udelukkende familiens mad": ["Familiens mad"],
                },
                subject="child",
            ),
        ],
    )
    return Export("relationelt", [people, visits, measured])


def school() -> Export:
    """School health: screening of sight and hearing, classes, institution numbers."""
    tell = Teller("school", visits=SCHOOL_VISITS)
    kinds = {
        "Indskolingsundersøgelse": ["Indskoling"],
        "Undersøgelse i mellemtrin, med måling": ["Mellemtrin m. måling"],
        "Udskolingsundersøgelse": ["Udskoling"],
    }
    columns = [
        tell.children("Elevens CPR", mark="-"),
        column("Elev", tell.cells(lambda seen: seen.child.name)),
        column("Klasse", tell.cells(lambda seen: f"{max(0, seen.age // 365 - 6)}.B")),
        column(
            "Skolens institutionsnr.",
            tell.cells(lambda _: tell.random.choice(("280112", "461023"))),
            Key("school.identifier", "value"),
        ),
        tell.starts("Undersøgelsesdato", "%d-%m-%Y"),
        tell.types("Undersøgelse", kinds),
        tell.numbers("Højde (cm)", "height", lambda seen: decimal(seen.height), "cm", missing=("ikke målt",)),
        tell.numbers(
            "Vægt (kg)", "weight", lambda seen: decimal(seen.weight / 1000), "kg", missing=("ikke målt", "ønsker ikke")
        ),
        tell.coded(
            "Synsprøve",
            "sight",
            {
                "Normalt syn": ["Normal", "i.a. - normalt syn"],
                "Potentielt problem med syn": ["Potentielt problem"],
                "Allerede kendt synsproblematik": ["Kendt synsproblem", "Bruger briller"],
            },
            subject="child",
            asked=("nedsat",),
            missing=("ikke testet",),
        ),
        tell.coded(
            "Høreprøve",
            "hearing",
            {
                "Normal hørelse": ["Normal"],
                "Potentielt problem med hørelse": ["Potentielt problem"],
                "Allerede kendt høreproblematik": ["Kendt høreproblem"],
            },
            subject="child",
            asked=("nedsat",),
            missing=("ikke testet",),
        ),
        tell.coded(
            "Fysisk aktivitet",
            "physical-activity",
            {
                "Fysisk aktiv": ["Aktiv"],
                "Moderat fysisk aktiv": ["Moderat aktiv"],
                "Meget stillesiddende aktivitet": ["Meget stillesiddende"],
                "Overdreven motion": ["Overdreven motion"],
            },
            subject="child",
        ),
        tell.coded(
            "Kost",
            "nutrition",
            {
                "Almindeligt kostindtag": ["Almindelig kost"],
                "Enkelte udfordringer med kost": ["Enkelte udfordringer"],
                "Problem med kost": ["Problem"],
            },
            subject="child",
        ),
        tell.coded(
            "Nikotin",
            "nicotine",
            {
                "Ikke prøvet nikotin": ["Aldrig prøvet"],
                "Har prøvet nikotin": ["Har prøvet"],
                "Bruger nikotin": ["Bruger dagligt"],
            },
            subject="child",
            asked=("lejlighedsvis",),
        ),
        column("BMI", tell.cells(lambda seen: round(seen.weight / seen.height**2 * 10, 1))),
        column("SFO", tell.cells(lambda _: tell.random.choice(("ja", "nej")))),
    ]
    return Export("skolesundhed", [Sheet("skolesundhed", columns)], ending="csv", encoding="cp1252")


def pregnancy() -> Export:
    """Visits before birth: the mother is whom they are about."""
    tell = Teller("pregnancy", visits=("pregnancy",))
    columns = [
        column("Den gravides CPR-nr.", tell.cells(lambda seen: seen.mother.cpr), Key("citizen.cpr", "cpr", "parent-1")),
        tell.fathers("Partners CPR-nr."),
        column("Termin", tell.cells(lambda seen: seen.child.born)),
        tell.starts("Dato for besøg"),
        tell.types("Ydelse", {"Graviditetsbesøg": ["Graviditetsbesøg", "Grav.besøg"]}),
        tell.forms("Form", {HOME: ["Hjemmebesøg"], CLINIC: ["Konsultation"], PHONE: ["Telefonisk"], SCREEN: ["Skærm"]}),
        tell.coded(
            "Mors psykiske tilstand",
            "parent-mental-status",
            {
                "Forventelig psykisk reaktion": ["Forventelig"],
                "Let psykisk reaktion": ["Let reaktion"],
                "Psykisk reaktion": ["Psykisk reaktion"],
            },
            subject="parent-1",
        ),
        tell.coded(
            "Fars psykiske tilstand",
            "parent-mental-status",
            {
                "Forventelig psykisk reaktion": ["Forventelig"],
                "Let psykisk reaktion": ["Let reaktion"],
                "Psykisk reaktion": ["Psykisk reaktion"],
            },
            subject="parent-2",
            missing=("ikke til stede",),
        ),
        tell.coded(
            "Sårbarhed, mor",
            "parent-social-status",
            {"Ingen sårbarhed": ["Ingen"], "Potentiel sårbarhed": ["Potentiel"], "Sårbarhed": ["Sårbar"]},
            subject="parent-1",
        ),
        tell.coded(
            "Familiens netværk", "social-support-network", {"Godt netværk": ["Godt"], "Sparsomt netværk": ["Sparsomt"]}
        ),
        tell.remarks("Aftaler"),
    ]
    for each in columns:
        if "ikke til stede" in each.key.values:
            each.key.values["ikke til stede"] = Answer(must="ask")
    return Export("graviditet", [Sheet("Graviditet", columns)])


def questionnaires() -> Export:
    """EPDS with its ten questions, the sum, and PUF in yes and no."""
    tell = Teller("questionnaires", visits=("2-months",), children=40)
    standard = tell.people.standard
    epds, puf = standard.questionnaire["epds"], standard.questionnaire["puf"]
    columns = [tell.children("Barn CPR"), tell.mothers("Mor CPR"), tell.starts("Besøgsdato")]
    for number, item in enumerate(epds.items[:10], start=1):
        columns.append(
            column(
                f"EPDS{number}",
                tell.cells(lambda seen, at=number - 1: seen.points[at]),
                Key(f"epds/{item.link_id}", "value"),
            )
        )  # type: ignore[misc]
    columns.append(column("EPDS sum", tell.cells(lambda seen: sum(seen.points)), Key("epds/score", "value")))
    for number, item in enumerate(puf.items[:5], start=1):
        values = {"Ja": Answer("true"), "Nej": Answer("false")}
        columns.append(
            column(
                f"PUF nr. {number}",
                tell.cells(lambda _: tell.random.choice(("Ja", "Nej"))),
                Key(f"puf/{item.link_id}", "value", values=values),
            )
        )
    columns.append(column("Antal søskende", tell.cells(lambda _: tell.random.randrange(4))))
    return Export("screening", [Sheet("Screening", columns)])


def interventions() -> Export:
    """What was set going, why, from when to when."""
    tell = Teller("interventions", visits=("2-months", "4-6-months"))
    standard = tell.people.standard
    codes = [
        concept
        for concept in standard.concepts(standard.variable["intervention.code"]).values()
        if concept.distinction is None
    ][:6]
    reasons = [
        concept
        for concept in standard.concepts(standard.variable["intervention.reasons"]).values()
        if concept.distinction is None
    ][:8]
    chosen = [(tell.random.choice(codes), tell.random.choice(reasons)) for _ in tell.visits]
    columns = [
        column("Forløb-ID", tell.cells(lambda seen: seen.number)),
        tell.children("Borger CPR"),
        tell.starts("Kontaktdato"),
        column(
            "Indsats",
            [code.term for code, _ in chosen],
            Key("intervention.code", "value", values={code.term: Answer(code.code) for code, _ in chosen}),
        ),
        column(
            "Årsag til indsats",
            [reason.term for _, reason in chosen],
            Key("intervention.reasons", "value", values={reason.term: Answer(reason.code) for _, reason in chosen}),
        ),
        column("Indsats startdato", tell.cells(lambda seen: seen.start.date()), Key("intervention.start", "start")),
        column(
            "Indsats slutdato",
            tell.cells(lambda seen: seen.end.date().replace(year=seen.end.year + 1) if seen.number % 3 else ""),
            Key("intervention.end", "end"),
        ),
        column("Ansvarlig", tell.cells(lambda _: "TFA")),
    ]
    return Export("indsatser", [Sheet("Indsatser", columns)])


def units_and_reasons() -> Export:
    """A unit in a column of its own, reasons why nothing was measured, a decimal point."""
    tell = Teller("units", children=18)
    is_missing = [tell.random.random() < 0.15 for _ in tell.visits]
    weights: list[Cell] = []
    units: list[Cell] = []
    why: list[Cell] = []
    for seen, gone in zip(tell.visits, is_missing, strict=True):
        in_kilos = seen.number % 2 == 0
        weights.append("" if gone else (f"{seen.weight / 1000:.2f}" if in_kilos else str(seen.weight)))
        units.append("" if gone else ("kg" if in_kilos else "g"))
        why.append(tell.random.choice(("Ikke målt", "Ønsker ikke")) if gone else "")
    columns = [
        column("Løbenr.", tell.cells(lambda seen: seen.number)),
        tell.children("Personnr."),
        column("Dato", tell.cells(lambda seen: f"{seen.start:%Y%m%d}"), Key("visit.start", "start")),
        column("Klokkeslæt", tell.cells(lambda seen: f"{seen.start:%H:%M}"), Key("visit.start", "time")),
        column("Vægt", weights, Key("weight", "value", "child")),
        column("Vægt, enhed", units, Key("weight", "unit", "child")),
        column(
            "Vægt, hvorfor ikke målt",
            why,
            Key(
                "weight",
                "missing-reason",
                "child",
                values={"Ikke målt": Answer(is_missing=True), "Ønsker ikke": Answer(is_missing=True)},
            ),
        ),
        tell.numbers("Længde [cm]", "height", lambda seen: f"{seen.height:.1f}", "cm"),
        tell.coded(
            "Ernæring",
            "feeding",
            {
                "Fuldamning, inklusiv modermælk på flaske": ["Fuldamning"],
                "Ammes primært": ["Ammes primært"],
                "Ammes som supplement til anden kost": ["Ammes som supplement"],
                "Modermælkserstatning og/eller overgangskost": ["Modermælkserstatning"],
                "Udelukkende familiens mad": ["Familiens mad"],
            },
            subject="child",
        ),
        column(
            "Ernæring fra dato", tell.cells(lambda seen: f"{seen.child.born:%Y%m%d}"), Key("feeding", "start", "child")
        ),
        column("Ernæring til dato", tell.cells(lambda seen: f"{seen.start:%Y%m%d}"), Key("feeding", "end", "child")),
        column("Alder (dage)", tell.cells(lambda seen: seen.age)),
    ]
    return Export("enheder", [Sheet("enheder", columns)], ending="txt", delimiter="\t", encoding="utf-16")


def numbered_answers() -> Export:
    """Answers with their numbers, a header that is printed again, and notes among the rows."""
    tell = Teller("numbered")
    kinds = {
        "Barselsbesøg": ["01 Barselsbesøg"],
        "Etableringsbesøg": ["02 Etableringsbesøg"],
        "Besøg hos det ca. 2 måneder gamle barn": ["03 Besøg 2 mdr"],
        "Besøg hos det 4-6 måneder gamle barn": ["04 Besøg 4-6 mdr"],
        "Besøg hos det 8-11 måneder gamle barn": ["05 Besøg 8-11 mdr"],
    }
    columns = [
        tell.children("CPR-nr. (10 cifre)"),
        tell.starts("Kontakt dato/tid"),
        tell.types("Kontakttype (kode og tekst)", kinds),
        tell.forms(
            "Kontaktform",
            {HOME: ["H - Hjemmebesøg"], CLINIC: ["K - Klinik"], PHONE: ["T - Telefon"], SCREEN: ["V - Video"]},
        ),
        tell.numbers("Vægt", "weight", lambda seen: f"{seen.weight} g", "g", missing=("9999",)),
        tell.numbers("Længde", "height", lambda seen: f"{decimal(seen.height)} cm", "cm"),
        tell.coded(
            "Motorik",
            "motor-function",
            {
                "Alderssvarende motorik": ["1: Alderssvarende motorik"],
                "Få tegn på udfordret motorik": ["2: Få tegn på udfordret motorik"],
                "Udfordring med motorik": ["3: Udfordring med motorik"],
            },
            subject="child",
            missing=("9: Uoplyst",),
        ),
        tell.coded(
            "Social kontakt",
            "social-interaction",
            {
                "Alderssvarende social kontakt": ["1: Alderssvarende"],
                "Få tegn på udfordringer i social kontakt": ["2: Få tegn"],
                "Udfordring i social kontakt": ["3: Udfordret"],
            },
            subject="child",
            missing=("9: Uoplyst",),
        ),
        tell.coded(
            "Relation forældre-barn",
            "parent-relationship",
            {
                "Velfungerende forældre-barn-relation": ["1: Velfungerende"],
                "Let påvirket forældre-barn-relation": ["2: Let påvirket"],
                "Udfordring i forældre-barn-relation": ["3: Udfordring"],
            },
            missing=("9: Uoplyst",),
        ),
        tell.typists("Sundhedsplejerske"),
    ]
    return Export("nummererede_svar", [Sheet("Side 1", columns, [["Liste over kontakter"]], [["Slut på udskrift"]])])


def bare_codes() -> Export:
    """Answers as numbers, explained nowhere: nothing of them can be known."""
    tell = Teller("bare codes")
    columns = [
        tell.children("cpr"),
        tell.starts("dato"),
        column("soevn", tell.cells(lambda _: tell.random.randrange(1, 4)), Key("sleep", "value", "child", must="ask")),
        column(
            "motorik",
            tell.cells(lambda _: tell.random.randrange(1, 4)),
            Key("motor-function", "value", "child", must="ask"),
        ),
        tell.numbers("vgt", "weight", lambda seen: seen.weight, "g", missing=("9999",)),
        tell.numbers("hovedmaal", "head-circumference", lambda seen: seen.head, "cm"),
        column("x1", tell.cells(lambda _: tell.random.randrange(100)), Key(must="ask")),
    ]
    return Export("kun_tal", [Sheet("kun_tal", columns)], ending="csv", delimiter=",")


SYSTEMS: tuple[Callable[[], Export], ...] = (
    sql_extract, report, two_languages, own_sheet, child_rows, observation_rows, english, sheet_each, joined_sheets,
    school, pregnancy, questionnaires, interventions, units_and_reasons, numbered_answers, bare_codes,
)  # fmt: skip
