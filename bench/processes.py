# SPDX-License-Identifier: Apache-2.0
"""Processes that are measured: started, read from /proc, stopped."""

import os
import re
import signal
import subprocess
import threading

_TICKS = os.sysconf("SC_CLK_TCK")


class Listening:
    """A server that names its address in its output; stopped at the end of a `with`."""

    def __init__(self, command, environment=None, log=None):
        self.log = log
        self.process = subprocess.Popen(
            [str(part) for part in command], env={**os.environ, **(environment or {})}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=open(log, "w") if log else None)
        self.url = self._announced_url() or self._give_up(command[0])
        # The rest is read too, because a server that prints much would stop at a full pipe.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _announced_url(self):
        for line in self.process.stdout:
            found = re.search(r"http://\S+", line)
            if found:
                return found.group(0).rstrip("/.")
        return None

    def _give_up(self, name):
        more = f"; see {self.log}" if self.log else ""
        raise SystemExit(f"bench: {name} ended with {self.process.wait()} before it said where it listens{more}")

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
