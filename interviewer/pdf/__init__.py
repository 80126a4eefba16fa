"""The report as a PDF to keep and to print."""
