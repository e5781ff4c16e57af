"""Workbooks as other programs write them; the test is skipped where the program is not here."""

import shutil
import subprocess

import pytest

GNUMERIC = {"xls": "Gnumeric_Excel:excel_biff8", "ods": "Gnumeric_OpenCalc:odf", "xlsx": "Gnumeric_Excel:xlsx"}


def by_libreoffice(data, suffix, folder):
    """The path of what LibreOffice makes of a workbook."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not here")
    (folder / "a.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", suffix, "--outdir", folder / "to"]
    subprocess.run([*command, folder / "a.xlsx"], check=True, capture_output=True, timeout=120)
    return str(folder / "to" / f"a.{suffix}")


def by_gnumeric(data, suffix, folder):
    """The path of what gnumeric makes of a workbook."""
    if shutil.which("ssconvert") is None:
        pytest.skip("gnumeric is not here")
    (folder / "a.xlsx").write_bytes(data)
    command = ["ssconvert", f"--export-type={GNUMERIC[suffix]}", folder / "a.xlsx", folder / f"b.{suffix}"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return str(folder / f"b.{suffix}")


PROGRAMS = [(by, suffix) for by in (by_libreoffice, by_gnumeric) for suffix in GNUMERIC]
