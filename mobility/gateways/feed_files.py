"""The files of a feed from a ZIP or a folder, with limits: what unpacks to more than a feed can be is not unpacked."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

_File = tuple[str, int, Callable[[], bytes]]
MOST_FILES, MOST_BYTES, MOST_BYTES_OF_ALL = 200, 300_000_000, 600_000_000


class FilesRefused(Exception):
    """The files cannot be read as those of a feed; ``code`` is why, ``about`` what it concerns."""

    def __init__(self, code: str, about: str = "") -> None:
        """Keep both."""
        super().__init__(f"{code}: {about}" if about else code)
        self.code, self.about = code, about


def read_files(path: Path) -> dict[str, bytes]:
    """Return the text files of a feed by their names; a folder within the ZIP that holds them all is looked through.

    :raises FilesRefused: ``not_found``, ``not_zip``, ``too_many_files``, ``too_large``, ``broken``, ``file_twice``.
    """
    if path.is_dir():
        return _checked((file.name, file.stat().st_size, file.read_bytes) for file in sorted(path.glob("*.txt")))
    if not path.is_file():
        raise FilesRefused("not_found", str(path))
    return unpack(path.read_bytes())


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the text files of a ZIP that was read already; refusals as in :func:`read_files`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _checked(_members(packed))
    except zipfile.BadZipFile as error:
        raise FilesRefused("not_zip", str(error)) from None
    # zipfile raises NotImplementedError for a way of packing that it does not know, RuntimeError for a password
    except (zlib.error, EOFError, NotImplementedError, RuntimeError, LookupError, ValueError, OSError) as error:
        raise FilesRefused("broken", str(error)) from None


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files; the same files make the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            packed.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _members(packed: zipfile.ZipFile) -> Iterator[_File]:
    found = [info for info in packed.infolist() if info.filename.endswith(".txt") and not info.is_dir()]
    depth = min((len(PurePosixPath(info.filename).parts) for info in found), default=1)
    for info in found:
        parts = PurePosixPath(info.filename).parts
        if len(parts) == depth and not parts[0].startswith("__MACOSX"):
            yield parts[-1], info.file_size, partial(_unpacked, packed, info)


def _unpacked(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read no more than the ZIP's own word for the size: it may lie."""
    with packed.open(info) as file:
        data = file.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise FilesRefused("too_large", info.filename)
    return data


def _checked(files: Iterable[_File]) -> dict[str, bytes]:
    """Read the files one by one; none of them, nor all together, may be larger than a feed can be."""
    read: dict[str, bytes] = {}
    total = 0
    for name, size, data in files:
        total += size
        if len(read) >= MOST_FILES:
            raise FilesRefused("too_many_files", str(MOST_FILES))
        if size > MOST_BYTES or total > MOST_BYTES_OF_ALL:
            raise FilesRefused("too_large", name)
        if name in read:
            raise FilesRefused("file_twice", name)
        read[name] = data()
    return read
