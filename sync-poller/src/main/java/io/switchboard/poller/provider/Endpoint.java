package io.switchboard.poller.provider;

import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.sync.PersonCommand;
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
    CONTACTS,
    MESSAGE,
    MAKE_CALL,
    SET_STATUS,
    CONTACT,
    COMMENT;

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

    static Endpoint of(PersonCommand command) {
        return switch (command) {
            case PersonCommand.SendMessage ignored -> MESSAGE;
            case PersonCommand.MakeCall ignored -> MAKE_CALL;
            case PersonCommand.SetStatus ignored -> SET_STATUS;
            case PersonCommand.CreateContact ignored -> CONTACT;
            case PersonCommand.UpdateContact ignored -> CONTACT;
            case PersonCommand.DeleteContact ignored -> CONTACT;
            case PersonCommand.SetComment ignored -> COMMENT;
            case PersonCommand.DeleteComment ignored -> COMMENT;
        };
    }

    /** The word in metrics. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
