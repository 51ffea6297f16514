package io.switchboard.simulator.delivery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Receivers that note what they get and answer what a test says: at once, or never until {@link #answerOne}. */
public final class FakeReceivers implements WebhookSender {
    private final Map<String, Integer> statuses = new HashMap<>();
    private final List<String> silent = new ArrayList<>();
    private final Queue<Promise<Integer>> unanswered = new ArrayDeque<>();
    private final Map<String, List<String>> received = new HashMap<>();

    /** What a URL, named by its host, answers from now on instead of 200. */
    public void answer(String host, int status) {
        statuses.put(host, status);
    }

    /** A URL stays silent until {@link #answerOne}. */
    public void silence(String host) {
        silent.add(host);
    }

    /** Ends a silence for requests to come. */
    public void speak(String host) {
        silent.remove(host);
    }

    /** Ends the oldest unanswered request. */
    public void answerOne(int status) {
        unanswered.remove().complete(status);
    }

    public int unanswered() {
        return unanswered.size();
    }

    /** The bodies a URL got, in order. */
    public List<String> received(String host) {
        return received.getOrDefault(host, List.of());
    }

    @Override
    public Future<Integer> post(WebhookUrl url, byte[] body, Duration timeout) {
        var host = URI.create(url.absolute()).getHost();
        received.computeIfAbsent(host, any -> new ArrayList<>()).add(new String(body, StandardCharsets.UTF_8));
        if (silent.contains(host)) {
            Promise<Integer> answer = Promise.promise();
            unanswered.add(answer);
            return answer.future();
        }
        var status = statuses.getOrDefault(host, 200);
        return status == 0 ? Future.failedFuture("no answer") : Future.succeededFuture(status);
    }
}
