"""Benefits of those who have little: housing, minimum income, disability."""

from guichet.domain.droits import Prestation
from guichet.web.contenu import exemples
from guichet.web.contenu.exemples import Example
from guichet.web.contenu.prestation import Benefit, Theme

DECLARATION_TRIMESTRIELLE = "Ensuite, vos revenus se déclarent chaque trimestre : sans déclaration, le versement s'arrête."
TERME_ECHU = "Versé au début du mois qui suit, vers le 5, pour le mois écoulé."

BENEFITS = (
    Benefit(
        slug="aide-au-logement",
        title="Aide au logement",
        acronyms="APL, ALF, ALS",
        theme=Theme.LOGEMENT,
        prestations=(Prestation.AIDE_LOGEMENT,),
        summary="Une part du loyer, de la redevance ou de la mensualité, selon vos ressources, votre famille et la zone.",
        who=(
            "Vous louez votre résidence principale, vide ou meublée, seul ou en colocation ; ou vous vivez en foyer ou "
            "en résidence universitaire.",
            "Ou vous remboursez un prêt qui ouvre encore droit à l'aide.",
            "Votre propriétaire n'est ni votre parent, ni votre grand-parent, ni votre enfant, ni votre petit-enfant.",
            "Vos ressources sont assez basses pour votre loyer et votre famille.",
        ),
        how=(
            "Demandez l'aide dès votre entrée dans le logement : les mois d'avant la demande ne sont pas rattrapés.",
            "Joignez l'attestation de loyer remplie par le propriétaire, ou celle du prêt, et un RIB.",
            "Un seul dossier suffit : la caisse choisit d'elle-même entre APL, ALF et ALS, qui ne se cumulent pas.",
        ),
        payment="Due à partir du mois qui suit l'entrée, versée vers le 5 du mois suivant, à vous ou au propriétaire.",
        example=Example(
            "Une personne seule de 30 ans, salariée à 1\u202f000 € nets par mois, qui loue un logement vide 450 € par mois "
            "sans les charges, dans une commune de la zone 2.",
            exemples.alone_tenant,
        ),
        forms=("10840", "11423", "10397"),
        words="loyer déménagement appartement location locataire étudiant colocation foyer crous chambre meublé hlm bail "
        "zone prêt accession allocation logement",
        related=("rsa", "prime-d-activite"),
    ),
    Benefit(
        slug="rsa",
        title="Revenu de solidarité active",
        acronyms="RSA",
        theme=Theme.REVENUS,
        prestations=(Prestation.RSA,),
        summary="Un revenu minimum pour le foyer, dont on retire ce que le foyer reçoit déjà.",
        who=(
            "Vous avez l'âge demandé ; ou vous attendez ou élevez un enfant ; ou vous avez assez travaillé avant cet âge.",
            "Vous n'êtes ni étudiant, ni en congé parental, sabbatique ou sans solde.",
            "Vous êtes français ou européen ; ou vous avez depuis cinq ans un titre de séjour qui permet de travailler.",
            "Les ressources du foyer restent sous le montant qui lui est garanti.",
        ),
        how=(
            "Demandez-le à la Caf, à la MSA, au centre communal d'action sociale ou au département.",
            "Le droit s'ouvre le premier jour du mois de la demande : n'attendez pas d'avoir toutes les pièces.",
            DECLARATION_TRIMESTRIELLE,
        ),
        payment=TERME_ECHU,
        example=Example(
            "Une personne seule de 30 ans, sans revenu, qui loue un logement 450 € par mois avec une aide au logement.",
            exemples.without_income,
        ),
        words="rmi revenu minimum insertion chômage sans ressources sans emploi isolé majoré séparation étranger "
        "réfugié trimestrielle dtr",
        related=("prime-d-activite", "aide-au-logement"),
        board="une personne seule",
    ),
    Benefit(
        slug="prime-d-activite",
        title="Prime d'activité",
        acronyms="PPA",
        theme=Theme.REVENUS,
        prestations=(Prestation.PPA,),
        summary="Un complément pour qui travaille et gagne peu. Elle a pris en 2016 la suite du RSA activité.",
        who=(
            "Vous travaillez, comme salarié ou à votre compte, et vous êtes majeur.",
            "Étudiant ou apprenti, vous gagnez assez chacun des mois regardés.",
            "Vous êtes français ou européen ; ou vous avez depuis cinq ans un titre de séjour qui permet de travailler.",
            "Les revenus du foyer restent assez bas pour sa composition.",
        ),
        how=(
            "Demandez-la à la Caf ou à la MSA. Le droit s'ouvre le premier jour du mois de la demande.",
            DECLARATION_TRIMESTRIELLE,
        ),
        payment=TERME_ECHU,
        example=Example(
            "Une personne seule de 30 ans, salariée à 1\u202f300 € nets par mois, qui loue un logement 450 € par mois.",
            exemples.alone_worker,
        ),
        words="travail salaire smic complément de revenu bonification rsa activité prime pour l'emploi",
        related=("rsa", "aide-au-logement"),
    ),
    Benefit(
        slug="allocation-aux-adultes-handicapes",
        title="Allocation aux adultes handicapés",
        acronyms="AAH",
        theme=Theme.HANDICAP,
        prestations=(Prestation.AAH,),
        summary="Un revenu garanti à l'adulte dont le handicap limite durablement la vie ou le travail.",
        who=(
            "La commission des droits et de l'autonomie a reconnu votre taux d'incapacité, et, s'il est plus bas, une "
            "restriction durable d'accès à l'emploi.",
            "Vous avez l'âge demandé et, selon le taux, pas encore celui de la retraite.",
            "Vos ressources restent sous le plafond. Celles du conjoint ne comptent plus depuis octobre 2023.",
        ),
        how=(
            "Déposez le dossier à la maison départementale des personnes handicapées (MDPH), avec un certificat médical.",
            "Une fois le taux reconnu, la Caf ou la MSA vérifie les ressources et verse l'allocation.",
            "Si vous travaillez en milieu ordinaire, vos revenus se déclarent chaque trimestre.",
        ),
        payment="Due à partir du mois qui suit la demande, versée vers le 5 du mois suivant.",
        example=Example(
            "Une personne seule de 40 ans, dont le taux d'incapacité est de 80 %, sans autre revenu, qui loue son logement "
            "avec une aide au logement : la majoration pour la vie autonome s'ajoute.",
            exemples.disabled_adult,
        ),
        words="handicap invalidité mdph cdaph incapacité majoration vie autonome complément de ressources",
        related=("allocation-education-enfant-handicape", "aide-au-logement"),
        board="sans autre ressource",
    ),
    Benefit(
        slug="allocation-education-enfant-handicape",
        title="Allocation d'éducation de l'enfant handicapé",
        acronyms="AEEH",
        theme=Theme.HANDICAP,
        prestations=(Prestation.AEEH,),
        summary="Une aide aux parents d'un enfant handicapé, quelles que soient leurs ressources.",
        who=(
            "Votre enfant est à votre charge et n'a pas atteint l'âge limite.",
            "La commission des droits et de l'autonomie a reconnu son taux d'incapacité.",
            "Un complément s'ajoute selon les dépenses, l'aide d'une autre personne ou l'arrêt de travail d'un parent : "
            "il a six catégories.",
        ),
        how=(
            "Déposez le dossier à la maison départementale des personnes handicapées (MDPH), avec un certificat médical.",
            "La commission fixe le taux, la catégorie et la durée ; la Caf ou la MSA verse.",
        ),
        payment="Due à partir du mois qui suit la demande, versée vers le 5 du mois suivant.",
        example=Example(
            "Un couple dont l'enfant de 8 ans a un taux d'incapacité de 80 %, sans complément.", exemples.disabled_child
        ),
        words="handicap enfant mdph cdaph aes complément catégorie éducation spéciale",
        related=("allocation-aux-adultes-handicapes", "allocations-familiales"),
    ),
)
