"""Finished parts beside the results they will make up, so that an interrupted run can go on with the next portion.

A folder ``FILE.parts`` holds what the run rests on (``manifest.json``) and one file a portion, numbered from 0. Each is
written under another name, forced to the disk and then renamed: it is there whole or not at all. A digest in its first
line guards against what disks do.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from checker.calendars.unreadable import reason
from checker.host.plan import Notice, Part
from checker.model.diagnostic import DataError, Diagnostic

_MANIFEST: Final = "manifest.json"
_LOCK: Final = "lock"
_SUFFIX: Final = ".part"


class Store:
    """The parts of one run. ``held`` is how many are there, from the first portion on without a gap, spoilt or not."""

    def __init__(self, folder: Path, identity: Mapping[str, str], restart: bool = False) -> None:
        """Open the folder, or make it; ``restart`` empties it first.

        DataError if it belongs to a run that rests on something else, if another run is writing to it now, or if it
        cannot be written.
        """
        self.folder = folder
        with self._writing():
            folder.mkdir(exist_ok=True)
            self._lock = _locked(folder)
        earlier = _read_manifest(folder)
        if earlier is None or restart:
            with self._writing():
                self._clear()
                _write(folder / _MANIFEST, json.dumps(dict(identity), ensure_ascii=False, indent=1).encode())
        elif earlier != identity:
            self.close()
            raise DataError((_differs(folder, earlier, identity),))
        self.held = 0
        while self._path(self.held).exists():
            self.held += 1

    def read(self, number: int) -> Part | None:
        """A part; None if it is not there or spoilt."""
        try:
            data = self._path(number).read_bytes()
        except OSError:
            return None
        check, _, rest = data.partition(b"\n")
        return _decoded(rest) if check.decode("ascii", "replace") == _check(rest) else None

    def keep(self, number: int, part: Part) -> None:
        """Write a part for good; it is on the disk when this returns. DataError if it cannot be."""
        data = _encoded(part)
        with self._writing():
            _write(self._path(number), _check(data).encode() + b"\n" + data)
        self.held = max(self.held, number + 1)

    def remove(self) -> None:
        """All of it: the results are written."""
        self._clear()
        self.close()
        with suppress(OSError):
            (self.folder / _LOCK).unlink()
            self.folder.rmdir()

    def close(self) -> None:
        """Let go of the folder."""
        with suppress(OSError):
            os.close(self._lock)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = f"写不了「{self.folder}」里没有办完的部分：{reason(error)}"
            raise DataError(
                (Diagnostic(code="parts-unwritable", message=message, help="腾出空间，核对权限"),)
            ) from error

    def _clear(self) -> None:
        for file in (*self.folder.glob(f"*{_SUFFIX}"), *self.folder.glob("*.tmp"), self.folder / _MANIFEST):
            file.unlink(missing_ok=True)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06d}{_SUFFIX}"


def _locked(folder: Path) -> int:
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        message = f"另一个检查正在写「{folder}」"
        raise DataError(
            (Diagnostic(code="parts-in-use", message=message, help="等它办完，或者换一个结果文件"),)
        ) from error
    return descriptor


def _read_manifest(folder: Path) -> dict[str, str] | None:
    try:
        found = json.loads((folder / _MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _differs(folder: Path, earlier: Mapping[str, str], now: Mapping[str, str]) -> Diagnostic:
    names = [name for name in now if earlier.get(name) != now[name]]
    told = [f"截至日期（{earlier.get(n)}，这次 {now[n]}）" if n == "截至日期" else n for n in names]
    return Diagnostic(
        code="parts-of-another-run",
        message=f"「{folder}」里有上次没有办完的部分，与这次不同的是：{'、'.join(told)}",
        help="用上次的命令接着办（截至日期写明「--as-of」）；不要了的，加 --restart",
        meanwhile="没有检查任何案件，上次的部分没有动",
    )


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, also after the power has failed."""
    beside = path.with_suffix(".tmp")
    try:
        with open(beside, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:  # also an interrupt
        with suppress(OSError):
            beside.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _check(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _encoded(part: Part) -> bytes:
    head = {
        "read": part.read,
        "failed": part.failed,
        "left_out": part.left_out,
        "findings": part.findings,
        "verdicts": part.verdicts,
        "opened": part.opened,
        "notices": [one if isinstance(one, str) else one.model_dump(mode="json") for one in part.notices],
        "ids": len(part.ids),
    }
    return json.dumps(head).encode() + b"\n" + part.ids + part.body


def _decoded(data: bytes) -> Part:
    head, _, rest = data.partition(b"\n")
    known: dict[str, Any] = json.loads(head)
    split = known.pop("ids")
    known["verdicts"] = tuple(tuple(one) for one in known["verdicts"])
    known["opened"] = tuple(known["opened"])
    known["notices"] = tuple(_notice(one) for one in known["notices"])
    return Part(body=rest[split:], ids=rest[:split], **known)


def _notice(told: str | dict[str, Any]) -> Notice:
    return told if isinstance(told, str) else Diagnostic.model_validate(told)
