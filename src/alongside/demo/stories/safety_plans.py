"""What the patients of the stories agreed for a hard moment, each in their own words."""

MARGARET = {
    "safety_helps": (
        "Heat, ten minutes lying with my legs up, then a slow walk round the block. A flare settles in three days."
    ),
    "safety_people": "Jen, my daughter, 01632 960 311\nPractice nurse, 01632 960 340",
    "safety_called": "Jen, my daughter, 01632 960 311",
}
INES = {
    "safety_signs": "A headache quite different from all before, with a stiff neck, fever or trouble seeing.",
    "safety_helps": "Dark room, water, and phone off for half an hour.",
    "safety_people": "Marta from work, 01632 960 322\nNHS 111",
    "safety_called": "My brother Rui, 01632 960 323",
}
ROSA = {
    "safety_helps": "Standing up at the terminus, heat in the evening, and not driving the late shift two days running.",
    "safety_people": "My sister Pilar, 01632 960 331\nAmir from the depot, 01632 960 332",
    "safety_called": "My sister Pilar, 01632 960 331",
}
