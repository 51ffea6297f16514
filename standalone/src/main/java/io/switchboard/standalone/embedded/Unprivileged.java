package io.switchboard.standalone.embedded;

import com.sun.security.auth.module.UnixSystem;
import io.switchboard.runtime.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How to run a program that refuses to run as root, as PostgreSQL does.
 *
 * <p>An ordinary user just runs it. For root there are two ways, tried in this order because each fails where the other
 * works: change to the user `nobody`, who must be able to enter every folder above the data (a mode 700 home forbids
 * it); or a user namespace in which our own user id looks like another one (most containers forbid it).
 *
 * @param prefix what to put in front of the command
 * @param owner the numeric user, seen from here, that must own the files
 */
record Unprivileged(List<String> prefix, long owner) {

    private static final long ROOT = 0;
    private static final long NOBODY = 65_534;
    private static final int PROBE_SECONDS = 10;

    static Unprivileged toWorkIn(List<Path> folders) {
        var self = new UnixSystem().getUid();
        if (self != ROOT) {
            return new Unprivileged(List.of(), self);
        }
        return Stream.of(asNobody(), inNamespace())
                .filter(way -> folders.stream().allMatch(way::canEnter))
                .findFirst()
                .orElseThrow(() -> new StartFailure("PostgreSQL does not run as root, and no other user can enter "
                        + folders.getFirst()
                        + ": start Switchboard as an ordinary user, or set --data to a folder such as"
                        + " /var/lib/switchboard that every user may enter"));
    }

    private static Unprivileged asNobody() {
        var user = String.valueOf(NOBODY);
        return new Unprivileged(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"), NOBODY);
    }

    private static Unprivileged inNamespace() {
        var user = String.valueOf(NOBODY);
        return new Unprivileged(List.of("unshare", "--user", "--map-user=" + user, "--map-group=" + user), ROOT);
    }

    List<String> command(List<String> program) {
        var command = new ArrayList<>(prefix);
        command.addAll(program);
        return command;
    }

    /** Hands over the files of a folder that was used in another way before. */
    void own(Path folder) throws IOException {
        if (new UnixSystem().getUid() != ROOT) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                if (((Number) Files.getAttribute(path, "unix:uid")).longValue() != owner) {
                    Files.setAttribute(path, "unix:uid", (int) owner);
                }
            }
        }
    }

    private boolean canEnter(Path folder) {
        var probe = command(List.of("sh", "-c", "cd \"$1\" && test \"$(id -u)\" != 0", "sh", folder.toString()));
        try {
            var process = new ProcessBuilder(probe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException toolMissing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
