"""The course's own grader: one submission, one file or a whole course is graded here; rooms do the work."""
