"""A term with the course: what is handed out, and what goes to and comes from a learning platform."""
