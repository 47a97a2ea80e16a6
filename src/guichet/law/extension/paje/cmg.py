"""Complément de libre choix du mode de garde (CSS, art. L531-5 to L531-9): what its forms have in common.

Three inputs are OpenFisca's own names: `ass_mat` and `gar_dom` are care by an association, a firm or a micro-crèche
(L531-6), the first through childminders; `empl_dir` is a childminder or a nanny that the family employs (L531-5).
"""

import numpy as np
from openfisca_core.model_api import MONTH, Variable
from openfisca_france.model.base import Famille, Individu, not_

from guichet.law.extension.crds import crds, net_de_crds
from guichet.law.extension.paje.enfant import mois_depuis

TROIS_ANS, SIX_ANS = 36, 72  # the month of the birthday is still due (R552-3; D531-20)
DERNIER_MOIS_AVANT_LA_RENTREE = 8


class cmg_enfant_garde(Variable):
    value_type = bool
    default_value = True
    entity = Individu
    label = "Enfant confié au mode de garde déclaré"
    definition_period = MONTH


class cmg_employe_a_domicile(Variable):
    value_type = bool
    entity = Famille
    label = "Emploi direct d'une garde à domicile (sinon, d'un assistant maternel)"
    definition_period = MONTH


class cmg_microcreche(Variable):
    value_type = bool
    entity = Famille
    label = "Garde par une micro-crèche (sinon, par une structure qui envoie quelqu'un au domicile)"
    definition_period = MONTH


class cmg_cout_mensuel(Variable):
    value_type = float
    entity = Famille
    label = "Coût mensuel de la garde : salaire net et indemnités, ou facture de la structure"
    definition_period = MONTH


class cmg_heures_mensuelles(Variable):
    value_type = float
    entity = Famille
    label = "Heures de garde payées dans le mois"
    definition_period = MONTH


class cmg_horaires_specifiques(Variable):
    value_type = bool
    entity = Famille
    label = "Au moins 25 heures de garde la nuit, le dimanche ou un jour férié"
    definition_period = MONTH


class paje_cmg_mode_declare(Variable):
    value_type = bool
    entity = Famille
    label = "Un mode de garde payant est déclaré"
    definition_period = MONTH

    def formula(famille, period):
        return famille("empl_dir", period) | famille("ass_mat", period) | famille("gar_dom", period)


class paje_cmg_enfant_confie(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant né, ou arrivé au foyer, et confié au mode de garde déclaré"
    definition_period = MONTH

    def formula(individu, period):
        arrive = individu("paje_mois_depuis_arrivee", period) >= 0
        return individu("est_enfant_dans_famille", period) & individu("cmg_enfant_garde", period) & arrive


class paje_cmg_enfant_a_taux_plein(Variable):
    """Under three, and since 2020 until August for a child who is three between January and August. No text counts the
    years of an adopted child from its arrival, as those of the other benefits of the PAJE do (L531-5 IV, D531-1).
    """

    value_type = bool
    entity = Individu
    label = "Enfant gardé au montant plein"
    definition_period = MONTH

    def formula(individu, period, parameters):
        regle = parameters(period).prestations_sociales.prestations_familiales.petite_enfance.paje.paje_cmg
        mois = individu("pf_mois_depuis_naissance", period)
        ne_en = 1 + (period.start.month - 1 - mois) % 12
        avant_la_rentree = (
            regle.plein_jusqu_a_la_rentree
            * (ne_en <= DERNIER_MOIS_AVANT_LA_RENTREE)
            * (period.start.month <= DERNIER_MOIS_AVANT_LA_RENTREE)
            * (mois < TROIS_ANS + 12)
            * (ne_en <= period.start.month)
        )
        plein = (mois <= TROIS_ANS) | (avant_la_rentree > 0)
        return individu("paje_cmg_enfant_confie", period) & plein


class paje_cmg_enfant_a_taux_reduit(Variable):
    value_type = bool
    entity = Individu
    label = "Enfant gardé au montant réduit"
    definition_period = MONTH

    def formula(individu, period):
        petit = individu("pf_mois_depuis_naissance", period) <= SIX_ANS
        confie = individu("paje_cmg_enfant_confie", period) & petit
        return confie & not_(individu("paje_cmg_enfant_a_taux_plein", period))


class paje_cmg_enfant_present(Variable):
    value_type = bool
    entity = Famille
    label = "Un enfant gardé a moins de six ans"
    definition_period = MONTH

    def formula(famille, period):
        plein = famille.any(famille.members("paje_cmg_enfant_a_taux_plein", period))
        return plein | famille.any(famille.members("paje_cmg_enfant_a_taux_reduit", period))


class paje_cmg_revenu_minimal(Variable):
    """D531-19, until December 2013: once the BMAF a month for a person alone, twice for a couple."""

    value_type = float
    entity = Famille
    label = "Revenu professionnel mensuel minimal"
    definition_period = MONTH

    def formula(famille, period, parameters):
        pfam = parameters(period).prestations_sociales.prestations_familiales
        multiple = pfam.petite_enfance.paje.paje_cmg.revenu_minimal
        return pfam.bmaf.bmaf * multiple * (1 + famille("en_couple", period))


class paje_cmg_revenu_professionnel(Variable):
    value_type = float
    entity = Famille
    label = "Revenus professionnels du mois, des deux parents"
    definition_period = MONTH

    def formula(famille, period):
        salaires = famille.members("salaire_imposable", period) + famille.members("hsup", period)
        return famille.sum(salaires, role=Famille.PARENT)

    def formula_2014(famille, period):
        return famille.filled_array(0.0)


class paje_cmg_dispense_d_activite(Variable):
    value_type = bool
    entity = Famille
    label = "Dispense de la condition d'activité : AAH, ou parents étudiants"
    definition_period = MONTH

    def formula(famille, period):
        etudiants = famille.all(famille.members("etudiant", period), role=Famille.PARENT)
        return etudiants | famille("paje_cmg_parent_aah", period)


class paje_cmg_parent_aah(Variable):
    value_type = bool
    entity = Famille
    label = "Un parent reçoit l'AAH"
    definition_period = MONTH

    def formula(famille, period):
        return famille.any(famille.members("aah", period) > 0, role=Famille.PARENT)


class paje_cmg_conge_majore(Variable):
    """L531-9: the benefit of L531-4 VI, higher and shorter, goes with the CMG. The activity is looked at when the CMG
    opens (R531-5), hence before this leave for a child who was already kept: that it was open is supposed, and told.
    """

    value_type = bool
    entity = Famille
    label = "PreParE majorée, ou complément optionnel, reçue ce mois-ci"
    definition_period = MONTH

    def formula(famille, period):
        prepare = (famille("paje_prepare", period) > 0) & famille("paje_prepare_majoree", period)
        return prepare | (famille("paje_colca", period) > 0)


class paje_cmg_activite(Variable):
    """An income of zero is one that was not declared: who does not work says so (`inactif`)."""

    value_type = bool
    entity = Famille
    label = "Condition d'activité professionnelle remplie"
    definition_period = MONTH

    def formula(famille, period):
        revenu = famille("paje_cmg_revenu_professionnel", period)
        suffisant = (revenu <= 0) | (revenu >= famille("paje_cmg_revenu_minimal", period))
        actif = not_(famille("inactif", period)) | famille("paje_cmg_conge_majore", period)
        return (actif & suffisant) | famille("paje_cmg_dispense_d_activite", period)

    def formula_2014(famille, period):
        actif = not_(famille("inactif", period)) | famille("paje_cmg_conge_majore", period)
        return actif | famille("paje_cmg_dispense_d_activite", period)


class paje_cmg_parent_au_foyer(Variable):
    """L531-9: no CMG with the full amount of the CLCA or of the PreParE, but for the higher and shorter one."""

    value_type = bool
    entity = Famille
    label = "Complément d'activité reçu au taux plein"
    definition_period = MONTH

    def formula(famille, period):
        prepare = (famille("paje_prepare", period) > 0) & famille("inactif", period)
        plein = famille("paje_clca_taux_plein", period) | prepare
        return plein & not_(famille("paje_cmg_conge_majore", period))


class paje_cmg_cumul_possible(Variable):
    value_type = bool
    entity = Famille
    label = "Pas de complément d'activité à taux plein"
    definition_period = MONTH

    def formula(famille, period):
        return not_(famille("paje_cmg_parent_au_foyer", period))


class paje_cmg_conditions(Variable):
    value_type = bool
    entity = Famille
    label = "Conditions communes du complément de mode de garde"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_cmg_activite", period) & famille("paje_cmg_cumul_possible", period)


class paje_cmg_aeeh(Variable):
    """A child with a complement has the AEEH, even if it is not told that the child is disabled."""

    value_type = int
    entity = Famille
    label = "Enfants qui ouvrent droit à l'AEEH"
    definition_period = MONTH

    def formula(famille, period):
        avec_complement = famille.members("aeeh_niveau_handicap", period) > 0
        return famille.sum(avec_complement | famille.members("aeeh_enfant_eligible", period), role=Famille.ENFANT)


class paje_cmg(Variable):
    value_type = float
    entity = Famille
    label = "Complément de mode de garde (brut de CRDS ; net pour l'emploi direct depuis septembre 2025)"
    definition_period = MONTH

    def formula(famille, period):
        return famille("paje_cmg_emploi_direct", period) + famille("paje_cmg_structure", period)


class paje_cmg_crds(Variable):
    value_type = float
    entity = Famille
    label = "CRDS sur le complément de mode de garde"
    definition_period = MONTH

    def formula(famille, period):
        return crds(famille("paje_cmg", period).astype(float))

    def formula_2025_09(famille, period):
        # The formula of D531-18 gives an amount net of CRDS: only the structure's bears it.
        return crds(famille("paje_cmg_structure", period).astype(float))


class paje_cmg_nette_crds(Variable):
    value_type = float
    entity = Famille
    label = "Complément de mode de garde, net de CRDS"
    definition_period = MONTH

    def formula(famille, period):
        return net_de_crds(famille("paje_cmg", period).astype(float))

    def formula_2025_09(famille, period):
        brut = famille("paje_cmg", period).astype(float)
        return np.round(brut - crds(famille("paje_cmg_structure", period).astype(float)), 2)


def ne_avant_avril_2014(famille, period):
    """True for each family whose youngest child was born, or adopted, before April 2014."""
    return famille("paje_mois_benjamin", period) > mois_depuis(2014, 4, period)
