"""What is read from a file and makes no sense is told as damage, whatever it is that goes wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher

from ldbu_desktop.casefile.encoding import UnknownPartError
from ldbu_desktop.faults import Fault, FileFault


@contextmanager
def damage_told(name: str) -> Iterator[None]:
    """Raise :class:`FileFault` in place of anything that goes wrong while what the file ``name`` holds is decoded.

    A part that this version does not know was written by a newer one.
    """
    try:
        yield
    except (Fault, MemoryError, sqlcipher.Error):  # the last where a file is asked that was closed
        raise
    except UnknownPartError as error:
        raise FileFault("case-newer-version", file=name) from error
    except Exception as error:
        raise FileFault("case-damaged", file=name) from error
