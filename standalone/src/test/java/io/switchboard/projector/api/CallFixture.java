package io.switchboard.projector.api;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of table {@code call}, with its legs: an answered, confirmed call unless a test says otherwise. */
final class CallFixture {
    static final Instant START = Instant.parse("2026-03-09T17:00:00.514Z");

    private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    private final List<String> extensions = new ArrayList<>();

    private CallFixture(String id) {
        columns.put("call_id", id);
        columns.put("account", "default");
        columns.put("direction", "inbound");
        columns.put("state", "ended");
        columns.put("outcome", "answered");
        columns.put("client_number", "+13125550117");
        columns.put("client_digits", "13125550117");
        columns.put("business_number", "+12025550143");
        columns.put("started_at", START);
        columns.put("recording_status", "none");
        columns.put("sources", new String[] {"webhook"});
        columns.put("confirmed", true);
        columns.put("last_event_at", START);
        columns.put("version", 3);
    }

    static CallFixture call(String id) {
        return new CallFixture(id);
    }

    CallFixture with(String column, @Nullable Object value) {
        columns.put(column, value);
        return this;
    }

    CallFixture client(String number) {
        return with("client_number", number).with("client_digits", number.replaceAll("\\D", ""));
    }

    CallFixture legs(String... extensions) {
        this.extensions.addAll(List.of(extensions));
        return this;
    }

    CallFixture startedAt(String time) {
        return with("started_at", Instant.parse(time)).with("last_event_at", Instant.parse(time));
    }

    void insert(ApiUnderTest api) {
        try (var connection = api.connect()) {
            var names = String.join(", ", columns.keySet());
            var places = columns.keySet().stream().map(name -> "?").collect(Collectors.joining(", "));
            try (var insert = connection.prepareStatement("insert into call (" + names + ") values (" + places + ")")) {
                int i = 1;
                for (var value : columns.values()) {
                    insert.setObject(i++, jdbc(value));
                }
                insert.executeUpdate();
            }
            for (int i = 0; i < extensions.size(); i++) {
                try (var insert = connection.prepareStatement("""
                        insert into call_leg (account, call_id, position, extension, ringing_at, result, call_started_at)
                        values (?, ?, ?, ?, ?, 'no_answer', ?)""")) {
                    insert.setObject(1, columns.get("account"));
                    insert.setObject(2, columns.get("call_id"));
                    insert.setInt(3, i);
                    insert.setString(4, extensions.get(i));
                    insert.setObject(5, jdbc(columns.get("started_at")));
                    insert.setObject(6, jdbc(columns.get("started_at")));
                    insert.executeUpdate();
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Object jdbc(@Nullable Object value) {
        return value instanceof Instant instant
                ? OffsetDateTime.ofInstant(Objects.requireNonNull(instant), ZoneOffset.UTC)
                : value;
    }
}
