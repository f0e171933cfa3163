from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Close the demonstration accounts, keeping the history of what they did."

    def handle(self, *args, **options) -> None:
        users = get_user_model().objects.filter(contributor__is_demonstration=True, is_active=True)
        for user in users:
            user.is_active = False
            user.set_unusable_password()
            user.save(update_fields=["is_active", "password"])
        self.stdout.write(f"Closed {len(users)} demonstration accounts.")
