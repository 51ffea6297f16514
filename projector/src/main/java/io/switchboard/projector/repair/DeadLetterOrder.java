package io.switchboard.projector.repair;

import io.switchboard.projector.api.query.DeadLetterFilter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are replayed: those that the filter matched when it was ordered, none that come later.
 *
 * @param account the only one; null for all
 * @param upTo the highest id
 * @param matched how many there were
 */
public record DeadLetterOrder(
        DeadLetterFilter filter, @Nullable String account, long upTo, long matched) {

    static DeadLetterOrder of(JsonObject json) {
        var filter = new DeadLetterFilter(
                texts(json.getJsonArray("reason")),
                texts(json.getJsonArray("topic")),
                texts(json.getJsonArray("ids")).stream()
                        .map(Long::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new)),
                json.getInstant("received_after"),
                json.getInstant("received_before"),
                Set.of(DeadLetterFilter.OPEN));
        return new DeadLetterOrder(filter, json.getString("account"), json.getLong("up_to"), json.getLong("matched"));
    }

    public JsonObject json() {
        return new JsonObject()
                .put("reason", array(filter.reasons()))
                .put("topic", array(filter.topics()))
                .put("ids", array(filter.ids()))
                .put("received_after", filter.receivedAfter())
                .put("received_before", filter.receivedBefore())
                .put("account", account)
                .put("up_to", upTo)
                .put("matched", matched);
    }

    private static JsonArray array(Set<?> values) {
        var array = new JsonArray();
        values.forEach(value -> array.add(value.toString()));
        return array;
    }

    private static Set<String> texts(JsonArray array) {
        return array.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }
}
