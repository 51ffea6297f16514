package io.switchboard.resource;

/** One row of one of the provider's lists. */
public sealed interface ProviderRecord
        permits JournalEntry, Voicemail, PhoneNumber, TeamMember, Profile, Contact, AgentStatus {

    /** What tells it from the others of its list, inside its account. */
    String id();
}
