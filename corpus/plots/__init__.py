"""Plots as SVG: timelines, ranges, networks, matrices and bars, from plain values to elements. Pure; no script, no style of their own."""
