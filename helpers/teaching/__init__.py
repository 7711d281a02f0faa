"""For those who run the course: building the notebooks and starting JupyterLab."""
