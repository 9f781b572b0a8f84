"""What documentation costs in time: the operators, assumptions with sources, and the estimates made of them.

A form or a journal, a standard and assumptions go in; seconds as a low, a typical and a high figure come out, by field,
purpose and who asks for it, with what is not counted. It knows nothing of how forms are drawn.
"""
