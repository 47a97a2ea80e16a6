"""The pages about the site itself, by the name of their address."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SitePage:
    name: str
    title: str
    summary: str
    words: str = ""


PAGES = {
    page.name: page
    for page in (
        SitePage("accueil", "Accueil", "Les simulateurs, les montants du mois et les prestations."),
        SitePage("prestations", "Les prestations", "Qui y a droit, combien, selon quels textes, comment demander."),
        SitePage("formulaires", "Les formulaires", "Les formulaires papier dont le numéro est sûr.", "cerfa imprimé pdf"),
        SitePage("recherche", "Rechercher", "Une prestation, un formulaire, une page."),
        SitePage(
            "aide",
            "Aide",
            "Se servir des simulateurs, comprendre un montant, contester une décision.",
            "contact joindre horaires ouverture accueil rendez-vous question recours contester réclamation lien perdu "
            "reprendre erreur téléphone 3230",
        ),
        SitePage("plan", "Plan du site", "Toutes les pages, sur une seule."),
        SitePage(
            "accessibilite",
            "Accessibilité",
            "Ce qui a été vérifié, comment, et ce qui ne l'a pas été.",
            "rgaa handicap lecteur d'écran clavier contraste",
        ),
        SitePage(
            "confidentialite",
            "Vos données",
            "Ce qui est gardé, combien de temps, et qui peut le lire.",
            "rgpd vie privée cookie données personnelles confidentialité journal",
        ),
        SitePage(
            "statistiques",
            "Comment ce site est utilisé",
            "Les visites, les simulations et les démarches, mois par mois.",
            "audience fréquentation visites visiteurs statistiques chiffres awstats",
        ),
        SitePage(
            "a-propos",
            "À propos de ce site",
            "Ce qu'il est, ce qu'il n'est pas, d'où viennent ses chiffres.",
            "mentions légales caf licence openfisca code source",
        ),
    )
}
