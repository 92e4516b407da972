"""Real database servers for the tests: started in a folder of their own if they are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str) -> str | None:
    """A program on the path, or where Debian keeps those of the newest server."""
    places = [*Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), Path(f"/usr/sbin/{name}")]
    return shutil.which(name) or next(
        (str(p) for p in sorted(places, reverse=True) if p.exists()), None
    )


def _demoted(folder: Path) -> dict[str, object]:
    """Servers refuse to run as root: then they run as nobody, to whom the folder is given."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    folder.chmod(0o700)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": str(folder)}


@contextmanager
def _folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="twdb"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    for _ in range(150):
        if server.poll() is not None:
            return False
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.2)
    return False


@contextmanager
def _running(command: list[str], port: int, who: dict[str, object]) -> Iterator[None]:
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who)  # type: ignore[call-overload]
    try:
        assert _answers(port, server), f"{command[0]} does not answer"
        yield
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of an empty database of a PostgreSQL server of our own."""
    initdb, postgres = _program("initdb"), _program("postgres")
    if initdb is None or postgres is None:
        pytest.skip("PostgreSQL is not installed")
    with _folder() as folder:
        who, port = _demoted(folder), _free_port()
        data = str(folder / "data")
        subprocess.run(
            [initdb, "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, **who,
        )  # type: ignore[call-overload]  # fmt: skip
        options = [
            "-D",
            data,
            "-p",
            str(port),
            "-k",
            str(folder),
            "-c",
            "listen_addresses=127.0.0.1",
        ]
        with _running([postgres, *options], port, who):
            time.sleep(0.5)
            yield f"postgresql://tester@127.0.0.1:{port}/postgres"


@contextmanager
def mariadb() -> Iterator[str]:
    """The URL of an empty database of a MariaDB server of our own."""
    server = _program("mariadbd")
    if server is None:
        pytest.skip("MariaDB is not installed")
    with _folder() as folder:
        who, port = _demoted(folder), _free_port()
        base = Path(server).resolve().parents[1]
        (folder / "data").mkdir()
        if who:
            shutil.chown(folder / "data", "nobody")
        shared = ["--no-defaults", f"--datadir={folder / 'data'}", f"--basedir={base}"]
        # What mariadb-install-db does, which needs programs that the server's own package does not bring.
        tables = ["mysql_system_tables.sql", "mysql_system_tables_data.sql"]
        sql = "".join((base / "share/mysql" / name).read_text("utf-8") for name in tables)
        subprocess.run(
            [server, *shared, "--bootstrap", "--silent-startup"],
            input=f"CREATE DATABASE mysql;\nUSE mysql;\n{sql}".encode(),
            check=True, capture_output=True, **who,
        )  # type: ignore[call-overload]  # fmt: skip
        options = [f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder}/s.sock",
                   f"--pid-file={folder}/s.pid"]  # fmt: skip
        with _running([server, *shared, *options], port, who):
            import pymysql

            with pymysql.connect(host="127.0.0.1", port=port, user="root") as connection:
                connection.cursor().execute("CREATE DATABASE tunes CHARACTER SET utf8mb4")
            yield f"mariadb://root@127.0.0.1:{port}/tunes"


SERVERS: dict[str, Callable[[], object]] = {"postgresql": postgresql, "mariadb": mariadb}
