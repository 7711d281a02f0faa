"""From a lesson's script to its notebooks: the instructor's, executed, and the learner's, released."""
