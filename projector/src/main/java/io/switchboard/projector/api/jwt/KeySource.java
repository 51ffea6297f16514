package io.switchboard.projector.api.jwt;

import java.util.concurrent.CompletionStage;

/** Fetches the provider's keys: the JSON of RFC 7517, 5. */
@FunctionalInterface
interface KeySource {
    CompletionStage<String> fetch();
}
