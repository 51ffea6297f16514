package io.switchboard.standalone;

import io.switchboard.runtime.Accounts;
import java.io.PrintStream;
import java.util.Map;

/** The addresses and tokens that a person needs after a start. */
record Announcement(OneMachine.Plan plan, Map<String, String> environment, DataFolder folder) {

    void print(PrintStream out) {
        out.println("Switchboard " + plan.command());
        line(
                out,
                "query API",
                local(Port.API, "/v1/calls") + "   (described in " + local(Port.API, "/openapi.json") + ")");
        line(out, "admin token", adminToken());
        line(out, "webhooks", webhooks());
        if (plan.services().stream().anyMatch(service -> service.ports().contains(Port.SIMULATOR))) {
            line(out, "simulator", local(Port.SIMULATOR, "/"));
        }
        line(
                out,
                "health",
                String.join(
                        "   ",
                        local(Port.GATEWAY_MANAGEMENT, "/statusz"),
                        local(Port.PROJECTOR_MANAGEMENT, "/statusz"),
                        local(Port.POLLER_MANAGEMENT, "/statusz")));
        line(out, "Kafka", "127.0.0.1:" + Port.KAFKA.in(environment));
        line(
                out,
                "PostgreSQL",
                "postgresql://switchboard@127.0.0.1:" + Port.POSTGRES.in(environment) + "/switchboard   (password in "
                        + folder.postgres().resolve("password") + ")");
        line(out, "data", folder.root().toString());
        out.flush();
    }

    private static void line(PrintStream out, String name, String value) {
        out.printf("  %-12s %s%n", name, value);
    }

    private String local(Port port, String path) {
        return "http://127.0.0.1:" + port.in(environment) + path;
    }

    /** Tokens that the user brought are his to know. */
    private String adminToken() {
        var ours = folder.adminToken();
        return environment.getOrDefault("API_TOKENS", "").startsWith(ours + "=") ? ours : "as set in API_TOKENS";
    }

    private String webhooks() {
        if (environment.containsKey(Accounts.FILE)) {
            return local(Port.GATEWAY, "/webhooks/mightycall/{one of the account's webhook_tokens}");
        }
        var ours = folder.webhookToken();
        var token = environment.getOrDefault("WEBHOOK_TOKENS", "").equals(ours) ? ours : "{one of WEBHOOK_TOKENS}";
        return local(Port.GATEWAY, "/webhooks/mightycall/" + token);
    }
}
