/**
 * The vocabulary of what the provider lists beside calls: journal entries, voicemails, numbers, people, contacts, statuses.
 *
 * <p>Invariant: what the provider did not say, or said in words that nobody knows, is null; a list that is absent is empty.
 * Words of its enumerations are lower-case snake words whatever their spelling was. Every text can be stored and is bounded.
 * Pure: no I/O, no clock. Start at {@link io.switchboard.resource.Observation}.
 */
@NullMarked
package io.switchboard.resource;

import org.jspecify.annotations.NullMarked;
