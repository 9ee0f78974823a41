"""French words for made-up plans: titles and paragraphs of the length that communes write."""

from random import Random

VERBS = (
    "Rénover", "Aménager", "Créer", "Étendre", "Renforcer", "Simplifier", "Numériser", "Accompagner", "Soutenir",
    "Moderniser", "Sécuriser", "Valoriser", "Coordonner", "Évaluer", "Préparer", "Mettre en œuvre", "Développer",
    "Réorganiser", "Entretenir", "Ouvrir",
)  # fmt: skip
THINGS = (
    "la maison de quartier", "l’éclairage public", "le plan de mobilité douce", "l’accueil extrascolaire",
    "le logement de transit", "la bibliothèque communale", "les pistes cyclables", "l’épicerie sociale",
    "le guichet unique", "la plaine de jeux", "l’inventaire du patrimoine", "les sentiers vicinaux",
    "le plan communal de sauvegarde", "la médiation de dettes", "l’isolation des écoles", "le marché hebdomadaire",
    "les haies et les vergers", "la collecte sélective", "le conseil consultatif des aînés", "le réseau de chaleur",
    "la formation des agents", "l’archivage électronique", "le repair café", "la crèche communale",
)  # fmt: skip
PLACES = (
    "du centre", "de la gare", "des hameaux", "de la vallée", "du quartier du Pont", "de la place verte",
    "des anciennes écoles", "du plateau", "de l’entité", "des cités sociales",
)  # fmt: skip
SENTENCES = (
    "Le projet répond à une demande exprimée lors des réunions citoyennes de l’automne.",
    "Les travaux commenceront après l’attribution du marché public et l’accord de la tutelle.",
    "Un comité d’accompagnement réunit l’administration, le CPAS et les associations concernées.",
    "Une première évaluation est prévue à mi-mandature, puis chaque année avec le budget.",
    "Le subside régional couvre une partie de l’investissement ; le solde est à charge de la commune.",
    "Les habitants sont informés par le bulletin communal, le site internet et un affichage sur place.",
    "L’accessibilité des personnes à mobilité réduite est examinée dès l’avant-projet.",
    "La mesure s’appuie sur le diagnostic de cohésion sociale et sur le cadastre énergétique.",
    "Les partenaires s’engagent par une convention annuelle, renouvelée par le conseil.",
)
FAMILIES = ("Lambert", "Dubois", "Dupont", "Leroy", "Simon", "Laurent", "Renard", "Noël", "Thiry", "Collard", "Évrard")
GIVEN = ("Anne", "Benoît", "Cécile", "Didier", "Élise", "François", "Géraldine", "Hélène", "Michaël", "Zoé", "Noémie")


def title(random: Random) -> str:
    """The title of an action or an objective: 25 to 80 characters."""
    words = f"{random.choice(VERBS)} {random.choice(THINGS)} {random.choice(PLACES)}"
    return words + (f" ({random.randint(2025, 2030)})" if random.random() < 0.3 else "")


def paragraph(random: Random, most: int = 5) -> str:
    """One to `most` sentences."""
    return " ".join(random.sample(SENTENCES, random.randint(1, most)))
