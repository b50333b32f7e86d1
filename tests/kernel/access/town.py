"""A little town for these tests: people, the diaries they keep, and visits that point to diaries.

The models live in a registry of their own, so that nothing else in the city meets them.
"""

from django.apps.registry import Apps
from django.db import models

from kernel.access import PersonalModel, name_purpose, protect
from kernel.ids import new_id

town_apps = Apps(["tests.kernel.access"])


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id)

    class Meta:
        apps = town_apps
        app_label = "access"
        db_table = "town_person"

    def __str__(self) -> str:
        return str(self.pk)


class Diary(PersonalModel):
    data_class = "diary"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="diaries")
    mood = models.CharField(max_length=20)
    page = models.BinaryField(default=b"")

    class Meta(PersonalModel.Meta):
        apps = town_apps
        app_label = "access"
        db_table = "town_diary"


class Letter(PersonalModel):
    """Says nothing of managers in its own Meta, as a hurried writer might."""

    data_class = "letter"

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")

    class Meta:
        apps = town_apps
        app_label = "access"
        db_table = "town_letter"


class Visit(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id)
    diary = models.ForeignKey(Diary, on_delete=models.CASCADE, related_name="visits")

    class Meta:
        apps = town_apps
        app_label = "access"
        db_table = "town_visit"

    def __str__(self) -> str:
        return str(self.pk)


TABLES = f"""
CREATE TABLE town_person (id uuid PRIMARY KEY);
CREATE TABLE town_diary (
  id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES town_person, mood text NOT NULL, page bytea NOT NULL);
CREATE TABLE town_letter (id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES town_person);
CREATE TABLE town_visit (id uuid PRIMARY KEY, diary_id uuid NOT NULL REFERENCES town_diary);
CREATE VIEW town_moods WITH (security_invoker = true) AS SELECT mood FROM town_diary;
{protect("town_diary", "person_id", "diary").sql}
{protect("town_letter", "person_id", "letter").sql}
{name_purpose("town.sign_up", ["diary", "letter"]).sql};
{name_purpose("town.close", ["diary", "letter"], destroys_key=True).sql};
"""
