package io.switchboard.simulator;

import io.switchboard.runtime.InvalidSettings;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.simulator.delivery.Limits;
import io.switchboard.simulator.delivery.WebhookUrl;
import io.switchboard.simulator.world.AddressBook;
import io.switchboard.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a simulator is started with; {@code docs/simulator.md} lists the variables.
 *
 * @param userKey what the account's user signs in with at the REST API
 * @param publicUrl where others reach this simulator; empty: on loopback
 * @param webhookUrls where events go; empty: calls are made but announced to nobody
 * @param seed of all randomness; empty: a new one at each start, so that call ids never repeat
 * @param historyCalls finished calls that are delivered at the start
 * @param historyWindow how far back they reach
 * @param historyTexts text messages of that time
 * @param contacts in the address book at the start
 */
public record SimulatorSettings(
        int port,
        String bindAddress,
        String apiKey,
        String userKey,
        Optional<String> publicUrl,
        List<WebhookUrl> webhookUrls,
        OptionalLong seed,
        int historyCalls,
        Duration historyWindow,
        int historyTexts,
        int contacts,
        Validation validation,
        Limits limits,
        LiveSettings live) {
    /** MightyCall allows so many webhook URLs per account. */
    private static final int MOST_URLS = 10;

    private static final String API_KEY = "5f1c0de0-0000-4a11-8b22-00000000a001";
    private static final String USER_KEY = "simulated-user-key";

    /** Whether each URL gets MightyCall's validation request at the start. */
    public enum Validation {
        ON,
        OFF
    }

    public SimulatorSettings {
        webhookUrls = List.copyOf(webhookUrls);
    }

    /** @throws InvalidSettings with every problem found */
    public static SimulatorSettings of(Map<String, String> environment) {
        var reader = SettingsReader.of(environment);
        var settings = of(reader);
        reader.verify();
        return settings;
    }

    /** Notes problems in the reader; the caller verifies. */
    public static SimulatorSettings of(SettingsReader reader) {
        return new SimulatorSettings(
                reader.port("SIMULATOR_PORT", 8090),
                reader.text("BIND_ADDRESS", "127.0.0.1"),
                reader.secret("SIMULATOR_API_KEY").orElse(API_KEY),
                reader.secret("SIMULATOR_USER_KEY").orElse(USER_KEY),
                publicUrl(reader),
                urls(reader),
                seed(reader),
                reader.integer("SIMULATOR_HISTORY_CALLS", 0, 0, 1_000_000),
                Duration.ofHours(reader.integer("SIMULATOR_HISTORY_HOURS", 24, 1, 24 * 366)),
                reader.integer("SIMULATOR_HISTORY_TEXTS", 0, 0, World.MOST_TEXTS),
                reader.integer("SIMULATOR_CONTACTS", 40, 0, AddressBook.MOST_CONTACTS),
                reader.flag("SIMULATOR_VALIDATE", true) ? Validation.ON : Validation.OFF,
                new Limits(
                        reader.integer("SIMULATOR_MAX_OUTSTANDING", Limits.STANDARD.outstanding(), 1, 10_000),
                        reader.integer("SIMULATOR_MAX_QUEUED", Limits.STANDARD.queued(), 100, 1_000_000)),
                LiveSettings.read(reader, LiveSettings.STANDARD));
    }

    private static Optional<String> publicUrl(SettingsReader reader) {
        var name = "SIMULATOR_PUBLIC_URL";
        var url = reader.text(name).map(text -> text.replaceFirst("/+$", ""));
        if (url.isPresent() && !url.get().matches("https?://[^/\\s]+(/\\S*)?")) {
            reader.reject(name, "takes an http or https URL");
        }
        return url;
    }

    private static OptionalLong seed(SettingsReader reader) {
        return reader.text("SIMULATOR_SEED").isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(reader.number("SIMULATOR_SEED", 0, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static List<WebhookUrl> urls(SettingsReader reader) {
        var name = "SIMULATOR_WEBHOOK_URLS";
        var urls = new ArrayList<WebhookUrl>();
        var texts = reader.secretList(name);
        for (int i = 0; i < texts.size(); i++) {
            try {
                urls.add(WebhookUrl.of(texts.get(i)));
            } catch (IllegalArgumentException e) {
                reader.reject(name, "takes a comma list of http or https URLs; no. " + (i + 1) + " is not one");
            }
        }
        if (urls.size() > MOST_URLS) {
            reader.reject(name, "takes at most " + MOST_URLS + " URLs");
        }
        return urls;
    }
}
