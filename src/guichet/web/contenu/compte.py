"""The pages of an account, as the search finds them; each asks who one is."""

from __future__ import annotations

from guichet.web.contenu.pages import SitePage

ACCOUNT = (
    SitePage(
        "connexion",
        "Se connecter à mon compte",
        "Avec le numéro d'allocataire ou de sécurité sociale, et le mot de passe.",
        "connexion identifiant numéro allocataire espace personnel session franceconnect",
    ),
    SitePage(
        "premier-acces",
        "Première visite",
        "Choisir son mot de passe avec le code d'une lettre de la caisse.",
        "créer un compte inscription code courrier activer",
    ),
    SitePage(
        "oubli",
        "Mot de passe oublié",
        "Recevoir un lien par courriel pour en choisir un autre.",
        "mdp perdu réinitialiser changer mot de passe",
    ),
    SitePage(
        "paiements",
        "Mes paiements",
        "Ce qui a été versé depuis deux ans, et ce qui est à rembourser.",
        "versement virement montant date de paiement payé dette trop perçu indu retenue remboursement rembourser",
    ),
    SitePage(
        "attestations",
        "Mes attestations",
        "Attestation de paiement, attestation de quotient familial.",
        "justificatif certificat quotient preuve",
    ),
    SitePage(
        "courriers",
        "Mes courriers",
        "Les lettres de la caisse, et comment contester une décision.",
        "lettre notification décision recours",
    ),
    SitePage(
        "questions",
        "Mes questions",
        "Écrire à la caisse, dire un changement, suivre la réponse.",
        "message contact déménagement déménager changement changer adresse séparation divorce naissance mariage décès "
        "emploi rib iban compte bancaire",
    ),
    SitePage(
        "situation",
        "Ma situation",
        "Ce que la caisse sait du foyer, du logement, du compte bancaire.",
        "déménagement changer adresse foyer enfant rib iban compte bancaire téléphone courriel",
    ),
    SitePage(
        "ressources",
        "Mes ressources",
        "Les revenus avec lesquels les droits sont calculés, le quotient familial.",
        "revenus salaire déclaration trimestrielle quotient",
    ),
    SitePage(
        "securite",
        "Sécurité",
        "Changer de mot de passe, fermer des sessions, recevoir les codes par une application.",
        "changer mot de passe code application session",
    ),
    SitePage(
        "donnees",
        "Mes données",
        "Lire ou télécharger ce que le dossier garde, fermer l'accès en ligne.",
        "supprimer effacer fermer clôturer compte rgpd télécharger",
    ),
    SitePage("verifier", "Vérifier une attestation", "Avec le code qu'elle porte.", "contrôle authenticité code"),
)
