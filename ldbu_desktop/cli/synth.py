"""``ldbu synth``: families that nobody is, as exports or reports, the same for the same words anywhere."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from ldbu_desktop.cli.console import progress_bar, say
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import chosen, tr

_WIDEST, _FORMS = 40, 9
EXAMPLE = "ldbu synth --families 50 --seed 7 --on 2025-12-01 --as fhir --to testdata"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Lav opdigtede familier med hele barndomme: de samme bytes for det samme kald, overalt.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument(
        "--families", type=_number, default=10, metavar=tr("ANTAL"), help=tr("hvor mange familier (forvalgt: 10)")
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar=tr("TAL"), help=tr("et andet tal giver andre familier (forvalgt: 1)")
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--on",
        type=date.fromisoformat,
        metavar=tr("DATO"),
        help=tr("dagen som barndommene går frem til, fx 2025-12-01; fra 2008 til 2036"),
    )
    what.add_argument(
        "--examples",
        action="store_true",
        help=tr("skriv i stedet eksempler på hver profil: mindst muligt, så meget som muligt og til grænserne"),
    )
    what.add_argument(
        "--list-faults",
        action="store_true",
        help=tr("vis alle koder og de former, de kan plantes i, eller hvorfor de ikke kan"),
    )
    parser.add_argument(
        "--as",
        dest="form",
        choices=("long", "wide", "fhir", "history"),
        default="long",
        help=tr(
            "long: et ark pr. slags oplysning (forvalgt); wide: en række pr. kontakt; "
            "fhir: en afleveringsrapport pr. kontakt; history: afleveringerne nat for nat, med rettelser"
        ),
    )
    parser.add_argument(
        "--file-type", choices=("xlsx", "csv"), default="xlsx", help=tr("hvad tabeller skrives som (forvalgt: xlsx)")
    )
    parser.add_argument(
        "--layout", choices=("pretty", "compact", "ndjson"), default="pretty", help=tr("hvordan JSON skrives")
    )
    parser.add_argument(
        "--test-persons",
        action="store_true",
        help=tr("lad den første familie være vejledningens offentliggjorte testpersoner"),
    )
    parser.add_argument(
        "--fault",
        dest="faults",
        action="extend",
        type=_codes,
        default=[],
        metavar=tr("KODE,..."),
        help=tr(
            "plant fejl ved siden af familierne, en pr. kode, og skriv i expected.json hvad der skal findes; "
            "all er alle som formen kan rumme"
        ),
    )
    parser.add_argument("--to", type=Path, metavar=tr("MAPPE"), help=tr("mappen som der skrives i"))


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _codes(text: str) -> list[str]:
    return [code for code in text.replace(" ", "").split(",") if code]


def run(arguments: argparse.Namespace) -> int:
    """Make the families or the examples, and tell what was written."""
    if arguments.list_faults:
        return _list()
    if arguments.to is None:
        raise CallFault("synth-folder-missing")
    return _examples(arguments.to) if arguments.examples else _families(arguments)


def _list() -> int:
    from ldbu_desktop.use_cases.plantable_faults import plantable_faults
    from ldbu_desktop.use_cases.standards import shipped_standard

    for one in plantable_faults(shipped_standard()):
        why = one.reason[chosen()] if one.reason is not None else ""
        say(f"{one.code:<{_WIDEST}} {' '.join(one.forms) or '-':<{_FORMS}} {why}".rstrip())
    return Exit.CLEAN


def _examples(folder: Path) -> int:
    from ldbu_desktop.use_cases.profile_examples import write_examples
    from ldbu_desktop.use_cases.standards import shipped_standard

    with progress_bar(tr("Skriver")) as progress:
        made = write_examples(shipped_standard(), folder, progress)
    say(
        tr(
            "{files, plural, one {# eksempel} other {# eksempler}} på "
            "{profiles, plural, one {# profil} other {# profiler}} ligger i {folder}",
            files=made.files,
            profiles=len(made.profiles),
            folder=folder,
        )
    )
    if made.left_out:
        say(tr("Disse kunne ikke laves, så de overholder profilen: {names}", names=", ".join(made.left_out)))
    return Exit.REJECTED if made.left_out else Exit.CLEAN


def _families(arguments: argparse.Namespace) -> int:
    from ldbu_desktop.use_cases.standards import shipped_standard
    from ldbu_desktop.use_cases.synth import EXPECTED, FileType, Form, Layout, SynthOptions, synthesize

    options = SynthOptions(
        arguments.families,
        arguments.seed,
        arguments.on,
        Form(arguments.form),
        FileType(arguments.file_type),
        Layout(arguments.layout),
        published=arguments.test_persons,
        faults=tuple(arguments.faults),
    )
    with progress_bar(tr("Skriver")) as progress:
        made = synthesize(options, shipped_standard(), arguments.to, progress)
    say(
        tr(
            "{families, plural, one {# familie} other {# familier}} med "
            "{visits, plural, one {# kontakt} other {# kontakter}} ligger i {folder}",
            families=made.families,
            visits=made.visits,
            folder=arguments.to,
        )
    )
    if made.faults:
        say(
            tr("{faults, plural, one {# fejl} other {# fejl}} er plantet; se {file}", faults=made.faults, file=EXPECTED)
        )
    return Exit.CLEAN
