"""How many reports are made into PDFs, and with how much of the machine."""

MIB = 1024 * 1024

AT_ONCE = 1  # Typst sets the pages of one with all cores
MAX_WAITING = 20  # further ones in the queue; each holds a thread of the server
QUEUE_SECONDS = 15.0  # how long one waits for its turn; with the next line less than the page waits for its file
WALL_SECONDS = 40.0  # from the start of the process to the PDF; the longest takes 2 s of computing
CPU_SECONDS = 40
MEMORY_BYTES = 4096 * MIB  # address space, of which the threads of Typst reserve much and use little
NICENESS = 10  # the interviews that go on come first
