package io.switchboard.standalone.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that a test may kill, hang and wake; its output goes to a file under `target/processes`, and it ends with
 * the test at the latest.
 */
public final class ProcessUnderTest implements AutoCloseable {

    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final Duration END_PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;
    private final Thread endWithTests;
    private volatile boolean wasPaused;

    private ProcessUnderTest(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.endWithTests = new Thread(process::destroyForcibly, "kill-" + process.pid());
        Runtime.getRuntime().addShutdownHook(endWithTests);
    }

    /** A main class of the test class path in a JVM of its own; the environment is added to ours. */
    public static ProcessUnderTest java(Class<?> main, Map<String, String> environment, String... arguments) {
        return java(System.getProperty("java.class.path"), main, environment, arguments);
    }

    /** A main class as the user runs it: on the class path that `./switchboard` uses, without anything of the tests. */
    public static ProcessUnderTest packaged(Class<?> main, Map<String, String> environment, String... arguments) {
        return java(Path.of("target", "switchboard", "lib", "*").toString(), main, environment, arguments);
    }

    private static ProcessUnderTest java(
            String classPath, Class<?> main, Map<String, String> environment, String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(
                List.of(java, "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return command(main.getSimpleName(), environment, command);
    }

    public static ProcessUnderTest command(String name, Map<String, String> environment, List<String> command) {
        try {
            var folder = Files.createDirectories(Path.of("target", "processes"));
            var output = folder.resolve(
                    name + "-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet() + ".log");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            return new ProcessUnderTest(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Resident memory as Linux counts it. */
    public long residentMegabytes() {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid()), "status"))
                    .lines()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rest of the first line that starts with this; fails when the process ends or the time is over before. */
    public String awaitLine(String start, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var lastLook = !process.isAlive() || System.nanoTime() > deadline;
            var line = line(start);
            if (line.isPresent()) {
                return line.get().substring(start.length()).strip();
            }
            if (lastLook) {
                throw new AssertionError(
                        "no line \"" + start + "…\" from process " + pid() + " in " + output + ":\n" + output());
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private Optional<String> line(String start) {
        var written = output();
        // The last line may be half written.
        return written.substring(0, written.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst();
    }

    /** SIGKILL, and the end of it. */
    public void killNow() {
        process.destroyForcibly();
        var unused = awaitExit();
    }

    /** SIGSTOP: alive, connected and silent. */
    public void pause() {
        wasPaused = true;
        signal("STOP");
    }

    /** Whether it was ever stopped: a stopped event loop looks blocked to the one that watches it. */
    public boolean wasPaused() {
        return wasPaused;
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    /** SIGTERM; the exit code. */
    public int terminate() {
        signal("TERM");
        return awaitExit();
    }

    /** What Ctrl-C sends; the exit code. */
    public int interrupt() {
        signal("INT");
        return awaitExit();
    }

    public int awaitExit() {
        try {
            if (!process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("process " + pid() + " has not ended; see " + output);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void signal(String name) {
        signal(name, process.toHandle());
    }

    /** Sends a signal to one process that the test knows by its id. */
    public static void signal(String name, ProcessHandle target) {
        try {
            var status = new ProcessBuilder("kill", "-s", name, String.valueOf(target.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill -s " + name + " " + target.pid() + " answered " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            killNow();
        }
        var unused = Runtime.getRuntime().removeShutdownHook(endWithTests);
    }
}
