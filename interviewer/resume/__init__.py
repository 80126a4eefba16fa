"""From an uploaded resume to its text: PDF, DOCX or plain text, read in a process of its own. Nothing is stored."""
