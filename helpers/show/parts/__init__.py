"""What figures share (style, labels, outlines, sheets), and in JavaScript what widgets share (grids, sliders)."""
