"""What people look for here and that is not a caisse's: whose it is, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Elsewhere:
    title: str
    summary: str
    address: str
    words: str


ELSEWHERE = (
    Elsewhere(
        "Bourse d'études",
        "Ce n'est pas une aide de la caisse : le Crous verse celles du supérieur, l'établissement celles du lycée et du "
        "collège.",
        "https://www.messervices.etudiant.gouv.fr",
        "crous étudiant boursier lycée collège dse université",
    ),
    Elsewhere(
        "Chèque énergie",
        "Ce n'est pas une aide de la caisse : l'État l'envoie.",
        "https://www.chequeenergie.gouv.fr",
        "électricité gaz chauffage facture",
    ),
    Elsewhere(
        "Allocation de chômage",
        "Ce n'est pas une aide de la caisse : France Travail la verse.",
        "https://www.francetravail.fr",
        "are ass pôle emploi inscription actualisation",
    ),
    Elsewhere(
        "Complémentaire santé solidaire, indemnités journalières",
        "Ce n'est pas une aide de la caisse : l'Assurance maladie s'en occupe.",
        "https://www.ameli.fr",
        "css cmu mutuelle sécurité sociale arrêt maladie carte vitale congé maternité paternité",
    ),
    Elsewhere(
        "Impôt sur le revenu",
        "Ce n'est pas l'affaire de la caisse : demandez aux impôts, qui nous transmettent vos revenus.",
        "https://www.impots.gouv.fr",
        "avis d'imposition déclaration fiscale prélèvement taxe",
    ),
    Elsewhere(
        "Loyers, factures ou entrée dans un logement",
        "Ce n'est pas une aide de la caisse : le fonds de solidarité pour le logement (FSL) est celui du département.",
        "https://www.service-public.fr/particuliers/vosdroits/F1334",
        "fsl impayé dette de loyer dépôt de garantie caution expulsion",
    ),
    Elsewhere(
        "Prime de Noël",
        "Ce site ne la calcule pas : l'État la décide chaque année, la caisse la verse sans demande à qui a le RSA.",
        "https://www.service-public.fr/particuliers/vosdroits/F1325",
        "aide exceptionnelle fin d'année décembre",
    ),
    Elsewhere(
        "Retraite et minimum vieillesse",
        "Ce n'est pas une aide de la caisse : les caisses de retraite les versent.",
        "https://www.info-retraite.fr",
        "aspa pension vieillesse réversion",
    ),
)
