package io.switchboard.simulator.api;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was asked, and what of it was not simply answered. Owned by the simulator's event loop. */
final class Tally {
    private final Map<String, Long> asked = new TreeMap<>();
    private final Map<Mishap, Long> mishaps = new EnumMap<>(Mishap.class);

    /** Why a request did not get what it asked for. */
    enum Mishap {
        LIMIT,
        UNAUTHORIZED,
        DOWN,
        BUSY,
        ERROR,
        HANG,
        RESET,
        CUT,
        SHIFT
    }

    void ask(Endpoint endpoint) {
        asked.merge(endpoint.label(), 1L, Long::sum);
    }

    void note(Mishap mishap) {
        mishaps.merge(mishap, 1L, Long::sum);
    }

    JsonObject asked() {
        var json = new JsonObject();
        asked.forEach(json::put);
        return json;
    }

    JsonObject mishaps() {
        var json = new JsonObject();
        for (var mishap : Mishap.values()) {
            json.put(mishap.name().toLowerCase(Locale.ROOT), mishaps.getOrDefault(mishap, 0L));
        }
        return json;
    }
}
