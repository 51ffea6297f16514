package io.switchboard.projector.api;

import static io.switchboard.projector.api.CallFixture.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Days of which reports are worked out by hand. */
final class ReportDays {
    static final String SECOND = "+12025550144";

    private ReportDays() {}

    /** Thirteen calls of the ninth of March, and one within the house. */
    static void ninthOfMarch(ApiUnderTest api) {
        inbound("in-1", "answered", 5.0, 60.0)
                .with("recording_status", "ready")
                .legs("101")
                .insert(api);
        inbound("in-2", "answered", 15.0, 30.0).legs("101", "102").insert(api);
        inbound("in-3", "answered", 25.0, 120.0).legs("101", "101").insert(api);
        inbound("in-4", "answered", null, 10.0).insert(api);
        inbound("in-5", "missed", 3.0, null).legs("102").insert(api);
        inbound("in-6", "missed", 30.0, null).insert(api);
        inbound("in-7", "voicemail", 12.0, null).insert(api);
        inbound("in-8", "dropped", null, null).with("business_number", null).insert(api);
        inbound("in-9", null, null, null).with("state", "ringing").insert(api);
        inbound("in-10", "unknown", null, null).insert(api);
        other("out-1", "outbound", "answered")
                .with("wait_seconds", 8.0)
                .with("talk_seconds", 45.0)
                .insert(api);
        other("out-2", "outbound", "unanswered").with("wait_seconds", 20.0).insert(api);
        other("back-1", "callback", "answered")
                .with("wait_seconds", 4.0)
                .with("talk_seconds", 20.0)
                .insert(api);
        other("in-house", "internal", "answered").with("talk_seconds", 999.0).insert(api);
    }

    static void newYorkAutumn(ApiUnderTest api) {
        for (var time : List.of(
                "2026-11-01T03:59:59.999999Z",
                "2026-11-01T04:00:00Z",
                "2026-11-01T05:30:00Z",
                "2026-11-01T06:30:00Z",
                "2026-11-02T04:59:59.999Z",
                "2026-11-02T05:00:00Z")) {
            call("at-" + time).startedAt(time).insert(api);
        }
    }

    static CallFixture inbound(String id, @Nullable String outcome, @Nullable Double wait, @Nullable Double talk) {
        return call(id).with("outcome", outcome).with("wait_seconds", wait).with("talk_seconds", talk);
    }

    private static CallFixture other(String id, String direction, String outcome) {
        return call(id).with("direction", direction).with("outcome", outcome).with("business_number", SECOND);
    }
}
