/**
 * The second door: what the provider's REST API lists goes into the log, within the day's budget of requests.
 *
 * <p>It decides nothing about meaning and keeps no database: its state is in the log. Start at
 * {@link io.switchboard.poller.plan}.
 */
@NullMarked
package io.switchboard.poller;

import org.jspecify.annotations.NullMarked;
