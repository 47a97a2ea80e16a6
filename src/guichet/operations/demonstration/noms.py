"""Names and places of the demonstration: words of ours, put together at random. Nobody is meant.

Places are real communes, streets are not looked up.
"""

FIRST_NAMES = {
    "F": (
        *("Adèle", "Agathe", "Aïcha", "Alice", "Amandine", "Anaïs", "Anne", "Assia", "Audrey", "Aya", "Brigitte", "Camille"),
        *("Carole", "Catherine", "Céline", "Chantal", "Charlotte", "Chloé", "Claire", "Delphine", "Élodie", "Emma", "Eva"),
        *("Fanny", "Fatima", "Florence", "Hélène", "Inès", "Isabelle", "Jade", "Jeanne", "Julie", "Karine", "Laura", "Léa"),
        *(
            "Leïla",
            "Lina",
            "Louise",
            "Lucie",
            "Manon",
            "Margaux",
            "Marie",
            "Marion",
            "Mathilde",
            "Mélanie",
            "Myriam",
            "Nadia",
        ),
        *("Nathalie", "Océane", "Pauline", "Rose", "Sabrina", "Sandrine", "Sarah", "Sofia", "Sonia", "Valérie", "Yasmine"),
    ),
    "M": (
        *("Adam", "Adrien", "Alain", "Alexandre", "Amine", "Antoine", "Arthur", "Aurélien", "Bastien", "Benoît", "Bruno"),
        *("Cédric", "Christophe", "Clément", "Damien", "David", "Denis", "Ethan", "Étienne", "Fabrice", "Florian", "Franck"),
        *(
            "Gabriel",
            "Guillaume",
            "Hugo",
            "Ibrahim",
            "Jérôme",
            "Jules",
            "Julien",
            "Karim",
            "Kevin",
            "Laurent",
            "Léo",
            "Loïc",
        ),
        *("Louis", "Lucas", "Malik", "Marc", "Mathieu", "Maxime", "Mehdi", "Michel", "Nathan", "Nicolas", "Olivier", "Paul"),
        *("Philippe", "Pierre", "Quentin", "Rayan", "Romain", "Samuel", "Sébastien", "Simon", "Théo", "Thomas", "Victor"),
    ),
}
SURNAMES = (
    *(
        "Aubert-Lande",
        "Beaupré",
        "Bellefontaine",
        "Boisjoli",
        "Boisvert",
        "Bonnevigne",
        "Bouleau",
        "Castagnier",
        "Champclair",
    ),
    *(
        "Charmeraie",
        "Chênevert",
        "Clairbois",
        "Clairmont",
        "Clochette",
        "Cormier",
        "Coteau",
        "Courtepré",
        "Daveluy",
        "Delaulne",
    ),
    *("Delhêtre", "Delorme", "Delprairie", "Dubocage", "Dubuisson", "Duchêne", "Dufossé", "Dufresne", "Dulac", "Dumoulin"),
    *(
        "Dupré",
        "Durivage",
        "Dutertre",
        "Dutilleul",
        "Duverger",
        "Épinette",
        "Fontclaire",
        "Fougeray",
        "Framboisier",
        "Grandpré",
    ),
    *(
        "Hautbois",
        "Houssaye",
        "Jolivet",
        "Labruyère",
        "Laclairière",
        "Lafontaine",
        "Laforêt",
        "Lagarenne",
        "Lalande",
        "Laplaine",
    ),
    *("Larivière", "Larouvraie", "Lasource", "Lavigne", "Mauvepré", "Merisier", "Millefeuille", "Montclair", "Montfleury"),
    *("Noisetier", "Orangeot", "Parterre", "Peupleraie", "Pommeray", "Prévert-Lande", "Rivesaule", "Rochebelle", "Romarin"),
    *(
        "Rosier",
        "Saulnier",
        "Sorbier",
        "Sureau",
        "Taillis",
        "Tournesol",
        "Valfleuri",
        "Vaubelle",
        "Verdure",
        "Verger",
        "Vertpré",
    ),
)
STREETS = (
    *(
        "rue des Tilleuls",
        "rue du Lavoir",
        "allée des Acacias",
        "rue de la Fontaine",
        "rue des Écoles",
        "avenue des Platanes",
    ),
    *("rue du Moulin", "chemin des Vignes", "place du Marché", "rue des Lilas", "impasse des Cerisiers", "rue de la Gare"),
    *("boulevard du Canal", "rue des Jardins", "rue du Four", "allée des Bouleaux", "rue des Glycines", "rue du Puits"),
)
COMMUNES = {
    1: ("94028", "93048", "92050", "77288", "95127"),
    2: ("35238", "49007", "63113", "37261", "76540", "59350", "67482", "54395", "21231", "87085"),
    3: ("29232", "22278", "03185", "18033", "58194", "15014", "65440", "36044", "79191", "85191"),
}
"""Communes by zone of the housing aid."""
UNIVERSITY_COMMUNES = ("35238", "49007", "63113", "37261", "76540", "59350", "67482", "54395", "21231", "87085")
BAILLEURS = ("Habitat des Tilleuls", "Office du Grand Pré", "Toit commun", "Foncière des Lilas", "Société du Canal")
EMAIL_DOMAIN = "example.org"
"""A domain kept for examples (RFC 2606): nobody receives what is sent there."""
