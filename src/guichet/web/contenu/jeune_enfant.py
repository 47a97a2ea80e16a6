"""Benefits of the young child (Paje)."""

from guichet.domain.droits import Prestation
from guichet.web.contenu import exemples
from guichet.web.contenu.exemples import Example
from guichet.web.contenu.prestation import Benefit, Theme
from guichet.web.contenu.ressources import TERME_ECHU

BENEFITS = (
    Benefit(
        slug="prime-a-la-naissance",
        title="Prime à la naissance",
        acronyms="Paje",
        theme=Theme.JEUNE_ENFANT,
        prestations=(Prestation.PAJE_NAISSANCE,),
        summary="Versée une fois pour chaque enfant attendu ou adopté, sous un plafond de ressources.",
        who=(
            "Vous attendez un enfant, ou vous en adoptez un.",
            "Vos ressources restent sous le plafond, qui monte avec le nombre d'enfants ; l'enfant attendu compte.",
        ),
        how=(
            "Déclarez la grossesse à la caisse et à l'assurance maladie avant la fin de la quatorzième semaine.",
            "Pour une adoption, envoyez le titre d'adoption.",
        ),
        each="en une fois",
        payment="Versée au septième mois de la grossesse ; de janvier 2015 à mars 2021, après la naissance.",
        example=Example(
            "Un couple qui attend son premier enfant, avec deux salaires de 1\u202f500 € et 1\u202f200 € nets par mois.",
            exemples.expecting,
        ),
        forms=("10397",),
        words="grossesse enceinte naissance bébé adoption accouchement maternité",
        related=("allocation-de-base", "complement-de-garde", "conge-parental"),
    ),
    Benefit(
        slug="allocation-de-base",
        title="Allocation de base",
        acronyms="Paje",
        theme=Theme.JEUNE_ENFANT,
        prestations=(Prestation.PAJE_BASE,),
        summary="Chaque mois pour un jeune enfant, sous un plafond de ressources.",
        who=(
            "Votre enfant n'a pas encore trois ans, ou vous l'avez adopté depuis moins de trois ans.",
            "Vos ressources restent sous le plafond ; depuis avril 2014, le montant est plein ou partiel selon elles.",
            "Une seule allocation est due par famille, sauf naissances multiples.",
        ),
        how=("Déclarez la naissance à la Caf ou à la MSA, avec un acte de naissance : le versement suit.",),
        payment="Due à partir du mois qui suit la naissance, jusqu'au mois qui précède le troisième anniversaire.",
        example=Example(
            "Un couple avec un enfant d'un an et demi, et un salaire de 1\u202f800 € nets par mois.", exemples.baby
        ),
        forms=("10397",),
        words="bébé naissance jeune enfant paje moins de trois ans",
        related=("prime-a-la-naissance", "conge-parental", "complement-de-garde"),
        board="un enfant, taux plein",
    ),
    Benefit(
        slug="conge-parental",
        title="Prestation partagée d'éducation de l'enfant",
        acronyms="PreParE, CLCA",
        theme=Theme.JEUNE_ENFANT,
        prestations=(Prestation.PAJE_CLCA, Prestation.PAJE_PREPARE),
        summary="La prestation partagée d'éducation de l'enfant, pour le parent qui arrête ou réduit son activité. "
        "Avant 2015 : le complément de libre choix d'activité.",
        who=(
            "Vous arrêtez de travailler, ou vous travaillez à temps partiel, pour élever un jeune enfant.",
            "Vous avez validé huit trimestres d'assurance vieillesse, dans une période qui s'allonge avec les enfants.",
            "Depuis 2015, chaque parent a sa propre durée : l'un prend le relais de l'autre.",
            "À taux plein, vous ne recevez pas d'indemnité en même temps : maternité, maladie, chômage, ou congé "
            "supplémentaire de naissance, que l'Assurance maladie paie pour un enfant né depuis janvier 2026.",
        ),
        how=(
            "Convenez de l'arrêt avec votre employeur, puis demandez la prestation à la Caf ou à la MSA.",
            "L'un et l'autre parent peuvent la recevoir en même temps à temps partiel, dans la limite d'un temps plein.",
        ),
        payment=TERME_ECHU,
        example=Example(
            "Un couple avec deux enfants d'un an et de 4 ans ; un parent a cessé de travailler, l'autre gagne 1\u202f800 € "
            "nets par mois.",
            exemples.parental_leave,
        ),
        forms=("12324",),
        words="congé parental prepare clca colca arrêt de travail temps partiel cessation activité libre choix éducation",
        related=("allocation-de-base", "complement-de-garde"),
    ),
    Benefit(
        slug="complement-de-garde",
        title="Complément de libre choix du mode de garde",
        acronyms="CMG",
        theme=Theme.JEUNE_ENFANT,
        prestations=(Prestation.PAJE_CMG,),
        summary="Une part du coût d'un assistant maternel, d'une garde à domicile ou d'une micro-crèche.",
        who=(
            "Vous faites garder un enfant de moins de six ans, et vous payez cette garde.",
            "Vous travaillez, vous étudiez, vous cherchez un emploi avec une allocation, ou vous recevez l'allocation aux "
            "adultes handicapés.",
            "Depuis septembre 2025, le montant suit les heures, leur coût et vos ressources ; un parent seul peut le "
            "recevoir plus longtemps.",
        ),
        how=(
            "Demandez le complément à la Caf ou à la MSA dès le premier mois de garde.",
            "Si vous employez vous-même la personne, déclarez chaque mois son salaire à Pajemploi.",
        ),
        payment="Dû à partir du mois qui précède la demande, au plus tôt ; versé après la déclaration du salaire.",
        example=Example(
            "Un couple avec deux salaires de 1\u202f600 € et 1\u202f400 € nets par mois, dont l'enfant d'un an et demi est "
            "gardé 120 heures par mois par une assistante maternelle payée 550 €.",
            exemples.childcare,
        ),
        words="nounou assistante maternelle garde à domicile crèche micro-crèche pajemploi mode de garde libre choix",
        related=("allocation-de-base", "conge-parental"),
    ),
)
