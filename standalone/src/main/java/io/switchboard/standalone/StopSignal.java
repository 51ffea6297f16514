package io.switchboard.standalone;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * Ctrl-C, `kill` and a closed terminal end the program in order and with exit code 0, where the JVM by itself would
 * answer 130 or 143. A second signal does not wait; nor does anything after the deadline.
 */
final class StopSignal {

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final Duration DEADLINE = Duration.ofMillis(9_500);

    private StopSignal() {}

    static void stops(AutoCloseable running) {
        var asked = new AtomicBoolean();
        for (var name : SIGNALS) {
            var unused = Signal.handle(new Signal(name), signal -> {
                if (asked.getAndSet(true)) {
                    Runtime.getRuntime().halt(128 + signal.getNumber());
                }
                stop(running);
            });
        }
    }

    private static void stop(AutoCloseable running) {
        Thread.ofPlatform().daemon().name("stop-deadline").start(() -> haltAfter(DEADLINE));
        try {
            running.close();
            System.exit(0);
        } catch (Exception e) {
            System.err.println("switchboard: did not stop cleanly: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void haltAfter(Duration deadline) {
        try {
            Thread.sleep(deadline);
        } catch (InterruptedException e) {
            return;
        }
        System.err.println("switchboard: not stopped after " + deadline.toSeconds() + " s, giving up");
        Runtime.getRuntime().halt(1);
    }
}
