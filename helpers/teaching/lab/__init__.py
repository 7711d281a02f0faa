"""JupyterLab: as learners start it, and without a screen, for tests and pictures."""
