"""The wall around learners' code: only what lies in `inside` and `stand_in`, and `wire`, is within it."""
