package io.switchboard.simulator.api;

import io.switchboard.simulator.rows.Reading;
import io.switchboard.simulator.world.AddressBook;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.Staff;
import io.switchboard.simulator.world.TextMessage;
import io.switchboard.simulator.world.World;
import java.time.Instant;
import java.util.Optional;

/** The account as the REST API sees it. Owned by the simulator's event loop. */
public interface ApiAccount {
    World world();

    AddressBook addressBook();

    Staff staff();

    ApiSettings apiSettings();

    /** What rows depend on at that time. */
    Reading reading(Instant now);

    /** Calls somebody outside on behalf of the token's user; empty when too much waits to be delivered. */
    Optional<SimulatedCall> dial(String business, String client, Instant now);

    /** Sends a text message on behalf of the token's user. */
    TextMessage send(String business, String client, String text, Instant now);

    /** Makes a call that is over already and is listed at once, as if it had slipped in. */
    void slipIn(Instant now);
}
