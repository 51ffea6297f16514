package io.switchboard.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of this installation: the file that {@value #FILE} names, a YAML list of {@code id}, {@code api_key},
 * {@code user_key}, {@code base_url}, {@code webhook_tokens} and {@code timezone}; without it the variables of one account
 * named {@value Account#DEFAULT}. What is wrong is noted in the reader by place, never by value.
 */
public final class Accounts {
    public static final String FILE = "MIGHTYCALL_ACCOUNTS_FILE";
    public static final String BASE_URL = "MIGHTYCALL_BASE_URL";

    private static final URI STANDARD_BASE_URL = URI.create("https://ccapi.mightycall.com/v4");
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{16,128}");
    private static final Set<String> MEMBERS =
            Set.of("id", "api_key", "user_key", "base_url", "webhook_tokens", "timezone");
    private static final int MOST_ACCOUNTS = 1_000;

    private final SettingsReader reader;

    private Accounts(SettingsReader reader) {
        this.reader = reader;
    }

    /** At least one account; problems are noted in the reader, the caller verifies. */
    public static List<Account> of(SettingsReader reader) {
        var accounts = new Accounts(reader);
        var single = accounts.single();
        var file = reader.text(FILE);
        return file.isEmpty() ? List.of(single) : accounts.listed(Path.of(file.get()), single);
    }

    private Account single() {
        var tokens = reader.secretList("WEBHOOK_TOKENS");
        if (!tokens.stream().allMatch(token -> TOKEN.matcher(token).matches())) {
            reader.reject("WEBHOOK_TOKENS", "takes a comma list of tokens, each 16 to 128 of A-Z a-z 0-9 _ -");
        }
        var url = reader.text(BASE_URL);
        var base = url.flatMap(Accounts::baseUrl);
        if (url.isPresent() && base.isEmpty()) {
            reader.reject(BASE_URL, "takes an http or https URL such as " + STANDARD_BASE_URL);
        }
        return new Account(
                Account.DEFAULT,
                reader.secret("MIGHTYCALL_API_KEY"),
                reader.secret("MIGHTYCALL_USER_KEY"),
                base.orElse(STANDARD_BASE_URL),
                tokens,
                Optional.empty());
    }

    private List<Account> listed(Path file, Account single) {
        if (single.apiKey().isPresent() || single.userKey().isPresent()) {
            reject("holds the accounts' keys: unset MIGHTYCALL_API_KEY and MIGHTYCALL_USER_KEY");
        }
        var accounts = new ArrayList<Account>();
        var list = read(file);
        for (int i = 0; list != null && i < list.size(); i++) {
            accounts.add(account(list.get(i), "entry " + (i + 1), single.baseUrl()));
        }
        if (list != null && (accounts.isEmpty() || accounts.size() > MOST_ACCOUNTS)) {
            reject("takes a YAML list of 1 to " + MOST_ACCOUNTS + " accounts");
        }
        rejectRepeated(accounts);
        return accounts.isEmpty() ? List.of(single) : accounts;
    }

    private @Nullable JsonNode read(Path file) {
        try {
            var tree = new YAMLMapper().readTree(Files.readString(file));
            if (tree != null && tree.isArray()) {
                return tree;
            }
            reject("takes a file with a YAML list of accounts");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            reject("is not YAML" + (at == null ? "" : " (line " + at.getLineNr() + ")"));
        } catch (IOException | IllegalArgumentException e) {
            reject("takes the path of a readable file");
        }
        return null;
    }

    private Account account(JsonNode entry, String place, URI usualBaseUrl) {
        if (!entry.isObject()) {
            reject(place + " is not a mapping");
        }
        var unknown = new TreeSet<String>();
        entry.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            reject(place + " has unknown members: " + String.join(", ", unknown));
        }
        var id = text(entry, "id").orElse("");
        if (!ID.matcher(id).matches()) {
            reject(place + " needs an id of 1 to 63 of a-z 0-9 _ -, beginning with a letter or digit");
        }
        return new Account(
                id,
                text(entry, "api_key"),
                text(entry, "user_key"),
                url(entry, place, usualBaseUrl),
                tokens(entry, place),
                zone(entry, place));
    }

    private URI url(JsonNode entry, String place, URI usual) {
        var text = text(entry, "base_url");
        var url = text.flatMap(Accounts::baseUrl);
        if (text.isPresent() && url.isEmpty()) {
            reject(place + ": base_url takes an http or https URL such as " + STANDARD_BASE_URL);
        }
        return url.orElse(usual);
    }

    private List<String> tokens(JsonNode entry, String place) {
        var tokens = new ArrayList<String>();
        var list = entry.path("webhook_tokens");
        if (list.isTextual()) {
            tokens.add(list.textValue());
        }
        for (var token : list) {
            tokens.add(token.asText());
        }
        if (!tokens.stream().allMatch(token -> TOKEN.matcher(token).matches())) {
            reject(place + ": webhook_tokens takes a list of tokens, each 16 to 128 of A-Z a-z 0-9 _ -");
        }
        return tokens;
    }

    private Optional<ZoneId> zone(JsonNode entry, String place) {
        return text(entry, "timezone").flatMap(name -> {
            try {
                return Optional.of(ZoneId.of(name));
            } catch (DateTimeException e) {
                reject(place + ": timezone takes an IANA zone such as America/New_York");
                return Optional.empty();
            }
        });
    }

    private void rejectRepeated(List<Account> accounts) {
        var ids = new HashSet<String>();
        var tokens = new HashSet<String>();
        for (var account : accounts) {
            if (!ids.add(account.id())) {
                reject("names account " + account.id() + " twice");
            }
            if (!account.webhookTokens().stream().allMatch(tokens::add)) {
                reject("gives account " + account.id() + " a webhook token that is given already");
            }
            if (account.apiKey().isPresent() != account.userKey().isPresent()) {
                reject("gives account " + account.id() + " only one of api_key and user_key");
            }
        }
    }

    private void reject(String what) {
        reader.reject(FILE, what);
    }

    private static Optional<URI> baseUrl(String text) {
        try {
            var url = URI.create(text.replaceAll("/+$", ""));
            var http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return http && url.getHost() != null && url.getQuery() == null ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode entry, String name) {
        var text = entry.path(name).asText("").strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
