"""What figures share: style, labels, outlines; and what widgets share in JavaScript: grids, sliders."""
