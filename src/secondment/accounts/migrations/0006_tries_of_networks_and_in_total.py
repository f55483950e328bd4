"""Tries are counted of a name from a network, of a network, and in total; old counts go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_account_requests")]

    operations = [
        migrations.RemoveConstraint("signintries", "sign_in_tries_at_most_five"),
        migrations.RenameField("signintries", "last_at", "began_at"),
        migrations.AlterField("signintries", "n", models.PositiveIntegerField("次数", default=0)),
        migrations.AlterField("signintries", "name_index", models.CharField(max_length=64, blank=True)),
        migrations.AlterField(
            "signintries", "address", models.CharField("网络地址", max_length=45, blank=True)
        ),
        migrations.AddField(
            "signintries",
            "known_until",
            models.DateTimeField("常用地址有效期", null=True, blank=True),
        ),
        migrations.AlterModelOptions(
            "signintries",
            {"ordering": ["-began_at"], "verbose_name": "登录尝试", "verbose_name_plural": "登录尝试"},
        ),
    ]
