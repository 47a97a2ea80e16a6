"""Every address of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

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

urlpatterns = [
    # One address each, in no language.
    path("sitemap.xml", accueil.sitemap, name="sitemap"),
    path("robots.txt", accueil.robots, name="robots"),
    path("theme.css", accueil.theme, name="theme"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("api/docs", api.documentation, name="api-documentation"),
    path("api/v1/", api.api.urls),
    path("v3/", particulier.api.urls),
    # In French, and in English under /en/.
    *i18n_patterns(
        path("", accueil.accueil, name="accueil"),
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
        path("mon-compte/situation", situation.situation, name="situation"),
        path("mon-compte/situation/corriger/<slug:sujet>", situation.correction, name="correction"),
        path("mon-compte/paiements", payments.paiements, name="paiements"),
        path("mon-compte/paiements/<slug:jour>", payments.paiement, name="paiement"),
        path("mon-compte/ressources", resources.ressources, name="ressources"),
        path("mon-compte/demarches", home.demarches, name="demarches"),
        path("mon-compte/code", security.code, name="code"),
        path("mon-compte/securite", security.securite, name="securite"),
        path("mon-compte/securite/mot-de-passe", security.mot_de_passe, name="mot-de-passe"),
        path("mon-compte/securite/application", security.application, name="application"),
        path("mon-compte/reprise", comptes.reprise, name="reprise"),
        path("mon-compte/courriers", letters.courriers, name="courriers"),
        path("mon-compte/courriers/<slug:lettre>", letters.courrier, name="courrier"),
        path("mon-compte/courriers/<slug:lettre>.pdf", letters.courrier_pdf, name="courrier-pdf"),
        path("mon-compte/courriers/<slug:lettre>/contester", exchanges.contester, name="contester"),
        path("mon-compte/attestations", attestations.attestations, name="attestations"),
        path("mon-compte/questions", exchanges.questions, name="questions"),
        path("mon-compte/questions/nouvelle", exchanges.nouvelle, name="question-nouvelle"),
        path("mon-compte/questions/<slug:question>", exchanges.question, name="question"),
        path("mon-compte/donnees", personal.donnees, name="donnees"),
        path("mon-compte/donnees/lire", personal.donnees_lues, name="donnees-lues"),
        path("mon-compte/donnees/donnees.json", personal.donnees_json, name="donnees-json"),
        path("mon-compte/donnees/completes.json", personal.donnees_completes, name="donnees-completes"),
        path("mon-compte/fermeture", personal.fermeture, name="fermeture"),
        path("verifier", attestations.verifier, name="verifier"),
        path("demonstration/courriels", outbox.outbox, name="demonstration-courriels"),
        path("statistiques", observatoire.statistiques, name="statistiques"),
        path("statistiques/methode", observatoire.methode, name="statistiques-methode"),
        path("statistiques/<slug:slug>", observatoire.graphique, name="statistiques-graphique"),
        path("statistiques/<slug:slug>.csv", observatoire.csv, name="statistiques-csv"),
        path("simulation/<slug:genre>", simulateurs.debut, name="simulation"),
        path("simulation/<slug:genre>/mois", simulateurs.mois, name="simulation-debut-mois"),
        path("simulation/<slug:genre>/<str:lien>", simulateurs.reprise, name="simulation-reprise"),
        path("simulation/<slug:genre>/<str:lien>/mois", simulateurs.mois, name="simulation-mois"),
        path("simulation/<slug:genre>/<str:lien>/recapitulatif", simulateurs.recapitulatif, name="simulation-recapitulatif"),
        path("simulation/<slug:genre>/<str:lien>/resultat", result.resultat, name="simulation-resultat"),
        path("simulation/<slug:genre>/<str:lien>/avis", avis.avis, name="simulation-avis"),
        path("simulation/<slug:genre>/<str:lien>/resultat.pdf", pdf.pdf, name="simulation-pdf"),
        path("simulation/<slug:genre>/<str:lien>/vers/<slug:autre>", result.ailleurs, name="simulation-ailleurs"),
        path("simulation/<slug:genre>/<str:lien>/<slug:nom>", simulateurs.page, name="simulation-page"),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
