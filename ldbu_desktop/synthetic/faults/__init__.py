"""Faults that are planted: a case for a code, and where its finding is to be told.

A code goes in with a seed and a day; rows of a table, a report or a history come out, with the place of the fault. How
a code is broken stands with the code, as the example that explains it; here it becomes a case of its own, about people
who are nobody. Nothing here is checked.
"""
