"""A handed-in notebook put in order: its file read, its graded cells found, and what is broken repaired."""
