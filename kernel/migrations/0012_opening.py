"""Opening an access at three quarters of the instructions: what the server did anew for each row of the log is done once for all."""

from importlib import import_module
from pathlib import Path

from django.db import migrations

OPENING = (Path(__file__).parent / "sql" / "opening.sql").read_text()

_access = import_module("kernel.migrations.0002_access")
_grounds = import_module("kernel.migrations.0006_grounds")
_tree = import_module("kernel.migrations.0007_tree")

BACK = f"""
{_access.SUBJECTS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")}
{_grounds.LOG_AGAIN.replace("DROP FUNCTION kernel_access_ground;", "")}
{_grounds.ENTER_MANY.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")}
{_grounds.ENTER}
DROP FUNCTION kernel_readings_counted;
{_tree.COUNT}
ALTER TABLE kernel_access_log ADD CHECK (purpose <> ''), ADD CHECK (cardinality(classes) > 0);
DROP DOMAIN kernel_purpose_name, kernel_data_classes;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0011_draws")]
    operations = [migrations.RunSQL(OPENING, BACK)]
