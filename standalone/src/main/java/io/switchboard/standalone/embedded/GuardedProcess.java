package io.switchboard.standalone.embedded;

import io.switchboard.runtime.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server process that never outlives this one.
 *
 * <p>Between us and the server stands a shell that waits on a pipe from us. A line on the pipe is a signal to pass on;
 * the end of the pipe means that we are gone, by `kill -9` or any other way, because the kernel closes it for us, and
 * the server is told to shut down. This needs no permission to signal another user's process, no Linux-only call and no
 * particular thread to stay alive. The shell leads a session of its own: Ctrl-C in a terminal reaches only us, and we
 * stop the server after those who use it.
 */
final class GuardedProcess {

    // The signal is repeated: one that arrives before the server has installed its handlers is lost.
    private static final String GUARD = """
            exec 3<&0 </dev/null
            "$@" 3<&- &
            server=$!
            {
              read -r signal <&3 || signal=INT
              while kill -s "$signal" "$server" 2>/dev/null; do sleep 1; done
            } &
            guard=$!
            wait "$server"
            status=$?
            kill -s KILL "$guard" 2>/dev/null
            exit "$status"
            """;

    private final Process shell;

    private GuardedProcess(Process shell) {
        this.shell = shell;
    }

    static GuardedProcess start(Unprivileged user, List<String> program, Path log) throws IOException {
        var command = new ArrayList<>(ownSession());
        command.addAll(user.command(List.of("sh", "-c", GUARD, "guard")));
        command.addAll(program);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        cleanEnvironment(builder);
        return new GuardedProcess(builder.start());
    }

    /** Settings of other PostgreSQLs on this machine, and a locale that macOS cannot load, are none of ours. */
    private static void cleanEnvironment(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
    }

    private static List<String> ownSession() {
        if (onPath("setsid")) {
            return List.of("setsid");
        }
        return onPath("perl") ? List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV") : List.of();
    }

    private static boolean onPath(String program) {
        var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return List.of(path.split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /** For a program that ends by itself. */
    boolean succeedsWithin(Duration patience) {
        if (!endsWithin(patience)) {
            kill();
            return false;
        }
        return shell.exitValue() == 0;
    }

    /** Sends the signal and waits for the end; a server that does not end in time is killed. */
    void stop(String signal, Duration patience) {
        try {
            shell.outputWriter(StandardCharsets.US_ASCII)
                    .append(signal)
                    .append('\n')
                    .flush();
        } catch (IOException alreadyGone) {
            // then there is nobody to tell
        }
        if (!endsWithin(patience)) {
            kill();
        }
    }

    /** SIGKILL for the server, its children and the guard: what a crash of the machine would leave. */
    void kill() {
        var family = shell.descendants().toList();
        family.forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
        if (!endsWithin(Duration.ofSeconds(5))) {
            throw new StartFailure("process " + shell.pid() + " does not end");
        }
        family.forEach(child -> child.onExit().join());
    }

    private boolean endsWithin(Duration patience) {
        try {
            return shell.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
