package io.switchboard.projector.repair;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * How the tables are built again.
 *
 * @param compareOnly true: they are compared and thrown away
 */
public record RebuildOrder(From from, boolean compareOnly) {

    /** What they are made from. */
    public enum From {
        /** From the events that the tables hold: complete history, after a change of the fold. */
        EVENTS,
        /** From the topics, as far back as they are kept: after a change of the decoder. */
        TOPICS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static RebuildOrder of(JsonObject json) {
        return new RebuildOrder(
                From.valueOf(json.getString("from").toUpperCase(Locale.ROOT)), json.getBoolean("compare_only"));
    }

    public JsonObject json() {
        return new JsonObject().put("from", from.word()).put("compare_only", compareOnly);
    }
}
