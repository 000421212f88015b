"""The computing core: NumPy only."""
