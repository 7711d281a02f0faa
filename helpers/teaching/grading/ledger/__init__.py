"""What is written down: graded notebooks and records in the course's folder, the gradebook, the report."""
