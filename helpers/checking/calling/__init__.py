"""How a learner's function is called and its value compared; this also runs in the grader's sandbox.

Learners' code can read and change what is here, so nothing here knows an answer, and the grader trusts nothing
that it says: it asks, and decides outside. Modules here import Python's library, NumPy and each other only.
"""
