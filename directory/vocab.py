"""The fixed words of the directory: kinds, facet groups and their values, each with plain English and Spanish.

A value absent from a listing is unknown, never "no" and never "yes"; an explicit "no" is kept in `ListingDraft.denied`.
"""

from directory.term import Term as Term
from directory.vocab_needs import DayPart as DayPart
from directory.vocab_needs import HousingNeed as HousingNeed
from directory.vocab_needs import Travel as Travel
from directory.vocab_needs import Wish as Wish


class Kind(Term):
    SUPPORT_GROUP = "support_group", "Support group", "Grupo de apoyo"
    SOBER_LIVING = "sober_living", "Recovery housing", "Vivienda de recuperación"
    OUTPATIENT = "outpatient", "Outpatient program", "Programa ambulatorio"
    RESIDENTIAL = "residential", "Residential program", "Programa residencial"
    COMMUNITY_SERVICE = "community_service", "Community service", "Servicio comunitario"


class Modality(Term):
    IN_PERSON = "in_person", "In person", "En persona"
    ONLINE = "online", "Online", "En línea"
    PHONE = "phone", "By phone", "Por teléfono"
    HYBRID = "hybrid", "In person and online", "En persona y en línea"


class Fellowship(Term):
    AA = "aa", "Alcoholics Anonymous (AA)", "Alcohólicos Anónimos (AA)"
    NA = "na", "Narcotics Anonymous (NA)", "Narcóticos Anónimos (NA)"
    CA = "ca", "Cocaine Anonymous (CA)", "Cocainómanos Anónimos (CA)"
    CMA = "cma", "Crystal Meth Anonymous (CMA)", "Crystal Meth Anonymous (CMA)"
    HA = "ha", "Heroin Anonymous (HA)", "Heroin Anonymous (HA)"
    MA = "ma", "Marijuana Anonymous (MA)", "Marijuana Anonymous (MA)"
    PA = "pa", "Pills Anonymous (PA)", "Pills Anonymous (PA)"
    MARA = "mara", "Medication-Assisted Recovery Anonymous (MARA)", "Medication-Assisted Recovery Anonymous (MARA)"
    DRA = "dra", "Dual Recovery Anonymous (DRA)", "Dual Recovery Anonymous (DRA)"
    AL_ANON = "al_anon", "Al-Anon and Alateen (families)", "Al-Anon y Alateen (familias)"
    NAR_ANON = "nar_anon", "Nar-Anon (families)", "Nar-Anon (familias)"
    FAMILIES = "families_anonymous", "Families Anonymous", "Familias Anónimas"
    ACA = "aca", "Adult Children (ACA)", "Hijos Adultos (ACA)"
    CODA = "coda", "Co-Dependents Anonymous", "Codependientes Anónimos"
    SMART = "smart", "SMART Recovery", "SMART Recovery"
    LIFERING = "lifering", "LifeRing", "LifeRing"
    RECOVERY_DHARMA = "recovery_dharma", "Recovery Dharma", "Recovery Dharma"
    REFUGE = "refuge_recovery", "Refuge Recovery", "Refuge Recovery"
    WFS = "wfs", "Women for Sobriety", "Women for Sobriety"
    CELEBRATE = "celebrate_recovery", "Celebrate Recovery", "Celebrate Recovery"
    ALL_RECOVERY = "all_recovery", "All Recovery", "All Recovery"
    WELLBRIETY = "wellbriety", "Wellbriety", "Wellbriety"
    SHE_RECOVERS = "she_recovers", "She Recovers", "She Recovers"
    EDA = "eda", "Eating Disorders Anonymous", "Eating Disorders Anonymous"
    OA = "oa", "Overeaters Anonymous", "Comedores Compulsivos Anónimos"
    GA = "ga", "Gamblers Anonymous", "Jugadores Anónimos"
    SLAA = "slaa", "Sex and Love Addicts Anonymous", "Adictos al Sexo y al Amor Anónimos"
    OTHER = "other", "Another group", "Otro grupo"


class MeetingFormat(Term):
    OPEN = "open", "Open: anyone may come", "Abierta: todos pueden venir"
    CLOSED = "closed", "Closed: for people who want to stop", "Cerrada: para quien quiere dejar de consumir"
    NEWCOMER = "newcomer", "Good for newcomers", "Buena para quien llega por primera vez"
    SPEAKER = "speaker", "Speaker", "Orador"
    DISCUSSION = "discussion", "Discussion", "Discusión"
    STEP = "step", "Step study", "Estudio de pasos"
    TRADITION = "tradition", "Tradition study", "Estudio de tradiciones"
    LITERATURE = "literature", "Book study", "Estudio de literatura"
    MEDITATION = "meditation", "Meditation", "Meditación"
    CANDLELIGHT = "candlelight", "Candlelight", "A la luz de las velas"
    OUTDOOR = "outdoor", "Outdoors", "Al aire libre"
    QUESTIONS = "questions", "Questions and answers", "Preguntas y respuestas"
    TOPIC = "topic", "Topic", "Tema"
    BIRTHDAY = "birthday", "Birthday", "Aniversario"
    SECULAR = "secular", "Secular", "Secular"
    FAITH = "faith", "Faith based", "Basada en la fe"


class LevelOfCare(Term):
    EARLY = "early_intervention", "Early help", "Ayuda temprana"
    OUTPATIENT = "outpatient", "Outpatient visits", "Visitas ambulatorias"
    INTENSIVE = "intensive_outpatient", "Intensive outpatient (IOP)", "Ambulatorio intensivo (IOP)"
    PARTIAL = "partial_hospitalization", "Day program (PHP)", "Programa de día (PHP)"
    OTP = "opioid_treatment_program", "Opioid treatment program (OTP)", "Programa de tratamiento de opioides (OTP)"
    OUTPATIENT_DETOX = "outpatient_detox", "Outpatient withdrawal care", "Desintoxicación ambulatoria"
    RESIDENTIAL_DETOX = "residential_detox", "Residential withdrawal care", "Desintoxicación residencial"
    RESIDENTIAL_SHORT = (
        "residential_short",
        "Short residential stay (30 days or less)",
        "Residencial corto (30 días o menos)",
    )
    RESIDENTIAL_LONG = "residential_long", "Long residential stay (over 30 days)", "Residencial largo (más de 30 días)"
    HOSPITAL_DETOX = "hospital_detox", "Hospital withdrawal care", "Desintoxicación en hospital"
    HOSPITAL = "hospital_inpatient", "Hospital stay", "Hospitalización"
    RECOVERY_RESIDENCE = "recovery_residence", "Recovery residence", "Residencia de recuperación"


# ASAM level by edition (handoff.md §2.7) for the levels whose code says it; settings that span several levels stay out.
ASAM: dict[LevelOfCare, dict[str, str]] = {
    LevelOfCare.EARLY: {"3": "0.5"},
    LevelOfCare.OUTPATIENT: {"3": "1", "4": "1.5"},
    LevelOfCare.INTENSIVE: {"3": "2.1", "4": "2.1"},
    LevelOfCare.PARTIAL: {"3": "2.5", "4": "2.5"},
    LevelOfCare.OTP: {"3": "OTS", "4": "1.7"},
    LevelOfCare.RESIDENTIAL_DETOX: {"3": "3.2-WM"},
    LevelOfCare.HOSPITAL_DETOX: {"3": "4-WM", "4": "4"},
    LevelOfCare.HOSPITAL: {"3": "4", "4": "4"},
    LevelOfCare.RECOVERY_RESIDENCE: {"4": "RR"},
}


class Medication(Term):
    """Group `medication`: the place gives it. Group `accepts`: people already on it are welcome."""

    BUPRENORPHINE = "buprenorphine", "Buprenorphine (Suboxone, Sublocade)", "Buprenorfina (Suboxone, Sublocade)"
    METHADONE = "methadone", "Methadone", "Metadona"
    NALTREXONE = "naltrexone", "Naltrexone (Vivitrol)", "Naltrexona (Vivitrol)"


class Therapy(Term):
    CBT = "cbt", "Cognitive behavioral therapy (CBT)", "Terapia cognitivo-conductual (TCC)"
    DBT = "dbt", "Dialectical behavior therapy (DBT)", "Terapia dialéctica conductual (TDC)"
    MOTIVATIONAL = "motivational_interviewing", "Motivational interviewing", "Entrevista motivacional"
    CONTINGENCY = "contingency_management", "Rewards for progress", "Recompensas por el progreso"
    FAMILY = "family", "Family counseling", "Consejería familiar"
    GROUP = "group", "Group counseling", "Consejería en grupo"
    INDIVIDUAL = "individual", "One-on-one counseling", "Consejería individual"
    TRAUMA = "trauma", "Trauma counseling", "Consejería de trauma"
    PEER = "peer_support", "Peer support", "Apoyo entre pares"
    RELAPSE = "relapse_prevention", "Relapse prevention", "Prevención de recaídas"
    TWELVE_STEP = "twelve_step", "12-step help", "Apoyo de 12 pasos"
    ANGER = "anger_management", "Anger management", "Manejo del enojo"
    MATRIX = "matrix_model", "Matrix model", "Modelo Matrix"
    TELEHEALTH = "telehealth", "Visits by video or phone", "Consultas por video o teléfono"
    MINDFULNESS = "mindfulness", "Mindfulness", "Atención plena"
    EXERCISE = "exercise", "Exercise and yoga", "Ejercicio y yoga"
    NUTRITION = "nutrition", "Nutrition", "Nutrición"
    ART = "art", "Art", "Arte"
    MUSIC = "music", "Music", "Música"


class Need(Term):
    HOUSING = "housing", "A place to live", "Un lugar para vivir"
    FOOD = "food", "Food", "Comida"
    TRANSPORT = "transport", "Rides", "Transporte"
    JOBS = "jobs", "Finding work", "Encontrar trabajo"
    TRAINING = "vocational_training", "Job training", "Capacitación laboral"
    EDUCATION = "education", "School and GED", "Escuela y GED"
    LEGAL = "legal_aid", "Legal help", "Ayuda legal"
    HEALTH = "health_care", "Health care", "Atención médica"
    MENTAL_HEALTH = "mental_health", "Mental health", "Salud mental"
    DENTAL = "dental", "Dental care", "Atención dental"
    CHILD_CARE = "child_care", "Child care", "Cuidado de niños"
    ID = "id_papers", "ID and papers", "Identificación y documentos"
    BENEFITS = "benefits", "Benefits", "Beneficios"
    CLOTHING = "clothing", "Clothes", "Ropa"
    HARM_REDUCTION = "harm_reduction", "Naloxone and safer use", "Naloxona y reducción de daños"
    FAMILY_SUPPORT = "family_support", "Help for families", "Ayuda para familias"
    VOLUNTEERING = "volunteering", "Volunteering", "Voluntariado"


class Payment(Term):
    FREE = "free", "Free", "Gratis"
    SLIDING = "sliding_scale", "Pay what you can (sliding scale)", "Según sus ingresos"
    ASSISTANCE = "payment_assistance", "Help with payment", "Ayuda con el pago"
    MEDICAID = "medicaid", "Medicaid", "Medicaid"
    MEDICARE = "medicare", "Medicare", "Medicare"
    MILITARY = "military_insurance", "Military insurance (TRICARE)", "Seguro militar (TRICARE)"
    PRIVATE = "private_insurance", "Private insurance", "Seguro privado"
    SELF_PAY = "self_pay", "Cash or self-pay", "Pago propio"
    STATE = "state_plan", "State health plan", "Plan de salud estatal"
    PUBLIC = "public_funds", "Public treatment funds", "Fondos públicos"
    TRIBAL = "tribal", "Indian Health Service or tribal funds", "Servicio de Salud Indígena o fondos tribales"


class Age(Term):
    CHILD = "child", "Children", "Niños"
    TEEN = "teen", "Teens", "Adolescentes"
    YOUNG_ADULT = "young_adult", "Young adults (18 to 25)", "Jóvenes (18 a 25)"
    ADULT = "adult", "Adults", "Adultos"
    OLDER_ADULT = "older_adult", "Older adults (65 and up)", "Mayores (65 o más)"


class Gender(Term):
    """Who is let in. A women-only place has women here and men in `denied`."""

    WOMEN = "women", "Women", "Mujeres"
    MEN = "men", "Men", "Hombres"
    NONBINARY = "nonbinary", "Non-binary people", "Personas no binarias"


class Population(Term):
    """Whom a group or program is made for; others may still be welcome unless `gender` or `age` say no."""

    WOMEN = "women", "Made for women", "Para mujeres"
    MEN = "men", "Made for men", "Para hombres"
    PREGNANT = "pregnant", "Pregnant or new parents", "Embarazadas o con bebé"
    PARENTS = "parents", "Parents with children", "Padres con hijos"
    YOUNG = "young_people", "Young people", "Jóvenes"
    OLDER = "older_adults", "Older adults", "Personas mayores"
    LGBTQ = "lgbtq", "LGBTQ people", "Personas LGBTQ"
    TRANS = "transgender", "Transgender people", "Personas transgénero"
    VETERANS = "veterans", "Veterans", "Veteranos"
    MILITARY = "active_military", "Active military", "Militares en servicio"
    MILITARY_FAMILY = "military_families", "Military families", "Familias de militares"
    JUSTICE = "criminal_justice", "People with court or prison history", "Personas con historial judicial"
    CO_OCCURRING = "co_occurring", "Mental health and substance use", "Salud mental y uso de sustancias"
    HIV = "hiv", "People with HIV", "Personas con VIH"
    DV = "domestic_violence", "Survivors of domestic violence", "Sobrevivientes de violencia doméstica"
    ABUSE_SURVIVORS = "sexual_violence", "Survivors of sexual violence", "Sobrevivientes de violencia sexual"
    TRAUMA = "trauma", "People with trauma", "Personas con trauma"
    POC = "people_of_color", "People of color", "Personas de color"
    NATIVE = "native_american", "Native Americans", "Indígenas americanos"
    HOMELESS = "homeless", "People without a home", "Personas sin hogar"
    PROFESSIONALS = "professionals", "Professionals", "Profesionales"
    FAMILIES = "families", "Families and friends", "Familias y amigos"
    IMPAIRED_DRIVING = "impaired_driving", "People with a DUI or DWI", "Personas con DUI o DWI"
    OPIOID_USE = "opioid_use", "People with opioid use", "Personas con uso de opioides"
    GENERAL = "general", "Anyone who asks for help", "Cualquier persona que pida ayuda"  # denied: those listed only


class Access(Term):
    WHEELCHAIR = "wheelchair", "Wheelchair access", "Acceso para silla de ruedas"
    WHEELCHAIR_BATHROOM = "wheelchair_bathroom", "Wheelchair bathroom", "Baño accesible"
    HEARING = "hearing", "Help for people who are deaf or hard of hearing", "Ayuda para personas sordas"
    CHILDCARE = "babysitting", "Child care on site", "Cuidado de niños en el lugar"
    CHILDREN = "children_welcome", "Children welcome", "Niños bienvenidos"
    PROOF = "proof_of_attendance", "Signs court or proof papers", "Firma comprobantes de asistencia"
    FRAGRANCE_FREE = "fragrance_free", "No perfume, please", "Sin perfumes"
    SMOKING = "smoking", "Smoking allowed", "Se permite fumar"
    NO_SMOKING = "no_smoking", "No smoking", "No se permite fumar"
    PETS = "pets", "Pets welcome", "Mascotas bienvenidas"
    DROP_IN = "drop_in", "No appointment needed", "Sin cita"


class ResidenceFeature(Term):
    NARR_1 = "narr_1", "NARR Level 1: run by residents", "NARR nivel 1: dirigida por residentes"
    NARR_2 = "narr_2", "NARR Level 2: house manager", "NARR nivel 2: con encargado"
    NARR_3 = "narr_3", "NARR Level 3: trained staff", "NARR nivel 3: personal capacitado"
    NARR_4 = "narr_4", "NARR Level 4: clinical care in house", "NARR nivel 4: atención clínica"
    OXFORD = "oxford_house", "Oxford House", "Oxford House"
    CERTIFIED = "certified", "Certified", "Certificada"
    CHILDREN = "children", "Children may live there", "Niños pueden vivir allí"
    FAITH = "faith_based", "Faith based", "Basada en la fe"


class Reason(Term):
    """What somebody may say is wrong with a listing: a choice, never words of their own that could name a person."""

    MOVED = "moved", "It has moved", "Se mudó a otro lugar"
    CLOSED = "closed", "It has closed down", "Cerró y ya no existe"
    PHONE = "phone", "The phone number is wrong", "El número de teléfono está mal"
    MEDICINE = "medicine", "It does not take my medicine", "No acepta mi medicina"
    UNSAFE = "unsafe", "It is not safe there", "No es un lugar seguro"
    OTHER = "other", "Something else is wrong", "Otra cosa está mal"


# Facet group name -> its words. `language` holds ISO 639-1 codes ("ase" for American Sign Language), named by Babel.
FACETS: dict[str, type[Term]] = {
    "fellowship": Fellowship,
    "format": MeetingFormat,
    "level": LevelOfCare,
    "medication": Medication,
    "accepts": Medication,
    "therapy": Therapy,
    "need": Need,
    "payment": Payment,
    "age": Age,
    "gender": Gender,
    "population": Population,
    "access": Access,
    "residence": ResidenceFeature,
    "modality": Modality,
}


def label(group: str, value: str, language: str = "en") -> str:
    """The words people read for one facet value; languages are named by Babel, an unknown code stays itself."""
    if group == "language":
        from babel import Locale

        if value == "ase":
            return "Lengua de señas americana" if language == "es" else "American Sign Language"
        name = Locale.parse(language).languages.get(value, value)
        return name[:1].upper() + name[1:] if name != value else value
    words = {"kind": Kind, "wish": Wish}.get(group) or FACETS.get(group)
    return words(value).label(language) if words and value in words._value2member_map_ else value
