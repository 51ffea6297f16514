package io.switchboard.projector.api.jwt;

/** No key is known and none can be fetched: whether a token is good cannot be told. */
public final class KeysUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysUnavailable() {
        super("the keys of the identity provider are not known");
    }
}
