"""Figures on paper: drawn in any size from the same data as on the screen, as PNG, SVG and PDF."""
