package io.switchboard.projector.api.access;

/** Whom a bearer token speaks for. */
public sealed interface BearerAnswer {
    record Known(Principal principal) implements BearerAnswer {}

    /** Nobody, as far as is known here. */
    record Unknown() implements BearerAnswer {}

    /** Somebody whom no role of this system is given. */
    record WithoutRole() implements BearerAnswer {}
}
