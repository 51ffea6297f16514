package io.switchboard.standalone;

import io.switchboard.runtime.StartFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started so far; closing it stops that in reverse order, whichever thread asks and however far the start
 * has come. Safe for use by several threads.
 */
final class RunningParts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningParts.class);

    private final Deque<Part> started = new ArrayDeque<>();
    private boolean closed;

    private record Part(String name, AutoCloseable handle) {}

    /** The run was stopped while this part started; the part is closed again. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    <T extends AutoCloseable> T start(String name, Callable<T> starter) {
        var handle = call(name, starter);
        if (!add(new Part(name, handle))) {
            stop(new Part(name, handle));
            throw new Stopped();
        }
        return handle;
    }

    @Override
    public void close() {
        while (true) {
            var part = next();
            if (part == null) {
                return;
            }
            stop(part);
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean add(Part part) {
        if (!closed) {
            started.push(part);
        }
        return !closed;
    }

    private synchronized @Nullable Part next() {
        closed = true;
        return started.poll();
    }

    private static <T> T call(String name, Callable<T> starter) {
        try {
            return starter.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new StartFailure("the " + name + " did not start: " + e.getMessage(), e);
        }
    }

    /** One part that does not stop keeps none of the others from stopping. */
    private static void stop(Part part) {
        try {
            part.handle().close();
        } catch (Exception e) {
            LOG.warn("the {} did not stop cleanly", part.name(), e);
        }
    }
}
