"""Benefits for children, and the quotient familial."""

from guichet.domain.droits import Prestation
from guichet.web.contenu import exemples
from guichet.web.contenu.exemples import Example
from guichet.web.contenu.prestation import Benefit, Theme
from guichet.web.contenu.ressources import TERME_ECHU

NO_CLAIM = "Il n'y a pas de demande à faire si vos enfants sont déjà déclarés : la caisse étudie le droit d'elle-même."

BENEFITS = (
    Benefit(
        slug="allocations-familiales",
        title="Allocations familiales",
        acronyms="AF",
        theme=Theme.ENFANTS,
        prestations=(Prestation.AF,),
        summary="Chaque mois, à partir du deuxième enfant à charge. Depuis juillet 2015, le montant dépend des ressources.",
        who=(
            "Vous avez au moins deux enfants à charge ; un seul suffit outre-mer.",
            "Toutes les familles y ont droit : les ressources font seulement varier le montant.",
            "Une majoration s'ajoute pour l'enfant assez grand, sauf pour l'aîné d'une famille de deux enfants.",
        ),
        how=("Déclarez la naissance ou l'arrivée de l'enfant à la Caf ou à la MSA : le versement suit.",),
        payment="Dues à partir du mois qui suit l'arrivée du deuxième enfant, versées vers le 5 du mois suivant.",
        example=Example(
            "Un couple avec trois enfants de 4, 8 et 18 ans, et un salaire de 2\u202f000 € nets par mois.",
            exemples.three_children,
        ),
        forms=("11423",),
        words="enfants allocation familiale deux enfants trois enfants majoration âge garde résidence alternée tranches",
        related=("complement-familial", "allocation-de-rentree-scolaire", "quotient-familial"),
        board="deux enfants",
    ),
    Benefit(
        slug="complement-familial",
        title="Complément familial",
        acronyms="CF",
        theme=Theme.ENFANTS,
        prestations=(Prestation.CF,),
        summary="Un supplément pour les familles d'au moins trois enfants qui ne sont plus tout petits.",
        who=(
            "Vous avez au moins trois enfants à charge, tous assez grands.",
            "Vos ressources restent sous le plafond ; depuis avril 2014, les plus modestes reçoivent un montant majoré.",
            "Vous ne recevez ni l'allocation de base, ni la prestation partagée d'éducation.",
        ),
        how=(NO_CLAIM,),
        payment=TERME_ECHU,
        example=Example(
            "Un couple avec trois enfants de 4, 8 et 12 ans, et un salaire de 1\u202f800 € nets par mois.",
            exemples.large_family,
        ),
        forms=("11423", "10397"),
        words="trois enfants famille nombreuse majoré",
        related=("allocations-familiales", "allocation-de-rentree-scolaire"),
    ),
    Benefit(
        slug="allocation-de-soutien-familial",
        title="Allocation de soutien familial",
        acronyms="ASF",
        theme=Theme.ENFANTS,
        prestations=(Prestation.ASF,),
        summary="Pour l'enfant que l'un de ses parents, ou les deux, n'aident pas ou plus.",
        who=(
            "Vous élevez seul votre enfant, et l'autre parent ne verse pas de pension ou en verse une trop faible.",
            "Ou vous avez recueilli un enfant privé de l'aide de ses deux parents.",
            "Il n'y a pas de plafond de ressources.",
        ),
        how=(
            "Demandez-la à la Caf ou à la MSA : elle n'est pas versée sans demande.",
            "Si l'autre parent ne paie pas, la caisse peut l'y obliger à votre place.",
        ),
        payment=TERME_ECHU,
        example=Example("Un parent seul, avec un enfant de 6 ans, sans pension alimentaire.", exemples.lone_parent),
        forms=("11423",),
        words="parent isolé seul pension alimentaire impayée séparation divorce veuf veuve décès orphelin aripa",
        related=("allocations-familiales", "rsa"),
        board="un enfant, parent seul",
    ),
    Benefit(
        slug="allocation-de-rentree-scolaire",
        title="Allocation de rentrée scolaire",
        acronyms="ARS",
        theme=Theme.ENFANTS,
        prestations=(Prestation.ARS,),
        summary="Une fois par an, en août, pour chaque enfant qui va à l'école, au collège ou au lycée.",
        who=(
            "Votre enfant a l'âge d'aller à l'école primaire, au collège ou au lycée.",
            "Vos ressources restent sous le plafond ; juste au-dessus, le montant est réduit d'autant.",
        ),
        how=(
            "Jusqu'à 15 ans, il n'y a rien à faire : le versement est automatique.",
            "De 16 à 18 ans, déclarez à la caisse, en août ou en septembre, que votre enfant étudie encore.",
        ),
        each="en une fois",
        payment="Versée en une fois, vers le 20 août ; plus tard pour les plus grands, une fois leur scolarité déclarée.",
        example=Example(
            "Un couple avec deux enfants de 7 et 12 ans, et un salaire de 1\u202f400 € nets par mois.",
            exemples.schoolchildren,
            exemples.august,
        ),
        forms=("10397",),
        words="école collège lycée rentrée fournitures cartable scolarité apprenti août",
        related=("allocations-familiales", "complement-familial"),
    ),
    Benefit(
        slug="quotient-familial",
        title="Quotient familial",
        acronyms="QF",
        theme=Theme.ENFANTS,
        prestations=(Prestation.QUOTIENT_FAMILIAL,),
        summary="Ce n'est pas une prestation : c'est un revenu par part, que la cantine, la crèche ou la mairie demandent.",
        who=(
            "La caisse le calcule pour toute personne qui reçoit une prestation.",
            "Il additionne un douzième des ressources de l'année et les prestations du mois, puis divise par les parts.",
            "Un couple ou une personne seule compte deux parts ; chaque enfant en ajoute, le troisième plus que les autres.",
        ),
        how=("Demandez une attestation à votre Caf ou à votre MSA. Elle porte le mois du calcul.",),
        each="par part",
        payment="Il change avec vos ressources, vos prestations et votre famille.",
        example=Example(
            "Un couple avec deux enfants de 5 et 8 ans, et un salaire de 1\u202f800 € nets par mois.", exemples.two_children
        ),
        words="qf cantine crèche centre de loisirs tarif attestation parts revenu",
        related=("allocations-familiales",),
    ),
)
