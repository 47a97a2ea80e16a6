"""What the family benefits read together."""


def parametres(parameters, instant):
    """The parameters of the allocations familiales at `instant`, and the monthly base (BMAF) in euros."""
    familiales = parameters(instant).prestations_sociales.prestations_familiales
    return familiales.prestations_generales.af, familiales.bmaf.bmaf
