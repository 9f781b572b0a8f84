"""The program without a screen: commands that read the call, run one use case, and hand what comes back to rendering.

In go the words of the shell; out come text or files, and an exit code. The room judges nothing and words no answers; of
other rooms it knows the values that use cases take and give, and it does not know Qt.
"""
