"""What another command costs: `python -m benchmarks.child_cost COMMAND ...`, the last line of standard error says it.

A process of its own, as small as one can be: Linux counts the memory of whoever starts a command as the command's.
"""

import json
import resource
import subprocess
import sys
import time


def main() -> int:
    """Run the command with our input and output; its exit status."""
    begun = time.perf_counter()
    status = subprocess.run(sys.argv[1:], check=False).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {
        "wall_ms": 1000 * (time.perf_counter() - begun),
        "cpu_ms": 1000 * (used.ru_utime + used.ru_stime),
        "peak_mib": used.ru_maxrss / 1024,
    }
    print(json.dumps(cost), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
