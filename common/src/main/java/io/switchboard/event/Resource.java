package io.switchboard.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the provider's REST API lists: the topic its records are appended to and the type they carry. */
public enum Resource {
    CALLS(Topic.CALLS, Envelope.CALL_RECORD_TYPE),
    JOURNAL(Topic.JOURNAL, "mightycall.journal-entry"),
    VOICEMAILS(Topic.VOICEMAILS, "mightycall.voicemail"),
    PHONE_NUMBERS(Topic.PHONE_NUMBERS, "mightycall.phone-number"),
    /** People by name; the provider gives no extension here. */
    TEAM(Topic.EXTENSIONS, "mightycall.team-member"),
    /** One person by extension. */
    PROFILES(Topic.EXTENSIONS, "mightycall.profile"),
    CONTACTS(Topic.CONTACTS, "mightycall.contact"),
    /** The status of the person whose key is used; the provider shows no other. */
    AGENT_STATUS(Topic.AGENT_STATUS, "mightycall.agent-status");

    private static final String DEFAULT_ACCOUNT = "default";

    private final Topic topic;
    private final String type;

    Resource(Topic topic, String type) {
        this.topic = topic;
        this.type = type;
    }

    public Topic topic() {
        return topic;
    }

    /** {@code ce_type} of its records. */
    public String type() {
        return type;
    }

    /** The name used in keys, metrics and answers: {@code phone-numbers}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The key of a record: its id, as the contract says; where several accounts share the topic, the account stands in
     * front, so that compaction keeps extension 101 of each. Call ids are unique by themselves.
     */
    public String key(String account, String id) {
        return this == CALLS || account.equals(DEFAULT_ACCOUNT) ? id : account + "/" + id;
    }

    /** The id in a key made by {@link #key}. */
    public String id(String account, String key) {
        var prefix = account + "/";
        return this != CALLS && !account.equals(DEFAULT_ACCOUNT) && key.startsWith(prefix)
                ? key.substring(prefix.length())
                : key;
    }

    public static Optional<Resource> ofType(String type) {
        return Arrays.stream(values())
                .filter(resource -> resource.type.equals(type))
                .findFirst();
    }

    public static Optional<Resource> ofWord(String word) {
        return Arrays.stream(values())
                .filter(resource -> resource.word().equals(word))
                .findFirst();
    }
}
