"""The index: scales, weights, means, scores with their parts. Pure: no files, no pictures."""
