package io.switchboard.poller.provider;

import io.switchboard.poller.plan.ProviderRequest;
import java.util.Locale;

/** What a request is counted under. */
enum Endpoint {
    TOKEN,
    CALLS,
    CALL,
    JOURNAL,
    VOICEMAILS,
    PHONE_NUMBERS,
    TEAM,
    PROFILE,
    STATUS,
    CONTACTS;

    static Endpoint of(ProviderRequest request) {
        return switch (request) {
            case ProviderRequest.Calls ignored -> CALLS;
            case ProviderRequest.OneCall ignored -> CALL;
            case ProviderRequest.Journal ignored -> JOURNAL;
            case ProviderRequest.Voicemails ignored -> VOICEMAILS;
            case ProviderRequest.PhoneNumbers ignored -> PHONE_NUMBERS;
            case ProviderRequest.Team ignored -> TEAM;
            case ProviderRequest.Profile ignored -> PROFILE;
            case ProviderRequest.OwnStatus ignored -> STATUS;
            case ProviderRequest.Contacts ignored -> CONTACTS;
        };
    }

    /** The word in metrics. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
