"""Reading and writing: studies, examples, pasted text. No Qt widgets."""
