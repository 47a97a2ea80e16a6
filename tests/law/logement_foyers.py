"""Households for the tests of the housing aid, as OpenFisca situations."""

from guichet.domain.vocabulaire import Mois


def situation(
    mois,
    *,
    couple=False,
    enfants=(),
    loyer=600,
    zone="zone_2",
    statut="locataire_vide",
    age=40,
    individu=None,
    conjoint=None,
    famille=None,
    menage=None,
):
    """A family of `mois`; `individu`, `conjoint`, `famille` and `menage` give more inputs, by variable.

    The RSA of the month before is none unless `famille` says so.
    """
    annee, avant = Mois.parse(mois).annee, str(Mois.parse(mois) - 1)
    parents = ["demandeur", "conjoint"] if couple else ["demandeur"]
    noms = [f"enfant{rank}" for rank in range(len(enfants))]
    individus = {nom: {"date_naissance": f"{annee - age}-01-15"} for nom in parents}
    individus["demandeur"] |= individu or {}
    if couple:
        individus["conjoint"] |= conjoint or {}
    for nom, enfant in zip(noms, enfants, strict=True):
        donnees = enfant if isinstance(enfant, dict) else {"age": enfant}
        ans = donnees.get("age", 8)
        individus[nom] = {"date_naissance": f"{annee - ans}-01-15"} | {k: v for k, v in donnees.items() if k != "age"}
    return {
        "individus": individus,
        "familles": {"f": {"parents": parents, "enfants": noms, "rsa": {avant: 0}} | (famille or {})},
        "foyers_fiscaux": {"ff": {"declarants": parents, "personnes_a_charge": noms}},
        "menages": {
            "m": {
                "personne_de_reference": parents[:1],
                "conjoint": parents[1:],
                "enfants": noms,
                "loyer": {mois: loyer},
                "zone_apl": {mois: zone},
                "statut_occupation_logement": {mois: statut},
            }
            | (menage or {})
        },
    }
