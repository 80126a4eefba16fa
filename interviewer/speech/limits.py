"""How much sound is taken, and with how much of the machine."""

MIB = 1024 * 1024

MAX_FILE_BYTES = 25 * MIB
MAX_SECONDS = 300.0
OVERRUN_SECONDS = 5.0  # a recorder that stops by the clock at the limit stops a little after it
MAX_SHORTFALL = 0.10  # of the recorded time that may be missing in the file
SHORTFALL_SECONDS = 0.5  # missing in any case: a recorder starts its clock before its first sample

RATE = 16_000  # samples a second, what the models take

DECODER_MEMORY_BYTES = 768 * MIB  # address space; an ordinary recording takes under 200 MiB
DECODER_CPU_SECONDS = 20
DECODER_WALL_SECONDS = 40.0

AT_ONCE = 2  # recordings that are transcribed side by side, so that a long one holds up nobody
MAX_WAITING = 6  # further ones in the queue
QUEUE_SECONDS = 90.0  # how long one waits for its turn
LISTENING_SECONDS = 180.0  # for the model's answer; five minutes of speech take about a quarter of that on 2 slow cores
REMOTE_SECONDS = 120.0
SPEECH_SECONDS = 30.0

MAX_PROMPT_CHARS = 600  # Whisper reads 224 tokens of it at most
MAX_SPOKEN_CHARS = 4_000  # of one text to be spoken; OpenAI takes 4,096
CACHED_SPEECH_BYTES = 32 * MIB
