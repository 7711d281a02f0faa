"""How a learner's function is called, and how values are compared: this also runs in the grader's sandbox.

There, learners' code can read it and change it. So nothing here knows what an exercise expects, and the
grader does not believe what it says: it calls functions inside, and judges outside. Modules here import
nothing but Python's library, NumPy and each other.
"""
