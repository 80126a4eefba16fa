"""How fast and light the interview page is: `python -m benchmarks.interview_page [--runs N]`.

Chromium opens it N times with an empty cache, as a candidate who comes by a link, and N times with a processor that
is four times slower. Printed: the times of the first paint and of the question's heading (ms after the navigation
began), what was transferred (headers too), and the layout shift of Core Web Vitals.
"""

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Request, sync_playwright

from tests.browser import begin_interview, chromium
from tests.server_process import ServerProcess

WATCH = """
globalThis.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
MEASURE = """() => ({
  paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  filled: performance.now(),
  shift: globalThis.shifts,
})"""


def transferred(request: Request) -> int:
    """The bytes of the reply, headers too."""
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def open_once(browser: Browser, server: ServerProcess, slowdown: int) -> dict[str, Any]:
    """The page's times, weight in bytes, and layout shift."""
    session_id = begin_interview(server)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(transferred(request)))
    page.goto(f"{server.url}/interview/{session_id}")
    page.wait_for_selector("#check-title")
    found: dict[str, Any] = page.evaluate(MEASURE)
    context.close()
    return found | {"bytes": sum(sizes)}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=10, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        server = ServerProcess(Path(scratch))
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for slowdown, runs in ((1, options.runs), (4, options.runs)):
            measured = [open_once(browser, server, slowdown) for _ in range(runs)]
            paints = [item["paint"] for item in measured]
            filled = [item["filled"] for item in measured]
            print(
                f"processor 1/{slowdown}: first paint {statistics.median(paints):.0f} ms (worst {max(paints):.0f}), "
                f"filled {statistics.median(filled):.0f} ms (worst {max(filled):.0f}), "
                f"{max(item['bytes'] for item in measured) / 1024:.0f} KiB, "
                f"layout shift {max(item['shift'] for item in measured):.3f}"
            )
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
