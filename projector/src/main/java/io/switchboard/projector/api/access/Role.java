package io.switchboard.projector.api.access;

import static io.switchboard.projector.api.access.Permission.COMMAND;
import static io.switchboard.projector.api.access.Permission.EXPORT;
import static io.switchboard.projector.api.access.Permission.PLAY_RECORDINGS;
import static io.switchboard.projector.api.access.Permission.READ_AUDIT;
import static io.switchboard.projector.api.access.Permission.READ_CALLS;
import static io.switchboard.projector.api.access.Permission.READ_JOBS;
import static io.switchboard.projector.api.access.Permission.READ_PIPELINE;
import static io.switchboard.projector.api.access.Permission.USE_COMPATIBILITY;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a caller is; the table of roles is this enumeration. */
public enum Role {
    VIEWER("viewer", Masking.MASKED, EnumSet.of(READ_CALLS, READ_PIPELINE)),
    SUPERVISOR(
            "supervisor",
            Masking.PLAIN,
            EnumSet.of(READ_CALLS, READ_PIPELINE, READ_JOBS, COMMAND, PLAY_RECORDINGS, EXPORT)),
    OPERATOR(
            "operator",
            Masking.MASKED,
            EnumSet.complementOf(EnumSet.of(COMMAND, PLAY_RECORDINGS, EXPORT, READ_AUDIT, USE_COMPATIBILITY))),
    PLATFORM_ADMIN("platform_admin", Masking.PLAIN, EnumSet.allOf(Permission.class));

    private final String word;
    private final Masking masking;
    private final Set<Permission> permissions;

    Role(String word, Masking masking, EnumSet<Permission> permissions) {
        this.word = word;
        this.masking = masking;
        this.permissions = Set.copyOf(permissions);
    }

    /** The word in settings, token claims and documents. */
    public String word() {
        return word;
    }

    /** How this role sees the numbers of clients. */
    public Masking masking() {
        return masking;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    public static Optional<Role> ofWord(String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }

    /** All words, for messages. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Role::word).toList();
    }
}
