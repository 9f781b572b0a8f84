"""The file of a secret that pseudonyms are made with: encrypted as a case file is, with a passphrase."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.casefile.beginning import must_be_nameable, must_be_there, salt_of, shown
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.casefile.schema import SECRET
from ldbu_desktop.whole_files import write_whole


def keep_secret(path: Path, passphrase: str, secret: bytes) -> None:
    """Write a new file of ``secret``.

    Raises :class:`~ldbu_desktop.faults.CallFault` where the passphrase is easily guessed or the name holds a CPR
    number, and :class:`~ldbu_desktop.faults.OutputFault` where the file can't be written.
    """
    must_be_nameable(path)
    key = CaseKey.new(passphrase)

    def write(aside: Path) -> None:
        aside.touch()
        database = Database(aside, key, shown(path), SECRET)
        database.make()
        database.execute("INSERT INTO secret VALUES (1, ?)", (secret,))
        database.close()

    write_whole(path, write, is_private=True)


def kept_secret(path: Path, passphrase: str) -> bytes:
    """The secret of a file. Raises :class:`~ldbu_desktop.faults.FileFault` where the passphrase is wrong."""
    must_be_there(path)
    database = Database(path, CaseKey.of(passphrase, salt_of(path)), shown(path), SECRET)
    try:
        database.prepare()
        (secret,) = database.row("SELECT data FROM secret")
    finally:
        database.close()
    return bytes(secret)
