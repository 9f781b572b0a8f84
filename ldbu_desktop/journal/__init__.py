"""The domain: what a journal says, and what is true of it before anybody judges.

In come the values that ``mapping``, ``bundles`` and the editing of a journal read, and the texts that these read them
from (``readings`` as files write them, ``plain_speech`` as people say them); out come frozen records (citizens,
families, visits, what was recorded at them) with the place that each was read from, and the ground facts about them:
their parts by the catalogue's ids, statuses, days and ages, what a CPR number tells. It knows no rule, no file format
and no screen.
"""
