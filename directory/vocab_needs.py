"""Words only a person's needs use: how they travel, when they can, where they will sleep, and what they wish for."""

from directory.term import Term


class Travel(Term):
    WALK = "walk", "On foot", "A pie"
    BUS = "bus", "By bus", "En autobús"
    CAR = "car", "By car", "En carro"


class DayPart(Term):
    """Monday to Friday: the morning ends at noon, the evening begins at five. The weekend is Saturday and Sunday."""

    MORNING = "morning", "Mornings", "Por la mañana"
    AFTERNOON = "afternoon", "Afternoons", "Por la tarde, antes de las 5"
    EVENING = "evening", "Evenings", "Por la noche, desde las 5"
    WEEKEND = "weekend", "Weekends", "Los fines de semana"


class HousingNeed(Term):
    """Empty: they have a place of their own."""

    RECOVERY_RESIDENCE = "recovery_residence", "A recovery home", "Una casa de recuperación"
    ANY_BED_TONIGHT = "any_bed_tonight", "Any safe bed tonight", "Una cama segura esta noche"


class Wish(Term):
    """Wishes only rank: none of them ever hides a place."""

    FAITH_BASED = "faith_based", "Faith based", "Basado en la fe"
    SECULAR = "secular", "No religion", "Sin religión"
    WOMEN_ONLY = "women_only", "Women only", "Solo mujeres"
    MEN_ONLY = "men_only", "Men only", "Solo hombres"
    LGBTQ = "lgbtq", "Welcomes LGBTQ people", "Acepta a personas LGBTQ"
    PETS = "pets", "My pet may come", "Puedo llevar a mi mascota"
    CHILDREN = "children", "My children may come", "Puedo llevar a mis hijos"
