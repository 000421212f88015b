"""The program once more in plain Python: lists of numbers, no NumPy, and no code of the program."""
