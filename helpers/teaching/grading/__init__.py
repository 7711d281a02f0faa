"""The course's own grader: learners' code in a sandbox, a judge outside, one writer to the gradebook."""
