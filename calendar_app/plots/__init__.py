"""Plots: events drawn as SVG, one module a drawing; each gives what a template needs and its table beside it."""
