# SPDX-License-Identifier: Apache-2.0
"""Processes that are measured: started, read from /proc, stopped."""

import os
import re
import signal
import subprocess

_TICKS = os.sysconf("SC_CLK_TCK")


class Listening:
    """A server that names its address on its first line of output; stopped at the end of a `with`."""

    def __init__(self, command, environment=None, log=None):
        self.log = log
        self.process = subprocess.Popen(
            [str(part) for part in command], env={**os.environ, **(environment or {})}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=open(log, "w") if log else None)
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        if not found:
            self.process.kill()
            raise SystemExit(f"bench: {command[0]} did not say where it listens but: {line.strip() or 'nothing'}")
        self.url = found.group(0).rstrip("/.")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    @property
    def cpu_seconds(self):
        """User and system time of all its threads."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def resident_megabytes(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            kilobytes = next(line for line in file if line.startswith("VmRSS:")).split()[1]
        return int(kilobytes) / 1024
