"""Word files as LibreOffice lays them out, and what their tables say; where it or poppler is missing, tests marked by `in_office` are skipped."""

import io
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from docx import Document


def in_office(test: Callable) -> Callable:
    """Mark a test that renders Word files."""
    has_programs = shutil.which("soffice") and shutil.which("pdftotext")
    reason = "LibreOffice or poppler-utils is missing: the pages of Word forms are not counted"
    return pytest.mark.word(pytest.mark.slow(pytest.mark.skipif(not has_programs, reason=reason)(test)))


def as_pdf(folder: Path, files: Mapping[str, bytes]) -> dict[str, Path]:
    """Each file of the folder as PDF."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [shutil.which("soffice"), profile, "--headless", "--convert-to", "pdf"]
    command += [f"{name}.docx" for name in files]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)  # noqa: S603 -- fixed arguments
    return {name: folder / f"{name}.pdf" for name in files}


def told(path: Path, how: str) -> str:
    """What poppler tells of a PDF."""
    program = shutil.which("pdftotext")
    run = subprocess.run([program, how, path, "-"], check=True, capture_output=True, text=True)  # noqa: S603 -- fixed arguments
    return run.stdout


def pages_of(path: Path) -> list[str]:
    """The text of each page."""
    return told(path, "-layout").removesuffix("\f").split("\f")


def rows_of(content: bytes) -> list[list[list[str]]]:
    """The rows of each table of a Word file; of merged cells the text comes once."""
    tables = Document(io.BytesIO(content)).tables
    return [[[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows] for table in tables]
