package io.switchboard.projector.api.view;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.report.AgentFigures;
import io.switchboard.projector.report.AgentFigures.Rings;
import io.switchboard.projector.report.AgentFigures.Workload;
import io.switchboard.projector.report.FollowUp.Caller;
import io.switchboard.projector.report.FollowUp.LostCall;
import io.switchboard.projector.report.FollowUp.Totals;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The work of agents, and the callers who still wait, in answers. */
public final class PeopleView {
    /** How often the provider is asked for a status: nothing shorter is seen. */
    private static final int STATUS_SAMPLING_SECONDS = 900;

    private static final double FOUR_DECIMALS = 1e4;

    private PeopleView() {}

    /** @param link to the calls of the extension */
    public static Map<String, @Nullable Object> agent(AgentFigures agent, int minSamples, String link) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("account", agent.account());
        json.put("extension", agent.extension());
        json.put("name", agent.name());
        json.put("handled", agent.handled());
        json.put("outgoing", outgoing(agent));
        json.put("talk_time", SpreadView.of(agent.talkTime(), minSamples));
        json.put("ringing", ringing(agent.rings(), minSamples));
        json.put("occupancy", occupancy(agent.workload()));
        json.put("links", Map.of("calls", link));
        return json;
    }

    public static Map<String, @Nullable Object> followUp(Totals totals, int minSamples) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("lost", totals.lost());
        json.put("called_back", totals.calledBack());
        json.put("called_back_reached", totals.reached());
        json.put("rang_again", totals.rangAgain());
        json.put("open", totals.open());
        json.put("open_answered_late", totals.late());
        json.put("without_number", totals.withoutNumber());
        json.put(
                "share",
                SpreadView.share(totals.calledBack() + totals.rangAgain(), totals.lost() - totals.withoutNumber()));
        json.put("response_time", SpreadView.of(totals.response(), minSamples));
        json.put("callers_waiting", totals.callersWaiting());
        return json;
    }

    public static Map<String, @Nullable Object> caller(Caller caller, Masking masking) {
        var client = new LinkedHashMap<String, @Nullable Object>();
        client.put("number", masking.address(caller.number()));
        client.put("name", masking.text(caller.name()));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("account", caller.account());
        json.put("client", client);
        json.put("attempts", caller.attempts());
        json.put("first", call(caller.first()));
        json.put("last", call(caller.last()));
        return json;
    }

    private static Map<String, @Nullable Object> call(LostCall call) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("call_id", call.id());
        json.put("business_number", call.businessNumber());
        json.put("outcome", call.outcome());
        json.put("started_at", Values.written(call.startedAt()));
        json.put("waited_seconds", Values.seconds(call.waited()));
        return json;
    }

    private static Map<String, @Nullable Object> outgoing(AgentFigures agent) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("calls", agent.outgoing());
        json.put("connected", agent.connected());
        json.put("connect_rate", SpreadView.share(agent.connected(), agent.outgoing()));
        return json;
    }

    private static Map<String, @Nullable Object> ringing(Rings rings, int minSamples) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("attempts", rings.attempts());
        json.put("no_answer", rings.noAnswer());
        json.put("answered_elsewhere", rings.answeredElsewhere());
        json.put("time_to_answer", SpreadView.of(rings.time(), minSamples));
        return json;
    }

    private static Map<String, @Nullable Object> occupancy(Workload workload) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("value", SpreadView.rounded(workload.occupancy(), FOUR_DECIMALS));
        json.put("estimate", true);
        json.put("sampling_seconds", STATUS_SAMPLING_SECONDS);
        json.put("on_call_seconds", SpreadView.seconds(workload.onCall()));
        json.put("known_seconds", SpreadView.seconds(workload.known()));
        json.put("on_call_known_seconds", SpreadView.seconds(workload.onCallWhileKnown()));
        json.put("available_seconds", SpreadView.seconds(workload.available()));
        return json;
    }
}
