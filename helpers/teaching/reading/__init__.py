"""Reading answers in words: rubrics, alike answers together, points and comments for the gradebook."""
