"""Widgets and models of the program's own that are general: labels, buttons, panes, tables whose columns are values,
trees of two levels. They take texts, colours and rows, and give signals; they know the look of the program, and nothing
of findings, journals or pages.
"""
