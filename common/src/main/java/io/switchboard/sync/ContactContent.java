package io.switchboard.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people write of a contact; its text shows nothing of it. */
public record ContactContent(
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String comment,
        List<String> phones,
        List<String> emails,
        List<String> tags) {

    public ContactContent {
        phones = List.copyOf(phones);
        emails = List.copyOf(emails);
        tags = List.copyOf(tags);
    }

    @Override
    public String toString() {
        return "a contact";
    }
}
