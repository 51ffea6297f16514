package io.switchboard.simulator.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;

/** Rows as they come after the provider has changed something without a word. */
final class Drift {
    private static final List<String> IDS = List.of("id", "contactId");

    private Drift() {}

    /** Changes each row with that probability: a member more, a member of another type, or no id. */
    static void apply(List<JsonObject> rows, double probability, SplittableRandom random) {
        for (var row : rows) {
            var drawn = random.nextDouble();
            var kind = random.nextInt(3);
            if (drawn < probability) {
                change(row, kind);
            }
        }
    }

    private static void change(JsonObject row, int kind) {
        switch (kind) {
            case 0 -> row.put("schemaRevision", 5);
            case 1 -> {
                // whatever stands there becomes a list
                var name = List.of("dateTimeUtc", "created").stream()
                        .filter(row::containsKey)
                        .findFirst();
                name.ifPresent(member -> row.put(member, new JsonArray().add(row.getValue(member))));
            }
            default -> IDS.forEach(row::remove);
        }
    }
}
