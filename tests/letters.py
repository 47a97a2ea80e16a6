"""One letter of each genre, for the tests that read them and those that print them. Nobody lives there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from guichet.domain.courriers import attestations, decisions, indus, suivi, verification
from guichet.domain.courriers.attestations import Lien, Membre, RetenueDuMois
from guichet.domain.courriers.courrier import Courrier, Destinataire, Emetteur, Enveloppe, Genre, Verification
from guichet.domain.courriers.decisions import Decision, Ecart, MontantDecide, Sens
from guichet.domain.courriers.indus import Plan
from guichet.domain.courriers.mentions import Motif
from guichet.domain.courriers.recours import Organe
from guichet.domain.courriers.suivi import SommeVersee
from guichet.domain.droits import Prestation
from guichet.domain.vocabulaire import Mois, euros

EMETTEUR = Emetteur(
    caisse="Caisse d'allocations familiales de démonstration",
    service="Service des prestations",
    adresse=("1 place du Guichet", "00000 Ville-Exemple"),
    contact="www.guichet.example, 00 00 00 00 00",
    signataire="Pour la direction, le service des prestations",
    site="Guichet, démonstration",
    demonstration=True,
    adresses={Organe.TRIBUNAL_ADMINISTRATIF: "2 place du Guichet, 00000 Ville-Exemple"},
)
DESTINATAIRE = Destinataire("Camille Exemple", ("Appartement 12", "7 rue du Modèle", "00000 Ville-Exemple"), "0000354")
MAI, JUIN = Mois(2026, 5), Mois(2026, 6)
MOTIF = Motif(
    "Vous nous avez dit le 2 octobre 2026 que vous travaillez depuis le 4 mai 2026. Vos salaires comptent dans vos "
    "ressources.",
    ("CASF, art. R262-7", "CSS, art. L842-3"),
)
VERIFICATION = Verification(verification.code(2**94 + 12345678901234567890), "guichet.example/verifier")
CODE = "4827 1935"
FOYER = (
    Membre("Camille Exemple", Lien.ALLOCATAIRE, date(1990, 4, 1)),
    Membre("Dominique Exemple", Lien.CONJOINT, date(1988, 12, 24)),
    Membre("Sacha Exemple", Lien.ENFANT, date(2019, 8, 15)),
)


def enveloppe(day: date = date(2026, 11, 12)) -> Enveloppe:
    return Enveloppe(EMETTEUR, DESTINATAIRE, day, "C-2026-000123")


def droits(day: date = date(2026, 11, 12)) -> Courrier:
    naissance = Motif("Sacha est né le 3 octobre 2026 : vous avez deux enfants à charge.", ("CSS, art. L521-1",))
    fin = Motif("Vos ressources de 2024, 45 000 €, dépassent le plafond de 44 000 €.", ("CSS, art. L531-2", "D531-1"))
    loyer = Motif("Votre loyer est de 540 € depuis le 1er octobre 2026.", ("CCH, art. D823-16",))
    refus = Motif("Votre enfant a 21 ans : l'âge limite est de 20 ans.", ("CSS, art. R512-2",))
    return decisions.notification_de_droits(
        enveloppe(day),
        (
            Decision(Prestation.AF, Sens.OUVERTURE, (MontantDecide(Mois(2026, 11), euros("151.05")),), naissance),
            Decision(
                Prestation.AIDE_LOGEMENT,
                Sens.CHANGEMENT,
                (
                    MontantDecide(Mois(2026, 10), euros("253"), euros("212")),
                    MontantDecide(Mois(2026, 11), euros("260"), euros("212")),
                ),
                loyer,
                apl=True,
            ),
            Decision(Prestation.PAJE_BASE, Sens.FIN, (MontantDecide(Mois(2026, 11), euros(0), euros("196.60")),), fin),
            Decision(Prestation.CF, Sens.REFUS, (MontantDecide(Mois(2026, 11), euros(0)),), refus),
        ),
    )


def rappel(day: date = date(2026, 11, 12)) -> Courrier:
    ecarts = tuple(Ecart(Prestation.PPA, mois, euros("231.40"), euros("120")) for mois in (MAI, JUIN))
    return decisions.rappel(enveloppe(day), ecarts, MOTIF, paye_le=date(2026, 12, 4))


def indu(
    day: date = date(2026, 11, 12), prestations: tuple[Prestation, ...] = (Prestation.AF, Prestation.RSA), apl: bool = False
) -> Courrier:
    ecarts = tuple(
        Ecart(prestation, mois, euros("1435.38"), euros("1635.71"), ((mois + 1).first_day.replace(day=5),))
        for prestation in prestations
        for mois in (MAI, JUIN)
    )
    return indus.notification_d_indu(enveloppe(day), ecarts, MOTIF, plan=Plan(euros(48), date(2027, 2, 5)), apl=apl)


def code_d_acces() -> Courrier:
    adresse = "www.guichet.example/premier-acces"
    return suivi.code_d_acces(enveloppe(), CODE, adresse=adresse, valable_jusqu_au=date(2026, 12, 12))


def accuse_de_reception(day: date = date(2026, 11, 12)) -> Courrier:
    return suivi.accuse_de_reception(
        enveloppe(day),
        "votre demande d'aide au logement",
        recue_le=date(2026, 11, 10),
        pieces=("L'attestation de loyer remplie par votre bailleur.", "Un relevé d'identité bancaire."),
        pieces_avant=date(2026, 12, 10),
        refus_tacite_le=date(2027, 1, 10),
        prestations=(Prestation.AIDE_LOGEMENT,),
    )


def virement_rejete() -> Courrier:
    return suivi.virement_rejete(
        enveloppe(),
        (
            SommeVersee(Prestation.AF, Mois(2026, 10), euros("151.05")),
            SommeVersee(Prestation.PPA, Mois(2026, 10), euros("231.40")),
        ),
        emis_le=date(2026, 11, 5),
        compte="FR76 •••• 0189",
        motif="le compte est fermé",
        adresse="www.guichet.example/mon-compte",
    )


def attestation_de_paiement() -> Courrier:
    versees = [
        SommeVersee(prestation, mois, euros(montant), au_bailleur=prestation is Prestation.AIDE_LOGEMENT)
        for prestation, montant in ((Prestation.AF, "151.05"), (Prestation.AIDE_LOGEMENT, "260"))
        for mois in Mois(2026, 8).until(Mois(2026, 10))
    ]
    return attestations.attestation_de_paiement(
        enveloppe(),
        FOYER,
        du=Mois(2026, 8),
        au=Mois(2026, 10),
        sommes=tuple(versees),
        retenues=(RetenueDuMois(Mois(2026, 10), euros(48)),),
        verification=VERIFICATION,
    )


def attestation_de_quotient_familial() -> Courrier:
    return attestations.attestation_de_quotient_familial(
        enveloppe(), FOYER, mois=Mois(2026, 11), quotient=1234, parts=Decimal("2.50"), verification=VERIFICATION
    )


BY_GENRE: dict[Genre, Callable[[], Courrier]] = {
    Genre.DROITS: droits,
    Genre.RAPPEL: rappel,
    Genre.INDU: indu,
    Genre.CODE_D_ACCES: code_d_acces,
    Genre.ACCUSE_DE_RECEPTION: accuse_de_reception,
    Genre.VIREMENT_REJETE: virement_rejete,
    Genre.ATTESTATION_DE_PAIEMENT: attestation_de_paiement,
    Genre.ATTESTATION_DE_QUOTIENT_FAMILIAL: attestation_de_quotient_familial,
}
