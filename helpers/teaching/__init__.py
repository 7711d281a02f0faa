"""For those who run the course: building the notebooks, grading, and starting JupyterLab."""
