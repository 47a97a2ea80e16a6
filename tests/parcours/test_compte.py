"""Getting in, in Chromium, without JavaScript, by keyboard: a letter, a password, a session elsewhere, a code."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from gestures import PHONE, SCREEN, accessible

from dossiers import compte, dossier, give_address
from guichet.operations import courriels
from guichet.records import acces

BIRTH = (("Jour", "12"), ("Mois", "5"), ("Année", "1990"))
PASSWORD = "Des pommes & 12 poires"


def seen(page, photograph, name):
    """Accessible, and in pictures."""
    accessible(page)
    photograph(page, name)


@pytest.mark.parametrize(("viewport", "scripts"), [(PHONE, True), (PHONE, False), (SCREEN, True)])
def test_a_letter_then_an_account(open_page, photograph, viewport, scripts):
    """Without JavaScript too, where axe cannot look."""
    look = seen if scripts else lambda *_: None
    file = dossier()
    give_address(file, "claire@exemple.fr")
    code = acces.give_letter_code(file.personne_set.get().pk)
    page = open_page(java_script_enabled=scripts, viewport=viewport, color_scheme="dark" if viewport is SCREEN else "light")
    page.goto("/")
    page.get_by_role("link", name="Mon compte").click()
    look(page, photograph, "connexion")
    page.get_by_label("Numéro d’allocataire ou de sécurité sociale").fill("12")
    page.get_by_role("button", name="Se connecter").click()
    look(page, photograph, "connexion-erreur")
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    page.get_by_label("Mot de passe").fill("faux")
    page.keyboard.press("Enter")
    page.get_by_text("ne vont pas ensemble").wait_for()
    look(page, photograph, "connexion-refus")
    page.get_by_role("link", name="Mot de passe oublié").click()
    look(page, photograph, "oubli")
    page.get_by_label("Numéro d’allocataire").fill("0000354")
    page.get_by_role("button", name="Continuer").click()
    look(page, photograph, "oubli-envoye")
    page.get_by_role("link", name="J’ai le code d’une lettre").click()
    page.get_by_label("Numéro d’allocataire").fill("0000354")
    for part, value in BIRTH:
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Code de la lettre").fill(code)
    look(page, photograph, "premier-acces")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Nouveau mot de passe").fill("trop court")
    page.get_by_role("button", name="Enregistrer").click()
    look(page, photograph, "mot-de-passe-faible")
    page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    page.get_by_label("Le même, une seconde fois").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/mon-compte")
    look(page, photograph, "mon-compte")
    page.get_by_role("link", name="Sécurité", exact=True).click()
    page.get_by_role("link", name="Recevoir les codes par une application").click()
    look(page, photograph, "application")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("/deconnexion")
    page.goto("/mon-compte")
    page.get_by_role("heading", name="Se connecter").wait_for()


def test_sessions_and_a_code_by_e_mail(open_page, photograph):
    file = dossier()
    give_address(file, "claire@exemple.fr")
    compte(file, password=PASSWORD)
    pages = [open_page(viewport=viewport) for viewport in (SCREEN, PHONE)]
    for page in pages:
        page.goto("/connexion?suite=/mon-compte/securite")
        page.get_by_label("Numéro d’allocataire").fill("0000354")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Sécurité du compte").wait_for()
    screen, phone = pages
    screen.reload()
    seen(screen, photograph, "securite")
    seen(phone, photograph, "securite")
    screen.get_by_role("button", name="Fermer cette session").click()
    screen.get_by_text("C’est fait.").wait_for()
    phone.get_by_role("link", name="Changer de mot de passe").click()
    phone.get_by_role("heading", name="Se connecter").wait_for()
    screen.get_by_role("link", name="Recevoir les codes par une application").click()
    seen(screen, photograph, "code")
    screen.get_by_role("button", name="Recevoir un code").click()
    seen(screen, photograph, "code-envoye")
    courriels.send()
    screen.get_by_label("Code").fill(re.search(r"\d{6}", mail.outbox[-1].body)[0])
    screen.keyboard.press("Enter")
    screen.get_by_role("heading", name="Des codes par une application").wait_for()
    seen(screen, photograph, "application")
