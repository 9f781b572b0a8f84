"""Files in: what lies in folders and archives, each as what its content says it is, as tables or as texts of reports.

In go paths (or standard input); out come tables of texts with their places (``tables``), texts that should be delivery
reports (``bundle_files``), and for everything else why it is not read (``containers``). Every reader has limits, looks
before it reads, counts what it hands on and what it leaves out (``ldbu_desktop.account``), and turns whatever goes
wrong into a fault of that one file (``guard``). It must not know what columns and reports mean, and never writes.
"""
