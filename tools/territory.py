"""Write `src/guichet/territory/communes.csv`: every commune, its postal codes and its zone of the housing aid.

    python tools/territory.py FOLDER

FOLDER holds what `npm pack @etalab/decoupage-administratif@6.0.0` unpacks to: INSEE's official geographic code of
2026 with the postal codes, MIT licence. The zones (order of 17 March 1978) are those of the file that
OpenFisca-France carries, which the ministry gave in 2011 and no later text was found to amend.

- A commune merged since 2011 has the zone of what it merges. Where these differ (ten communes), each former commune
  is a row of its own, so that the household says in which one it lives.
- Paris, Lyon and Marseille are known by their arrondissements, and as a whole by their own code.
- A commune that the zones' file does not know has an empty zone: it is refused, never guessed.
"""

import csv
import json
import sys
from pathlib import Path

import openfisca_france

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src/guichet/territory/communes.csv"
ZONES = Path(openfisca_france.__file__).parent / "assets/apl/20110914_zonage.csv"


def main(folder: Path) -> None:
    with ZONES.open(encoding="utf-8") as lines:
        old = {row["CODGEO"]: row for row in csv.DictReader(lines)}
    zones = {code: row["Zonage"].removesuffix("bis") for code, row in old.items()}
    communes = json.loads((folder / "data/communes.json").read_text(encoding="utf-8"))
    rows = [row for commune in communes for row in rows_of(commune, old, zones)]
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["insee", "nom", "zone", "codes_postaux", "anciens"])
        writer.writerows(sorted(rows))
    print(f"{len(rows)} rows, {sum(not row[2] for row in rows)} without a zone", file=sys.stderr)


def rows_of(commune: dict, old: dict[str, dict], zones: dict[str, str]) -> list[tuple[str, ...]]:
    """The rows (code, name, zone, postal codes, former codes) of one entry of the official list."""
    code, name = commune["code"], commune["nom"]
    postal = " ".join(commune.get("codesPostaux", []))
    if commune["type"] == "arrondissement-municipal":
        return [(code, name, zones[commune["commune"]], postal, "")]
    if commune["type"] != "commune-actuelle":
        return []
    if code in ("13055", "69123", "75056"):
        return [(code, name, zones[code], "", "")]
    merged = [former for former in commune.get("anciensCodes", []) if former != code]
    parts = [part for part in (code, *merged) if part in zones]
    if len({zones[part] for part in parts}) > 1:
        return [(part, f"{name} ({old[part]['LIBCOM_2014']})", zones[part], postal, "") for part in parts]
    return [(code, name, zones[parts[0]] if parts else "", postal, " ".join(merged))]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
