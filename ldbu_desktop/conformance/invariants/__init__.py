"""The invariants of FHIR and of the guides as native functions, found by their key and the fingerprint of their
expression. A value and the resource it stands in go in, whether the invariant holds comes out. They know nothing of
which profile asks for them.
"""
