"""The paper forms whose number is sure. Others exist: the caisse gives them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    number: str
    title: str
    use: str

    @property
    def anchor(self) -> str:
        return f"cerfa-{self.number.partition('*')[0]}"


FORMS = {
    form.number.partition("*")[0]: form
    for form in (
        Form(
            "10840*05",
            "Demande d'aide au logement",
            "Pour un locataire, un résident d'un foyer ou un acheteur. Avec une attestation de loyer et un RIB.",
        ),
        Form(
            "11423*06",
            "Déclaration de situation",
            "Qui vit au foyer, depuis quand, de quelle activité : à la première demande, puis à chaque changement.",
        ),
        Form(
            "10397",
            "Déclaration de ressources",
            "Seulement si la caisse n'a pas trouvé vos revenus auprès des impôts. Son numéro de version change "
            "chaque année.",
        ),
        Form(
            "12324*04",
            "Demande de complément de libre choix d'activité",
            "Pour un parent qui arrêtait ou réduisait son activité, avant la prestation partagée d'éducation.",
        ),
    )
}
