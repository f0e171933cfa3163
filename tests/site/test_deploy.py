"""What `deploy/` says, as far as it can be checked where no container runs."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = [name for name, told in SERVICES.items() if told.get("build")]


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text()


def run(*told: object) -> subprocess.CompletedProcess:
    return subprocess.run(list(map(str, told)), capture_output=True, text=True, check=False)  # noqa: S603


# --- containers ---------------------------------------------------------------------------


def test_two_web_containers_stand_behind_nginx_beside_postgresql_and_redis():
    assert set(SERVICES) == {*("database", "redis", "set-up", "clock", "nginx"), "web-1", "web-2"}
    assert [name for name, told in SERVICES.items() if told.get("ports")] == ["nginx"]
    for web in ("web-1", "web-2"):
        assert f"server {web}:8000" in text_of("nginx/site.conf")


def test_every_container_says_whether_it_is_well_and_the_web_waits_for_what_it_needs():
    for name, told in SERVICES.items():
        assert "healthcheck" in told or name == "set-up", name
    needs = SERVICES["web-1"]["depends_on"]
    assert needs["database"]["condition"] == "service_healthy"
    assert needs["set-up"]["condition"] == "service_completed_successfully"


def test_each_container_has_a_search_index_of_its_own_and_all_share_the_uploads():
    own = [SERVICES[web]["volumes"][0] for web in ("web-1", "web-2", "clock")]
    assert len(set(own)) == 3
    mounted = {volume.split(":")[0] for it in SERVICES.values() for volume in it.get("volumes", [])}
    assert {name for name in mounted if not name.startswith("./")} == set(COMPOSE["volumes"])


def test_our_containers_can_write_to_their_data_alone_and_gain_no_rights():
    for name in OURS:
        told = SERVICES[name]
        assert told["read_only"] is True, name
        assert told["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in told["security_opt"], name


def test_nothing_in_deploy_is_a_secret():
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.name in ("site.env", "database_password", "privkey.pem"):
            continue  # Somebody's own, which git ignores.
        if path.is_file():
            told = path.read_text()
            assert not re.search(r"(?m)^\s*SECRET_KEY[=:][ \t]*\S", told), path
            assert not re.search(r"POSTGRES_PASSWORD[=:]", told), path
            assert not re.search(r"://\w+:(?!PASSWORD@)[^@\s/]+@", told), path
    ignored = (settings.BASE_DIR / ".gitignore").read_text().splitlines()
    assert {"deploy/site.env", "deploy/secrets/", "deploy/tls/", ".env"} <= set(ignored)
    assert {".env", "deploy", ".git"} <= set(text_of("Dockerfile.dockerignore").splitlines())


def test_the_image_is_built_in_two_stages_and_runs_as_nobody_in_particular():
    stages = text_of("Dockerfile").split("\nFROM ")
    assert len(stages) == 3
    last = stages[-1]
    assert "USER 10001" in last
    assert last.index("USER 10001") < last.index('CMD ["gunicorn')
    assert "COPY --from=packages" in last
    assert not re.search(r"apt-get|gcc|build-essential|pip install", last)
    assert "--require-hashes --only-binary=:all:" in stages[1]


def test_commands_named_in_deploy_exist():
    from django.core.management import get_commands

    told = " ".join(path.read_text() for path in DEPLOY.rglob("*.*") if path.suffix != ".pem")
    named = set(re.findall(r"manage\.py[, ]+(\w+)", told))
    assert {"migrate", "collectstatic", "publish_due", "write_standing_pages"} <= named
    assert named <= set(get_commands())


# --- nginx --------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_nginx_reads_its_example(tmp_path):
    keys = ("-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem")
    made = run(
        *("openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt"),
        *("ec_paramgen_curve:prime256v1", "-subj", "/CN=example.org", *keys),
    )
    assert made.returncode == 0, made.stderr
    (tmp_path / "proxy.conf").write_text(text_of("nginx/proxy.conf"))
    # Their names are known where they run.
    site = re.sub(r"\bweb-(\d):", r"127.0.0.\1:", text_of("nginx/site.conf"))
    site = site.replace("/etc/nginx/tls", str(tmp_path)).replace("/etc/nginx/", f"{tmp_path}/")
    (tmp_path / "site.conf").write_text(site)
    main = tmp_path / "nginx.conf"
    main.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; include {tmp_path}/site.conf; }}\n"
    )
    checked = run("nginx", "-t", "-q", "-p", tmp_path, "-c", main)
    assert checked.returncode == 0, checked.stderr


def test_nginx_sets_what_it_tells_of_a_visitor_and_passes_nothing_on():
    told = text_of("nginx/proxy.conf")
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in told
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in told
    assert "$http_" not in told
    assert "$proxy_add_x_forwarded_for" not in told
    assert COMPOSE["x-site"]["environment"]["TRUSTED_PROXIES"] == "1"


def test_nginx_shows_the_standing_page_when_there_is_no_site_and_keeps_files_for_ever():
    site = text_of("nginx/site.conf")
    assert "error_page 502 504 =503 /static/standing/maintenance.html;" in site
    assert "max-age=31536000, immutable" in site
    assert re.search(r"metrics\|readyz.*?deny all;", site, re.S)


# --- systemd ------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_reads_its_units(tmp_path):
    units = []
    for path in (DEPLOY / "systemd").iterdir():
        # What the units start is where it will be installed, and not here.
        told = re.sub(r"/srv/site/\.venv/bin/\w+", shutil.which("true"), path.read_text())
        (tmp_path / path.name).write_text(told)
        units.append(tmp_path / path.name)
    checked = run("systemd-analyze", "verify", "--man=no", *units)
    ours = [line for line in checked.stderr.splitlines() if "stemcell-site" in line]
    assert len(units) == 3
    assert (checked.returncode, ours) == (0, []), checked.stderr


def test_the_units_run_without_rights_and_the_timer_starts_the_clock():
    for path in Path(DEPLOY / "systemd").glob("*.service"):
        told = path.read_text()
        assert "User=site" in told
        assert "NoNewPrivileges=yes" in told
        assert "ProtectSystem=strict" in told
    assert "OnCalendar=minutely" in text_of("systemd/stemcell-site-clock.timer")
