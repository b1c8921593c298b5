"""Makes the wheel: python wheel.py JAR VERSION DIRECTORY

A wheel is a zip file of the package and a few files that describe it (PEP 427), so that this needs nothing but Python
itself. The jar goes in as it is: it is compressed already, and holds the natives of one platform, for which the wheel
is, too.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import List, Tuple

PACKAGE = Path(__file__).resolve().parent / "elbow"

METADATA = """Metadata-Version: 2.1
Name: elbow
Version: {version}
Summary: Variational autoencoders on Apache Spark
Requires-Python: >=3.8
Requires-Dist: pyspark ({pyspark})
Requires-Dist: numpy
Requires-Dist: pandas
"""

WHEEL = """Wheel-Version: 1.0
Generator: wheel.py of elbow
Root-Is-Purelib: false
Tag: {tag}
"""

# The earliest that a zip file can say: the same content makes the same wheel.
TIME = (1980, 1, 1, 0, 0, 0)


def python_version(maven: str) -> str:
    """0.1.0-SNAPSHOT as PEP 440 writes it."""
    return maven.replace("-SNAPSHOT", ".dev0")


def pyspark_versions(jar: Path) -> str:
    """Which versions of PySpark a jar is for: it says which Spark it was built against."""
    with zipfile.ZipFile(jar) as content:
        lines = content.read("elbow/versions.properties").decode().splitlines()
    spark = next(line.split("=", 1)[1].strip() for line in lines if line.startswith("spark = "))
    return ">=4,<5" if spark.startswith("4.") else ">=3.5,<3.6"


def make(jar: Path, maven_version: str, directory: Path) -> Path:
    """Makes the wheel of a jar in a directory."""
    version = python_version(maven_version)
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    tag = f"py3-none-{platform}"
    described = f"elbow-{version}.dist-info"
    directory.mkdir(parents=True, exist_ok=True)
    for former in directory.glob("elbow-*.whl"):
        former.unlink()
    made = directory / f"elbow-{version}-{tag}.whl"
    record: List[Tuple[str, str, str]] = []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as wheel:

        def add(name: str, content: bytes, compression: int = zipfile.ZIP_DEFLATED) -> None:
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type = compression
            entry.external_attr = 0o644 << 16
            wheel.writestr(entry, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record.append((name, f"sha256={digest}", str(len(content))))

        for source in sorted([*PACKAGE.glob("*.py"), PACKAGE / "py.typed"]):
            add(f"elbow/{source.name}", source.read_bytes())
        add(f"elbow/jars/{jar.name}", jar.read_bytes(), zipfile.ZIP_STORED)
        add(f"{described}/METADATA", METADATA.format(version=version, pyspark=pyspark_versions(jar)).encode())
        add(f"{described}/WHEEL", WHEEL.format(tag=tag).encode())
        lines = io.StringIO()
        csv.writer(lines, lineterminator="\n").writerows([*record, (f"{described}/RECORD", "", "")])
        wheel.writestr(zipfile.ZipInfo(f"{described}/RECORD", TIME), lines.getvalue())
    return made


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    print(f"made {make(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))}")
