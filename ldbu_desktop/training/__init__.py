"""Exercises in registering: a case as data, the journal that it asks for, and a learner's journal held against it.

A case file goes in; journals to work on come out, and of a learner's journal what is right, accepted, to discuss,
missing or too much. What many learners told is added up without names. It knows nothing of windows, and nothing of it
is ever delivered.
"""
