"""`make sbom`: the parts of a release as a CycloneDX list, from the locks it was tested with."""

import json
import sys
import tomllib
from typing import Any

from packages import ROOT, Package, packages


def bill() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [_component(package) for package in packages()],
    }


def _component(package: Package) -> dict[str, Any]:
    """Hashes are those of the files one of which is installed: an archive for each kind of machine."""
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "hashes": [{"alg": "SHA-256", "content": each} for each in package.hashes],
    }


def main() -> None:
    target = ROOT / "dist" / "sbom.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(bill(), indent=2) + "\n")
    sys.stdout.write(f"{target.relative_to(ROOT)}: {len(packages())} packages\n")


if __name__ == "__main__":
    main()
