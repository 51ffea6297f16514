package io.switchboard.http;

import java.util.Map;

/**
 * What a service says of itself at one moment.
 *
 * @param ready whether it can do its work now
 * @param stages for people: each stage with what it waits for or when it last succeeded; JSON values only
 */
public record Health(boolean ready, Map<String, Object> stages) {
    /** Takes the state of memory only: it is asked on an event loop and never blocks. */
    @FunctionalInterface
    public interface Probe {
        Health probe();
    }
}
