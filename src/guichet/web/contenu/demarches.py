"""The seven démarches: what each is for, and what to do as long as it is not online."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Demarche:
    """`code` is its name everywhere: in addresses, in the audience, in a file."""

    code: str
    title: str
    summary: str


DEMARCHES = {
    demarche.code: demarche
    for demarche in (
        Demarche(
            "dtr_rsa",
            "Déclaration trimestrielle RSA",
            "Tous les trois mois, dire ce que votre foyer a reçu, pour le RSA ou la prime d'activité.",
        ),
        Demarche(
            "changement_situation",
            "Changement de situation",
            "Dire une naissance, une séparation, un déménagement, un nouvel emploi, un autre compte bancaire.",
        ),
        Demarche(
            "ressources_annuelles",
            "Déclaration annuelle de ressources",
            "Dire les revenus d'une année, quand les impôts ne nous les ont pas transmis.",
        ),
        Demarche(
            "aide_logement",
            "Demande d'aide au logement",
            "Demander l'APL ou une allocation de logement, quand vous entrez dans un logement.",
        ),
        Demarche(
            "maintien_dans_les_lieux",
            "Maintien dans les lieux",
            "Pendant vos études, dire si vous gardez votre logement cet été.",
        ),
        Demarche(
            "cmg_paje",
            "Complément de libre choix du mode de garde",
            "Dire qui garde votre enfant, et combien cela vous coûte.",
        ),
        Demarche(
            "dtr_aah",
            "Déclaration trimestrielle AAH",
            "Tous les trois mois, dire vos revenus du travail, si vous recevez l'AAH.",
        ),
    )
}
