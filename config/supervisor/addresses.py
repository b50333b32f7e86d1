"""The addresses a city uses: its embedded servers', or those which the environment names."""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from config.bootstrap import APP, OWNER
from config.supervisor.postgres import SUPERUSER, Cluster
from config.supervisor.secrets import Secrets
from config.supervisor.trouble import Trouble
from kernel.environment import Environment

DATABASE = "machi"


@dataclass(frozen=True)
class DatabaseAddresses:
    """One database for its three users; without an administrator the logins and the database exist already."""

    admin: str
    owner: str
    app: str


def embedded(cluster: Cluster, secrets: Secrets) -> DatabaseAddresses:
    """Return the addresses of the embedded PostgreSQL."""
    return DatabaseAddresses(
        admin=cluster.url(SUPERUSER, secrets.postgres_password, "postgres"),
        owner=cluster.url(OWNER, secrets.owner_password, DATABASE),
        app=cluster.url(APP, secrets.app_password, DATABASE),
    )


def given(env: Environment) -> DatabaseAddresses:
    """Return the addresses which the environment names.

    ``DATABASE_URL`` alone may also be an administrator's: the database it names is then made for our own two logins,
    which get the administrator's password, because the application never runs with more rights than it needs.

    :raises Trouble: where the owner's address is missing.
    """
    parts = urlsplit(env.database_url)
    if env.database_owner_url:
        return DatabaseAddresses(env.database_admin_url, env.database_owner_url, env.database_url)
    if parts.username in (OWNER, APP):
        raise Trouble("DATABASE_OWNER_URL is missing: the address of machi_owner, who runs the migrations.")
    secret = f":{parts.password}" if parts.password else ""
    place = parts.netloc.rpartition("@")[2]
    owner, app = (urlunsplit(parts._replace(netloc=f"{user}{secret}@{place}")) for user in (OWNER, APP))
    return DatabaseAddresses(env.database_admin_url or urlunsplit(parts._replace(path="/postgres")), owner, app)
