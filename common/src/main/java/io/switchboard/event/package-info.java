/**
 * The envelope in which every fact travels from the doors to the tables, and the identity that makes a repeated
 * delivery the same fact.
 *
 * <p>Pure: no I/O, no clock. Start at {@link io.switchboard.event.Envelope}; {@link io.switchboard.event.EventId} holds
 * the rule of identity.
 */
@NullMarked
package io.switchboard.event;

import org.jspecify.annotations.NullMarked;
