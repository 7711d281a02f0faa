"""The wall around learners' code: of these files, only `inside`, `stand_in` and `wire` are used within it."""
