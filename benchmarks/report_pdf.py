"""Whether a word processor takes the report as it is meant: from .docx to PDF, and again through its own .docx.

`python -m benchmarks.report_pdf FOLDER` writes the reports of a few periods from the shipped catalogue into the folder,
each as .docx, as PDF, as the .docx that LibreOffice makes of it and as the PDF of that, and prints how many pages each
PDF has. Both numbers of a line should be alike; whether the pages look well is for eyes. It needs `soffice` and a font
as wide as Calibri (Carlito), and is no test: LibreOffice is larger than all else that the tests need.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import generated, site
from calendar_app import catalogue, loading, report, reporting, texts
from calendar_app.formats import report_docx
from calendar_app.store import Store

PERIODS = (
    ("2016-01-01", "2016-12-31"),
    ("2025-01-01", "2025-12-31"),
    ("itu-council-2016", "itu-council-2017"),
    ("1990-01-01", "1990-12-31"),
)
_PAGE = re.compile(rb"/Type\s*/Page\b")


def main() -> None:
    """Writes the documents and prints the table."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        store = Store(Path(work) / "events.db")
        store.migrate()
        loading.load(store, catalogue.parse(), now=generated.NOW)
        print(f"{'report':40} {'pages':>5} {'again':>5}")
        for since, until in PERIODS:
            words = texts.of("en")
            written = report.write(reporting.gather(store, reporting.read(store, since, until)), words)
            file = folder / f"{since}_{until}.docx"
            file.write_bytes(report_docx.render(written, words, base=site.BASE))
            first, again = _round_trip(file, profile=Path(work) / "profile")
            print(f"{file.stem:40} {first:5} {again:5}")
        store.close()


def _round_trip(file: Path, *, profile: Path) -> tuple[int, int]:
    """The pages of a document's PDF, and of that of the document which LibreOffice makes of it."""
    first = _pages(_converted(file, "pdf", into=file.parent, profile=profile))
    with tempfile.TemporaryDirectory() as apart:
        theirs = _converted(file, "docx", into=Path(apart), profile=profile)
        again = file.with_name(f"{file.stem}_again.docx")
        shutil.move(theirs, again)
    return first, _pages(_converted(again, "pdf", into=file.parent, profile=profile))


def _converted(file: Path, kind: str, *, into: Path, profile: Path) -> Path:
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(into), str(file)], capture_output=True, check=True)  # noqa: S603
    return into / f"{file.stem}.{kind}"


def _pages(pdf: Path) -> int:
    return len(_PAGE.findall(pdf.read_bytes()))


if __name__ == "__main__":
    main()
