package io.switchboard.projector.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call with its times, as reports need them; a time of day is on the ninth of March 2026, in UTC. */
final class TimedCall {
    private final String id;
    private String account = "default";
    private String direction = "inbound";
    private @Nullable String outcome = "missed";
    private @Nullable String client = "+13125550117";
    private @Nullable String businessNumber = "+12025550143";
    private @Nullable String agent;
    private final Instant startedAt;
    private @Nullable Instant answeredAt;
    private @Nullable Instant endedAt;
    private @Nullable Instant heardAt;
    private final List<String> legs = new ArrayList<>();

    private TimedCall(String id, String startedAt) {
        this.id = id;
        this.startedAt = at(startedAt);
    }

    /** An inbound call that nobody took, unless more is said. */
    static TimedCall call(String id, String startedAt, String endedAt) {
        var call = new TimedCall(id, startedAt);
        call.endedAt = at(endedAt);
        return call;
    }

    static Instant at(String time) {
        return Instant.parse(time.length() <= 8 ? "2026-03-09T" + time + "Z" : time);
    }

    TimedCall of(String direction, @Nullable String outcome) {
        this.direction = direction;
        this.outcome = outcome;
        return this;
    }

    TimedCall client(@Nullable String number) {
        this.client = number;
        return this;
    }

    TimedCall number(@Nullable String number) {
        this.businessNumber = number;
        return this;
    }

    TimedCall account(String account) {
        this.account = account;
        return this;
    }

    TimedCall answered(String time, @Nullable String by) {
        this.answeredAt = at(time);
        this.agent = by;
        this.outcome = "answered";
        return this;
    }

    TimedCall agent(String extension) {
        this.agent = extension;
        return this;
    }

    /** It goes on; the last that was heard of it. */
    TimedCall open(String lastEvent) {
        this.endedAt = null;
        this.outcome = null;
        this.heardAt = at(lastEvent);
        return this;
    }

    /** Times may be absent: {@code -}. */
    TimedCall leg(String extension, String ringing, String connected, String ended, String result) {
        legs.add("'%s', %s, %s, %s, '%s'".formatted(extension, time(ringing), time(connected), time(ended), result));
        return this;
    }

    void insert(ApiUnderTest api) {
        var talk = answeredAt == null || endedAt == null ? null : seconds(answeredAt, endedAt);
        var until = answeredAt == null ? endedAt : answeredAt;
        api.sql("""
                insert into call (account, call_id, direction, state, outcome, client_number, client_digits, business_number,
                    agent_extension, started_at, answered_at, ended_at, wait_seconds, talk_seconds, recording_status, sources,
                    confirmed, last_event_at, version)
                values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'none', '{webhook}', true, %s, 1)""".formatted(
                        text(account),
                        text(id),
                        text(direction),
                        text(endedAt == null ? "connected" : "ended"),
                        text(outcome),
                        text(client),
                        text(client == null ? null : client.replaceAll("\\D", "")),
                        text(businessNumber),
                        text(agent),
                        text(startedAt),
                        text(answeredAt),
                        text(endedAt),
                        until == null ? null : seconds(startedAt, until),
                        talk,
                        text(heardAt == null ? endedAt : heardAt)));
        for (var i = 0; i < legs.size(); i++) {
            api.sql("""
                    insert into call_leg (account, call_id, position, call_started_at, extension, ringing_at, connected_at,
                        ended_at, result)
                    values (%s, %s, %d, %s, %s)""".formatted(text(account), text(id), i, text(startedAt), legs.get(i)));
        }
    }

    private static Double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static String time(String time) {
        return time.equals("-") ? "null" : text(at(time));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "null" : "'" + value + "'";
    }
}
