"""Values into text, pages, tables and documents for machines: one renderer a form, whatever is told.

In go the values of other rooms (findings, verdicts, counts, estimates); out comes text in the language in use, HTML,
JUnit, JSON, or a workbook. What a command tells is first put into words as a ``Document``, or as tables, rows and
cases; each form is then written by one renderer, the same for every command. The room reads no files, judges nothing,
and knows neither Qt nor who asks.
"""
