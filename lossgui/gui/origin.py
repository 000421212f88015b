"""The note of an example: what its tutorial prints, what we compute, and why they differ."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QWidget

from lossgui.gui.document import Document


class OriginNote(QLabel):
    """A quiet note under the tables; hidden for studies of one's own."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "note")
        self.setAccessibleName("About this example")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        document.changed.connect(self.show_result)
        self.show_result()

    @Slot()
    def show_result(self) -> None:
        """Show where the study on show comes from."""
        origin = self._document.study.origin
        printed = f"{origin.group.partition(':')[0]} prints {origin.printed}." if origin.printed else ""
        text = "\n".join(line for line in (printed, origin.remark) if line)
        if text != self.text():
            self.setText(text)
        self.setVisible(bool(text))
