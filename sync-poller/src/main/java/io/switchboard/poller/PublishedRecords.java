package io.switchboard.poller;

import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The newest record of each thing that the log holds of one account, by the identity of its content: what has not changed
 * need not be published again, and what a complete listing no longer has was deleted. The longest unseen are forgotten; they
 * are published once more then, which is harmless.
 */
final class PublishedRecords {
    static final int MOST_PER_RESOURCE = 200_000;

    private final Map<Resource, LinkedHashMap<String, EventId>> newest = new EnumMap<>(Resource.class);

    void remember(Resource resource, String id, EventId content) {
        var known = newest.computeIfAbsent(resource, any -> new LinkedHashMap<>());
        known.putLast(id, content);
        if (known.size() > MOST_PER_RESOURCE) {
            known.pollFirstEntry();
        }
    }

    void forget(Resource resource, String id) {
        newest.getOrDefault(resource, new LinkedHashMap<>()).remove(id);
    }

    boolean holds(Resource resource, String id, EventId content) {
        return content.equals(
                newest.getOrDefault(resource, new LinkedHashMap<>()).get(id));
    }

    /** What of a resource was published last; null when nothing was. */
    @Nullable
    String newest(Resource resource) {
        var known = newest.get(resource);
        return known == null || known.isEmpty() ? null : known.lastEntry().getKey();
    }

    /** What is known of a resource and not in its complete listing. */
    Set<String> missingFrom(Resource resource, Set<String> listing) {
        var missing = new TreeSet<>(
                newest.getOrDefault(resource, new LinkedHashMap<>()).keySet());
        missing.removeAll(listing);
        return missing;
    }
}
