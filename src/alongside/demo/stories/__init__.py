from .mentoring import MENTORING
from .supervision import SUPERVISION
from .treatment import TREATMENT

STORIES = (*SUPERVISION, *MENTORING, *TREATMENT)
