"""What a few codes mean, in our words, for directories that send them without any: Plan-Net's and those of providers.

Only what decides whether and where a service is listed; the code systems themselves are not shipped.
"""

_CATEGORIES = {  # Plan-Net's own, told by the name of their system
    "behav": "Behavioral health",
    "dent": "Dental care",
    "emerg": "Emergency care",
    "home": "Home health care",
    "hosp": "Hospital",
    "lab": "Laboratory",
    "outpat": "Outpatient clinic",
    "pharm": "Pharmacy",
    "trans": "Transportation",
    "urg": "Urgent care",
    "vis": "Vision care",
}
_PROVIDERS = {  # the provider taxonomy (NUCC): a letter ends every code of it
    "261QR0405X": "Substance use disorder clinic",
    "261QM2800X": "Methadone clinic",
    "276400000X": "Substance use disorder unit",
    "324500000X": "Substance use disorder residential treatment",
    "3245S0500X": "Substance use disorder residential treatment for children",
    "261QM0801X": "Mental health clinic",
    "261QM0850X": "Adult mental health clinic",
    "261QM0855X": "Mental health clinic for children and teens",
    "251S00000X": "Behavioral health agency",
    "320800000X": "Residential treatment for mental illness",
    "323P00000X": "Psychiatric residential treatment",
    "283Q00000X": "Psychiatric hospital",
    "261QF0400X": "Community health center",
}


def words(system: str, code: str) -> str:
    """ "" for a code that we do not act upon."""
    if "healthcareservicecategory" in system.casefold():
        return _CATEGORIES.get(code.casefold(), "")
    return _PROVIDERS.get(code.upper(), "")
