package io.switchboard.projector.api.access;

import io.switchboard.runtime.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The fixed tokens of {@code API_TOKENS}. Only their hashes are kept, and a presented token is compared with every one of
 * them in constant time, so that neither a dump nor a stopwatch tells a token.
 */
public final class AccessTokens implements BearerCheck {
    public static final String VARIABLE = "API_TOKENS";

    private static final String TAKES = "takes token=role or token=role@account; a role is one of ";

    private static final int NAME_BYTES = 4;

    private final List<Entry> entries;

    @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual, never by equals
    private record Entry(byte[] hash, Principal principal) {}

    private AccessTokens(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Reads {@code API_TOKENS}; problems name the place of an entry, never the entry. */
    public static AccessTokens of(SettingsReader reader) {
        var entries = new ArrayList<Entry>();
        var texts = reader.secretList(VARIABLE);
        for (int i = 0; i < texts.size(); i++) {
            var place = "entry " + (i + 1) + " ";
            var entry = entry(texts.get(i));
            if (entry.isEmpty()) {
                reader.reject(VARIABLE, place + TAKES + String.join(", ", Role.words()));
            } else if (entries.stream()
                    .anyMatch(other -> sameToken(other, entry.get().hash()))) {
                reader.reject(VARIABLE, place + "repeats a token of an earlier entry");
            } else {
                entries.add(entry.get());
            }
        }
        return new AccessTokens(entries);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public CompletionStage<BearerAnswer> check(String token) {
        return CompletableFuture.completedFuture(
                find(token).<BearerAnswer>map(BearerAnswer.Known::new).orElseGet(BearerAnswer.Unknown::new));
    }

    /** Whom a token speaks for. */
    public Optional<Principal> find(String token) {
        var hash = hash(token);
        Optional<Principal> found = Optional.empty();
        for (var entry : entries) { // to the end: the time must not tell which entry fits
            if (sameToken(entry, hash)) {
                found = Optional.of(entry.principal());
            }
        }
        return found;
    }

    // The role stands after the last '=': tokens in base64 end in some.
    private static Optional<Entry> entry(String text) {
        var split = text.lastIndexOf('=');
        if (split < 1) {
            return Optional.empty();
        }
        var token = text.substring(0, split).strip();
        var words = text.substring(split + 1).split("@", 2);
        var account = words.length == 2 ? words[1].strip() : null;
        if (token.isEmpty() || (account != null && account.isEmpty())) {
            return Optional.empty();
        }
        return Role.ofWord(words[0].strip())
                .map(role -> new Entry(hash(token), new Principal(role, account, name(role, token))));
    }

    private static boolean sameToken(Entry entry, byte[] hash) {
        return MessageDigest.isEqual(entry.hash(), hash);
    }

    /** The same after every start, whatever the order of the list; another for every token. */
    private static String name(Role role, String token) {
        var digest = hash("name of " + token);
        return role.word() + "-" + HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
