"""Static files under addresses that change with their bytes, so that they may be kept for ever."""

import hashlib
from pathlib import Path


def versions(folder: str) -> dict[str, str]:
    """The address of each static file, by its name."""
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return {file.relative_to(folder).as_posix(): _address(file, folder) for file in files}


def _address(file: Path, folder: str) -> str:
    version = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return f"/static/{file.relative_to(folder).as_posix()}?v={version}"
