"""The form of one visit: sections of fields to be filled by keyboard, checked as they are left; and what stands around
it while a case is filled: the family, the choice of a visit, the question whether something is withdrawn. Answers go
to the case as they were typed; what stands in a field comes back from the journal. It keeps no answer of its own.
"""
