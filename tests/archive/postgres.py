"""A PostgreSQL server of the tests' own: in a temporary folder, reached through a socket there, gone at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

LACKING = "没有 PostgreSQL：安装后再试（Debian：apt-get install postgresql；psycopg 见 pip install --group dev）"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps them off the PATH."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: float(path.parent.name))


@contextmanager
def server(folder: Path) -> Iterator["Server"]:
    """A running server; the folder must be short, since a socket's path is."""
    started = Server(folder)
    try:
        started.start()
        yield started
    finally:
        started.stop()


@contextmanager
def short_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        yield Path(folder)


class Server:
    """One cluster."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:  # the server refuses to be root
            shutil.chown(folder, self.user)
        self._run("initdb", "-A", "trust", "-U", "tester", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")

    def _run(self, program: str, *arguments: str) -> None:
        where = programs()
        assert where is not None
        subprocess.run(
            [where / program, "-D", self.folder / "data", *arguments],
            check=True,
            user=self.user,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=120,
        )

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self._run("pg_ctl", "-w", "-s", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-w", "-s", "-m", "immediate", "stop")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://tester@/postgres?host={quote(str(self.folder))}"
