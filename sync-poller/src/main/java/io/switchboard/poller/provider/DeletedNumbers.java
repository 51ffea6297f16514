package io.switchboard.poller.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes one list of the active and the deleted phone numbers: a number may be in both, and in the deleted ones several times,
 * because numbers are given back and bought again (API.md, section 5.4).
 */
final class DeletedNumbers {
    /** The member, in lower case, that tells a deleted number from an active one. */
    static final String WHEN = "whendeleted";

    private DeletedNumbers() {}

    /**
     * Each number once: active if it is active, else as it was last deleted. A deleted number that does not say when would
     * read as an active one, so it is left out and is gone with the end of the listing. Unreadable rows all stay.
     */
    static List<ProviderRecord> merge(List<ProviderRecord> active, List<ProviderRecord> deleted) {
        var unreadable = new ArrayList<ProviderRecord>();
        var byNumber = new LinkedHashMap<String, ProviderRecord>();
        for (var record : active) {
            put(record, byNumber, unreadable);
        }
        newest(deleted, unreadable).forEach(byNumber::putIfAbsent);
        var merged = new ArrayList<>(byNumber.values());
        merged.addAll(unreadable);
        return merged;
    }

    private static Map<String, ProviderRecord> newest(List<ProviderRecord> deleted, List<ProviderRecord> unreadable) {
        var newest = new LinkedHashMap<String, ProviderRecord>();
        for (var record : deleted) {
            var known = record.id() == null ? null : newest.get(record.id());
            if (record.id() == null || (record.occurredAt() != null && (known == null || isLater(record, known)))) {
                put(record, newest, unreadable);
            }
        }
        return newest;
    }

    private static void put(ProviderRecord record, Map<String, ProviderRecord> byNumber, List<ProviderRecord> others) {
        if (record.id() == null) {
            others.add(record);
        } else {
            byNumber.put(record.id(), record);
        }
    }

    private static boolean isLater(ProviderRecord record, ProviderRecord other) {
        return when(record).isAfter(when(other));
    }

    private static Instant when(ProviderRecord record) {
        return Objects.requireNonNullElse(record.occurredAt(), Instant.MIN);
    }
}
