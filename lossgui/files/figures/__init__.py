"""Figures as files: their numbers, a script, a caption, and the study that they carry."""
