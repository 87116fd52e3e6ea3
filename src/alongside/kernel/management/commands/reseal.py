"""Seal every word anew with the current key, so that an older key can be laid away."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models, transaction

from alongside.kernel.encryption import Sealed, SealedTextField, seal, unseal
from alongside.kernel.sealed_elsewhere import SEALED_COLUMNS, SealedColumn

BATCH = 500


class Command(BaseCommand):
    help = "Seal every word anew with the current key."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            fields = [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]
            if fields:
                count = self._reseal(model, fields)
                self.stdout.write(f"{model._meta.label}: {count}")
        for column in SEALED_COLUMNS:
            self.stdout.write(f"{column.model()._meta.label}: {self._reseal_column(column)}")

    def _reseal_column(self, column: SealedColumn) -> int:
        rows = column.model()._base_manager
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        for key in keys:
            with transaction.atomic():
                value = rows.select_for_update().values_list(column.column, flat=True).get(pk=key)
                fresh = column.changed(value, lambda text: column.seal(column.unseal(text)))
                if fresh != value:
                    rows.filter(pk=key).update(**{column.column: fresh})
        return len(keys)

    def _reseal(self, model: type[models.Model], fields: list[SealedTextField]) -> int:
        # every row, also those the product itself no longer looks at: whoever lays the older key away loses none
        rows = model._base_manager.order_by("pk")
        last, count = None, 0
        while True:
            part = rows.filter(pk__gt=last) if last else rows
            keys = list(part.values_list("pk", flat=True)[:BATCH])
            if not keys:
                return count
            with transaction.atomic():
                for key in keys:
                    self._reseal_row(model, fields, key)
            last, count = keys[-1], count + len(keys)

    def _reseal_row(self, model: type[models.Model], fields: list[SealedTextField], key: Any) -> None:
        names = [field.attname for field in fields]
        row = model._base_manager.select_for_update().values_list(*names).get(pk=key)
        fresh = {
            field.attname: seal(model, field.column, key, unseal(model, field.column, key, value))
            for field, value in zip(fields, row, strict=True)
            if value
        }
        if fresh:
            model._base_manager.filter(pk=key).update(
                **{name: Sealed(value) for name, value in fresh.items()}
            )
