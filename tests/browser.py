"""A page in a real browser: what headless Chromium loads, measures, prints. Each call is a process of its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
"""No host has an address: whatever the browser itself would like to fetch stays unfetched too."""
DARK = "--blink-settings=preferredColorScheme=0"
MEASURE = """
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<script>
  const name = frameElement.id;
  const refused = [];
  addEventListener("securitypolicyviolation", event => refused.push(event.blockedURI));
  addEventListener("load", () => setTimeout(() => {
    const page = document.documentElement;
    const tables = [...document.querySelectorAll("table.form")];
    const told = {
      refused,
      requested: performance.getEntriesByType("resource").map(entry => entry.name),
      width: innerWidth,
      overflow: page.scrollWidth - page.clientWidth,
      outside: [...document.querySelectorAll("body *")].filter(item => {
        const box = item.getBoundingClientRect();
        return box.right > innerWidth + 1 && box.width > 1 && !item.closest(".scroll, .skip, .hidden");
      }).map(item => item.tagName + "." + item.className),
      forms: tables.map(table => table.offsetHeight),
      marks: document.querySelectorAll("td.suspect").length,
      paper: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.body).color,
      ids: [...document.querySelectorAll("[id]")].map(item => item.id),
      links: [...document.querySelectorAll("a[href]")].map(item => item.getAttribute("href")),
    };
    parent.document.getElementById(name).dataset.told = JSON.stringify(told);
  }, 0));
</script>
"""
"""Added to a copy of the page in a frame: forbids it every request, and tells the frame what it measures."""
FRAME = '<iframe id="{name}" style="border:0;width:{width}px;height:900px" srcdoc="{page}"></iframe>'
"""A window is never narrower than 500 pixels; a frame is."""


def measured(pages: Mapping[str, tuple[str, int]], *options: str) -> Mapping[str, Mapping[str, object]]:
    """The measures of pages (HTML, width in CSS pixels) by their names, all taken in one run of the browser."""
    frames = [
        FRAME.format(name=name, width=width, page=escape(html.replace("<head>", f"<head>{MEASURE}", 1)))
        for name, (html, width) in pages.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(f"<!doctype html><meta charset=utf-8>{''.join(frames)}", encoding="utf-8")
        dom = _browser(folder, "--window-size=1400,900", "--virtual-time-budget=9000", *options, "--dump-dom", page)
    told = dict(re.findall(r'<iframe id="([^"]*)"[^>]*?data-told="([^"]*)"', dom))
    assert told.keys() == pages.keys(), "a page did not load"
    return {name: json.loads(unescape(text)) for name, text in told.items()}


def printed(html: str) -> bytes:
    """The page as Chromium prints it on A4."""
    with tempfile.TemporaryDirectory() as folder:
        page, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8")
        _browser(folder, "--no-pdf-header-footer", f"--print-to-pdf={target}", page)
        return target.read_bytes()


def _browser(folder: str, *arguments: object) -> str:
    command = [str(CHROMIUM), *OPTIONS, f"--user-data-dir={folder}/profile", *map(str, arguments)]
    ran = subprocess.run(command, check=False, capture_output=True, timeout=120)
    return ran.stdout.decode("utf-8", "replace")
