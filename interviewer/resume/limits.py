"""How much of a file is read, and with how much of the machine."""

MIB = 1024 * 1024

MAX_FILE_BYTES = 10 * MIB
MAX_PAGES = 50
MAX_CHARS = 50_000  # of the finished text: the limit of resume_text
MAX_RAW_CHARS = 8 * MAX_CHARS  # before white space and control characters are taken out
MAX_UNPACKED_BYTES = 48 * MIB  # of all members of a DOCX together
MAX_MEMBERS = 2_000

MEMORY_BYTES = 768 * MIB  # address space of the reading process; an ordinary resume takes under 150 MiB
CPU_SECONDS = 10
WALL_SECONDS = 20.0  # from the start of the process to its reply
AT_ONCE = 2  # reading processes of one server
MAX_WAITING = 20  # further ones in the queue; each holds a thread of the server, and its file
QUEUE_SECONDS = 30.0  # how long an upload waits for its turn
