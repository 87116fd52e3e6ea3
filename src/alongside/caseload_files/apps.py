from django.apps import AppConfig


class CaseloadFilesConfig(AppConfig):
    name = "alongside.caseload_files"
    label = "caseload_files"
