"""What a student handed in: the files of a folder, and which of them is graded."""
