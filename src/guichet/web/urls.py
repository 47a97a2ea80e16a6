"""Every address of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from guichet.web import errors, health, metrics
from guichet.web.accueil import views as accueil
from guichet.web.api import particulier
from guichet.web.api import views as api
from guichet.web.comptes import arrival, franceconnect, outbox, security
from guichet.web.comptes import views as comptes
from guichet.web.contenu.pages import PAGES
from guichet.web.courriers import attestations, exchanges, letters, personal
from guichet.web.espace import home, payments, resources, situation
from guichet.web.observatoire import views as observatoire
from guichet.web.prestations import views as prestations
from guichet.web.recherche import views as recherche
from guichet.web.simulateurs import avis, pdf, result
from guichet.web.simulateurs import views as simulateurs

OF_A_SIMULATION = [
    path("<slug:genre>", simulateurs.debut, name="simulation"),
    path("<slug:genre>/mois", simulateurs.mois, name="simulation-debut-mois"),
    path("<slug:genre>/<str:lien>", simulateurs.reprise, name="simulation-reprise"),
    path("<slug:genre>/<str:lien>/mois", simulateurs.mois, name="simulation-mois"),
    path("<slug:genre>/<str:lien>/recapitulatif", simulateurs.recapitulatif, name="simulation-recapitulatif"),
    path("<slug:genre>/<str:lien>/resultat", result.resultat, name="simulation-resultat"),
    path("<slug:genre>/<str:lien>/avis", avis.avis, name="simulation-avis"),
    path("<slug:genre>/<str:lien>/resultat.pdf", pdf.pdf, name="simulation-pdf"),
    path("<slug:genre>/<str:lien>/vers/<slug:autre>", result.ailleurs, name="simulation-ailleurs"),
    path("<slug:genre>/<str:lien>/<slug:nom>", simulateurs.page, name="simulation-page"),
]
OF_AN_ACCOUNT = [
    path("situation", situation.situation, name="situation"),
    path("situation/corriger/<slug:sujet>", situation.correction, name="correction"),
    path("paiements", payments.paiements, name="paiements"),
    path("paiements/<slug:jour>", payments.paiement, name="paiement"),
    path("ressources", resources.ressources, name="ressources"),
    path("demarches", home.demarches, name="demarches"),
    path("code", security.code, name="code"),
    path("securite", security.securite, name="securite"),
    path("securite/mot-de-passe", security.mot_de_passe, name="mot-de-passe"),
    path("securite/application", security.application, name="application"),
    path("reprise", comptes.reprise, name="reprise"),
    path("courriers", letters.courriers, name="courriers"),
    path("courriers/<slug:lettre>", letters.courrier, name="courrier"),
    path("courriers/<slug:lettre>.pdf", letters.courrier_pdf, name="courrier-pdf"),
    path("courriers/<slug:lettre>/contester", exchanges.contester, name="contester"),
    path("attestations", attestations.attestations, name="attestations"),
    path("questions", exchanges.questions, name="questions"),
    path("questions/nouvelle", exchanges.nouvelle, name="question-nouvelle"),
    path("questions/<slug:question>", exchanges.question, name="question"),
    path("donnees", personal.donnees, name="donnees"),
    path("donnees/lire", personal.donnees_lues, name="donnees-lues"),
    path("donnees/donnees.json", personal.donnees_json, name="donnees-json"),
    path("donnees/completes.json", personal.donnees_completes, name="donnees-completes"),
    path("fermeture", personal.fermeture, name="fermeture"),
]

# Django tries the lines one by one: the longest lists of a room, inside it; what is asked least, last.
urlpatterns = [
    # In French, and in English under /en/.
    *i18n_patterns(
        path("", accueil.accueil, name="accueil"),
        path("simulation/", include(OF_A_SIMULATION)),
        path("prestations", prestations.index, name="prestations"),
        path("prestations/<slug:slug>", prestations.benefit, name="prestation"),
        path("recherche", recherche.search, name="recherche"),
        *(
            path(name, accueil.page, {"name": name}, name=name)
            for name in PAGES
            if name not in ("accueil", "prestations", "recherche", "statistiques")
        ),
        path("connexion", comptes.connexion, name="connexion"),
        path("connexion/premier-acces", arrival.premier_acces, name="premier-acces"),
        path("connexion/oubli", arrival.oubli, name="oubli"),
        path("connexion/oubli/lien", arrival.lien, name="oubli-lien"),
        path("connexion/mot-de-passe", arrival.nouveau_mot_de_passe, name="nouveau-mot-de-passe"),
        path("connexion/franceconnect", franceconnect.depart, name="franceconnect"),
        path("connexion/franceconnect/retour", franceconnect.retour, name="franceconnect-retour"),
        path("connexion/franceconnect/fin", franceconnect.fin, name="franceconnect-fin"),
        path("deconnexion", comptes.deconnexion, name="deconnexion"),
        path("mon-compte", home.mon_compte, name="mon-compte"),
        path("mon-compte/", include(OF_AN_ACCOUNT)),
        path("verifier", attestations.verifier, name="verifier"),
        path("demonstration/courriels", outbox.outbox, name="demonstration-courriels"),
        path("statistiques", observatoire.statistiques, name="statistiques"),
        path("statistiques/methode", observatoire.methode, name="statistiques-methode"),
        path("statistiques/<slug:slug>", observatoire.graphique, name="statistiques-graphique"),
        path("statistiques/<slug:slug>.csv", observatoire.csv, name="statistiques-csv"),
        prefix_default_language=False,
    ),
    # One address each, in no language.
    path("sitemap.xml", accueil.sitemap, name="sitemap"),
    path("robots.txt", accueil.robots, name="robots"),
    path("theme.css", accueil.theme, name="theme"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("api/docs", api.documentation, name="api-documentation"),
    path("api/v1/", api.api.urls),
    path("v3/", particulier.api.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
