"""The scale of the rented sector, as functions of a family's size: arrays in, arrays out, nothing read here.

One formula for the APL, the ALF and the ALS since 2001 (arrêté du 27 septembre 2019, art. 7-16; before it, arrêtés du
3 juillet 1978 and du 26 décembre 2000). `pac` is a number of dependants: the residence of a child that alternates
between its parents asks for the same scale with and without it (CCH, art. R823-5).

`bareme` is the node `allocations_logement.locatif` of a month. Amounts are euros a month, to the cent.
"""

import numpy as np


def au_centime(montant):
    """Euros to the nearest cent, half a cent up, as the tables of rooms and co-tenants are (arr. 27/09/2019, art. 8, 16).

    In double precision: OpenFisca keeps single, in which 0.67 x 280.11 may lose a cent. To the thousandth of a cent first,
    as `np.round` does, in a tenth of its time.
    """
    return np.floor(np.rint(montant * np.float64(100) * 1000) / 1000 + 0.5) / 100


def selon_la_famille(valeurs, couple, pac):
    """The row of a table: a person alone, a couple, then 1, 2... dependants; the last of `valeurs` holds for more."""
    lignes = [np.where(couple, valeurs[1], valeurs[0]), *valeurs[2:]]
    valeur = lignes[-1]
    for rang in reversed(range(len(lignes) - 1)):  # `np.select` takes four times as long
        valeur = np.where(pac == rang, lignes[rang], valeur)
    return valeur


def _comptees(logement, pac, pac_outre_mer_max):
    """The dependants who count: overseas, up to a limit."""
    return np.where(logement.outre_mer, np.minimum(pac, pac_outre_mer_max), pac)


def loyer_plafond(bareme, logement, couple, pac, pac_outre_mer_max):
    """The highest rent that counts. A room has the ceiling of a person alone, whatever the family.

    Co-tenants have a table of their own: 75 % of each figure, to the cent. (The order of 26/12/2000 said to the euro;
    caf.fr counted a room to the cent all the same, in February 2015.)
    """
    plafonds = bareme.formule.l_plafonds_loyers
    zone = plafonds.par_zone[logement.zone]
    parts = plafonds.coef_chambre_et_colocation
    part = np.where(logement.coloc, parts.coef_colocation, 1)
    au_dela = np.maximum(_comptees(logement, pac, pac_outre_mer_max) - 1, 0)
    famille = np.where(
        pac > 0,
        au_centime(zone.un_enfant * part) + au_dela * au_centime(zone.majoration_par_enf_supp * part),
        au_centime(np.where(couple, zone.couples, zone.personnes_seules) * part),
    )
    chambre = np.where(logement.agee_ou_handicapee, parts.personne_agee_handicapee, parts.coef_chambre)
    return au_centime(np.where(logement.chambre, au_centime(zone.personnes_seules * chambre) * part, famille))


def loyer_de_reference(bareme, logement, couple, pac, pac_outre_mer_max):
    """The ceiling of zone 2, to which the rent is compared."""
    zone_2 = bareme.formule.l_plafonds_loyers.par_zone.zone_2
    au_dela = np.maximum(_comptees(logement, pac, pac_outre_mer_max) - 1, 0)
    return np.where(
        pac > 0,
        zone_2.un_enfant + au_dela * zone_2.majoration_par_enf_supp,
        np.where(couple, zone_2.couples, zone_2.personnes_seules),
    )


def charges(bareme, logement, couple, pac, pac_outre_mer_max):
    """The flat charges; a co-tenant alone has half of them. Saint-Barthélemy and Saint-Martin have those of overseas."""
    forfaits = bareme.formule.c_forfait_charges

    def montant(general, colocation, nombre):
        base = np.where(couple, colocation.couple_sans_enfant, colocation.beneficiaire_isole)
        return np.where(
            logement.coloc,
            base + nombre * colocation.majoration_par_enfant,
            general.cas_general + nombre * general.majoration_par_enfant,
        )

    return np.where(
        logement.outre_mer,
        montant(forfaits.dom, forfaits.dom_colocataires, np.minimum(pac, pac_outre_mer_max)),
        montant(forfaits.cas_general, forfaits.cas_colocataires, pac),
    )


def taux_famille(bareme, logement, couple, pac, pac_outre_mer_max):
    """TF: it falls with the size of the family."""
    taux = bareme.formule.pp_particip_perso.tp_taux.tf_taille_famille

    def premiers(table, nombre):
        avec = [table.avec_1_enfant, *(getattr(table, f"avec_{n}_enfants") for n in range(2, nombre + 1))]
        return [table.personnes_isolees, table.couples_0_enfant, *avec]

    metropole = selon_la_famille(premiers(taux.metropole, 4), couple, pac)
    metropole = metropole + np.maximum(pac - 4, 0) * taux.metropole.maj_par_enf_supp
    compte = np.minimum(pac, pac_outre_mer_max)
    dom = selon_la_famille(premiers(taux.dom, int(min(pac_outre_mer_max, 7))), couple, compte)
    if pac_outre_mer_max > 6:
        dom = dom + np.maximum(pac - 7, 0) * taux.dom.maj_par_enf_supp
    return np.where(logement.outre_mer, dom, metropole)


def taux_loyer(bareme, loyer_retenu, reference):
    """TL: it rises with the rent. RL is a percentage with 2 decimals, TL one with 3 (arr. 27/09/2019, art. 14)."""
    tranches = bareme.formule.pp_particip_perso.tp_taux.tl_loyer
    rapport = np.round(loyer_retenu / reference * 10_000) / 10_000
    seuil_1, seuil_2 = tranches.seuils.seuil_1, tranches.seuils.seuil_2
    taux = tranches.taux.tl_taux_2 * np.clip(rapport - seuil_1, 0, seuil_2 - seuil_1)
    taux = taux + tranches.taux.tl_taux_3 * np.maximum(rapport - seuil_2, 0)
    return np.round(taux * 100_000) / 100_000


def abattement_r0(bareme, logement, couple, pac, pac_outre_mer_max):
    """R0: the yearly resources below which nothing is asked beyond the minimum."""
    tables = bareme.formule.pp_particip_perso.r0_abattement

    def table(noeud):
        avec = [getattr(noeud, f"taux{n}pac") for n in range(1, 7)]
        return selon_la_famille([noeud.taux_seul, noeud.taux_couple, *avec], couple, pac)

    def existe(noeud, nom):
        return getattr(noeud, nom, None) is not None

    compte = _comptees(logement, pac, pac_outre_mer_max)
    r0 = table(tables.cas_general) + np.maximum(compte - 6, 0) * tables.cas_general.taux_pac_supp
    # The tables of these territories do not exist at every date: outside their dates the general one holds.
    if existe(tables.outre_mer, "taux1pac"):
        r0 = np.where(logement.outre_mer * (pac == 1), tables.outre_mer.taux1pac, r0)
    if existe(tables.mayotte, "taux6pac"):
        r0 = np.where(logement.mayotte, table(tables.mayotte), r0)
    if existe(tables.saint_pierre_et_miquelon, "taux_seul"):
        au_dela = np.maximum(pac - 6, 0) * tables.saint_pierre_et_miquelon.taux_pac_supp
        r0 = np.where(logement.saint_pierre, table(tables.saint_pierre_et_miquelon) + au_dela, r0)
    return np.round(r0)


def participation_minimale(bareme, loyer_et_charges):
    """P0: 8,5 % of the rent and charges, with a floor."""
    minimum = bareme.formule.pp_particip_perso.p0_particip_min
    return au_centime(np.maximum(minimum.p0_taux * loyer_et_charges, minimum.p0_forfait))


def coefficient_degressivite(bareme, zone, loyer, plafond):
    """What is left of the aid of a high rent: all of it up to a multiple of the ceiling, nothing from a second one."""
    multiples = bareme.coefficients_degressivite_suppression[zone]
    debut = au_centime(plafond * multiples.degressivite)
    fin = au_centime(plafond * multiples.suppression)
    return np.clip((fin - loyer) / (fin - debut), 0, 1)
