"""Writes the man pages of `ldbu` and `ldbu-desktop` in Danish and English: `python packaging/man_pages.py FOLDER`.

They say what `--help` says, so that there is one source of it.
"""

from __future__ import annotations

import gzip
import os
import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from ldbu_desktop import __version__
from ldbu_desktop.cli.names import COMMANDS
from ldbu_desktop.cli.program import run
from ldbu_desktop.language import Language

_WIDTH = "78"


class Words(NamedTuple):
    """The few words of the pages that no help has."""

    about: str
    name: str
    use: str
    description: str
    see: str
    file: str
    window: str


WORDS = {
    Language.DANISH: Words(
        about="forkontrol og aflevering af sundhedsplejens data til LDBU",
        name="NAVN",
        use="BRUG",
        description="BESKRIVELSE",
        see="SE OGSÅ",
        file="FIL",
        window="Åbner vinduet, med de filer, der nævnes: journaleksporter, rapporter, sagsfiler og kort.",
    ),
    Language.ENGLISH: Words(
        about="check and deliver what Danish child-health nursing reports about children",
        name="NAME",
        use="SYNOPSIS",
        description="DESCRIPTION",
        see="SEE ALSO",
        file="FILE",
        window="Opens the window, with the files that are named: journal exports, reports, case files and maps.",
    ),
}


def help_of(command: str, language: Language) -> str:
    """What a command says of itself; of them all where none is named."""
    told = StringIO()
    os.environ["COLUMNS"] = _WIDTH
    with redirect_stdout(told):
        run([*command.split(), "--help", "--language", language])
    return told.getvalue()


def as_it_stands(text: str) -> str:
    """Lines that a man page shows as they stand."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    guarded = "\n".join(f"\\&{line}" if line.startswith(".") else line for line in escaped.splitlines())
    return f".nf\n{guarded}\n.fi\n"


def dashed(name: str) -> str:
    """A name with dashes that can be typed."""
    return name.replace("-", "\\-")


def page(name: str, language: Language, day: str) -> str:
    """One man page."""
    words = WORDS[language]
    head = f'.TH {dashed(name.upper())} 1 "{day}" "LDBU Desktop {__version__}" "LDBU Desktop"\n'
    head += f".SH {words.name}\n{dashed(name)} \\- {words.about}\n.SH {words.use}\n"
    if name != "ldbu":
        files = f".B ldbu\\-desktop\n[\\fI{words.file}\\fR ...]\n"
        return f"{head}{files}.SH {words.description}\n{words.window}\n.SH {words.see}\n.BR ldbu (1)\n"
    commands = (f".SH ldbu {dashed(each)}\n{as_it_stands(help_of(each, language))}" for each in COMMANDS)
    return f"{head}{as_it_stands(help_of('', language))}{''.join(commands)}.SH {words.see}\n.BR ldbu\\-desktop (1)\n"


def main(folder: Path) -> None:
    """Write them below ``folder`` as they lie below ``/usr/share/man``, of the day of ``SOURCE_DATE_EPOCH``."""
    at = int(os.environ.get("SOURCE_DATE_EPOCH", "0")) or datetime.now(UTC).timestamp()
    day = datetime.fromtimestamp(at, UTC).date().isoformat()
    for language, place in ((Language.ENGLISH, "man1"), (Language.DANISH, "da/man1")):
        target = folder / place
        target.mkdir(parents=True, exist_ok=True)
        for name in ("ldbu", "ldbu-desktop"):
            (target / f"{name}.1.gz").write_bytes(gzip.compress(page(name, language, day).encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
