"""What is remembered of a learner: progress, hints given, and their own functions for later lessons."""
