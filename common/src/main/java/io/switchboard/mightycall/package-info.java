/**
 * What MightyCall sends, read: webhook bodies, call records and times become values, whatever their spelling.
 *
 * <p>Two readers share the rules. {@link io.switchboard.mightycall.WebhookScanner} runs at the door and finds only what an
 * event needs to be named and filed. {@link io.switchboard.mightycall.CallEventDecoder} runs where events are understood,
 * over the bytes that the door kept. The rows of the provider's other lists are read by {@link
 * io.switchboard.mightycall.ProviderRecordDecoder}.
 *
 * <p>Invariants: no input makes a reader throw, and no {@code ApiKey} leaves the scanner inside an event. Pure: no I/O, no
 * clock, no logging. Start at {@code WebhookScanner}.
 */
@NullMarked
package io.switchboard.mightycall;

import org.jspecify.annotations.NullMarked;
