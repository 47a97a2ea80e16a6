"""The benefits of the site, by the end of their address, in the order in which they are listed."""

from guichet.domain.droits import Prestation
from guichet.web.contenu import famille, jeune_enfant, ressources
from guichet.web.contenu.prestation import Benefit, Theme

BENEFITS: dict[str, Benefit] = {
    benefit.slug: benefit for benefit in (*ressources.BENEFITS, *famille.BENEFITS, *jeune_enfant.BENEFITS)
}


def benefit_of(prestation: Prestation) -> Benefit:
    """The page that tells of `prestation`."""
    return next(benefit for benefit in BENEFITS.values() if prestation in benefit.prestations)


def by_theme() -> list[tuple[Theme, list[Benefit]]]:
    return [(theme, [benefit for benefit in BENEFITS.values() if benefit.theme is theme]) for theme in Theme]
