package io.switchboard.projector.api.view;

import static io.switchboard.call.Call.word;

import io.switchboard.call.Call;
import io.switchboard.event.Source;
import io.switchboard.projector.api.access.Masking;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call in an answer. */
public final class CallView {
    private CallView() {}

    public static Map<String, @Nullable Object> of(ReadCall read, Masking masking) {
        var call = read.call();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", call.id());
        json.put("account", call.account());
        json.put("direction", word(call.direction()));
        json.put("state", word(call.state()));
        json.put("outcome", call.outcome() == null ? null : word(call.outcome()));
        json.put("client", client(call.client(), masking));
        json.put("business_number", call.businessNumber());
        json.put("agent", agent(call.agent()));
        json.put("started_at", Values.time(call.startedAt()));
        json.put("answered_at", Values.time(call.answeredAt()));
        json.put("ended_at", Values.time(call.endedAt()));
        json.put("wait_seconds", Values.seconds(call.waitTime()));
        json.put("talk_seconds", Values.seconds(call.talkTime()));
        json.put("duration_seconds", Values.seconds(call.duration()));
        json.put("legs", call.legs().stream().map(CallView::leg).toList());
        // Where the provider keeps the recording is not for clients.
        json.put("recording", Map.of("status", word(call.recording().status())));
        json.put("sources", sources(call));
        json.put("provisional", read.provisional());
        json.put("version", call.version());
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> client(Call.@Nullable Client client, Masking masking) {
        if (client == null) {
            return null;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("number", masking.address(client.number()));
        json.put("name", masking.text(client.name()));
        return json;
    }

    private static @Nullable Map<String, @Nullable Object> agent(Call.@Nullable Agent agent) {
        if (agent == null) {
            return null;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("extension", agent.extension());
        json.put("name", agent.name());
        return json;
    }

    private static Map<String, @Nullable Object> leg(Call.Leg leg) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("extension", leg.extension());
        json.put("ringing_at", Values.time(leg.ringingAt()));
        json.put("connected_at", Values.time(leg.connectedAt()));
        json.put("ended_at", Values.time(leg.endedAt()));
        json.put("result", word(leg.result()));
        return json;
    }

    private static List<String> sources(Call call) {
        return call.sources().stream().sorted().map(Source::word).toList();
    }
}
