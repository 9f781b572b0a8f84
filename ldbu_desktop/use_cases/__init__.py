"""What users ask for, each a thin function: load, validate, check, export, compare, explain, estimate.

It strings the rooms: what goes in and comes out are their values. It tells of progress and stops when asked to. It
holds no rules, words and layouts of its own, and knows neither terminals nor windows.
"""
