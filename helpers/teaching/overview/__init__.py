"""Where the class stands: what is known of its work, counted, on a page for people and in tables."""
