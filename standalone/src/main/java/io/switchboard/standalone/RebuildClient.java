package io.switchboard.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.switchboard.runtime.StartFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Orders a rebuild from a running projector, and shows how it gets on. */
final class RebuildClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final List<String> ROLES = List.of("operator", "platform_admin");

    private final URI api;
    private final String token;
    private final PrintStream out;

    RebuildClient(URI api, String token, PrintStream out) {
        this.api = api;
        this.token = token;
        this.out = out;
    }

    /** A token that may order it: one of API_TOKENS, else the one in the data folder. */
    static String token(Map<String, String> environment, Path data) {
        return setting(environment)
                .flatMap(RebuildClient::allowed)
                .or(() -> read(data.resolve("admin-token")))
                .orElseThrow(() ->
                        new StartFailure("no token may order a rebuild: set API_TOKENS to token=operator, or --data to"
                                + " the folder of the run"));
    }

    /** Returns when it is over: zero when it did what was asked for. */
    int order(RebuildOptions options) throws InterruptedException {
        var body = JSON.createObjectNode()
                .put("from", options.from.name().toLowerCase(Locale.ROOT))
                .put("compare_only", options.compareOnly);
        var job = ask("POST", "/v1/rebuilds", body.toString());
        out.println("job " + job.path("id").asText());
        var said = "";
        while (List.of("queued", "running").contains(job.path("status").asText())) {
            var detail = job.path("detail").asText("");
            if (!detail.isEmpty() && !detail.equals("null") && !detail.equals(said)) {
                out.println(detail);
                said = detail;
            }
            Thread.sleep(LOOK_AGAIN);
            job = ask("GET", "/v1/jobs/" + job.path("id").asText(), "");
        }
        print(job);
        return job.path("status").asText().equals("done") ? 0 : 1;
    }

    private void print(JsonNode job) {
        var report = job.path("report");
        for (var table : report.path("tables")) {
            out.printf(
                    "%-18s %,12d rows, %,d differ %s%n",
                    table.path("table").asText(),
                    table.path("live_rows").asLong(),
                    table.path("differing").asLong(),
                    table.path("sample").isEmpty() ? "" : table.path("sample"));
        }
        if (report.path("swapped").asBoolean()) {
            out.printf("exchanged in %.1f ms%n", report.path("swap_ms").asDouble());
        }
        out.println(job.path("status").asText() + ": " + job.path("detail").asText());
    }

    private JsonNode ask(String method, String path, String body) throws InterruptedException {
        var publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            var json = JSON.readTree(answer.body());
            if (answer.statusCode() >= 300) {
                throw new StartFailure(
                        "the projector refuses: " + json.path("detail").asText());
            }
            return json;
        } catch (IOException e) {
            throw new StartFailure("no projector answers at " + api + ": start it, or set --api or --port-offset", e);
        }
    }

    private static Optional<String> setting(Map<String, String> environment) {
        var file = environment.get("API_TOKENS_FILE");
        return file == null ? Optional.ofNullable(environment.get("API_TOKENS")) : read(Path.of(file));
    }

    private static Optional<String> allowed(String tokens) {
        return Arrays.stream(tokens.split(","))
                .map(entry -> entry.strip().split("=", 2))
                .filter(entry -> entry.length == 2 && ROLES.contains(entry[1].strip()))
                .map(entry -> entry[0].strip())
                .findFirst();
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new StartFailure("cannot read " + file, e);
        }
    }
}
