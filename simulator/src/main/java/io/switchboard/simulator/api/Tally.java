package io.switchboard.simulator.api;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was asked, and what of it was not simply answered. Owned by the simulator's event loop. */
final class Tally {
    private final Map<String, Count> requests = new TreeMap<>();
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

    /** How a request counts. */
    enum Charge {
        /** It came from nobody whose requests are counted. */
        FREE,
        COUNTED,
        /** It was past the limit. */
        REFUSED
    }

    private record Count(long asked, long counted, long refused) {
        private static final Count NONE = new Count(0, 0, 0);

        Count plus(Charge charge) {
            return new Count(
                    asked + 1,
                    counted + (charge == Charge.COUNTED ? 1 : 0),
                    refused + (charge == Charge.REFUSED ? 1 : 0));
        }

        JsonObject json() {
            return new JsonObject().put("asked", asked).put("counted", counted).put("refused", refused);
        }
    }

    void ask(Endpoint endpoint, Charge charge) {
        requests.put(
                endpoint.label(),
                requests.getOrDefault(endpoint.label(), Count.NONE).plus(charge));
    }

    void note(Mishap mishap) {
        mishaps.merge(mishap, 1L, Long::sum);
    }

    JsonObject requests() {
        var json = new JsonObject();
        requests.forEach((label, count) -> json.put(label, count.json()));
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
