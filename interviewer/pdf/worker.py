"""The process that makes a PDF: `python -m interviewer.pdf.worker`, a report's record in as JSON, the PDF out.

A text made to harm the typesetter can crash, starve or hang this process, and nothing else; what it took of memory goes
with it. It writes no files and knows no settings.
"""

import json
import os
import sys

from interviewer.children.limiting import limit_this_process
from interviewer.pdf.limits import CPU_SECONDS, MEMORY_BYTES, NICENESS
from interviewer.pdf.report import report_pdf


def main() -> int:
    """Read standard input, write the PDF; the exit status. Python's own errors end it with 1."""
    os.nice(NICENESS)
    limit_this_process(MEMORY_BYTES, CPU_SECONDS)
    sys.stdout.buffer.write(report_pdf(json.load(sys.stdin.buffer)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
