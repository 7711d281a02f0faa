"""The figures that lessons draw: each module is named after its function."""
