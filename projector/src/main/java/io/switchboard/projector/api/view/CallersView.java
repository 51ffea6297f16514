package io.switchboard.projector.api.view;

import io.switchboard.projector.report.Callers;
import io.switchboard.projector.report.Responses;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who called, and how soon what they left was responded to, in answers. */
public final class CallersView {
    private CallersView() {}

    public static Map<String, @Nullable Object> callers(Callers callers) {
        var by = callers.byCalls();
        var byCalls = new LinkedHashMap<String, @Nullable Object>();
        byCalls.put("1", by.once());
        byCalls.put("2", by.twice());
        byCalls.put("3", by.three());
        byCalls.put("4-5", by.fourOrFive());
        byCalls.put("6-10", by.sixToTen());
        byCalls.put("11+", by.more());
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("calls", callers.calls());
        json.put("calls_without_number", callers.withoutNumber());
        json.put("distinct", callers.distinct());
        json.put("first_time", callers.firstTime());
        json.put("first_time_share", SpreadView.share(callers.firstTime(), callers.distinct()));
        json.put("repeat", callers.repeat());
        json.put("repeat_share", SpreadView.share(callers.repeat(), callers.distinct()));
        json.put("by_calls", byCalls);
        return json;
    }

    public static Map<String, @Nullable Object> responses(Responses responses, int minSamples) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("received", responses.received());
        json.put("without_number", responses.withoutNumber());
        json.put("responded", responses.time().count());
        json.put("open", responses.open());
        json.put("share", SpreadView.share(responses.time().count(), responses.received() - responses.withoutNumber()));
        json.put("response_time", SpreadView.of(responses.time(), minSamples));
        return json;
    }
}
