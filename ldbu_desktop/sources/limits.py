"""How much is read at most, so that no file can fill the machine. What is over a limit is told."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

FILE_BYTES = 512 * MEGABYTE
"""A file on disk."""

UNPACKED_BYTES = 512 * MEGABYTE
"""A workbook or archive when unpacked, with all that archives within it hold: what a million rows need and more."""

UNPACKED_RATIO = 500
"""How many times smaller a packed part may be; honest sheets stay far below, a zip bomb is near 1000."""

RATIO_APPLIES_FROM = 8 * MEGABYTE
"""Smaller parts, and all that one archive holds where that is less, do little harm however well they pack."""

ARCHIVE_ENTRIES = 100_000
"""Files in a zip file."""

ARCHIVE_DIRECTORY_BYTES = 32 * MEGABYTE
"""The directory of a zip file, which is read whole before anything else is known."""

ARCHIVE_DEPTH = 4
"""Archives within archives."""

SHEET_CELLS = 20_000_000
"""Cells in the rectangles that the sheets of a workbook span, together."""

EMPTY_CELLS = 4_000_000
"""Empty cells in the rectangle that a sheet spans: a stray cell at the far corner would fill the memory with them."""

ROWS = 5_000_000
"""Rows of all tables of a file together: some thirty years of a large municipality."""

CELLS = 50_000_000
"""Cells of those rows."""

TEXT_BYTES = 1024 * MEGABYTE
"""What the texts of those cells take."""

REMARKS = 100_000
"""What is told of how a table was read, a failed formula each; a table with more has something else wrong with it."""

TEXTS = 1_000_000
"""Reports in a file, and files in a folder."""

COLUMNS = 1_000
"""Columns of a table."""

LINE_BYTES = 1 * MEGABYTE
"""A line of a text file."""

QUOTED_LINES = 100
"""Lines that a quoted cell may span before its quote is taken for a forgotten one."""

BUNDLE_BYTES = 64 * MEGABYTE
"""A text that should be a report. One takes some 20 kB; an incremental delivery of 4 000 visits took 35 MB."""

BUNDLE_MARKS = 1_500_000
"""What begins or parts values in it: 300 for each visit. Each value takes many times its text in memory."""
