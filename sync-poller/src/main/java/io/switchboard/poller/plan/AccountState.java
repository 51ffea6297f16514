package io.switchboard.poller.plan;

/** Where one account stands. */
public record AccountState(String account) {}
