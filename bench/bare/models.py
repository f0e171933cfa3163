from django.db import models


class Row(models.Model):
    """A version of the site's, as a plain row."""

    title = models.CharField(max_length=300)
    summary = models.TextField()
    body = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "editorial_version"

    def __str__(self) -> str:
        return self.title
