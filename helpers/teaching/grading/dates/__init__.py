"""Due dates, extensions and late work: what `dates.toml` says is kept in nbgrader's gradebook."""
