"""The bounds that a process of ours sets itself before it touches what came from outside."""

import resource


def limit_this_process(memory_bytes: int, cpu_seconds: int) -> None:
    """Bound the address space and the computing of this process, and let it write neither a file nor a core dump."""
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
