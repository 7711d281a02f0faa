"""What lesson 19 asks."""

EXERCISES = ("prepare_scan", "break_prepare_scan")
