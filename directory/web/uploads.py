"""Files of a form, streamed to disk as they come: never whole in memory, never larger than the operator allows."""

from pathlib import Path
from typing import BinaryIO

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from directory.errors import BadQuestion

MOST_FILES, MOST_PARTS, FIELD = 20, 60, 4096  # a field's bytes


class Upload:
    """What came so far: plain fields, and files in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fields: dict[str, str] = {}
        self.files: list[Path] = []
        self._headers: dict[bytes, bytes] = {}
        self._header = self._value = b""
        self._name, self._text, self._parts = "", bytearray(), 0
        self._file: BinaryIO | None = None

    def on_part_begin(self) -> None:
        self._headers, self._parts = {}, self._parts + 1
        if self._parts > MOST_PARTS:
            raise BadQuestion("That form has too many parts.")

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header = self._value = b""

    def on_headers_finished(self) -> None:
        _, told = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = told.get(b"name", b"").decode("utf-8", "replace")
        self._text = bytearray()
        if told.get(b"filename"):
            if len(self.files) >= MOST_FILES:
                raise BadQuestion(f"At most {MOST_FILES} files at once.")
            path = self.folder / self._fitting(told[b"filename"].decode("utf-8", "replace"))
            self.files.append(path)
            self._file = path.open("xb")

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(data[start:end])
        elif len(self._text) <= FIELD:
            self._text += data[start:end]

    def on_part_end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        else:
            words = bytes(self._text[:FIELD]).decode("utf-8", "replace")
            self.fields[self._name] = " ".join("".join(c if c.isprintable() else " " for c in words).split())[:300]

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _fitting(self, name: str) -> str:
        """The file's own name, which tells its format and publisher, made harmless."""
        plain = "".join(
            c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in name.replace("\\", "/").split("/")[-1]
        )
        plain = plain.strip(". ")[-120:] or "feed"
        taken = {file.name for file in self.files}
        return plain if plain not in taken and not plain.startswith("job.") else f"{len(self.files) + 1}-{plain}"


async def receive(request: Request, folder: Path, most: int) -> Upload:
    """Read a multipart form of at most `most` bytes; BadQuestion for anything else, with the files written so far."""
    kind, told = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not told.get(b"boundary"):
        raise BadQuestion("That was not a form with files.")
    upload = Upload(folder)
    events = {name: getattr(upload, name) for name in dir(upload) if name.startswith("on_")}
    parser = MultipartParser(told[b"boundary"], events)  # type: ignore[arg-type]
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > most:
                raise BadQuestion(f"Together the files are larger than {most // 2**20} MB (AFTERCARE_UPLOAD_MB).")
            parser.write(chunk)
        parser.finalize()
    except MultipartParseError:
        raise BadQuestion("The upload was cut off or is not sound. Send it again.") from None
    finally:
        upload.close()
    return upload
